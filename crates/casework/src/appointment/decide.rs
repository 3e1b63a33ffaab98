//! Somebody else than whoever proposed a position, and than whoever it is about, confirms or refuses it.

use domain::access::Right;
use domain::appointment::{AppointmentState, refusal};
use domain::audit::Act;
use domain::id::{AppointmentId, PersonId};
use storage::{AppointmentRecord, Read, Tx};

use super::{Ground, NewPosition, made_known, take_effect};
use crate::hand_over_word::give_word;
use crate::{CaseError, Desk, Signed};

impl NewPosition {
    pub(super) fn of(a: &AppointmentRecord) -> Self {
        let (person, role, unit, lead, school, district) = (a.person.0, a.role, a.unit, a.lead, a.school, a.district);
        Self { person, role, unit, lead, school, district }
    }
}

/// Those who have a part in it themselves.
fn parties(a: &AppointmentRecord) -> Vec<PersonId> {
    a.proposed_by.iter().map(|(by, _)| *by).chain([a.person.0]).collect()
}

/// Whether somebody decides on it now: by an office of his own, or of somebody for whom he stands in.
pub(super) async fn may_decide(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    a: &AppointmentRecord,
) -> Result<bool, CaseError> {
    Ok(a.state == AppointmentState::Waiting && decides(desk, read, by, a).await?)
}

pub(super) async fn decides(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    a: &AppointmentRecord,
) -> Result<bool, CaseError> {
    let but = parties(a);
    if but.contains(&by.person()) {
        return Ok(false);
    }
    let deciders = Ground::of(desk, read, &NewPosition::of(a)).await?.deciders(a.role, &but);
    let others = by.actor.stands_in.iter().map(|s| s.away.person);
    Ok(others.chain([by.person()]).any(|p| deciders.contains(&p)))
}

/// One of those on which somebody might decide, in which he has no part.
pub(super) async fn of_somebody_else(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    id: AppointmentId,
) -> Result<AppointmentRecord, CaseError> {
    let read = tx.read()?;
    let Some(found) = read.appointment(&by.scope(desk, Right::ConfirmStaff), id).await? else {
        let kept = read.appointment(&by.scope(desk, Right::ManageStaff), id).await?;
        return Err(if kept.is_some() { CaseError::Forbidden } else { CaseError::NotFound });
    };
    if parties(&found).contains(&by.person()) {
        return Err(CaseError::Conflict("same_person"));
    }
    Ok(found)
}

async fn waiting(desk: &Desk, tx: &Tx, by: &Signed, id: AppointmentId) -> Result<AppointmentRecord, CaseError> {
    let found = of_somebody_else(desk, tx, by, id).await?;
    if found.state != AppointmentState::Waiting {
        return Err(CaseError::Conflict("already_decided"));
    }
    if !decides(desk, &tx.read()?, by, &found).await? {
        return Err(CaseError::Forbidden);
    }
    Ok(found)
}

/// Confirms a position: it holds from now on, and its colleagues hear of it. Where nobody knows yet who set the password of its
/// account, gives the word that is to be handed over, once.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`] when another office decides, a conflict when he has a part in it, when it
/// was decided, or when the account is closed.
pub async fn confirm_appointment(desk: &Desk, by: &Signed, id: AppointmentId) -> Result<Option<String>, CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_deputies().await?;
    let found = waiting(desk, &tx, by, id).await?;
    if tx.read()?.is_disabled(found.person.0).await? {
        return Err(CaseError::Conflict("account_closed"));
    }
    if !tx.decide_appointment(id, (AppointmentState::Confirmed, None), by.person(), desk.now()).await? {
        return Err(CaseError::Conflict("already_decided"));
    }
    let new = NewPosition::of(&found);
    take_effect(desk, &mut tx, &new).await?;
    made_known(desk, &mut tx, id, &new, (&[], &[found.person.0, by.person()])).await?;
    let word = give_word(desk, &mut tx, found.person.0).await?;
    tx.audit(&[by.audit(desk, Act::ConfirmPosition, None, Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(word)
}

/// Refuses a position, with a reason: it never holds.
///
/// # Errors
/// Every fault, and as [`confirm_appointment`].
pub async fn refuse_appointment(desk: &Desk, by: &Signed, id: AppointmentId, reason: &str) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_deputies().await?;
    let _ = waiting(desk, &tx, by, id).await?;
    let reason = refusal(reason)?;
    if !tx.decide_appointment(id, (AppointmentState::Refused, Some(&reason)), by.person(), desk.now()).await? {
        return Err(CaseError::Conflict("already_decided"));
    }
    tx.audit(&[by.audit(desk, Act::RefusePosition, None, Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}
