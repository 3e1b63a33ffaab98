//! What the notifier learnt: when every message of the present rung has finally failed, the next rung is told at once.

use domain::escalation::Event;
use storage::SignalRecord;

use crate::climbing::Climbing;
use crate::{CaseError, Desk};

const MOST: u32 = 200;

/// Consumes the signals that wait; gives how many.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn consume_signals(desk: &Desk) -> Result<usize, CaseError> {
    let waiting = desk.storage.read().waiting_signals(MOST).await?;
    let count = waiting.len();
    for signal in waiting {
        if let Err(err) = consume(desk, &signal).await {
            tracing::error!(alert = %signal.alert, error = %err, "a signal could not be consumed");
        }
    }
    Ok(count)
}

async fn consume(desk: &Desk, signal: &SignalRecord) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    if let Some(alert) = tx.read()?.alert_for_service(signal.alert).await? {
        tx.alone_with_student(alert.student).await?;
        if tx.read()?.rung_failed(signal.alert, signal.epoch, signal.rung).await? {
            let alert = tx.read()?.alert_for_service(signal.alert).await?.ok_or(CaseError::NotFound)?;
            let mut climbing = Climbing::of(desk, &tx, alert).await?;
            let event = Event::RungUnreachable { epoch: signal.epoch, rung: signal.rung };
            if climbing.step(desk, &mut tx, &event, None).await? {
                climbing.save(&mut tx).await?;
            }
        }
    }
    tx.consume_signal(signal.id, desk.now()).await?;
    Ok(tx.commit().await?)
}
