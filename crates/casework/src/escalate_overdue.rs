//! The tick: every alert whose clock has come takes one step. A public step; the loop around it is dull.

use domain::audit::Act;
use domain::escalation::Event;
use domain::id::AlertId;
use storage::AuditEntry;

use crate::climbing::Climbing;
use crate::{CaseError, Desk};

/// The most alerts that one tick takes up; the next tick takes the rest.
const MOST: u32 = 200;

/// Steps every alert that is due, alarms about every watch that nobody keeps, gives back what was offered and not answered,
/// and reminds of who is to look again; gives how many. One that cannot be stepped does not hold back the others.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn escalate_overdue(desk: &Desk) -> Result<usize, CaseError> {
    let due = desk.storage.read().due_alerts(desk.now(), MOST).await?;
    let mut stepped = 0;
    for id in due {
        match escalate(desk, id).await {
            Ok(changed) => stepped += usize::from(changed),
            Err(err) => tracing::error!(alert = %id, error = %err, "an alert that is due could not be stepped"),
        }
    }
    let alarmed = crate::watch::alarm_lapsed(desk).await?;
    let returned = crate::return_hand_over::return_overdue(desk).await?;
    Ok(stepped + alarmed + returned + crate::remind_of_rechecks::remind_of_rechecks(desk).await?)
}

async fn escalate(desk: &Desk, id: AlertId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(false) };
    tx.alone_with_student(alert.student).await?;
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(false) };
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    let event = Event::Due { version: climbing.alert.climb.version };
    if !climbing.step(desk, &mut tx, &event, None).await? {
        return Ok(false);
    }
    climbing.save(&mut tx).await?;
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
