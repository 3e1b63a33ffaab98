//! "I am still worried": whoever filed may go above the decider.

use domain::alert::reason_text;
use domain::audit::Act;
use domain::escalation::Event;
use domain::fault::Faults;
use domain::id::{AlertId, ObservationId};

use crate::climbing::Climbing;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// Tells the rung above; repeated with the same key, it tells nobody again. Only the one who filed the observation may
/// say so.
///
/// # Errors
/// [`CaseError::NotFound`] when the observation is not his; [`CaseError::Invalid`] without a reason.
pub async fn still_worried(
    desk: &Desk,
    by: &Signed,
    id: ObservationId,
    reason: &str,
    key: Option<&IdempotencyKey>,
) -> Result<(), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    if by.actor.positions.is_empty() && by.actor.on_duty.is_empty() {
        return Err(CaseError::NotFound);
    }
    let mut tx = desk.storage.begin().await?;
    let own = tx.read()?.own_observation(by.person(), id).await?.ok_or(CaseError::NotFound)?;
    if let Some(()) = answered(&mut tx, by, key).await? {
        return Ok(());
    }
    let mut faults = Faults::new();
    let reason = reason_text(reason, &mut faults);
    let reason = faults.or(reason)?;
    let now = desk.now();
    let body = serde_json::json!({ "reason": reason });
    tx.append_event(id.uuid(), "still_worried", Some(by.person()), now, Some(body.to_string())).await?;
    for alert in alerts_of(&tx, id).await? {
        let Some(found) = tx.read()?.alert_for_service(alert).await? else { continue };
        tx.alone_with_student(found.student).await?;
        let Some(found) = tx.read()?.alert_for_service(alert).await? else { continue };
        let mut climbing = Climbing::of(desk, &tx, found).await?;
        climbing.log(&mut tx, "still_worried", Some(by.person()), None).await?;
        climbing.step(desk, &mut tx, &Event::StillWorried, None).await?;
        climbing.save(&mut tx).await?;
    }
    for student in own.filing.subjects() {
        tx.audit(&[by.audit(desk, Act::StillWorried, Some(student), Some(id.to_string()))]).await?;
    }
    remember(&mut tx, by, key, &(), desk.real_now()).await?;
    Ok(tx.commit().await?)
}

/// The alerts that an observation opened or joined.
pub(crate) async fn alerts_of(tx: &storage::Tx, id: ObservationId) -> Result<Vec<AlertId>, CaseError> {
    let events = tx.read()?.events(id.uuid(), 500).await?;
    let joined = events.iter().filter(|e| e.kind == "joined_alert").filter_map(|e| e.body.as_deref());
    Ok(joined
        .filter_map(|b| serde_json::from_str::<serde_json::Value>(b).ok())
        .filter_map(|b| b.get("alert").and_then(|a| a.as_str()).and_then(|a| a.parse().ok()))
        .collect())
}
