//! Closing 结案: a signed decision that rests on evidence; of orange and red by two people.

use domain::access::Right;
use domain::alert::{
    AlertState, Closing, Outcome, Proposal, ProposalKind, Refused, Stated, StatedDraft, unknown_observation,
};
use domain::audit::Act;
use domain::escalation::Event;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId, PersonId, ProposalId};
use domain::sample::DecisionKind;
use storage::{AlertRecord, ClosingRecord, NewGrowthEntry, Tx};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::closing_record::on_record;
use crate::sample::{Decided, draw};
use crate::{Assessed, CaseError, Desk, Signed};

/// What a close is to rest on, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ClosingDraft {
    /// How it ended.
    pub outcome: String,
    /// Why.
    pub reason: String,
    /// What is stated.
    pub evidence: Vec<StatedDraft>,
}

/// A close that has all its signatures.
pub(crate) struct SignedClose {
    pub(crate) outcome: Outcome,
    pub(crate) reason: String,
    pub(crate) evidence: Vec<Stated>,
    pub(crate) by: PersonId,
    pub(crate) second: Option<PersonId>,
    /// What the second wrote beside the signature.
    pub(crate) note: Option<String>,
}

/// Closes an alert, or proposes it. `expected` is the decision version that was read.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault and everything that is missing, [`CaseError::NotFound`],
/// [`CaseError::Forbidden`], [`CaseError::Stale`], or a conflict when it is closed or another proposal waits.
pub async fn close_alert(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    expected: u64,
    draft: &ClosingDraft,
) -> Result<Assessed, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::Assess).await?;
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let closing = Closing::validate(&draft.outcome, &draft.reason, &draft.evidence);
    // What is wrong with the form is said before what is wrong with the time.
    let closing = closing.map_err(CaseError::Invalid)?;
    crate::assess_alert::check(&mut tx, &alert, expected, desk.now()).await?;
    known(&tx, by, desk, &alert, &closing).await?;
    enough(desk, &tx, &alert, &closing).await?;
    let second = alert.climb.level.needs_second_signature();
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    if second {
        propose(desk, &mut tx, by, &mut climbing, closing).await?;
    } else {
        let Closing { outcome, reason, evidence } = closing;
        let signed = SignedClose { outcome, reason, evidence, by: by.person(), second: None, note: None };
        carry_out(desk, &mut tx, &mut climbing, signed).await?;
    }
    climbing.save(&mut tx).await?;
    let act = if second { Act::ProposeClosing } else { Act::Close };
    tx.audit(&[by.audit(desk, act, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(if second { Assessed::AwaitingSecondSignature } else { Assessed::Done })
}

/// Every observation that is named is about this student, as far as the signer may know.
async fn known(tx: &Tx, by: &Signed, desk: &Desk, alert: &AlertRecord, closing: &Closing) -> Result<(), CaseError> {
    let named: Vec<_> = closing.evidence.iter().filter_map(|s| s.observation).collect();
    if named.is_empty() {
        return Ok(());
    }
    let scope = by.scope(desk, Right::SeeAlert);
    let found = tx.read()?.reports(&scope, alert.student, alert.id, &named, 500).await?;
    let there = |s: &Stated| s.observation.is_none_or(|id| found.iter().any(|r| r.observation.id == id));
    let absent = closing.evidence.iter().enumerate().filter(|(_, s)| !there(s));
    let faults: Vec<_> = absent.map(|(i, _)| unknown_observation(i)).collect();
    if faults.is_empty() { Ok(()) } else { Err(CaseError::Invalid(faults)) }
}

/// Whether there is enough for it; asked when it is proposed, and again when it is signed.
pub(crate) async fn enough(desk: &Desk, tx: &Tx, alert: &AlertRecord, closing: &Closing) -> Result<(), CaseError> {
    if tx.read()?.open_watch(alert.id).await?.is_some() {
        return Err(CaseError::Conflict("watch_running"));
    }
    let policy = desk.policy(alert.policy).await?;
    let record = on_record(desk, &tx.read()?, alert).await?;
    Ok(closing.beside(alert.climb.level, &policy.closing, &record)?)
}

async fn propose(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    climbing: &mut Climbing,
    closing: Closing,
) -> Result<(), CaseError> {
    let proposal = Proposal {
        id: ProposalId::new(desk.ids.uuid()),
        kind: ProposalKind::Close { outcome: closing.outcome },
        from: climbing.alert.climb.level,
        by: by.person(),
        at: climbing.now,
        reason: closing.reason,
        evidence: closing.evidence,
    };
    tx.add_proposal(climbing.alert.id, &proposal).await?;
    climbing.ask_second(desk, tx, by.person()).await?;
    let body = serde_json::json!({ "outcome": closing.outcome });
    climbing.log(tx, "closing_proposed", Some(by.person()), Some(body)).await
}

/// Closes it: alarms that have not gone out stay in, everybody who was told hears once that it is over, and a day is set
/// on which somebody looks again.
pub(crate) async fn carry_out(
    desk: &Desk,
    tx: &mut Tx,
    climbing: &mut Climbing,
    signed: SignedClose,
) -> Result<(), CaseError> {
    if climbing.alert.climb.state == domain::escalation::ClimbState::Closed {
        return Err(Refused::Closed.into());
    }
    let (level, now) = (climbing.alert.climb.level, climbing.now);
    let policy = desk.policy(climbing.alert.policy).await?;
    let again = policy.closing.of(level).recheck_after.filter(|_| signed.outcome != Outcome::FalseAlarm);
    let last = signed.second.unwrap_or(signed.by);
    climbing.step(desk, tx, &Event::Closed, Some(last)).await?;
    climbing.alert.closed_at = Some(now);
    climbing.alert.state = match signed.outcome {
        Outcome::Resolved | Outcome::OngoingCare => AlertState::Closed,
        Outcome::FalseAlarm => AlertState::FalseAlarm,
    };
    climbing.tell_over(desk, tx, &[Some(signed.by), signed.second]).await?;
    let second = signed.second.is_some();
    let body = serde_json::json!({ "outcome": signed.outcome, "second_signature": second, "note": signed.note });
    climbing.log(tx, "closed", Some(last), Some(body)).await?;
    let [public, restricted] = entries(desk, climbing, &signed);
    let entry = restricted.id;
    tx.add_growth_entries(&[public, restricted]).await?;
    let kind = match signed.outcome {
        Outcome::Resolved | Outcome::OngoingCare => DecisionKind::Closing,
        Outcome::FalseAlarm => DecisionKind::FalseAlarm,
    };
    let decided = Decided { kind, from: level, to: level, by: signed.by, second: signed.second, entry };
    draw(desk, tx, &climbing.alert, decided).await?;
    let record = ClosingRecord {
        id: EventId::new(desk.ids.uuid()),
        outcome: signed.outcome,
        reason: signed.reason,
        evidence: signed.evidence,
        by: (signed.by, String::new()),
        second: signed.second.map(|id| (id, String::new())),
        at: now,
        recheck_at: again.map(|span| span.after(now, &desk.calendar)),
        rechecked_at: None,
        reopened_at: None,
    };
    Ok(tx.add_closing(climbing.alert.id, &record).await?)
}

/// That it was closed, which everybody reads who reads the file, and why, which is restricted.
fn entries(desk: &Desk, climbing: &Climbing, signed: &SignedClose) -> [NewGrowthEntry; 2] {
    let entry = |kind, body: serde_json::Value| NewGrowthEntry {
        by: Some(signed.by),
        alert: Some(climbing.alert.id),
        body: Some(body.to_string()),
        audience: climbing.alert.audience,
        ..NewGrowthEntry::new(kind, climbing.alert.student, EventId::new(desk.ids.uuid()), climbing.now)
    };
    let (level, second) = (climbing.alert.climb.level, signed.second.is_some());
    let public = serde_json::json!({ "what": "closed", "outcome": signed.outcome });
    let restricted = serde_json::json!({
        "what": "closed", "outcome": signed.outcome, "from": level, "to": level, "reason": signed.reason,
        "evidence": signed.evidence, "second_signature": second
    });
    [entry(EntryKind::Alert, public), entry(EntryKind::Assessment, restricted)]
}
