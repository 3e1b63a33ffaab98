//! The day on which somebody looks again after a close: whoever closed it is reminded, and if nobody looks, so is the one
//! above; at most once a school day, and never late in the evening.

use domain::audit::Act;
use domain::directory::Office;
use domain::id::AlertId;
use storage::AuditEntry;

use crate::climbing::Climbing;
use crate::{CaseError, Desk};

const MOST: u32 = 200;

/// Reminds of every look that is due; gives of how many.
///
/// # Errors
/// When the database cannot be read at all.
pub(crate) async fn remind_of_rechecks(desk: &Desk) -> Result<usize, CaseError> {
    let due = desk.storage.read().due_rechecks(desk.now(), MOST).await?;
    let mut reminded = 0;
    for id in due {
        match remind(desk, id).await {
            Ok(done) => reminded += usize::from(done),
            Err(err) => tracing::error!(alert = %id, error = %err, "nobody could be reminded to look again"),
        }
    }
    Ok(reminded)
}

async fn remind(desk: &Desk, id: AlertId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(false) };
    tx.alone_with_student(alert.student).await?;
    let read = tx.read()?;
    let Some(alert) = read.alert_for_service(id).await? else { return Ok(false) };
    let Some(due) = read.due_recheck(id, desk.now()).await? else { return Ok(false) };
    let policy = desk.policy(alert.policy).await?;
    let climbing = Climbing::of(desk, &tx, alert).await?;
    if let Some(at) = policy.closing.no_chasing_until(climbing.now, &desk.calendar) {
        tx.chase_recheck(id, at, due.chased).await?;
        tx.commit().await?;
        return Ok(true);
    }
    let times = due.chased.saturating_add(1);
    let above = climbing.others_of(&[Office::VicePrincipal, Office::Principal], &[due.owner]);
    let owner = climbing.reaches(due.owner).then_some(due.owner);
    // Whoever closed it may have left; then it is for those above at once.
    let told = owner.into_iter().chain(above.into_iter().filter(|_| due.chased > 0 || owner.is_none()));
    climbing.remind_of_recheck(desk, &mut tx, told, times).await?;
    climbing.log(&mut tx, "recheck_due", None, Some(serde_json::json!({ "times": times }))).await?;
    let next = policy.closing.recheck_chase_every.after(climbing.now, &desk.calendar);
    tx.chase_recheck(id, next, times).await?;
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
