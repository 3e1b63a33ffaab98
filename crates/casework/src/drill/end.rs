//! Ending a drill by hand.

use domain::access::Right;
use domain::audit::Act;
use domain::drill::DrillEnd;
use domain::id::DrillId;

use super::climb::DrillClimb;
use super::turn::taken_up;
use super::view::seen;
use crate::{CaseError, Desk, Signed};

/// Ends a drill. Twice is once.
///
/// # Errors
/// [`CaseError::NotFound`] or [`CaseError::Forbidden`].
pub async fn end_drill(desk: &Desk, by: &Signed, id: DrillId) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (drill, _) = seen(desk, &tx.read()?, by, id).await?;
    if !by.scope(desk, Right::RunDrill).schools.contains(&drill.school) {
        return Err(CaseError::Forbidden);
    }
    let Some(drill) = taken_up(&mut tx, id).await? else { return Ok(()) };
    let mut climb = DrillClimb::of(desk, &tx, drill).await?;
    climb.end(desk, &mut tx, DrillEnd::ByHand, Some(by.person())).await?;
    climb.save(&mut tx).await?;
    tx.audit(&[by.audit(desk, Act::EndDrill, None, Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}
