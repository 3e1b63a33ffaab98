//! Taking an alert 接手.

use domain::access::Right;
use domain::alert::note_text;
use domain::audit::Act;
use domain::escalation::Event;
use domain::id::AlertId;

use crate::climbing::Climbing;
use crate::{CaseError, Desk, Signed};

/// Takes an alert. Twice is once: the second time changes nothing and is no event. For a red it pauses the climb; only
/// a custody record stops it.
///
/// # Errors
/// [`CaseError::NotFound`] when the alert is not visible; [`CaseError::Forbidden`] when it is, without the right;
/// [`CaseError::Invalid`] when the note is too long.
pub async fn acknowledge_alert(desk: &Desk, by: &Signed, id: AlertId, note: Option<&str>) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::Acknowledge).await?;
    let note = note_text(note)?;
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let note = note.map(|n| serde_json::json!({ "note": n }));
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    let taken = climbing.step(desk, &mut tx, &Event::Acknowledged { by: by.person() }, Some(by.person())).await?;
    if taken {
        climbing.alert.owner = Some(by.person());
        climbing.log(&mut tx, "acknowledged", Some(by.person()), note).await?;
    }
    climbing.save(&mut tx).await?;
    tx.audit(&[by.audit(desk, Act::Acknowledge, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// The alert, when it is visible and the right is held on it.
pub(crate) async fn find(
    desk: &Desk,
    tx: &storage::Tx,
    by: &Signed,
    id: AlertId,
    right: Right,
) -> Result<storage::AlertRecord, CaseError> {
    let read = tx.read()?;
    let visible = read.alert(&by.scope(desk, Right::SeeAlert), id).await?.ok_or(CaseError::NotFound)?;
    match read.alert(&by.scope(desk, right), id).await? {
        Some(_) => Ok(visible.alert),
        None => Err(CaseError::Forbidden),
    }
}
