//! Whoever of the staff has reported something, and nobody has looked at it in time, hears so, once, and whom he may telephone. A
//! pupil who helps is a child: he hears nothing of it.

use domain::id::{MessageId, ObservationId};
use domain::level::Level;
use domain::time::Timestamp;
use storage::{Read, Tx, UnreadReport};

use crate::file_observation::Filer;
use crate::led_to::{Led, led_to};
use crate::may_hear::may_hear;
use crate::task::written_channels;
use crate::{CaseError, Desk};

/// The most that one turn takes up; the next turn takes the rest.
const MOST: u32 = 200;

/// Notes, in the transaction of a filing, by when somebody is to look at it.
pub(crate) async fn watch_report(
    desk: &Desk,
    tx: &mut Tx,
    filer: &Filer,
    id: ObservationId,
    now: Timestamp,
) -> Result<(), CaseError> {
    // The canary is nobody, and what it leaves behind is swept.
    let canary = filer.person() == domain::canary::PERSON;
    if canary || !filer.reads_back() || !desk.policy_in_force().await?.1.reporter.tell_when_unread {
        return Ok(());
    }
    for led in led_to(&tx.read()?, id).await? {
        let Some(level) = led.level else { continue };
        let Some(alert) = tx.read()?.alert_for_service(led.alert).await? else { continue };
        let (due, _) = desk.policy(alert.policy).await?.answered_by(level, now, &desk.calendar);
        tx.watch_report(id, led.alert, due).await?;
    }
    Ok(())
}

/// Tells everybody whose report nobody has looked at in time; gives how many.
///
/// # Errors
/// When the database cannot be read at all.
pub(crate) async fn turn_unread_reports(desk: &Desk) -> Result<usize, CaseError> {
    let mut moved = 0;
    for report in desk.storage.read().reports_over(desk.now(), MOST).await? {
        match turn(desk, &report).await {
            Ok(()) => moved += 1,
            Err(err) => tracing::error!(observation = %report.observation, error = %err, "a reporter was not told"),
        }
    }
    Ok(moved)
}

async fn turn(desk: &Desk, r: &UnreadReport) -> Result<(), CaseError> {
    let (mut tx, now) = (desk.storage.begin().await?, desk.now());
    let unread = !tx.read()?.is_looked_at(r).await?;
    let level = if unread { still_his(desk, &tx.read()?, r).await? } else { None };
    if tx.report_is_over(r, level.is_some(), now).await?
        && let Some(level) = level
    {
        let not_before = if level >= Level::Orange { now } else { desk.calendar.after_quiet(now) };
        for channel in written_channels(desk, &tx, r.filer).await? {
            tx.put_unread(MessageId::new(desk.ids.uuid()), r, channel, not_before, now).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// The level that a report led to, where whoever filed it still works and may still hear of what it led to.
async fn still_his(desk: &Desk, read: &Read<'_>, r: &UnreadReport) -> Result<Option<Level>, CaseError> {
    let all: Vec<Led> = led_to(read, r.observation).await?;
    let Some(led) = all.into_iter().find(|l| l.alert == r.alert) else { return Ok(None) };
    let Some(alert) = read.alert_for_service(r.alert).await? else { return Ok(None) };
    let gone = read.is_disabled(r.filer).await? || read.excluded_since(r.alert, r.filer).await?.is_some();
    let known = alert.audience <= led.audience || may_hear(read, r.filer, alert.audience, desk.now()).await?;
    Ok(led.level.filter(|_| known && !gone))
}
