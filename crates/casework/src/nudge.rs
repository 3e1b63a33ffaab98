//! The auditor's nudge: an alert is looked at once more, and whatever a person might miss is said again. Given twice it
//! does no more than given once.

use domain::audit::Act;
use domain::escalation::{ClimbState, Event};
use domain::id::AlertId;
use storage::{AuditEntry, Tx};

use crate::climbing::Climbing;
use crate::{CaseError, Desk};

/// Mends what can be mended without a decision, then takes the step that is due or tells the present rung.
pub(crate) async fn nudge(desk: &Desk, tx: &mut Tx, id: AlertId) -> Result<(), CaseError> {
    let Some(student) = tx.read()?.student_of_alert(id).await? else { return Ok(()) };
    tx.alone_with_student(student).await?;
    tx.restore_clock(id, desk.now()).await?;
    tx.release_expired(id, desk.now(), desk.real_now()).await?;
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(()) };
    let mut climbing = Climbing::of(desk, tx, alert).await?;
    let due = Event::Due { version: climbing.alert.climb.version };
    if !climbing.step(desk, tx, &due, None).await? && !tell(desk, tx, &mut climbing).await? {
        return Ok(());
    }
    climbing.save(tx).await?;
    let line = AuditEntry {
        id: desk.ids.uuid(),
        at: climbing.now,
        person: None,
        act: Act::Escalate,
        student: Some(student),
        object: Some(id.to_string()),
        detail: Some("nudged".to_owned()),
        request: None,
    };
    Ok(tx.audit(&[line]).await?)
}

/// Tells the present rung when nobody was told of it; the next one when nothing could arrive. Says whether it had to.
async fn tell(desk: &Desk, tx: &mut Tx, climbing: &mut Climbing) -> Result<bool, CaseError> {
    let ClimbState::Open { .. } = climbing.alert.climb.state else { return Ok(false) };
    let (id, epoch, rung) = (climbing.alert.id, climbing.alert.climb.epoch, climbing.alert.climb.rung);
    let (mut told, mut lost) = tx.read()?.rung_tally(id, epoch, rung).await?;
    let untold = told == 0;
    if untold {
        climbing.step(desk, tx, &Event::AuditorNudge, None).await?;
        climbing.log(tx, "nudged", None, Some(serde_json::json!({ "rung": rung }))).await?;
        (told, lost) = tx.read()?.rung_tally(id, epoch, rung).await?;
    }
    if told > lost {
        return Ok(untold);
    }
    let passed = climbing.step(desk, tx, &Event::RungUnreachable { epoch, rung }, None).await?;
    Ok(untold || passed)
}
