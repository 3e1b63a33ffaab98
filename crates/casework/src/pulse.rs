//! How the service itself is: for readiness and for measurements.

use domain::escalation::ENGINE_VERSION;
use domain::time::Timestamp;

use crate::{CaseError, Desk};

/// How the service is.
#[derive(Debug, Clone, Default)]
pub struct Pulse {
    /// When the tick last completed a turn.
    pub tick: Option<Timestamp>,
    /// When the dispatcher last completed a turn.
    pub dispatcher: Option<Timestamp>,
    /// When the auditor last looked at everything.
    pub audit: Option<Timestamp>,
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
        audit: read.last_beat("audit").await?,
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

/// Says which version of the engine works here, so that another one is noticed.
///
/// # Errors
/// When the database refuses.
pub async fn announce_engine(desk: &Desk) -> Result<(), CaseError> {
    if desk.storage.read().engine_version("escalation").await? == Some(ENGINE_VERSION) {
        return Ok(());
    }
    let mut tx = desk.storage.begin().await?;
    tx.set_engine_version("escalation", ENGINE_VERSION).await?;
    Ok(tx.commit().await?)
}

/// When the service last proved that it works.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_proof(desk: &Desk) -> Result<Option<Timestamp>, CaseError> {
    Ok(desk.storage.read().last_beat("proof").await?)
}
