//! The auditor's own thread, runtime and connections: whatever blocks the rest of the program does not block it.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Context;
use casework::CanaryTurn;
use chrono::TimeDelta;
use notifier::{AuditClocks, AuditReport, Auditor, Channel, Check, Operator, Ping, audit_once};
use tokio_util::sync::CancellationToken;

use crate::assemble::Service;
use crate::settings::WatchSettings;

/// How often the canary is looked after while it flies.
const CANARY_LOOK: Duration = Duration::from_secs(2);
/// A canary may be so many times as old as the pause between two.
const CANARIES: i32 = 3;
/// How long the auditor works in place of a tick that has stopped.
const RESCUE: Duration = Duration::from_secs(10);
/// Connections that nobody but the auditor uses.
const AUDITOR_CONNECTIONS: u32 = 2;

/// How a service is watched.
#[derive(Clone)]
pub struct Watch {
    /// Whom to call.
    pub operator: Operator,
    /// Ways out that nobody else uses.
    pub channels: Vec<Arc<dyn Channel>>,
    /// Pauses, and whom to tell outside.
    pub settings: WatchSettings,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

impl Watch {
    /// How often a canary is filed.
    #[must_use]
    pub fn canary_every(&self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.settings.canary_every_s))
    }
}

/// An auditor of a service, with connections that are made on the runtime of whoever asks.
///
/// # Errors
/// When the database cannot be reached, or the outside's address is refused.
pub async fn auditor(service: &Service, watch: &Watch) -> anyhow::Result<Auditor> {
    let storage = service.desk.storage.beside(AUDITOR_CONNECTIONS).await?;
    let clocks = AuditClocks {
        school: Arc::clone(&service.post.school),
        real: Arc::clone(&service.post.real),
        machine: Arc::clone(&service.machine),
    };
    let settings = &watch.settings;
    let every = TimeDelta::seconds(i64::from(settings.ping_every_s));
    let ping = if settings.ping_url.is_empty() { None } else { Some(Ping::new(&settings.ping_url, every)?) };
    let mut auditor = Auditor::new(storage, clocks, Arc::clone(&service.post.ids));
    auditor.channels.clone_from(&watch.channels);
    auditor.operator.clone_from(&watch.operator);
    auditor.ping = ping;
    auditor.speed = service.post.pace.speed;
    auditor.canary_limit = watch.canary_every() * CANARIES;
    Ok(auditor)
}

/// One pass, and what the program itself makes of it: pages learn of the proof, and overdue alerts are stepped in place
/// of a tick that has stopped.
pub async fn pass(service: &Service, auditor: &Auditor) -> AuditReport {
    let report = audit_once(auditor).await;
    if let (true, Some(proof)) = (report.proven, &service.api.proof) {
        proof.renew(report.at);
    }
    if report.seen.get(&Check::TickStopped).is_some_and(|found| !found.is_empty()) {
        rescue(service, auditor).await;
    }
    report
}

/// Steps what is due, over the auditor's connections. The version of each climb keeps two from stepping it at once.
async fn rescue(service: &Service, auditor: &Auditor) {
    let mut desk = service.desk.clone();
    desk.storage = auditor.storage.clone();
    let work = async {
        casework::escalate_overdue(&desk).await?;
        casework::consume_signals(&desk).await
    };
    match tokio::time::timeout(RESCUE, work).await {
        Ok(Ok(_)) => tracing::warn!("the tick has stopped: the auditor stepped what was due"),
        Ok(Err(err)) => {
            tracing::error!(error = %err, "the tick has stopped, and nothing could be stepped in its place")
        }
        Err(_) => tracing::error!("the tick has stopped, and nothing could be stepped in its place in time"),
    }
}

/// Starts the auditor, where the service is watched.
///
/// # Errors
/// When there is no thread for it.
pub fn start(service: &Service, stop: &CancellationToken) -> anyhow::Result<Option<JoinHandle<()>>> {
    let Some(watch) = service.watch.clone() else { return Ok(None) };
    let (service, stop) = (service.clone(), stop.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("auditor")?;
    let body = move || runtime.block_on(audit(service, watch, stop));
    Ok(Some(std::thread::Builder::new().name("auditor".to_owned()).spawn(body).context("auditor")?))
}

async fn audit(service: Service, watch: Watch, stop: CancellationToken) {
    let every = Duration::from_secs(u64::from(watch.settings.audit_every_s));
    let mut made: Option<Auditor> = None;
    while !stop.is_cancelled() {
        if made.is_none() {
            match auditor(&service, &watch).await {
                Ok(auditor) => made = Some(auditor),
                Err(err) => tracing::error!(error = %err, "the auditor could not begin"),
            }
        }
        if let Some(auditor) = &made {
            pass(&service, auditor).await;
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Looks after the canary, among the ordinary loops: it is to go the way that everything goes.
pub(crate) async fn canary(service: Service, every: TimeDelta, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match casework::turn_canary(&service.desk, every).await {
            Ok(CanaryTurn::Lost) => tracing::error!("a canary did not come back"),
            Ok(CanaryTurn::Resting | CanaryTurn::SetOut | CanaryTurn::Underway | CanaryTurn::Complete) => {}
            Err(err) => tracing::error!(error = %err, "the canary could not be looked after"),
        }
        tokio::select! {
            () = tokio::time::sleep(CANARY_LOOK) => {}
            () = stop.cancelled() => {}
        }
    }
}
