//! A call to a guardian. While it may make the child less safe nobody of the household is told: two people decide within the
//! hour.

use domain::access::Right;
use domain::audit::Act;
use domain::care::GuardianContactDraft;
use domain::growth_file::EntryKind;
use domain::id::{EventId, StudentId};
use serde_json::json;

use super::lock::{lock_household, refuse_while_locked};
use super::{next_time, write_down};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::cared_for;
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// Writes down a call to a guardian. Gives its entry. Where the child may be less safe for it nothing of the call is kept: the
/// household is locked, and those who decide are told.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict while nobody of
/// the household may be told.
pub async fn record_guardian_contact(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &GuardianContactDraft,
    key: Option<&IdempotencyKey>,
) -> Result<EventId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::RecordCare).await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    tx.alone_with_student(student.id).await?;
    if let Some(why) = draft.home().filter(|home| home.locks()) {
        // Whether it was locked before or not, the answer is to what he says himself, and tells him nothing else.
        if tx.read()?.household_lock(student.id).await?.is_none() {
            let line = by.audit(desk, Act::LockHousehold, Some(student.id), None);
            lock_household(desk, &mut tx, (by.person(), None), &student, why).await?;
            tx.audit(&[line]).await?;
            tx.commit().await?;
        }
        return Err(CaseError::Conflict("household_locked"));
    }
    refuse_while_locked(&tx.read()?, by, student.id).await?;
    let call = draft.validate(desk.now())?;
    let body = json!({
        "what": "contact", "guardian": call.guardian, "relation": call.relation.key(), "by": call.by.key(),
        "told": call.told, "answer": call.answer.key(), "next": call.next_at.map(|at| wall(desk, at)),
    });
    let id = write_down(desk, &mut tx, by, &student, (EntryKind::GuardianContact, call.at), &body).await?;
    next_time(desk, &mut tx, &student, by.person(), ("再次联系家长", false), call.next_at).await?;
    tx.audit(&[by.audit(desk, Act::RecordGuardianContact, Some(student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(id)
}
