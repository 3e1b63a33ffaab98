//! Notices to guardians 告知书: issued, signed or refused, and never waited for.

mod issue;
mod take;

pub(crate) use issue::notices_read;
pub use issue::{issue_notice, list_notices};
pub use take::take_notice_step;

use domain::growth_file::EntryKind;
use domain::id::EventId;
use domain::time::Timestamp;
use serde_json::Value;
use storage::{NewGrowthEntry, NoticeRecord, Tx};

use crate::{CaseError, Desk, Signed};

async fn write_down(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    n: &NoticeRecord,
    (at, body): (Timestamp, &Value),
) -> Result<(), CaseError> {
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(body.to_string()),
        record: Some(n.id.uuid()),
        filed_at: Some(desk.now()),
        ..NewGrowthEntry::new(EntryKind::Notice, n.student, EventId::new(desk.ids.uuid()), at)
    };
    Ok(tx.add_growth_entries(&[entry]).await?)
}
