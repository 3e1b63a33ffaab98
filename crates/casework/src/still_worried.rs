//! "I am still worried": whoever filed may go above the decider.

use chrono::TimeDelta;
use domain::alert::reason_text;
use domain::audit::Act;
use domain::directory::Circle;
use domain::escalation::Event;
use domain::fault::Faults;
use domain::id::ObservationId;
use domain::observation::SAID_AT_ONCE;
use domain::time::Timestamp;
use storage::{AlertRecord, StudentRecord, Tx};

use crate::climbing::Climbing;
use crate::file_observation::file_again;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::led_to::{Led, led_to, note};
use crate::open_or_join::open_again;
use crate::{CaseError, Desk, Signed};

const MOST: u32 = 1_000;
/// It was said.
const SAID: &str = "still_worried";
/// It was said on top of a note that had asked for nobody.
const SAID_MORE: &str = "said_more";

/// What came of it at one alert.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// It went above.
    Above,
    /// It was said in this turn.
    Before,
    /// It was the first word a moment ago.
    JustNow,
}

/// Tells the rung above, once in each turn of the alert; repeated with the same key, it tells nobody again. Only the one
/// who filed the observation may say so.
///
/// # Errors
/// [`CaseError::NotFound`] when the observation is not his; [`CaseError::Invalid`] without a reason, and where it
/// has to be said aloud.
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
    let led = led_to(&tx.read()?, id).await?;
    if led.is_empty() {
        // From now on it stands and falls with what these words lead to.
        let filed = file_again(desk, &mut tx, by, &own.filing, &reason).await?;
        for led in led_to(&tx.read()?, filed.id).await? {
            note(&mut tx, id, &led, desk.now()).await?;
        }
    }
    let mut heard = Vec::new();
    for led in &led {
        heard.push(go_above(desk, &mut tx, by, (id, &reason), led).await?);
    }
    // Who had asked nobody for anything has not gone above anybody yet.
    let more = led.is_empty() || (heard.contains(&Heard::JustNow) && !heard.contains(&Heard::Above));
    let said = if more { SAID_MORE } else { SAID };
    let body = serde_json::json!({ "reason": reason });
    tx.append_event(id.uuid(), said, Some(by.person()), desk.now(), Some(body.to_string())).await?;
    for student in own.filing.subjects() {
        tx.audit(&[by.audit(desk, Act::StillWorried, Some(student), Some(id.to_string()))]).await?;
    }
    remember(&mut tx, by, key, &(), desk.real_now()).await?;
    Ok(tx.commit().await?)
}

/// Goes above whoever has one of the alerts that it led to.
async fn go_above(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    (id, reason): (ObservationId, &str),
    led: &Led,
) -> Result<Heard, CaseError> {
    let Some(found) = tx.read()?.alert_for_service(led.alert).await? else { return Ok(Heard::Before) };
    tx.alone_with_student(found.student).await?;
    let Some(found) = tx.read()?.alert_for_service(led.alert).await? else { return Ok(Heard::Before) };
    let found = in_its_place(tx, found).await?;
    let turn = found.closed_at.unwrap_or(found.climb.turn_at);
    if let Some(heard) = said_in_turn(tx, (id, reason), turn, desk.now()).await? {
        return Ok(heard);
    }
    if let Some(student) = moved_on(desk, tx, &found).await? {
        let mut climbing = open_again(desk, tx, &student, &found, (id, by.person())).await?;
        climbing.log(tx, SAID, Some(by.person()), None).await?;
        climbing.step(desk, tx, &Event::StillWorried, None).await?;
        climbing.save(tx).await?;
        return Ok(Heard::Above);
    }
    let mut climbing = Climbing::of(desk, tx, found).await?;
    climbing.new_facts(tx).await?;
    climbing.log(tx, SAID, Some(by.person()), None).await?;
    if !climbing.alert.state.is_open() {
        // It goes above the decider, whoever closed it.
        let level = climbing.alert.climb.level;
        climbing.reopen(desk, tx, level).await?;
    }
    climbing.step(desk, tx, &Event::StillWorried, None).await?;
    climbing.save(tx).await?;
    Ok(Heard::Above)
}

/// Whether this was said in the present turn already: once is heard, more would only move the climb by hand. What a note
/// that asked for nobody led to counts from its first words on, for the same words alone, and not for longer than it takes to send them twice.
async fn said_in_turn(
    tx: &Tx,
    (id, reason): (ObservationId, &str),
    turn_at: Timestamp,
    now: Timestamp,
) -> Result<Option<Heard>, CaseError> {
    let events = tx.read()?.events(id.uuid(), MOST).await?;
    let of = |kind: &'static str| events.iter().filter(move |e| e.kind == kind && e.at >= turn_at);
    if of(SAID).next().is_some() {
        return Ok(Some(Heard::Before));
    }
    let said = |body: &str| serde_json::from_str::<serde_json::Value>(body).ok()?.get("reason").cloned();
    let words = |body: &str| said(body).is_some_and(|words| words == reason);
    let first = of(SAID_MORE).filter(|e| e.body.as_deref().is_some_and(words)).map(|e| e.at).min();
    Ok(first.filter(|at| now - *at < SAID_AT_ONCE).map(|_| Heard::JustNow))
}

/// Where the child is now, when the alert that was closed is of another place or of longer ago than the policy opens again.
async fn moved_on(desk: &Desk, tx: &Tx, found: &AlertRecord) -> Result<Option<StudentRecord>, CaseError> {
    if found.state.is_open() {
        return Ok(None);
    }
    let student = tx.read()?.student_for_service(found.student).await?;
    let Some(student) = student.filter(|s| s.left_at.is_none()) else { return Ok(None) };
    let (_, policy) = desk.policy_in_force().await?;
    let since = desk.now() - TimeDelta::days(i64::from(policy.closing.reopen_within_days));
    let old = found.closed_at.is_some_and(|at| at < since);
    Ok((old || student.place() != found.place).then_some(student))
}

/// An alert that was closed long ago may have another one in its place: the student has one of each circle.
async fn in_its_place(tx: &Tx, found: AlertRecord) -> Result<AlertRecord, CaseError> {
    if found.state.is_open() {
        return Ok(found);
    }
    let left_out = tx.read()?.excluded_from(found.id).await?;
    let circle = Circle { audience: found.audience, left_out };
    Ok(tx.read()?.open_alert_of(found.student, &circle).await?.unwrap_or(found))
}
