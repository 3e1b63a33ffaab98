//! Who is on watch, and who was.

use domain::access::Right;
use domain::audit::Act;
use domain::id::AlertId;
use storage::{AlertSummary, WatchRecord};

use crate::{CaseError, Desk, Signed};

/// The watches beside an alert, the latest first. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`] when the alert is not visible, [`CaseError::Forbidden`] for whoever sees it from afar.
pub async fn view_watches(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
) -> Result<(AlertSummary, Vec<WatchRecord>), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let read = tx.read()?;
    let visible = read.alert(&by.scope(desk, Right::SeeAlert), id).await?.ok_or(CaseError::NotFound)?;
    let near = read.alert(&by.scope(desk, Right::RecordCustody), id).await?;
    if near.is_none() {
        return Err(CaseError::Forbidden);
    }
    let watches = read.watches(id).await?;
    tx.audit(&[by.audit(desk, Act::ReadAlert, Some(visible.alert.student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok((visible, watches))
}
