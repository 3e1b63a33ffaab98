//! Answering a hand-over: it is accepted, or it comes back, and the vice-principal hears of it.

use domain::access::Right;
use domain::alert::{HandOverAnswer, Refused, note_text};
use domain::audit::Act;
use domain::directory::Office;
use domain::id::AlertId;
use domain::notice::NoticeKind;
use storage::{HandOverRecord, Tx};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::hand_over::stands;
use crate::{CaseError, Desk, Signed};

/// Accepts an alert that was offered: from now on it is his. Twice is once: who has accepted it and not heard so may ask
/// again.
///
/// # Errors
/// [`CaseError::NotFound`], or a conflict when nothing is offered to this person.
pub async fn accept_hand_over(desk: &Desk, by: &Signed, id: AlertId) -> Result<(), CaseError> {
    let (mut tx, mut climbing, pending) = match offered(desk, by, id).await {
        Err(CaseError::Conflict(_)) if has_accepted(desk, by, id).await? => return Ok(()),
        found => found?,
    };
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

/// Whether it is his because he accepted it in this turn.
async fn has_accepted(desk: &Desk, by: &Signed, id: AlertId) -> Result<bool, CaseError> {
    let read = desk.storage.read();
    let Some(alert) = read.alert_for_service(id).await? else { return Ok(false) };
    let his = alert.state.is_open() && alert.owner == Some(by.person());
    Ok(his && read.accepted(id, by.person(), alert.climb.turn_at).await?)
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

pub(crate) async fn give_back(
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
