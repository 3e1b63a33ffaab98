//! Assessing 研判: a named person confirms or changes the level, with a reason. Raising holds at once; lowering an
//! orange or a red waits for a second person.

use domain::access::Right;
use domain::alert::{AlertState, Assessment, Proposal, ProposalKind, Refused};
use domain::audit::Act;
use domain::escalation::Event;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId, ProposalId};
use domain::level::Level;
use domain::sample::DecisionKind;
use domain::time::Timestamp;
use storage::{AlertRecord, NewGrowthEntry, Tx};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::sample::{Decided, draw};
use crate::{CaseError, Desk, Signed};

/// What an assessment led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assessed {
    /// The level holds.
    Done,
    /// Lowering waits for a second signature; level and clocks stay as they are until then.
    AwaitingSecondSignature,
}

/// Assesses an alert. `expected` is the decision version that was read. Raising overtakes whatever waits for a second
/// signature; nothing else can be decided beside it.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], [`CaseError::Stale`],
/// or a conflict when the alert is closed or another proposal waits.
pub async fn assess_alert(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    expected: u64,
    level: Option<u8>,
    reason: &str,
    means_asked: Option<bool>,
) -> Result<Assessed, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::Assess).await?;
    let assessment = Assessment::validate(level, reason, means_asked)?;
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let raises = assessment.level > alert.climb.level;
    if raises {
        // A danger that has grown waits for nobody's signature on a smaller one.
        may_decide(&alert, expected)?;
    } else {
        check(&mut tx, &alert, expected, desk.now()).await?;
    }
    let before = alert.climb.level;
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    assessment.beside(before, climbing.alert.climb.custody, climbing.district_decides())?;
    if raises {
        climbing.overtake_proposal(&mut tx).await?;
    }
    let lowers = assessment.level < before;
    let done = if lowers && before.needs_second_signature() {
        propose(desk, &mut tx, by, &mut climbing, &assessment).await?;
        Assessed::AwaitingSecondSignature
    } else {
        decide(desk, &mut tx, by, &mut climbing, &assessment).await?;
        Assessed::Done
    };
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    climbing.save(&mut tx).await?;
    let act = if done == Assessed::Done { Act::Assess } else { Act::ProposeLowering };
    tx.audit(&[by.audit(desk, act, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(done)
}

/// Whether anything may be decided about it now. What was to keep it from climbing is out of the way once it does not.
pub(crate) async fn check(tx: &mut Tx, alert: &AlertRecord, expected: u64, now: Timestamp) -> Result<(), CaseError> {
    may_decide(alert, expected)?;
    match tx.read()?.pending_proposal(alert.id).await? {
        Some((Proposal { kind: ProposalKind::NotEscalate { .. }, .. }, _)) if !alert.waits() => {
            tx.supersede_proposal(alert.id, now).await?;
            Ok(())
        }
        Some(_) => Err(Refused::ProposalPending.into()),
        None => Ok(()),
    }
}

fn may_decide(alert: &AlertRecord, expected: u64) -> Result<(), CaseError> {
    if alert.decision != expected {
        return Err(CaseError::Stale);
    }
    if alert.state.is_open() { Ok(()) } else { Err(Refused::Closed.into()) }
}

async fn propose(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    climbing: &mut Climbing,
    assessment: &Assessment,
) -> Result<(), CaseError> {
    let proposal = Proposal {
        id: ProposalId::new(desk.ids.uuid()),
        kind: ProposalKind::Lower { to: assessment.level },
        from: climbing.alert.climb.level,
        by: by.person(),
        at: climbing.now,
        reason: assessment.reason.clone(),
        evidence: Vec::new(),
    };
    tx.add_proposal(climbing.alert.id, &proposal).await?;
    let (from, asked) = (climbing.alert.climb.level, assessment.means_asked);
    let body = serde_json::json!({ "from": from, "to": assessment.level, "means_asked": asked });
    climbing.ask_second(desk, tx, by.person()).await?;
    climbing.log(tx, "lowering_proposed", Some(by.person()), Some(body)).await
}

async fn decide(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    climbing: &mut Climbing,
    assessment: &Assessment,
) -> Result<(), CaseError> {
    let from = climbing.alert.climb.level;
    let person = Some(by.person());
    if assessment.level > from {
        climbing.step(desk, tx, &Event::Raised { to: assessment.level }, person).await?;
    } else if assessment.level < from {
        climbing.take_if_open(desk, tx, by.person()).await?;
        climbing.step(desk, tx, &Event::Lowered { to: assessment.level }, person).await?;
    }
    // A raise tells a new ladder; it is for those who are told to take it. Everything else is in this person's hands.
    if assessment.level <= from {
        climbing.step(desk, tx, &Event::Assessed { by: by.person() }, person).await?;
    }
    if climbing.alert.owner.is_none() {
        climbing.alert.owner = person;
    }
    climbing.alert.state = AlertState::Assessed;
    let body = serde_json::json!({ "from": from, "to": assessment.level, "means_asked": assessment.means_asked });
    climbing.log(tx, "assessed", person, Some(body)).await?;
    let entry = entry(desk, by, climbing, from, assessment);
    tx.add_growth_entries(std::slice::from_ref(&entry)).await?;
    if assessment.level < from {
        let (kind, by, entry) = (DecisionKind::Lowering, by.person(), entry.id);
        let decided = Decided { kind, from, to: assessment.level, by, second: None, entry };
        draw(desk, tx, &climbing.alert, decided).await?;
    }
    Ok(())
}

fn entry(desk: &Desk, by: &Signed, climbing: &Climbing, from: Level, assessment: &Assessment) -> NewGrowthEntry {
    let body = serde_json::json!({
        "from": from, "to": assessment.level, "reason": assessment.reason, "means_asked": assessment.means_asked
    });
    NewGrowthEntry {
        by: Some(by.person()),
        alert: Some(climbing.alert.id),
        body: Some(body.to_string()),
        audience: climbing.alert.audience,
        ..NewGrowthEntry::new(
            EntryKind::Assessment,
            climbing.alert.student,
            EventId::new(desk.ids.uuid()),
            climbing.now,
        )
    }
}
