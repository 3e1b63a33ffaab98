//! What was learnt: when every message of the present rung has finally failed, the next rung is told at once; whoever
//! has come onto a rung since it was told is told too; what the auditor found is looked at again.

use domain::escalation::Event;
use domain::id::DrillId;
use storage::{SignalKind, SignalRecord, Tx};

use crate::climbing::Climbing;
use crate::directory_changed::note_what_began;
use crate::nudge::nudge;
use crate::{CaseError, Desk};

const MOST: u32 = 200;

/// Consumes the signals that wait; gives how many.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn consume_signals(desk: &Desk) -> Result<usize, CaseError> {
    note_what_began(desk).await?;
    let waiting = desk.storage.read().waiting_signals(MOST).await?;
    let count = waiting.len();
    for signal in waiting {
        if let Err(err) = consume(desk, &signal).await {
            tracing::error!(alert = %signal.alert, error = %err, "a signal could not be consumed");
            give_up(desk, &signal).await?;
        }
    }
    Ok(count)
}

async fn consume(desk: &Desk, signal: &SignalRecord) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    match signal.kind {
        SignalKind::RowFailed | SignalKind::DirectoryChanged => stepped(desk, &mut tx, signal).await?,
        SignalKind::AuditorNudge => nudge(desk, &mut tx, signal.alert).await?,
    }
    tx.consume_signal(signal.id, desk.now()).await?;
    Ok(tx.commit().await?)
}

/// A nudge is given again as long as there is a reason for it: one that cannot be followed must not stand in the way. Nor
/// must anything that is not about an alert, but about a drill.
async fn give_up(desk: &Desk, signal: &SignalRecord) -> Result<(), CaseError> {
    let real = desk.storage.read().student_of_alert(signal.alert).await?.is_some();
    match signal.kind {
        SignalKind::RowFailed | SignalKind::DirectoryChanged if real => return Ok(()),
        SignalKind::RowFailed | SignalKind::DirectoryChanged | SignalKind::AuditorNudge => {}
    }
    let mut tx = desk.storage.begin().await?;
    tx.consume_signal(signal.id, desk.now()).await?;
    Ok(tx.commit().await?)
}

async fn stepped(desk: &Desk, tx: &mut Tx, signal: &SignalRecord) -> Result<(), CaseError> {
    if let Some(alert) = tx.read()?.alert_for_service(signal.alert).await? {
        tx.alone_with_student(alert.student).await?;
        if let Some(event) = event_of(tx, signal).await? {
            let alert = tx.read()?.alert_for_service(signal.alert).await?.ok_or(CaseError::NotFound)?;
            let mut climbing = Climbing::of(desk, tx, alert).await?;
            climbing.step(desk, tx, &event, None).await?;
            // Whoever decides can have changed though nobody was told.
            climbing.save(tx).await?;
        }
    } else if let Some(event) = event_of(tx, signal).await? {
        crate::drill::step_drill(desk, tx, DrillId::new(signal.alert.uuid()), &event).await?;
    }
    Ok(())
}

/// What a signal means for the climb, if anything.
async fn event_of(tx: &Tx, signal: &SignalRecord) -> Result<Option<Event>, CaseError> {
    let (epoch, rung) = (signal.epoch, signal.rung);
    Ok(match signal.kind {
        SignalKind::RowFailed => {
            let failed = tx.read()?.rung_failed(signal.alert, epoch, rung).await?;
            failed.then_some(Event::RungUnreachable { epoch, rung })
        }
        SignalKind::DirectoryChanged => Some(Event::DirectoryChanged),
        SignalKind::AuditorNudge => None,
    })
}
