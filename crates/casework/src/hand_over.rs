//! Handing an alert over 转交. The sender is responsible until the other one accepts; no clock moves by it. What is refused,
//! or not answered in time, comes back, and the vice-principal hears of it.

use domain::access::Right;
use domain::alert::{HandOver, HandOverAnswer, Refused, cannot_take_over, note_text};
use domain::audit::Act;
use domain::directory::Office;
use domain::id::{AlertId, EventId, PersonId};
use domain::notice::NoticeKind;
use storage::{AlertRecord, AuditEntry, HandOverRecord, Tx};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::{CaseError, Desk, Signed};

const MOST: u32 = 200;

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
    if wanted.to == owner || !can_take_over(desk, &tx, &climbing, wanted.to).await? {
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

/// Whether an offer still means anything: the alert is open and still with whoever it was offered from.
pub(crate) fn stands(pending: &HandOverRecord, alert: &AlertRecord) -> bool {
    alert.state.is_open() && alert.owner == Some(pending.from.0)
}

/// Whoever takes it over sees it, may take it, and can be told of it.
async fn can_take_over(desk: &Desk, tx: &Tx, climbing: &Climbing, to: PersonId) -> Result<bool, CaseError> {
    let read = tx.read()?;
    let actor = read.actor(to, desk.now()).await?;
    let id = climbing.alert.id;
    for right in [Right::SeeAlert, Right::Acknowledge] {
        if read.alert(&actor.scope(right, desk.now()), id).await?.is_none() {
            return Ok(false);
        }
    }
    Ok(climbing.reaches(to))
}

/// Accepts an alert that was offered: from now on it is his.
///
/// # Errors
/// [`CaseError::NotFound`], or a conflict when nothing is offered to this person.
pub async fn accept_hand_over(desk: &Desk, by: &Signed, id: AlertId) -> Result<(), CaseError> {
    let (mut tx, mut climbing, pending) = offered(desk, by, id).await?;
    tx.answer_hand_over(id, HandOverAnswer::Accepted, climbing.now).await?;
    climbing.alert.owner = Some(by.person());
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    climbing.log(&mut tx, "hand_over_accepted", Some(by.person()), None).await?;
    climbing.tell_taken_over(desk, &mut tx, pending.from.0, by.person()).await?;
    climbing.save(&mut tx).await?;
    let line = by.audit(desk, Act::AcceptHandOver, Some(climbing.alert.student), Some(id.to_string()));
    tx.audit(&[line]).await?;
    Ok(tx.commit().await?)
}

/// Refuses an alert that was offered: it stays where it was, and the vice-principal hears of it.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Invalid`] when the note is too long, or a conflict when nothing is offered.
pub async fn refuse_hand_over(desk: &Desk, by: &Signed, id: AlertId, note: Option<&str>) -> Result<(), CaseError> {
    let note = note_text(note)?;
    let (mut tx, mut climbing, pending) = offered(desk, by, id).await?;
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    let body = note.map(|note| serde_json::json!({ "note": note }));
    climbing.log(&mut tx, "hand_over_refused", Some(by.person()), body).await?;
    give_back(desk, &mut tx, &mut climbing, &pending, HandOverAnswer::Refused).await?;
    let line = by.audit(desk, Act::RefuseHandOver, Some(climbing.alert.student), Some(id.to_string()));
    tx.audit(&[line]).await?;
    Ok(tx.commit().await?)
}

/// What is offered to this person. Whoever sees the alert learns no more than that nothing is offered to him.
async fn offered(desk: &Desk, by: &Signed, id: AlertId) -> Result<(Tx, Climbing, HandOverRecord), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::Acknowledge).await?;
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let pending = tx.read()?.pending_hand_over(id).await?;
    let pending = pending.filter(|p| p.to.0 == by.person() && stands(p, &alert)).ok_or(Refused::NoHandOver)?;
    let climbing = Climbing::of(desk, &tx, alert).await?;
    Ok((tx, climbing, pending))
}

async fn give_back(
    desk: &Desk,
    tx: &mut Tx,
    climbing: &mut Climbing,
    pending: &HandOverRecord,
    answer: HandOverAnswer,
) -> Result<(), CaseError> {
    tx.answer_hand_over(pending.alert, answer, climbing.now).await?;
    let above = climbing.others_of(&[Office::VicePrincipal, Office::Principal], &[pending.from.0, pending.to.0]);
    let people = std::iter::once(pending.from.0).chain(above);
    climbing.tell_people(desk, tx, people, NoticeKind::HandedBack).await?;
    climbing.save(tx).await
}

/// Gives back every alert whose hand-over nobody answered in time; gives how many.
///
/// # Errors
/// When the database cannot be read at all.
pub(crate) async fn return_overdue(desk: &Desk) -> Result<usize, CaseError> {
    let overdue = desk.storage.read().overdue_hand_overs(desk.now(), MOST).await?;
    let mut returned = 0;
    for id in overdue {
        match return_one(desk, id).await {
            Ok(done) => returned += usize::from(done),
            Err(err) => tracing::error!(alert = %id, error = %err, "a hand-over could not be given back"),
        }
    }
    Ok(returned)
}

async fn return_one(desk: &Desk, id: AlertId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(false) };
    tx.alone_with_student(alert.student).await?;
    let read = tx.read()?;
    let Some(alert) = read.alert_for_service(id).await? else { return Ok(false) };
    let Some(pending) = read.pending_hand_over(id).await?.filter(|p| p.due_at <= desk.now()) else { return Ok(false) };
    if !stands(&pending, &alert) {
        tx.answer_hand_over(id, HandOverAnswer::Void, desk.now()).await?;
        tx.commit().await?;
        return Ok(true);
    }
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    climbing.log(&mut tx, "hand_over_unanswered", None, None).await?;
    give_back(desk, &mut tx, &mut climbing, &pending, HandOverAnswer::Unanswered).await?;
    let line = AuditEntry {
        id: desk.ids.uuid(),
        at: climbing.now,
        person: None,
        act: Act::Escalate,
        student: Some(climbing.alert.student),
        object: Some(id.to_string()),
        detail: None,
        request: None,
    };
    tx.audit(&[line]).await?;
    tx.commit().await?;
    Ok(true)
}
