//! Calls the operator: by this process's own hands, not through the outbox that may be what is broken.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::delivery::Outcome;
use domain::id::MessageId;
use domain::notice::NoticeKind;
use domain::time::Timestamp;
use storage::{OpenFinding, StorageError};

use super::record::BLIND;
use super::{AuditReport, Auditor, Check};
use crate::{Channel, Letter, Words};

/// While something critical stands, the operator hears of it so often.
const AGAIN_MINUTES: i64 = 30;
const SEND: Duration = Duration::from_secs(10);
/// The database takes nothing: known from this pass alone.
const UNRECORDED: &str = "audit_unrecorded";

/// Gives how many addresses took the page.
pub(super) async fn page(a: &Auditor, report: &AuditReport) -> usize {
    let since = report.at - TimeDelta::minutes(AGAIN_MINUTES);
    let kept = if report.recorded { kept(a, since).await } else { None };
    let from_memory = kept.is_none();
    let findings = kept.unwrap_or_else(|| unrecorded(a, report, since));
    if findings.is_empty() {
        return 0;
    }
    let suspects = report.seen.get(&Check::ProviderFailing).into_iter().flatten();
    let suspects: BTreeSet<&str> = suspects.map(|s| s.name.as_str()).collect();
    let taken = send(a, report, &findings, &suspects).await;
    if taken > 0 {
        // After it was taken, not before: a page too many is better than one too few.
        if from_memory {
            a.memory().paged = Some(report.at);
        } else if !matches!(tokio::time::timeout(a.patience, mark(a, report)).await, Ok(Ok(()))) {
            tracing::error!("that the operator was called could not be written down");
        }
    }
    taken
}

/// What the database says is to be told; nothing when it does not answer.
async fn kept(a: &Auditor, since: Timestamp) -> Option<Vec<OpenFinding>> {
    let read = a.storage.read();
    tokio::time::timeout(a.patience, read.findings_to_page(since)).await.ok()?.ok()
}

/// What stands when the database cannot be asked: this pass's own findings, no more often than the others.
fn unrecorded(a: &Auditor, report: &AuditReport, since: Timestamp) -> Vec<OpenFinding> {
    if a.memory().paged.is_some_and(|at| at > since) {
        return Vec::new();
    }
    let one = |kind: &str, count: usize| OpenFinding {
        kind: kind.to_owned(),
        count: u64::try_from(count).unwrap_or(u64::MAX),
    };
    let mut out = vec![one(UNRECORDED, 1)];
    if !report.blind.is_empty() {
        out.push(one(BLIND, report.blind.len()));
    }
    out.extend(report.critical().map(|(check, count)| one(check.kind(), count)));
    out
}

async fn mark(a: &Auditor, report: &AuditReport) -> Result<(), StorageError> {
    let mut tx = a.storage.begin().await?;
    tx.mark_paged(report.at).await?;
    tx.commit().await
}

/// To every address by a provider that is above suspicion; by the others only when none of those took it.
async fn send(a: &Auditor, report: &AuditReport, findings: &[OpenFinding], suspects: &BTreeSet<&str>) -> usize {
    let mut taken = 0;
    for suspected in [false, true] {
        for (carries, address) in &a.operator.addresses {
            let fits = |c: &&Arc<dyn Channel>| c.carries() == *carries && suspects.contains(c.name()) == suspected;
            let Some(channel) = a.channels.iter().find(fits) else { continue };
            let letter = letter(a, report, findings, address);
            match tokio::time::timeout(SEND, channel.send(&letter)).await {
                Ok(Outcome::Accepted { .. }) => taken += 1,
                Ok(outcome) => {
                    tracing::error!(provider = channel.name(), outcome = outcome.key(), "a page was not taken")
                }
                Err(_) => tracing::error!(provider = channel.name(), "a page was not taken in time"),
            }
        }
        if taken > 0 {
            break;
        }
    }
    if taken == 0 && !a.operator.addresses.is_empty() {
        tracing::error!("the operator could not be called");
    }
    taken
}

fn letter(a: &Auditor, report: &AuditReport, findings: &[OpenFinding], address: &str) -> Letter {
    let list: Vec<String> = findings.iter().map(|f| format!("{} ×{}", f.kind, f.count)).collect();
    let (list, service) = (list.join(", "), &a.operator.service);
    let text = format!(
        "【心灯】自检发现问题：{list}。请查看 {service} ，并运行 xindeng doctor。\n\
         The service found faults in itself: {list}. See {service} and run xindeng doctor."
    );
    let words = Words {
        kind: NoticeKind::Alarm,
        drill: false,
        school: "心灯".to_owned(),
        code: "000000".to_owned(),
        minutes: 0,
        count: 1,
        taken_by: None,
        duty_phone: None,
    };
    Letter {
        id: MessageId::new(a.ids.uuid()),
        to: address.to_owned(),
        subject: "【心灯】自检发现问题 / faults found".to_owned(),
        text,
        words,
        at: report.at,
        urgent: true,
    }
}
