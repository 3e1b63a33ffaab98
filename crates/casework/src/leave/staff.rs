//! Who may be asked for a step.

use domain::access::Right;
use domain::leave::StepKind;
use storage::{PersonRecord, StudentRecord};

use super::seats::right_of;
use crate::{CaseError, Desk, Signed};

/// The colleagues of the school who may be asked for a step; for one that nobody is named for, those who write in the file.
///
/// # Errors
/// When the database refuses.
pub async fn leave_staff(
    desk: &Desk,
    by: &Signed,
    student: &StudentRecord,
    step: Option<StepKind>,
) -> Result<Vec<PersonRecord>, CaseError> {
    let (read, now) = (desk.storage.read(), desk.now());
    let mut out = Vec::new();
    for person in crate::staff_for_filing(desk, by).await? {
        let actor = read.actor(person.id, now).await?;
        let right = step.map_or(Right::RecordCare, right_of);
        if actor.scope(right, now).covers(&student.place()) {
            out.push(person);
        }
    }
    Ok(out)
}
