//! The clock of drills. It runs beside the tick of alerts, never in it: whatever goes wrong here holds back nothing real.

use domain::drill::{DrillEnd, rests};
use domain::escalation::Event;
use domain::id::DrillId;
use storage::{DrillRecord, Tx};

use super::climb::DrillClimb;
use crate::{CaseError, Desk};

/// Takes every drill that runs a step further, or ends it; gives how many moved.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn turn_drills(desk: &Desk) -> Result<usize, CaseError> {
    let mut moved = 0;
    for drill in desk.storage.read().running_drills().await? {
        match turn(desk, drill.id).await {
            Ok(changed) => moved += usize::from(changed),
            Err(err) => tracing::error!(drill = %drill.id, error = %err, "a drill could not be stepped"),
        }
    }
    Ok(moved)
}

async fn turn(desk: &Desk, id: DrillId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(drill) = taken_up(&mut tx, id).await? else { return Ok(false) };
    let disturbed = tx.read()?.has_urgent_red(drill.school).await?;
    let over = over(desk, &drill, disturbed);
    let mut climb = DrillClimb::of(desk, &tx, drill).await?;
    match over {
        Some(how) => climb.end(desk, &mut tx, how, None).await?,
        None => {
            let event = Event::Due { version: climb.drill.climb.version };
            if !climb.step(desk, &mut tx, &event, None).await? {
                return Ok(false);
            }
        }
    }
    climb.save(&mut tx).await?;
    tx.commit().await?;
    Ok(true)
}

/// Why it ends now, if it does.
fn over(desk: &Desk, drill: &DrillRecord, disturbed: bool) -> Option<DrillEnd> {
    let now = desk.now();
    if disturbed {
        Some(DrillEnd::RealAlert)
    } else if now >= drill.ends_at {
        Some(DrillEnd::Limit)
    } else if !drill.by_night && rests(&desk.calendar, now) {
        Some(DrillEnd::Quiet)
    } else {
        None
    }
}

/// The drill, once nobody else works on it, while it runs.
pub(super) async fn taken_up(tx: &mut Tx, id: DrillId) -> Result<Option<DrillRecord>, CaseError> {
    tx.alone_with_drill(id).await?;
    Ok(tx.read()?.drill(id).await?.filter(DrillRecord::runs))
}

/// Takes one step of a drill that the notifier's news are about; nothing when there is no such drill, or it is over.
pub(crate) async fn step_drill(desk: &Desk, tx: &mut Tx, id: DrillId, event: &Event) -> Result<(), CaseError> {
    let Some(drill) = taken_up(tx, id).await? else { return Ok(()) };
    let mut climb = DrillClimb::of(desk, tx, drill).await?;
    climb.step(desk, tx, event, None).await?;
    climb.save(tx).await
}
