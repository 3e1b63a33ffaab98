//! The second signature: another person approves or rejects.

use domain::access::Right;
use domain::alert::{ProposalKind, Refused, no_custody, note_text};
use domain::audit::Act;
use domain::escalation::Event;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId};
use domain::level::Level;
use storage::NewGrowthEntry;

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::{CaseError, Desk, Signed};

/// Approves or rejects the one proposal that waits. `expected` is the decision version that was read.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], [`CaseError::Stale`], [`CaseError::Invalid`] when the note is too
/// long or a red would go down with nobody at the child's side, or a conflict when nothing waits or the proposer signs for
/// himself.
pub async fn decide_proposal(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    expected: u64,
    approved: bool,
    note: Option<&str>,
) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::Approve).await?;
    let note = note_text(note)?;
    tx.alone_with_student(alert.student).await?;
    let read = tx.read()?;
    let alert = read.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    if alert.decision != expected {
        return Err(CaseError::Stale);
    }
    let (proposal, _) = read.pending_proposal(id).await?.ok_or(Refused::NoProposal)?;
    if proposal.from != alert.climb.level {
        return Err(CaseError::Stale);
    }
    if proposal.by == by.person() {
        return Err(Refused::SamePerson.into());
    }
    // Whoever stands in for the proposer does not sign by the proposer's own position: that would be one signature.
    let without_proposer = by.actor.without(|away| away == proposal.by).scope(Right::Approve, desk.now());
    if read.alert(&without_proposer, id).await?.is_none() {
        return Err(Refused::SamePerson.into());
    }
    // Since it was proposed, a new turn may have begun: then whoever was with the child is not known to be there now.
    if approved && alert.climb.level == Level::Red && !alert.climb.custody {
        return Err(CaseError::Invalid(vec![no_custody()]));
    }
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    tx.decide_proposal(proposal.id, by.person(), approved, climbing.now).await?;
    let ProposalKind::Lower { to } = proposal.kind;
    let from = climbing.alert.climb.level;
    let body = serde_json::json!({ "from": from, "to": to, "note": note });
    if approved {
        climbing.take_if_open(desk, &mut tx, by.person()).await?;
        climbing.step(desk, &mut tx, &Event::Lowered { to }, Some(by.person())).await?;
        climbing.log(&mut tx, "lowered", Some(by.person()), Some(body)).await?;
        let body = serde_json::json!({ "from": from, "to": to, "reason": proposal.reason, "second_signature": true });
        let entry = NewGrowthEntry {
            student: climbing.alert.student,
            at: climbing.now,
            id: EventId::new(desk.ids.uuid()),
            kind: EntryKind::Assessment,
            by: Some(proposal.by),
            part: None,
            signs: None,
            observation: None,
            alert: Some(id),
            body: Some(body.to_string()),
            audience: climbing.alert.audience,
        };
        tx.add_growth_entries(&[entry]).await?;
    } else {
        climbing.log(&mut tx, "lowering_rejected", Some(by.person()), Some(body)).await?;
    }
    climbing.tell_proposer(desk, &mut tx, proposal.by, approved).await?;
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    climbing.save(&mut tx).await?;
    let act = if approved { Act::Approve } else { Act::Reject };
    tx.audit(&[by.audit(desk, act, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}
