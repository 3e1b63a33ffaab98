//! Looking at reports. The audit line is durable before anything is given back.

use domain::access::Right;
use domain::audit::Act;
use domain::id::{MandatoryId, StudentId};
use domain::policy::OutsideTerms;
use storage::{MandatoryRecord, Read, StudentRecord};

use super::reader;
use crate::{CaseError, Desk, Signed};

/// A student about whom somebody may report what the law demands: any of the own school.
pub(super) async fn reportable(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    id: StudentId,
) -> Result<StudentRecord, CaseError> {
    read.student(&by.scope(desk, Right::ReportByLaw), id).await?.ok_or(CaseError::NotFound)
}

/// A student, for the form.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever may not report about this student.
pub async fn student_for_report(desk: &Desk, by: &Signed, id: StudentId) -> Result<StudentRecord, CaseError> {
    let student = reportable(desk, &desk.storage.read(), by, id).await?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ListStudents, Some(student.id), None)]).await?;
    tx.commit().await?;
    Ok(student)
}

/// One report. Who reported is in nothing that is shown of it.
///
/// # Errors
/// [`CaseError::NotFound`] when this person may not know of it.
pub async fn view_mandatory(desk: &Desk, by: &Signed, id: MandatoryId) -> Result<MandatoryRecord, CaseError> {
    let found = desk.storage.read().mandatory(&reader(desk, by), id).await?.ok_or(CaseError::NotFound)?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadByLaw, Some(found.student.id), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(found)
}

/// The open reports that this person may know of, about one student or about all; those first of which the police were not
/// told.
///
/// # Errors
/// When the database refuses.
pub async fn list_mandatory(
    desk: &Desk,
    by: &Signed,
    of: Option<StudentId>,
) -> Result<Vec<MandatoryRecord>, CaseError> {
    let found = desk.storage.read().open_mandatory(&reader(desk, by), of).await?;
    let mut tx = desk.storage.begin().await?;
    let lines: Vec<_> =
        found.iter().map(|r| by.audit(desk, Act::ReadByLaw, Some(r.student.id), Some(r.id.to_string()))).collect();
    tx.audit(&lines).await?;
    tx.commit().await?;
    Ok(found)
}

/// The clocks of what is owed outside, as they are now.
///
/// # Errors
/// When the database refuses.
pub async fn outside_terms(desk: &Desk) -> Result<OutsideTerms, CaseError> {
    Ok(desk.policy_in_force().await?.1.outside.clone())
}
