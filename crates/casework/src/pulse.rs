//! How the service itself is: for readiness and for measurements.

use domain::time::Timestamp;

use crate::{CaseError, Desk};

/// How the service is.
#[derive(Debug, Clone, Default)]
pub struct Pulse {
    /// When the tick last completed a turn.
    pub tick: Option<Timestamp>,
    /// When the dispatcher last completed a turn.
    pub dispatcher: Option<Timestamp>,
    /// Messages that are due and wait.
    pub waiting: u64,
    /// Since when the oldest of them is due.
    pub oldest: Option<Timestamp>,
    /// Open findings, by kind.
    pub findings: Vec<String>,
}

/// Looks at the service.
///
/// # Errors
/// When the database cannot be read.
pub async fn pulse(desk: &Desk) -> Result<Pulse, CaseError> {
    let read = desk.storage.read();
    let (waiting, oldest) = read.backlog(desk.now()).await?;
    Ok(Pulse {
        tick: read.last_beat("tick").await?,
        dispatcher: read.last_beat("dispatcher").await?,
        waiting,
        oldest,
        findings: read.open_findings().await?.into_iter().map(|(kind, _)| kind).collect(),
    })
}

/// Says that the tick has completed a turn.
///
/// # Errors
/// When the database refuses.
pub async fn beat(desk: &Desk) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.beat("tick", desk.real_now()).await?;
    Ok(tx.commit().await?)
}
