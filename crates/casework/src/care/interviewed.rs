//! A talk that is written down ends what was owed after a screening.

use chrono::TimeDelta;
use domain::care::Interview;
use domain::id::{EventId, StudentId};
use domain::task::{TaskKind, TaskState};
use storage::Tx;

use crate::{CaseError, Desk, Signed};

/// A talk from longer before the sheet was written down was not about what it says.
const HEARD_HOURS: i64 = 24;

/// Ends the interviews that wait for a child, whoever was to hold them. A talk from before the sheet was answered, or from long
/// before anybody had read it, is not the one that was asked for; nor is one after which nobody knows how a child is who
/// answered a critical item.
pub(super) async fn interviewed(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: StudentId,
    talk: &Interview,
) -> Result<(), CaseError> {
    let open = tx.read()?.open_tasks_about_student(student).await?;
    for task in open.into_iter().filter(|t| t.kind.is_interview()) {
        let answered = match task.record.map(EventId::new) {
            Some(entry) => tx.read()?.growth_entry_at(entry).await?,
            None => None,
        };
        let read = task.given_at - TimeDelta::hours(HEARD_HOURS);
        let from = answered.map_or(task.given_at, |at| at.max(read));
        let enough = task.kind != TaskKind::PromptInterview || talk.is_clear();
        if from <= talk.at && enough {
            tx.end_task(task.id, TaskState::Done, Some(by.person()), None, desk.now()).await?;
        }
    }
    Ok(())
}
