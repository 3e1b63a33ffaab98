//! Referrals 转介, with their return leg. Whatever does not come back is asked for, and then told above.

mod back;
mod make;
mod went;

pub use back::refer_back;
pub use make::{list_referrals, refer};
pub use went::refer_went;

use domain::access::Right;
use domain::growth_file::EntryKind;
use domain::id::{EventId, ReferralId, StudentId};
use domain::task::TaskKind;
use domain::time::Timestamp;
use serde_json::Value;
use storage::{NewGrowthEntry, ReferralRecord, StudentRecord, Tx};

use crate::file_reader::FileReader;
use crate::task::{Wanted, cared_for, give_by_service};
use crate::{CaseError, Desk, Signed};

/// A referral of a student whom somebody may refer.
async fn found(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    student: StudentId,
    id: ReferralId,
) -> Result<(StudentRecord, ReferralRecord), CaseError> {
    let read = tx.read()?;
    let student = cared_for(desk, &read, by, student, Right::WritePlan).await?;
    let all = referrals_read(desk, tx, by, student.id).await?;
    let one = all.into_iter().find(|r| r.id == id).ok_or(CaseError::NotFound)?;
    Ok((student, one))
}

/// The referrals that somebody may know of: what came back at another school is sealed with the rest of its file.
pub(crate) async fn referrals_read(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    student: StudentId,
) -> Result<Vec<ReferralRecord>, CaseError> {
    let read = tx.read()?;
    let file = FileReader::open(desk, by, &read, student).await?;
    let mut all = read.referrals(student).await?;
    all.retain(|r| r.outcome.is_none() || !file.is_sealed(r.leg.made_at));
    Ok(all)
}

async fn write_down(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    referral: &ReferralRecord,
    at: Timestamp,
    body: &Value,
) -> Result<(), CaseError> {
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(body.to_string()),
        record: Some(referral.id.uuid()),
        filed_at: Some(desk.now()),
        ..NewGrowthEntry::new(EntryKind::Referral, referral.student, EventId::new(desk.ids.uuid()), at)
    };
    Ok(tx.add_growth_entries(&[entry]).await?)
}

/// Whoever made it is asked for what comes next.
async fn ask(
    desk: &Desk,
    tx: &mut Tx,
    student: &StudentRecord,
    referral: &ReferralRecord,
    (kind, text): (TaskKind, &str),
    due_at: Timestamp,
) -> Result<(), CaseError> {
    let owner = referral.by.0;
    let wanted = Wanted {
        alert: None,
        record: Some(referral.id.uuid()),
        kind,
        text: text.to_owned(),
        restricted: true,
        owner,
        from: Some(owner),
        due_at,
    };
    give_by_service(desk, tx, student, wanted).await.map(|_| ())
}
