//! A shift has run out and nobody has taken over: the alert opens again, and those responsible hear at once and again.

use domain::audit::Act;
use domain::id::AlertId;
use domain::time::minutes;
use serde_json::json;
use storage::AuditEntry;

use super::{wall, write_down};
use crate::climbing::Climbing;
use crate::{CaseError, Desk};

const MOST: u32 = 200;

/// Alarms about every watch that nobody keeps; gives how many.
///
/// # Errors
/// When the database cannot be read at all.
pub(crate) async fn alarm_lapsed(desk: &Desk) -> Result<usize, CaseError> {
    let mut alarmed = 0;
    for alert in desk.storage.read().lapsed_watches(desk.now(), MOST).await? {
        match alarm(desk, alert).await {
            Ok(done) => alarmed += usize::from(done),
            Err(err) => tracing::error!(alert = %alert, error = %err, "nobody could be told that nobody is on watch"),
        }
    }
    Ok(alarmed)
}

async fn alarm(desk: &Desk, id: AlertId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(false) };
    tx.alone_with_student(alert.student).await?;
    let read = tx.read()?;
    let Some(alert) = read.alert_for_service(id).await? else { return Ok(false) };
    let watch = read.open_watch(id).await?.filter(|w| w.alarm_at.is_some_and(|at| at <= desk.now()));
    let Some(watch) = watch else { return Ok(false) };
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    climbing.nobody_is_there(desk, &mut tx).await?;
    if watch.alarms == 0 {
        // What was proposed while somebody was there is not signed now that nobody is.
        climbing.new_facts(&mut tx).await?;
        let until = watch.last().map(|s| wall(desk, s.shift.until));
        let adult = watch.last().map(|s| s.shift.adult.clone());
        let body = json!({ "what": "lapsed", "adult": adult, "until": until });
        write_down(desk, &mut tx, &climbing, watch.id, None, &body).await?;
    }
    let turn = u32::try_from((climbing.now - watch.begun_at).num_minutes()).unwrap_or_default();
    climbing.tell_nobody_there(desk, &mut tx, turn).await?;
    let every = minutes(desk.policy(climbing.alert.policy).await?.tasks.watch_alarm_minutes);
    tx.set_alarm(watch.id, climbing.now + every, watch.alarms.saturating_add(1)).await?;
    climbing.save(&mut tx).await?;
    let line = AuditEntry {
        id: desk.ids.uuid(),
        at: climbing.now,
        person: None,
        act: Act::Escalate,
        student: Some(climbing.alert.student),
        object: Some(id.to_string()),
        detail: None,
        request: None,
    };
    tx.audit(&[line]).await?;
    tx.commit().await?;
    Ok(true)
}
