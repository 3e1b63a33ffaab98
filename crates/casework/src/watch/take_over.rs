//! Somebody takes a child over, from the one who was on watch, or as the first.

use domain::access::Right;
use domain::alert::{Custody, Refused};
use domain::audit::Act;
use domain::escalation::Event;
use domain::fault::Fault;
use domain::id::{AlertId, EventId, WatchId};
use domain::watch::{Shift, ShiftDraft, a_pupil, not_an_adult};
use serde_json::json;
use storage::{AlertRecord, CustodyRecord, ShiftRecord, Tx, WatchRecord};

use super::{wall, write_down};
use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// Records who is on watch from now on, and so that somebody is with the child. Begins a watch where none runs.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when the alert
/// is closed.
pub async fn take_over_watch(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    draft: &ShiftDraft,
    key: Option<&IdempotencyKey>,
) -> Result<(), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::RecordCustody).await?;
    if answered::<bool>(&mut tx, by, key).await?.is_some() {
        return Ok(());
    }
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let running = tx.read()?.open_watch(id).await?;
    let shift = looked_at(desk, &tx, &alert, draft, running.as_ref()).await?;
    if !alert.state.is_open() {
        return Err(Refused::Closed.into());
    }
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    let watch = shifted(desk, &mut tx, by, &climbing, draft, &shift, running.as_ref()).await?;
    in_custody(desk, &mut tx, by, &mut climbing, &shift).await?;
    let what = if running.is_some() { "handed_over" } else { "begun" };
    let gap = running.as_ref().and_then(WatchRecord::last).filter(|l| shift.since > l.shift.until);
    let body = json!({
        "what": what, "adult": shift.adult, "since": wall(desk, shift.since), "until": wall(desk, shift.until),
        "where": shift.place, "from": draft.handed_over_by, "gap_since": gap.map(|l| wall(desk, l.shift.until)),
    });
    write_down(desk, &mut tx, &climbing, watch, Some(by.person()), &body).await?;
    climbing.save(&mut tx).await?;
    tx.audit(&[by.audit(desk, Act::RecordWatch, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &true, desk.real_now()).await?;
    Ok(tx.commit().await?)
}

/// Everything that is wrong is named at once: what was typed, and who it is.
async fn looked_at(
    desk: &Desk,
    tx: &Tx,
    alert: &AlertRecord,
    draft: &ShiftDraft,
    running: Option<&WatchRecord>,
) -> Result<Shift, CaseError> {
    let (read, school) = (tx.read()?, alert.place.school);
    let last = running.and_then(WatchRecord::last).map(|r| &r.shift);
    let mut draft = draft.clone();
    let mut faults: Vec<Fault> = Vec::new();
    match draft.person.as_deref().map(str::trim).and_then(|p| p.parse().ok()) {
        Some(person) => {
            let staff = read.staff_of(school, desk.now()).await?;
            match staff.iter().find(|s| s.id == person) {
                Some(found) => draft.adult.clone_from(&found.name),
                None => faults.push(not_an_adult()),
            }
        }
        None if read.names_a_pupil(school, &draft.adult).await? => faults.push(a_pupil()),
        None => {}
    }
    match draft.validate(desk.now(), last) {
        Ok(shift) if faults.is_empty() => Ok(shift),
        Ok(_) => Err(CaseError::Invalid(faults)),
        Err(mut found) => {
            found.extend(faults);
            Err(CaseError::Invalid(found))
        }
    }
}

async fn shifted(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    climbing: &Climbing,
    draft: &ShiftDraft,
    shift: &Shift,
    running: Option<&WatchRecord>,
) -> Result<WatchId, CaseError> {
    let id = match running {
        Some(watch) => watch.id,
        None => {
            let id = WatchId::new(desk.ids.uuid());
            tx.begin_watch(id, climbing.alert.id, shift.since).await?;
            id
        }
    };
    let record = ShiftRecord {
        shift: shift.clone(),
        handed_over_by: draft.handed_over_by.clone().filter(|n| running.is_some() && !n.trim().is_empty()),
        by: (by.person(), by.name.clone()),
        at: climbing.now,
    };
    tx.add_shift(id, &record).await?;
    Ok(id)
}

/// Whoever is on watch is with the child: that is what stops a red's climb.
async fn in_custody(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    climbing: &mut Climbing,
    shift: &Shift,
) -> Result<(), CaseError> {
    let custody = Custody { adult: shift.adult.clone(), since: shift.since, place: shift.place.clone() };
    let record = CustodyRecord { custody, by: by.person(), at: climbing.now };
    tx.add_custody(EventId::new(desk.ids.uuid()), climbing.alert.id, &record).await?;
    climbing.step(desk, tx, &Event::Custody { by: by.person() }, Some(by.person())).await?;
    if climbing.alert.owner.is_none() {
        climbing.alert.owner = Some(by.person());
    }
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    Ok(())
}
