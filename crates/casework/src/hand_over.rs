//! Handing an alert over 转交. The sender is responsible until the other one accepts; no clock moves by it.

use domain::access::Right;
use domain::alert::{HandOver, HandOverAnswer, Refused, cannot_take_over};
use domain::audit::Act;
use domain::directory::Office;
use domain::id::{AlertId, EventId, PersonId};
use domain::notice::NoticeKind;
use storage::{AlertRecord, HandOverRecord, Read, Tx};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::directory_of::directory_of;
use crate::{CaseError, Desk, Signed};

/// Offers an alert to somebody. `expected` is the decision version that was read.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`] for whoever neither has it in
/// hand nor may assess it, [`CaseError::Stale`], or a conflict when it is closed, nobody's, or offered already.
pub async fn hand_over(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    expected: u64,
    to: &str,
    reason: &str,
) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::Acknowledge).await?;
    if alert.owner != Some(by.person()) {
        find(desk, &tx, by, id, Right::Assess).await?;
    }
    let wanted = HandOver::validate(to, reason)?;
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let owner = may_be_offered(&mut tx, desk, &alert, expected).await?;
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    let can = climbing.reaches(wanted.to) && can_take_over(desk, &tx.read()?, id, wanted.to).await?;
    if wanted.to == owner || !can {
        return Err(CaseError::Invalid(vec![cannot_take_over()]));
    }
    let policy = desk.policy(climbing.alert.policy).await?;
    let lasts = policy.hand_over.of(climbing.alert.climb.level);
    let record = HandOverRecord {
        id: EventId::new(desk.ids.uuid()),
        alert: id,
        from: (owner, String::new()),
        to: (wanted.to, String::new()),
        offered_by: by.person(),
        reason: wanted.reason,
        at: climbing.now,
        due_at: lasts.after(climbing.now, &desk.calendar),
    };
    tx.add_hand_over(&record).await?;
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    let body = serde_json::json!({ "to_person": wanted.to });
    climbing.log(&mut tx, "hand_over_offered", Some(by.person()), Some(body)).await?;
    climbing.tell_people(desk, &mut tx, [wanted.to], NoticeKind::HandingOver).await?;
    climbing.save(&mut tx).await?;
    tx.audit(&[by.audit(desk, Act::HandOver, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// The owner of an alert that may be offered now. An offer that the alert has moved on from is out of the way.
async fn may_be_offered(tx: &mut Tx, desk: &Desk, alert: &AlertRecord, expected: u64) -> Result<PersonId, CaseError> {
    if alert.decision != expected {
        return Err(CaseError::Stale);
    }
    if !alert.state.is_open() {
        return Err(Refused::Closed.into());
    }
    let owner = alert.owner.ok_or(Refused::NobodyHasIt)?;
    match tx.read()?.pending_hand_over(alert.id).await? {
        Some(pending) if stands(&pending, alert) => Err(Refused::HandOverPending.into()),
        Some(_) => {
            tx.answer_hand_over(alert.id, HandOverAnswer::Void, desk.now()).await?;
            Ok(owner)
        }
        None => Ok(owner),
    }
}

/// Whether an offer still means anything: the alert is open, and in the same turn still with whoever offered it.
pub(crate) fn stands(pending: &HandOverRecord, alert: &AlertRecord) -> bool {
    alert.state.is_open() && alert.owner == Some(pending.from.0) && pending.at >= alert.climb.turn_at
}

/// Whoever takes it over sees it and may take it; that he can be told of it is asked besides.
async fn can_take_over(desk: &Desk, read: &Read<'_>, id: AlertId, to: PersonId) -> Result<bool, CaseError> {
    let actor = read.actor(to, desk.now()).await?;
    for right in [Right::SeeAlert, Right::Acknowledge] {
        if read.alert(&actor.scope(right, desk.now()), id).await?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Somebody to whom an alert can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// By which office he would hear of it.
    pub office: Office,
}

/// To whom an alert can be handed over: those who may hear of it, may have it, and can be told; the owner is none of them.
///
/// # Errors
/// [`CaseError::NotFound`] when the reader may not know of it.
pub async fn who_can_take_over(desk: &Desk, by: &Signed, id: AlertId) -> Result<Vec<Successor>, CaseError> {
    let read = desk.storage.read();
    let alert = read.alert(&by.scope(desk, Right::SeeAlert), id).await?.ok_or(CaseError::NotFound)?.alert;
    let directory = directory_of(desk, &read, &alert).await?;
    let mut out: Vec<Successor> = Vec::new();
    for entry in directory.entries() {
        let known = alert.owner == Some(entry.person) || out.iter().any(|s| s.person == entry.person);
        if !known && can_take_over(desk, &read, id, entry.person).await? {
            out.push(Successor { person: entry.person, name: String::new(), office: entry.office });
        }
    }
    let people: Vec<PersonId> = out.iter().map(|s| s.person).collect();
    for person in read.names(&people).await? {
        out.iter_mut().filter(|s| s.person == person.id).for_each(|s| s.name.clone_from(&person.name));
    }
    Ok(out)
}
