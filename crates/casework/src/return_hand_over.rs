//! A hand-over that nobody answers comes back by itself.

use domain::alert::HandOverAnswer;
use domain::audit::Act;
use domain::id::AlertId;
use storage::AuditEntry;

use crate::answer_hand_over::give_back;
use crate::climbing::Climbing;
use crate::hand_over::stands;
use crate::{CaseError, Desk};

const MOST: u32 = 200;

/// Gives back every alert whose hand-over nobody answered in time; gives how many.
///
/// # Errors
/// When the database cannot be read at all.
pub(crate) async fn return_overdue(desk: &Desk) -> Result<usize, CaseError> {
    let overdue = desk.storage.read().overdue_hand_overs(desk.now(), MOST).await?;
    let mut returned = 0;
    for id in overdue {
        match return_one(desk, id).await {
            Ok(done) => returned += usize::from(done),
            Err(err) => tracing::error!(alert = %id, error = %err, "a hand-over could not be given back"),
        }
    }
    Ok(returned)
}

async fn return_one(desk: &Desk, id: AlertId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(false) };
    tx.alone_with_student(alert.student).await?;
    let read = tx.read()?;
    let Some(alert) = read.alert_for_service(id).await? else { return Ok(false) };
    let Some(pending) = read.pending_hand_over(id).await?.filter(|p| p.due_at <= desk.now()) else { return Ok(false) };
    if !stands(&pending, &alert) {
        tx.answer_hand_over(id, HandOverAnswer::Void, desk.now()).await?;
        tx.commit().await?;
        return Ok(true);
    }
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    climbing.log(&mut tx, "hand_over_unanswered", None, None).await?;
    give_back(desk, &mut tx, &mut climbing, &pending, HandOverAnswer::Unanswered).await?;
    let line = AuditEntry {
        id: desk.ids.uuid(),
        at: climbing.now,
        person: None,
        act: Act::Escalate,
        student: Some(climbing.alert.student),
        object: Some(id.to_string()),
        detail: None,
        request: None,
    };
    tx.audit(&[line]).await?;
    tx.commit().await?;
    Ok(true)
}
