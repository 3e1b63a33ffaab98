//! The dull loops around the public steps.

use std::time::Duration;

use casework::Desk;
use notifier::Workers;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::assemble::Service;

const TIDY: Duration = Duration::from_secs(60 * 60);
const REPORTS: Duration = Duration::from_secs(10);
/// How long messages wait at most for what an outage left undone.
const CATCH_UP: Duration = Duration::from_secs(10);

/// How often the loops turn.
#[derive(Debug, Clone, Copy)]
pub struct Turns {
    /// How often deadlines are looked at.
    pub tick: Duration,
    /// The workers.
    pub workers: Workers,
    /// Whether class teachers are asked for weekly reports.
    pub class_reports: bool,
}

impl Default for Turns {
    fn default() -> Self {
        Self { tick: Duration::from_secs(1), workers: Workers::default(), class_reports: true }
    }
}

/// Starts the tick, the dispatcher and, where several processes share a database, the listener.
#[must_use]
pub fn start(service: &Service, turns: Turns, stop: &CancellationToken) -> JoinSet<()> {
    let mut loops = JoinSet::new();
    loops.spawn(tick(service.clone(), turns.tick, stop.clone()));
    loops.spawn(drills(service.clone(), turns.tick, stop.clone()));
    if turns.class_reports {
        loops.spawn(reports(service.clone(), stop.clone()));
    }
    loops.spawn(tasks(service.clone(), turns.tick, stop.clone()));
    loops.spawn(student_hand_overs(service.clone(), stop.clone()));
    loops.spawn(tidy(service.clone(), stop.clone()));
    let (post, token) = (service.post.clone(), stop.clone());
    let clockwork = service.clockwork.clone();
    loops.spawn(async move {
        catch_up(&clockwork).await;
        notifier::run(&post, turns.workers, token).await;
    });
    if let Some(watch) = &service.watch {
        loops.spawn(crate::watch::canary(service.clone(), watch.canary_every(), stop.clone()));
    }
    if let Some(feed) = &service.feed {
        loops.spawn(notifier::run_feed(feed.clone(), stop.clone()));
    }
    if service.post.storage.is_shared() {
        loops.spawn(listen(service.clone(), stop.clone()));
    }
    if let Some(clock) = service.clock.clone() {
        let (storage, token) = (service.post.storage.clone(), stop.clone());
        loops.spawn(async move { clock.keep(&storage, &token).await });
    }
    loops
}

/// What an outage left undone is decided before anything goes out: what has been overtaken since is not sent.
async fn catch_up(clockwork: &Desk) {
    let steps = async { while matches!(casework::escalate_overdue(clockwork).await, Ok(stepped) if stepped > 0) {} };
    if tokio::time::timeout(CATCH_UP, steps).await.is_err() {
        tracing::warn!("not everything that was due could be decided before the first message goes out");
    }
}

async fn tick(service: Service, every: Duration, stop: CancellationToken) {
    while !stop.is_cancelled() {
        turn(&service).await;
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// One turn: deadlines, then what the notifier learnt.
async fn turn(service: &Service) {
    let escalated = casework::escalate_overdue(&service.clockwork).await;
    let consumed = casework::consume_signals(&service.clockwork).await;
    match (escalated, consumed) {
        (Ok(_), Ok(_)) => {
            if let Err(err) = casework::beat(&service.clockwork).await {
                tracing::error!(error = %err, "the tick's heartbeat could not be written");
            }
        }
        (Err(err), _) | (_, Err(err)) => tracing::error!(error = %err, "a turn of the tick failed"),
    }
}

/// Drills have a clock of their own: nothing real waits for them.
async fn drills(service: Service, every: Duration, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(err) = casework::turn_drills(&service.desk).await {
            tracing::warn!(error = %err, "drills could not be looked at");
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Weekly reports and sweeps as well, and by night children of whom nobody writes; nobody is asked to the second.
async fn reports(service: Service, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(err) = casework::turn_reports(&service.desk).await {
            tracing::warn!(error = %err, "weekly reports could not be looked at");
        }
        if let Err(err) = casework::turn_unseen(&service.desk).await {
            tracing::warn!(error = %err, "children of whom nobody writes could not be looked for");
        }
        tokio::select! {
            () = tokio::time::sleep(REPORTS) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Tasks have one as well: no alert waits for a reminder.
async fn tasks(service: Service, every: Duration, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(err) = casework::turn_tasks(&service.desk).await {
            tracing::warn!(error = %err, "tasks could not be looked at");
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Hand-overs of students as well; nobody is asked to the second.
async fn student_hand_overs(service: Service, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(err) = casework::turn_student_hand_overs(&service.desk).await {
            tracing::warn!(error = %err, "hand-overs of students could not be looked at");
        }
        tokio::select! {
            () = tokio::time::sleep(REPORTS) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Once an hour, what has had its time is forgotten.
async fn tidy(service: Service, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(err) = casework::tidy(&service.desk).await {
            tracing::warn!(error = %err, "what is old could not be forgotten");
        }
        tokio::select! {
            () = tokio::time::sleep(TIDY) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Keeps the listener alive; polling is the guarantee while it is not.
async fn listen(service: Service, stop: CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            result = service.post.storage.pass_on_wakes() => {
                if let Err(err) = result {
                    tracing::warn!(error = %err, "the listener was cut off");
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            () = stop.cancelled() => {}
        }
    }
}
