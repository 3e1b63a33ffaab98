//! A watch over a child 专人监护: taken over from hand to hand, alarmed about when nobody has, ended by a signature.

mod alarm;
mod end;
mod take_over;
mod view;

pub(crate) use alarm::alarm_lapsed;
pub use end::{EndDraft, end_watch};
pub use take_over::take_over_watch;
pub use view::view_watches;

use domain::growth_file::EntryKind;
use domain::id::{EventId, PersonId, WatchId};
use domain::time::Timestamp;
use serde_json::Value;
use storage::{NewGrowthEntry, Tx};

use crate::climbing::Climbing;
use crate::{CaseError, Desk};

/// A time as people read it in a file.
pub(crate) fn wall(desk: &Desk, at: Timestamp) -> String {
    desk.calendar.local(at).format("%Y-%m-%d %H:%M").to_string()
}

/// Writes down what happened to a watch: in the alert's story and in the child's file.
async fn write_down(
    desk: &Desk,
    tx: &mut Tx,
    climbing: &Climbing,
    watch: WatchId,
    by: Option<PersonId>,
    body: &Value,
) -> Result<(), CaseError> {
    let what = body.get("what").and_then(Value::as_str).unwrap_or_default();
    climbing.log(tx, &format!("watch_{what}"), by, Some(body.clone())).await?;
    let entry = NewGrowthEntry {
        by,
        alert: Some(climbing.alert.id),
        body: Some(body.to_string()),
        audience: climbing.alert.audience,
        record: Some(watch.uuid()),
        ..NewGrowthEntry::new(EntryKind::Watch, climbing.alert.student, EventId::new(desk.ids.uuid()), climbing.now)
    };
    Ok(tx.add_growth_entries(&[entry]).await?)
}
