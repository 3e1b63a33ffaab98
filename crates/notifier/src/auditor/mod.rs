//! The auditor that trusts nobody. It looks at every open alert and every message that waits, on connections of its own,
//! and asks whether what must hold does hold, also what a `CHECK` or a transaction already promises.
//!
//! Invariants:
//! - a check that could not be made counts as a fault, never as a pass;
//! - it steps no alert: it writes a nudge, which casework consumes; a nudge given twice is a nudge given once;
//! - the operator is called by this process itself, not through the outbox, and first by providers that are not the one
//!   in question; a page names kinds of findings, numbers and the service's address, and no person;
//! - the outside is pinged only after a full pass without a critical finding and with a recent canary.

mod check;
mod health;
mod page;
mod ping;
mod reach;
mod record;

pub use check::{Check, Subject};
pub use ping::{Ping, PingError};

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use domain::id::Ids;
use domain::time::{Clock, Timestamp};
use storage::{Severity, Storage, StorageError};

use crate::Channel;

const PATIENCE: Duration = Duration::from_secs(5);
/// Three canaries that are filed every five minutes.
const CANARY_MINUTES: i64 = 15;

/// The three clocks that an auditor holds against each other and against what is written down.
pub struct AuditClocks {
    /// The school's.
    pub school: Arc<dyn Clock>,
    /// The real one.
    pub real: Arc<dyn Clock>,
    /// The one of this machine.
    pub machine: Arc<dyn Clock>,
}

impl std::fmt::Debug for AuditClocks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuditClocks")
    }
}

/// Whom to call when the service does not do its work.
#[derive(Debug, Clone, Default)]
pub struct Operator {
    /// By what, and at which address.
    pub addresses: Vec<(domain::delivery::Channel, String)>,
    /// The service's address, as it is told.
    pub service: String,
}

/// What an auditor works with. Nothing in it is shared with the loops that it watches but the writer of SQLite.
pub struct Auditor {
    /// Connections of its own: [`Storage::beside`].
    pub storage: Storage,
    /// The school's clock: deadlines.
    pub school: Arc<dyn Clock>,
    /// The real clock: leases, heartbeats, findings.
    pub real: Arc<dyn Clock>,
    /// The clock of this machine, which is held against the database's.
    pub machine: Arc<dyn Clock>,
    /// Where ids come from.
    pub ids: Arc<dyn Ids>,
    /// Ways out of its own.
    pub channels: Vec<Arc<dyn Channel>>,
    /// Whom to call.
    pub operator: Operator,
    /// Whom to tell outside that all is well.
    pub ping: Option<Ping>,
    /// How many times faster than real time the school's clock runs.
    pub speed: u32,
    /// How old the last complete canary may be.
    pub canary_limit: TimeDelta,
    /// How long one check may take, and how long writing down what was found.
    pub patience: Duration,
    /// What is looked at.
    pub checks: Vec<Check>,
    /// Since when it looks: what was stopped before has a moment to begin.
    pub since: Timestamp,
    pub(crate) memory: Mutex<Memory>,
}

/// What is remembered between passes, because the database may not be there to remember it.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// When the operator was last called about what could not be written down.
    pub(crate) paged: Option<Timestamp>,
    pub(crate) pinged: Option<Timestamp>,
}

impl std::fmt::Debug for Auditor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Auditor")
    }
}

/// What one pass came to.
#[derive(Debug, Clone)]
pub struct AuditReport {
    /// When it began, in real time.
    pub at: Timestamp,
    /// What each check that was made found; empty lists are good news.
    pub seen: BTreeMap<Check, Vec<Subject>>,
    /// The checks that could not be made.
    pub blind: Vec<Check>,
    /// The last complete canary is no older than its limit. A service that has just begun has none yet.
    pub canary: bool,
    /// What was found is written down.
    pub recorded: bool,
    /// How many nudges were given.
    pub nudged: usize,
    /// How many addresses of the operator took a page.
    pub paged: usize,
    /// Every check was made, nothing critical was found, and a canary came back lately: the service works.
    pub proven: bool,
    /// The outside was told so.
    pub pinged: bool,
}

