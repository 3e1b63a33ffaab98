//! A leave begins.

use domain::access::Right;
use domain::audit::Act;
use domain::id::{LeaveId, StudentId};
use domain::leave::AbsenceDraft;
use storage::LeaveRecord;

use super::next::ask_for_contact;
use super::seats::all_of;
use super::seats::may_care;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::cared_for;
use crate::{CaseError, Desk, Signed};

/// Records a leave, and asks whoever is named to keep in touch. Gives its id.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when the
/// student is on leave already.
pub async fn begin_leave(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &AbsenceDraft,
    key: Option<&IdempotencyKey>,
) -> Result<LeaveId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::WritePlan).await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    let policy = desk.policy_in_force().await?.1;
    let (now, today) = (desk.now(), desk.calendar.date(desk.now()));
    let looked = draft.validate(&policy.leave, today);
    let keeper: Vec<_> = draft.keeper.trim().parse().ok().map(|k| ("keeper".to_owned(), k)).into_iter().collect();
    let unfit = may_care(desk, &tx.read()?, &student, &keeper).await?;
    let absence = all_of(looked, unfit)?;
    tx.alone_with_student(student.id).await?;
    if tx.read()?.leaves(student.id).await?.iter().any(|l| l.ended_at.is_none()) {
        return Err(CaseError::Conflict("on_leave_already"));
    }
    let record = LeaveRecord {
        id: LeaveId::new(desk.ids.uuid()),
        student: student.id,
        absence,
        keeper: String::new(),
        by: (by.person(), by.name.clone()),
        at: now,
        ended_at: None,
        steps: Vec::new(),
    };
    tx.add_leave(&record).await?;
    tx.add_growth_entries(&super::entries::begun(desk, &record)).await?;
    ask_for_contact(desk, &mut tx, &student, &record, None, now).await?;
    tx.audit(&[by.audit(desk, Act::RecordLeave, Some(student.id), Some(record.id.to_string()))]).await?;
    remember(&mut tx, by, key, &record.id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(record.id)
}
