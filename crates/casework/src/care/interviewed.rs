//! A talk that is written down ends what was owed after a screening.

use domain::id::{EventId, StudentId};
use domain::task::TaskState;
use domain::time::Timestamp;
use storage::Tx;

use crate::{CaseError, Desk, Signed};

/// Ends the interviews that wait for a child, whoever was to hold them. A talk from before the sheet was answered is not the one
/// that was asked for.
pub(super) async fn interviewed(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: StudentId,
    at: Timestamp,
) -> Result<(), CaseError> {
    let open = tx.read()?.open_tasks_about_student(student).await?;
    for task in open.into_iter().filter(|t| t.kind.is_interview()) {
        let answered = match task.record.map(EventId::new) {
            Some(entry) => tx.read()?.growth_entry_at(entry).await?,
            None => None,
        };
        if answered.unwrap_or(task.given_at) <= at {
            tx.end_task(task.id, TaskState::Done, Some(by.person()), None, desk.now()).await?;
        }
    }
    Ok(())
}
