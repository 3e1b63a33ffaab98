//! What is written about the care of a student: talks, screenings, visits at home, calls to guardians.

mod contact;
mod danger;
mod household;
mod interviewed;
mod lock;
mod record;
mod screening;

pub use contact::record_guardian_contact;
pub(crate) use danger::danger_reported;
pub(crate) use household::lock_for;
pub use household::{propose_household, sign_household, student_for_household, view_household};
pub(crate) use lock::{lock_household, refuse_while_locked};
pub use record::{record_home_visit, record_interview};
pub use screening::{ScreeningDone, record_screening};

use domain::growth_file::EntryKind;
use domain::id::{EventId, PersonId};
use domain::task::TaskKind;
use domain::time::Timestamp;
use serde_json::Value;
use storage::{NewGrowthEntry, StudentRecord, Tx};

use crate::task::{Wanted, give_by_service};
use crate::{CaseError, Desk, Signed};

/// Writes an entry into the file. Gives its id.
async fn write_down(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: &StudentRecord,
    (kind, at): (EntryKind, Timestamp),
    body: &Value,
) -> Result<EventId, CaseError> {
    let id = EventId::new(desk.ids.uuid());
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(body.to_string()),
        filed_at: Some(desk.now()),
        record: Some(id.uuid()),
        ..NewGrowthEntry::new(kind, student.id, id, at)
    };
    tx.add_growth_entries(&[entry]).await?;
    Ok(id)
}

/// A next time is a task of whoever wrote it down.
async fn next_time(
    desk: &Desk,
    tx: &mut Tx,
    student: &StudentRecord,
    owner: PersonId,
    (text, restricted): (&str, bool),
    due_at: Option<Timestamp>,
) -> Result<(), CaseError> {
    let Some(due_at) = due_at else { return Ok(()) };
    let wanted = Wanted {
        alert: None,
        record: None,
        kind: TaskKind::FollowUp,
        text: text.to_owned(),
        restricted,
        owner,
        from: Some(owner),
        due_at,
    };
    give_by_service(desk, tx, student, wanted).await.map(|_| ())
}
