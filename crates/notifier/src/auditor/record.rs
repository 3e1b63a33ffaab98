//! Writes down what a pass found, closes what no longer stands, and nudges.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::id::AlertId;
use storage::{Found, Question, Severity, StorageError};

use super::{AuditReport, Auditor};

/// A finding that comes back so soon after it was closed is the same one: it does not call the operator anew.
const SAME_MINUTES: i64 = 10;
/// What was noted in passing is closed when it was not noted again for so long.
const NOTE_HOURS: i64 = 24;
/// A check that could not be made.
pub(super) const BLIND: &str = "audit_blind";

/// One transaction; gives how many alerts were nudged.
pub(super) async fn record(a: &Auditor, report: &AuditReport) -> Result<usize, StorageError> {
    let (now, soon) = (report.at, report.at - TimeDelta::minutes(SAME_MINUTES));
    let open: BTreeSet<String> = a.storage.read().open_findings().await?.into_iter().map(|(kind, _)| kind).collect();
    let mut tx = a.storage.begin().await?;
    let mut nudges: BTreeSet<AlertId> = BTreeSet::new();
    for (check, subjects) in &report.seen {
        for subject in subjects {
            let found = Found { kind: check.kind(), subject: subject.name.clone(), severity: check.severity() };
            tx.open_finding(&found, now, soon).await?;
            nudges.extend(subject.alert.filter(|_| check.is_mended_by_a_nudge()));
        }
        if open.contains(check.kind()) && subjects.len() < Question::MOST {
            let stand: Vec<&str> = subjects.iter().map(|s| s.name.as_str()).collect();
            tx.close_findings(check.kind(), &stand, now).await?;
        }
    }
    for check in &report.blind {
        let found = Found { kind: BLIND, subject: check.kind().to_owned(), severity: Severity::Critical };
        tx.open_finding(&found, now, soon).await?;
    }
    if open.contains(BLIND) {
        let stand: Vec<&str> = report.blind.iter().map(|c| c.kind()).collect();
        tx.close_findings(BLIND, &stand, now).await?;
    }
    tx.close_old_notes(now - TimeDelta::hours(NOTE_HOURS), now).await?;
    for alert in &nudges {
        tx.signal_nudge(a.ids.uuid(), *alert, a.school.now()).await?;
    }
    if report.blind.is_empty() {
        tx.beat("audit", now).await?;
    }
    if report.proves() {
        tx.beat("proof", now).await?;
    }
    tx.commit().await?;
    Ok(nudges.len())
}
