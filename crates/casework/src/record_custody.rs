//! An adult is with the child, or the whereabouts are confirmed: this is what stops a red's climb.

use domain::access::Right;
use domain::alert::Custody;
use domain::audit::Act;
use domain::escalation::Event;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId};
use storage::{CustodyRecord, NewGrowthEntry};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// Records who is with the child. Gives the record.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when the
/// alert is closed.
pub async fn record_custody(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    adult: &str,
    since: &str,
    place: &str,
    key: Option<&IdempotencyKey>,
) -> Result<CustodyRecord, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::RecordCustody).await?;
    if let Some((custody, by, at)) = answered(&mut tx, by, key).await? {
        return Ok(CustodyRecord { custody, by, at });
    }
    let custody = Custody::validate(adult, since, place, desk.now())?;
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    if !alert.state.is_open() {
        return Err(domain::alert::Refused::Closed.into());
    }
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    let record = CustodyRecord { custody, by: by.person(), at: climbing.now };
    tx.add_custody(EventId::new(desk.ids.uuid()), id, &record).await?;
    climbing.step(desk, &mut tx, &Event::Custody { by: by.person() }, Some(by.person())).await?;
    if climbing.alert.owner.is_none() {
        climbing.alert.owner = Some(by.person());
    }
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    climbing.log(&mut tx, "custody", Some(by.person()), None).await?;
    climbing.save(&mut tx).await?;
    let c = &record.custody;
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        alert: Some(id),
        body: Some(serde_json::json!({ "adult": c.adult, "where": c.place, "since": c.since }).to_string()),
        audience: climbing.alert.audience,
        ..NewGrowthEntry::new(EntryKind::Custody, climbing.alert.student, EventId::new(desk.ids.uuid()), climbing.now)
    };
    tx.add_growth_entries(&[entry]).await?;
    tx.audit(&[by.audit(desk, Act::RecordCustody, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &(&record.custody, record.by, record.at), desk.real_now()).await?;
    tx.commit().await?;
    Ok(record)
}
