//! Not escalating 暂不上报: a signed decision that the present rung keeps an alert for a bounded time; of an orange by two
//! people, of a red never.

use domain::access::Right;
use domain::alert::{Climbs, NotEscalating, Proposal, ProposalKind, Refused};
use domain::audit::Act;
use domain::escalation::Event;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId, PersonId, ProposalId};
use domain::level::BelowRed;
use domain::sample::DecisionKind;
use domain::time::Timestamp;
use storage::{AlertRecord, NewGrowthEntry, NotEscalatingRecord, Tx};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::sample::{Decided, draw};
use crate::{Assessed, CaseError, Desk, Signed};

/// Such a decision, with all its signatures.
pub(crate) struct SignedNotEscalating {
    pub(crate) reason: String,
    pub(crate) until: Timestamp,
    pub(crate) by: PersonId,
    pub(crate) second: Option<PersonId>,
    /// What the second wrote beside the signature.
    pub(crate) note: Option<String>,
}

impl From<Climbs> for CaseError {
    fn from(climbs: Climbs) -> Self {
        match climbs {
            Climbs::Faults(faults) => Self::Invalid(faults),
            Climbs::Refused(refused) => refused.into(),
        }
    }
}

/// Decides that an alert need not climb further for a while, or proposes it. `expected` is the decision version that was
/// read.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, also for a red; [`CaseError::NotFound`], [`CaseError::Forbidden`],
/// [`CaseError::Stale`], or a conflict when it does not climb, stands on the top rung, or is kept already.
pub async fn not_escalate(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    expected: u64,
    until: Option<&str>,
    reason: &str,
) -> Result<Assessed, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::Assess).await?;
    let wanted = NotEscalating::validate(until, reason)?;
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    crate::assess_alert::check(&mut tx, &alert, expected, desk.now()).await?;
    let (level, until) = may_be_kept(desk, &alert, &wanted).await?;
    let second = level.level().needs_second_signature();
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    if second {
        propose(desk, &mut tx, by, &mut climbing, until, wanted.reason).await?;
    } else {
        let signed = SignedNotEscalating { reason: wanted.reason, until, by: by.person(), second: None, note: None };
        carry_out(desk, &mut tx, &mut climbing, signed).await?;
    }
    climbing.save(&mut tx).await?;
    let act = if second { Act::ProposeNotEscalating } else { Act::NotEscalate };
    tx.audit(&[by.audit(desk, act, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(if second { Assessed::AwaitingSecondSignature } else { Assessed::Done })
}

/// Whether it may be decided now, and until when.
async fn may_be_kept(
    desk: &Desk,
    alert: &AlertRecord,
    wanted: &NotEscalating,
) -> Result<(BelowRed, Timestamp), CaseError> {
    let policy = desk.policy(alert.policy).await?;
    Ok(wanted.beside(&alert.climb, &policy, &desk.calendar, desk.now())?)
}

/// What held when it was proposed has to hold still: it climbs, and the time is not over.
pub(crate) async fn holds(desk: &Desk, alert: &AlertRecord, until: Timestamp, reason: &str) -> Result<(), CaseError> {
    let wanted = NotEscalating { until: Some(until), reason: reason.to_owned() };
    may_be_kept(desk, alert, &wanted).await.map(|_| ())
}

async fn propose(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    climbing: &mut Climbing,
    until: Timestamp,
    reason: String,
) -> Result<(), CaseError> {
    let proposal = Proposal {
        id: ProposalId::new(desk.ids.uuid()),
        kind: ProposalKind::NotEscalate { until },
        from: climbing.alert.climb.level,
        by: by.person(),
        at: climbing.now,
        reason,
        evidence: Vec::new(),
    };
    tx.add_proposal(climbing.alert.id, &proposal).await?;
    climbing.ask_second(desk, tx, by.person()).await?;
    let body = serde_json::json!({ "until": until });
    climbing.log(tx, "not_escalating_proposed", Some(by.person()), Some(body)).await
}

/// The present rung keeps it; nobody is told anything.
pub(crate) async fn carry_out(
    desk: &Desk,
    tx: &mut Tx,
    climbing: &mut Climbing,
    signed: SignedNotEscalating,
) -> Result<(), CaseError> {
    let level = BelowRed::of(climbing.alert.climb.level).ok_or(Refused::DoesNotClimb)?;
    let (until, last) = (signed.until, signed.second.unwrap_or(signed.by));
    if !climbing.step(desk, tx, &Event::NotEscalated { level, until }, Some(last)).await? {
        return Err(Refused::DoesNotClimb.into());
    }
    let body = serde_json::json!({ "until": until, "second_signature": signed.second.is_some(), "note": signed.note });
    climbing.log(tx, "not_escalated", Some(last), Some(body)).await?;
    let entry = entry(desk, climbing, &signed);
    tx.add_growth_entries(std::slice::from_ref(&entry)).await?;
    let (kind, of, second) = (DecisionKind::NotEscalating, level.level(), signed.second);
    let decided = Decided { kind, from: of, to: of, by: signed.by, second, entry: entry.id };
    draw(desk, tx, &climbing.alert, decided).await?;
    let record = NotEscalatingRecord {
        id: EventId::new(desk.ids.uuid()),
        level: level.level(),
        reason: signed.reason,
        by: (signed.by, String::new()),
        second: signed.second.map(|id| (id, String::new())),
        at: climbing.now,
        until,
    };
    Ok(tx.add_not_escalating(climbing.alert.id, level, &record).await?)
}

fn entry(desk: &Desk, climbing: &Climbing, signed: &SignedNotEscalating) -> NewGrowthEntry {
    let body = serde_json::json!({
        "what": "not_escalated", "until": signed.until, "reason": signed.reason,
        "second_signature": signed.second.is_some()
    });
    NewGrowthEntry {
        by: Some(signed.by),
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
