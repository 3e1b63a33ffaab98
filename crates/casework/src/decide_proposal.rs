//! The second signature: another person approves or rejects. Whoever proposed may take it back, and signs nothing by it.

use domain::access::Right;
use domain::alert::{Closing, Proposal, ProposalKind, Refused, no_custody, note_text};
use domain::audit::Act;
use domain::escalation::Event;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId};
use domain::level::Level;
use domain::sample::DecisionKind;
use storage::{AlertRecord, NewGrowthEntry, Tx};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::close_alert::{SignedClose, enough};
use crate::not_escalate::SignedNotEscalating;
use crate::sample::{Decided, draw};
use crate::{CaseError, Desk, Signed};

/// Approves or rejects the one proposal that waits; its own proposer rejects it by taking it back. `expected` is the
/// decision version that was read.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], [`CaseError::Stale`], [`CaseError::Invalid`] when the note is too
/// long, a red would go down with nobody at the child's side or a close lacks evidence, or a conflict when nothing waits or the proposer signs for
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
    let alert = find(desk, &tx, by, id, right(&tx, by, id, approved).await?).await?;
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
    let own = proposal.by == by.person();
    if own && approved {
        return Err(Refused::SamePerson.into());
    }
    // Whoever stands in for the proposer does not sign by the proposer's own position: that would be one signature.
    let without_proposer = by.actor.without(|away| away == proposal.by).scope(Right::Approve, desk.now());
    if !own && read.alert(&without_proposer, id).await?.is_none() {
        return Err(Refused::SamePerson.into());
    }
    // Nor did whoever stood in for the one who signs propose it by that one's position.
    let proposer = read.actor(proposal.by, proposal.at).await?.without(|away| away == by.person());
    if approved && read.alert(&proposer.scope(Right::Assess, proposal.at), id).await?.is_none() {
        return Err(Refused::SamePerson.into());
    }
    if approved {
        holds(desk, &tx, &alert, &proposal).await?;
    }
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    if own {
        // Taken back: nobody has decided it.
        tx.supersede_proposal(id, climbing.now).await?;
    } else {
        tx.decide_proposal(proposal.id, by.person(), approved, climbing.now).await?;
    }
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    if approved {
        carry_out(desk, &mut tx, by, &mut climbing, &proposal, note).await?;
    } else {
        reject(&mut tx, by, &climbing, &proposal, note).await?;
    }
    if !own {
        climbing.tell_proposer(desk, &mut tx, proposal.by, approved).await?;
    }
    climbing.save(&mut tx).await?;
    let act = if approved { Act::Approve } else { Act::Reject };
    tx.audit(&[by.audit(desk, act, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// What it takes to decide: whoever proposed may take it back by the right by which he proposed.
async fn right(tx: &Tx, by: &Signed, id: AlertId, approved: bool) -> Result<Right, CaseError> {
    let pending = tx.read()?.pending_proposal(id).await?;
    let takes_back = !approved && pending.is_some_and(|(p, _)| p.by == by.person());
    Ok(if takes_back { Right::Assess } else { Right::Approve })
}

/// What held when it was proposed has to hold still. A new turn may have begun: then whoever was with the child is not
/// known to be there now.
async fn holds(desk: &Desk, tx: &Tx, alert: &AlertRecord, proposal: &Proposal) -> Result<(), CaseError> {
    match proposal.kind {
        ProposalKind::Lower { .. } if alert.climb.level == Level::Red && !alert.climb.custody => {
            Err(CaseError::Invalid(vec![no_custody()]))
        }
        ProposalKind::Lower { .. } => Ok(()),
        ProposalKind::Close { outcome } => {
            let (reason, evidence) = (proposal.reason.clone(), proposal.evidence.clone());
            enough(desk, tx, alert, &Closing { outcome, reason, evidence }).await
        }
        ProposalKind::NotEscalate { until } => crate::not_escalate::holds(desk, alert, until, &proposal.reason).await,
    }
}

async fn carry_out(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    climbing: &mut Climbing,
    proposal: &Proposal,
    note: Option<String>,
) -> Result<(), CaseError> {
    let to = match proposal.kind {
        ProposalKind::Lower { to } => to,
        ProposalKind::Close { outcome } => {
            let (reason, evidence) = (proposal.reason.clone(), proposal.evidence.clone());
            let second = Some(by.person());
            let signed = SignedClose { outcome, reason, evidence, by: proposal.by, second, note };
            return crate::close_alert::carry_out(desk, tx, climbing, signed).await;
        }
        ProposalKind::NotEscalate { until } => {
            let (reason, second) = (proposal.reason.clone(), Some(by.person()));
            let signed = SignedNotEscalating { reason, until, by: proposal.by, second, note };
            return crate::not_escalate::carry_out(desk, tx, climbing, signed).await;
        }
    };
    let from = climbing.alert.climb.level;
    let body = serde_json::json!({ "from": from, "to": to, "note": note });
    climbing.take_if_open(desk, tx, by.person()).await?;
    climbing.step(desk, tx, &Event::Lowered { to }, Some(by.person())).await?;
    climbing.log(tx, "lowered", Some(by.person()), Some(body)).await?;
    let body = serde_json::json!({ "from": from, "to": to, "reason": proposal.reason, "second_signature": true });
    let entry = NewGrowthEntry {
        by: Some(proposal.by),
        alert: Some(climbing.alert.id),
        body: Some(body.to_string()),
        audience: climbing.alert.audience,
        ..NewGrowthEntry::new(
            EntryKind::Assessment,
            climbing.alert.student,
            EventId::new(desk.ids.uuid()),
            climbing.now,
        )
    };
    tx.add_growth_entries(std::slice::from_ref(&entry)).await?;
    let (kind, second, entry) = (DecisionKind::Lowering, Some(by.person()), entry.id);
    draw(desk, tx, &climbing.alert, Decided { kind, from, to, by: proposal.by, second, entry }).await
}

async fn reject(
    tx: &mut Tx,
    by: &Signed,
    climbing: &Climbing,
    proposal: &Proposal,
    note: Option<String>,
) -> Result<(), CaseError> {
    let from = climbing.alert.climb.level;
    if proposal.by == by.person() {
        let body = serde_json::json!({ "note": note });
        return climbing.log(tx, "proposal_withdrawn", Some(by.person()), Some(body)).await;
    }
    let (kind, body) = match proposal.kind {
        ProposalKind::Lower { to } => {
            ("lowering_rejected", serde_json::json!({ "from": from, "to": to, "note": note }))
        }
        ProposalKind::Close { outcome } => {
            ("closing_rejected", serde_json::json!({ "outcome": outcome, "note": note }))
        }
        ProposalKind::NotEscalate { until } => {
            ("not_escalating_rejected", serde_json::json!({ "until": until, "note": note }))
        }
    };
    climbing.log(tx, kind, Some(by.person()), Some(body)).await
}
