//! The report that the law demands 强制报告: written down, told on, and turned by a clock that only the police stop.

mod open;
mod tell;
mod turn;
mod view;

pub use open::report_by_law;
pub use tell::record_told;
pub(crate) use turn::turn_mandatory;
pub use view::{list_mandatory, outside_terms, student_for_report, view_mandatory};

use domain::access::Right;
use domain::growth_file::EntryKind;
use domain::id::EventId;
use serde_json::Value;
use storage::{MandatoryReader, MandatoryRecord, NewGrowthEntry, Tx};

use crate::{CaseError, Desk, Signed};

/// What somebody sees of such reports. What was confided is passed on by the person himself alone.
pub(crate) fn reader(desk: &Desk, by: &Signed) -> MandatoryReader {
    let entrusted = by.actor.stands_in.iter().filter(|s| s.entrusted).map(|s| s.away.person);
    MandatoryReader {
        own: std::iter::once(by.person()).chain(entrusted).collect(),
        scope: by.scope(desk, Right::SeeByLaw),
    }
}

/// Writes into the child's file what happened to a report. It names nobody who reported or told.
async fn write_down(desk: &Desk, tx: &mut Tx, r: &MandatoryRecord, body: &Value) -> Result<(), CaseError> {
    let entry = NewGrowthEntry {
        alert: r.report.alert,
        body: Some(body.to_string()),
        audience: r.circle.audience,
        record: Some(r.id.uuid()),
        ..NewGrowthEntry::new(EntryKind::MandatoryReport, r.student.id, EventId::new(desk.ids.uuid()), desk.now())
    };
    Ok(tx.add_growth_entries(&[entry]).await?)
}
