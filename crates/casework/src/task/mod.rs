//! Tasks 任务: given, done, handed on, and turned by their own clock.

mod end;
mod give;
mod hand_on;
mod list;
mod turn;
mod unheld;

pub use end::end_task;
pub use give::give_task;
pub(crate) use give::{Wanted, directory_for, give_about_class, give_by_service, void_tasks_about, written_channels};
pub(crate) use hand_on::{first_who_may_have, heir_may_have, pass_with_student, rehome_task};
pub use hand_on::{hand_on_task, may_hand_on};
pub use list::{TaskQuery, colleagues_for_tasks, list_tasks, view_handed_on, view_task};
pub use turn::turn_tasks;

use domain::access::{Place, Right};
use domain::audit::Act;
use domain::id::{PersonId, StudentId};
use domain::staff::Role;
use storage::{Read, StudentRecord, TaskReader};

use crate::{CaseError, Desk, Signed};

/// What somebody sees of tasks: his own, those of whomever he stands in for, and those about the students whose files he
/// opens.
pub(crate) fn reader(desk: &Desk, by: &Signed) -> TaskReader {
    let away = by.actor.stands_in.iter().map(|s| s.away.person);
    let entrusted = by.actor.stands_in.iter().filter(|s| s.entrusted).map(|s| s.away.person);
    TaskReader {
        person: by.person(),
        entrusted: std::iter::once(by.person()).chain(entrusted).collect(),
        own: std::iter::once(by.person()).chain(away).collect(),
        files: by.scope(desk, Right::OpenFile),
        knows: by.scope(desk, Right::KnowOfRestricted),
        oversees: by.scope(desk, Right::SeeSamples),
    }
}

/// A student about whom somebody may write what everybody reads who opens the file.
pub(crate) async fn cared_for(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    id: StudentId,
    right: Right,
) -> Result<StudentRecord, CaseError> {
    let student = read.student(&by.scope(desk, Right::OpenFile), id).await?.ok_or(CaseError::NotFound)?;
    if by.scope(desk, right).covers(&student.place()) { Ok(student) } else { Err(CaseError::Forbidden) }
}

/// Whether somebody can have a task about a student or a class there: he works at that school, is no child, does not keep
/// accounts only, and his account is open.
pub(crate) async fn can_have(desk: &Desk, read: &Read<'_>, person: PersonId, place: &Place) -> Result<bool, CaseError> {
    let actor = read.actor(person, desk.now()).await?;
    let works = |role: Role| !matches!(role, Role::PeerMonitor | Role::Administrator);
    let here = actor.positions.iter().any(|(p, school)| *school == Some(place.school) && works(p.role));
    Ok(here && !read.is_disabled(person).await?)
}

/// A student, for a form about his care. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever does not open the file, [`CaseError::Forbidden`] for whoever may not write that.
pub async fn student_for_care(
    desk: &Desk,
    by: &Signed,
    id: StudentId,
    right: Right,
) -> Result<StudentRecord, CaseError> {
    let student = cared_for(desk, &desk.storage.read(), by, id, right).await?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ListStudents, Some(student.id), None)]).await?;
    tx.commit().await?;
    Ok(student)
}
