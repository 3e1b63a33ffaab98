//! Saying that a task is done.

use domain::alert::REASON_CHARS;
use domain::audit::Act;
use domain::fault::Faults;
use domain::id::TaskId;
use domain::task::{TaskState, long_text};

use super::reader;
use crate::{CaseError, Desk, Signed};

/// Says that a task is done, and what came of it. Its owner does, or whoever stands in for him.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`] for anybody else who sees it, [`CaseError::Invalid`], or a conflict
/// when it has ended.
pub async fn end_task(desk: &Desk, by: &Signed, id: TaskId, note: &str) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let reader = reader(desk, by);
    let task = tx.read()?.task(&reader, id).await?.ok_or(CaseError::NotFound)?;
    if !reader.own.contains(&task.owner.0) {
        return Err(CaseError::Forbidden);
    }
    if task.kind.is_by_law() {
        return Err(CaseError::Conflict("ends_by_record"));
    }
    if task.kind.ends_with_its_record() {
        return Err(CaseError::Conflict("ends_with_its_record"));
    }
    let mut faults = Faults::new();
    let words = ("请写明做了什么、情况如何", "Say what was done and how it went");
    let note = long_text(note, "note", REASON_CHARS, words, &mut faults);
    let note = faults.or(note)?;
    if !tx.end_task(id, TaskState::Done, Some(by.person()), Some(&note), desk.now()).await? {
        return Err(CaseError::Conflict("task_ended"));
    }
    crate::unseen::looked_after(desk, &mut tx, by, &task, &note).await?;
    crate::affected::looked_in(desk, &mut tx, by, &task, &note).await?;
    tx.audit(&[by.audit(desk, Act::EndTask, task.about.student_id(), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}
