//! Looking at tasks. The audit line is durable before anything is given back.

use domain::access::Right;
use domain::audit::Act;
use domain::id::{StudentId, TaskId};
use domain::task::{TaskKind, TaskState};
use domain::time::Timestamp;
use storage::{PersonRecord, TaskFilter, TaskRecord};

use super::reader;
use crate::{CaseError, Desk, Signed};

/// Which tasks.
#[derive(Debug, Clone, Default)]
pub struct TaskQuery {
    /// One's own alone.
    pub mine: bool,
    /// In this state; open ones when nothing is said.
    pub state: Option<TaskState>,
    /// About this student.
    pub student: Option<StudentId>,
    /// After this one, in the order of the list: due, id.
    pub after: Option<(Timestamp, TaskId)>,
    /// At most so many.
    pub limit: u32,
}

/// One's own tasks, and those about the students whose files one opens; those due first first.
///
/// # Errors
/// When the database refuses.
pub async fn list_tasks(desk: &Desk, by: &Signed, query: &TaskQuery) -> Result<Vec<TaskRecord>, CaseError> {
    let filter = TaskFilter {
        mine: query.mine,
        state: query.state,
        student: query.student,
        after: query.after,
        limit: query.limit,
    };
    let mut found = desk.storage.read().tasks(&reader(desk, by), &filter).await?;
    found.iter_mut().for_each(|task| redact(desk, by, task));
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ListTasks, query.student.filter(|_| !found.is_empty()), None)]).await?;
    tx.commit().await?;
    Ok(found)
}

/// One task.
///
/// # Errors
/// [`CaseError::NotFound`] when this person may not see it.
pub async fn view_task(desk: &Desk, by: &Signed, id: TaskId) -> Result<TaskRecord, CaseError> {
    let found = desk.storage.read().task(&reader(desk, by), id).await?;
    let mut task = found.ok_or(CaseError::NotFound)?;
    redact(desk, by, &mut task);
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadTask, task.about.student_id(), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(task)
}

/// Takes out what this reader must not read: of another's restricted task, what it says.
fn redact(desk: &Desk, by: &Signed, task: &mut TaskRecord) {
    let own = reader(desk, by).own.contains(&task.owner.0);
    if task.restricted && !own && !by.scope(desk, Right::ReadRestricted).covers(&task.about.place()) {
        task.text.clear();
        task.note = None;
        // A kind of its own would say that there was a screening.
        if task.kind.is_interview() {
            task.kind = TaskKind::FollowUp;
        }
    }
}

/// The colleagues who can be given a task.
///
/// # Errors
/// When the database refuses.
pub async fn colleagues_for_tasks(desk: &Desk, by: &Signed) -> Result<Vec<PersonRecord>, CaseError> {
    crate::staff_for_filing(desk, by).await
}

/// A task that this person has just handed on: he hears what became of it, though it may not be his to see any more.
///
/// # Errors
/// [`CaseError::NotFound`] when there is no such task, or it was not he who handed it on.
pub async fn view_handed_on(desk: &Desk, by: &Signed, id: TaskId) -> Result<TaskRecord, CaseError> {
    let found = desk.storage.read().task_for_service(id).await?;
    let mut task = found.filter(|t| t.from.as_ref().is_some_and(|f| f.0 == by.person())).ok_or(CaseError::NotFound)?;
    redact(desk, by, &mut task);
    Ok(task)
}