impl AuditReport {
    fn begun(at: Timestamp) -> Self {
        Self {
            at,
            seen: BTreeMap::new(),
            blind: Vec::new(),
            canary: false,
            recorded: false,
            nudged: 0,
            paged: 0,
            proven: false,
            pinged: false,
        }
    }

    /// The kinds of everything that was found, each once.
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static str> {
        self.seen.iter().filter(|(_, subjects)| !subjects.is_empty()).map(|(check, _)| check.kind()).collect()
    }

    /// Whether this pass proves that the service works, once it is written down.
    pub(crate) fn proves(&self) -> bool {
        let full = Check::ALL.iter().all(|check| self.seen.contains_key(check));
        full && self.canary && self.critical().next().is_none()
    }

    pub(crate) fn critical(&self) -> impl Iterator<Item = (Check, usize)> {
        let bad = |c: &Check| c.severity() == Severity::Critical;
        self.seen.iter().filter(move |(c, s)| bad(c) && !s.is_empty()).map(|(c, s)| (*c, s.len()))
    }
}

/// Looks at everything once; writes down what it found, nudges, calls the operator, and tells the outside.
pub async fn audit_once(auditor: &Auditor) -> AuditReport {
    let mut report = AuditReport::begun(auditor.real.now());
    look(auditor, &mut report).await;
    let canary = tokio::time::timeout(auditor.patience, health::canary_recent(auditor)).await;
    report.canary = matches!(canary, Ok(Ok(true)));
    match tokio::time::timeout(auditor.patience, record::record(auditor, &report)).await {
        Ok(Ok(nudged)) => (report.recorded, report.nudged) = (true, nudged),
        Ok(Err(err)) => tracing::error!(error = %err, "what the auditor found could not be written down"),
        Err(_) => tracing::error!("what the auditor found could not be written down in time"),
    }
    report.paged = page::page(auditor, &report).await;
    report.proven = report.recorded && report.proves();
    if report.proven {
        report.pinged = ping::ping(auditor, report.at).await;
    }
    report
}

async fn look(auditor: &Auditor, report: &mut AuditReport) {
    let mut there = true;
    for check in &auditor.checks {
        if !there {
            report.blind.push(*check);
            continue;
        }
        match tokio::time::timeout(auditor.patience, check.look(auditor)).await {
            Ok(Ok(subjects)) => {
                report.seen.insert(*check, subjects);
            }
            Ok(Err(err)) => {
                tracing::error!(check = check.kind(), error = %err, "a check could not be made");
                // A row that makes no sense blinds one check; a database that does not answer blinds all.
                there = matches!(err, StorageError::Corrupt(_));
                report.blind.push(*check);
            }
            Err(_) => {
                tracing::error!(check = check.kind(), "a check took too long");
                there = false;
                report.blind.push(*check);
            }
        }
    }
}

impl Auditor {
    /// One that makes every check, over connections of its own.
    #[must_use]
    pub fn new(storage: Storage, clocks: AuditClocks, ids: Arc<dyn Ids>) -> Self {
        let AuditClocks { school, real, machine } = clocks;
        let since = real.now();
        Self {
            storage,
            school,
            real,
            machine,
            ids,
            channels: Vec::new(),
            operator: Operator::default(),
            ping: None,
            speed: 1,
            canary_limit: TimeDelta::minutes(CANARY_MINUTES),
            patience: PATIENCE,
            checks: Check::ALL.to_vec(),
            since,
            memory: Mutex::default(),
        }
    }

    /// The school's time so many real seconds ago.
    pub(crate) fn school_ago(&self, seconds: i64) -> Timestamp {
        self.school.now() - TimeDelta::seconds(seconds.saturating_mul(i64::from(self.speed.max(1))))
    }

    /// The real time so many seconds ago.
    pub(crate) fn real_ago(&self, seconds: i64) -> Timestamp {
        self.real.now() - TimeDelta::seconds(seconds)
    }

    pub(crate) fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
