//! An interview with a clock that nobody holds becomes an alert: those above were told, and the child still waits.

use chrono::TimeDelta;
use domain::directory::Circle;
use domain::id::{EventId, TaskId};
use domain::level::Level;
use storage::Tx;

use crate::care::{Why, alarm};
use crate::{CaseError, Desk};

/// So long after it was due.
const UNHELD_MINUTES: i64 = 60;
/// The most that one turn takes up; the next turn takes the rest.
const MOST: u32 = 100;

/// Opens or joins an alert for every child whose interview nobody has held; gives how many.
pub(super) async fn turn_unheld(desk: &Desk) -> Result<usize, CaseError> {
    let until = desk.now() - TimeDelta::minutes(UNHELD_MINUTES);
    let mut raised = 0;
    for id in desk.storage.read().unheld_interviews(until, MOST).await? {
        match raise(desk, id).await {
            Ok(true) => raised += 1,
            Ok(false) => {}
            Err(err) => {
                tracing::error!(task = %id, error = %err, "an interview that nobody held could not become an alert")
            }
        }
    }
    Ok(raised)
}

async fn raise(desk: &Desk, id: TaskId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(task) = tx.read()?.task_for_service(id).await? else { return Ok(false) };
    let Some(student) = task.about.student().cloned() else { return Ok(false) };
    tx.alone_with_student(student.id).await?;
    if !tx.raise_unheld(id, desk.now()).await? {
        return Ok(false);
    }
    let (level, circle) = match task.alert {
        Some(beside) => beside_alert(&tx, beside).await?,
        None => (Level::Orange, Circle::default()),
    };
    let entry = EventId::new(task.record.unwrap_or_default());
    alarm(desk, &mut tx, (task.owner.0, Why::Unheld), &student, (level, &circle, entry)).await?;
    tx.commit().await?;
    Ok(true)
}

/// Where an orange stands open already it is a red: nobody could talk with the child.
async fn beside_alert(tx: &Tx, id: domain::id::AlertId) -> Result<(Level, Circle), CaseError> {
    let read = tx.read()?;
    let left_out = read.excluded_from(id).await?;
    Ok(match read.alert_for_service(id).await? {
        Some(alert) if alert.climb.level >= Level::Orange && alert.closed_at.is_none() => {
            (Level::Red, Circle { audience: alert.audience, left_out })
        }
        Some(alert) => (Level::Orange, Circle { audience: alert.audience, left_out }),
        None => (Level::Orange, Circle::default()),
    })
}
