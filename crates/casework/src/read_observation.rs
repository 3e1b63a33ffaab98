//! What became of an observation, for the one who filed it: delivered → read → decided → outcome class, never clinical
//! content.

use domain::alert::AlertState;
use domain::audit::Act;
use domain::id::ObservationId;
use domain::staff::Role;
use domain::time::Timestamp;
use storage::ObservationRecord;

use crate::led_to::{led_to, still_known};
use crate::{CaseError, Desk, Signed};

/// The reporter's loop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservationLoop {
    /// It is in the growth file and asks nobody for anything: whoever filed it said that all is well, and saw no sign of
    /// risk. That follows from what he wrote alone, so it tells him nothing of the child.
    pub kept: bool,
    /// When it was durable and on its way.
    pub delivered_at: Option<Timestamp>,
    /// By when a person looks at it: after that the next tier is told.
    pub read_due_at: Option<Timestamp>,
    /// When it last went higher since it was filed; nothing while any of what it led to has not.
    pub risen_at: Option<Timestamp>,
    /// When a person first looked at it.
    pub read_at: Option<Timestamp>,
    /// By when a person decides: after that it is open again.
    pub decided_due_at: Option<Timestamp>,
    /// When a person decided.
    pub decided_at: Option<Timestamp>,
    /// The outcome class: `in_hand`, `no_response_needed` or `closed`.
    pub outcome: Option<&'static str>,
}

/// One's own observation.
#[derive(Debug, Clone)]
pub struct OwnObservation {
    /// What was filed.
    pub record: ObservationRecord,
    /// What became of it.
    pub became: ObservationLoop,
}

/// Reads one's own observation. A peer monitor, a child himself, never reads back.
///
/// # Errors
/// [`CaseError::NotFound`] when it is somebody else's.
pub async fn read_observation(desk: &Desk, by: &Signed, id: ObservationId) -> Result<OwnObservation, CaseError> {
    let reads_back =
        by.actor.positions.iter().any(|(p, _)| p.role != Role::PeerMonitor) || !by.actor.on_duty.is_empty();
    if !reads_back {
        return Err(CaseError::NotFound);
    }
    let mut tx = desk.storage.begin().await?;
    let record = tx.read()?.own_observation(by.person(), id).await?.ok_or(CaseError::NotFound)?;
    let became = became_of(desk, &tx, by, &record).await?;
    let lines: Vec<_> = record
        .filing
        .students
        .iter()
        .map(|(s, _)| by.audit(desk, Act::ReadObservation, Some(*s), Some(id.to_string())))
        .collect();
    tx.audit(&lines).await?;
    tx.commit().await?;
    Ok(OwnObservation { record, became })
}

/// What the alerts say that an observation led to.
pub(crate) async fn became_of(
    desk: &Desk,
    tx: &storage::Tx,
    by: &Signed,
    record: &ObservationRecord,
) -> Result<ObservationLoop, CaseError> {
    let mut became = ObservationLoop { delivered_at: Some(record.received_at), ..ObservationLoop::default() };
    let (read, mut risen) = (tx.read()?, Vec::new());
    let led_to = led_to(&read, record.id).await?;
    became.kept = led_to.is_empty();
    for led in led_to {
        let Some((found, until)) = still_known(desk, &read, by, &led).await? else { continue };
        if let Some(level) = led.level {
            let policy = desk.policy(found.policy).await?;
            let (seen, decided) = policy.answered_by(level, record.received_at, &desk.calendar);
            became.read_due_at = Some(became.read_due_at.map_or(seen, |at| at.min(seen)));
            became.decided_due_at = Some(became.decided_due_at.map_or(decided, |at| at.min(decided)));
        }
        let mut rose = None;
        for event in read.events(found.id.uuid(), 1_000).await? {
            let unheard = until.is_some_and(|at| event.at >= at);
            if unheard || event.at < record.received_at || event.by.as_ref().is_some_and(|(p, _)| *p == by.person()) {
                continue;
            }
            match event.kind.as_str() {
                "rung_told" if event.body.as_deref().is_some_and(is_above_the_first) => rose = rose.max(Some(event.at)),
                "read" | "acknowledged" | "custody" => became.read_at = became.read_at.or(Some(event.at)),
                "assessed" | "lowered" | "closed" => {
                    became.read_at = became.read_at.or(Some(event.at));
                    became.decided_at = became.decided_at.or(Some(event.at));
                }
                _ => {}
            }
        }
        risen.push(rose);
        // How it went on after he was left out is not for him to know.
        let state = if until.is_some() { AlertState::Assessed } else { found.state };
        became.outcome = became.decided_at.map(|_| outcome(state));
    }
    became.risen_at = risen.into_iter().min().flatten();
    Ok(became)
}

/// Whether the rung of an event is one above the first.
fn is_above_the_first(body: &str) -> bool {
    let body: Option<serde_json::Value> = serde_json::from_str(body).ok();
    body.as_ref().and_then(|b| b.get("rung")?.as_u64()).is_some_and(|rung| rung > 0)
}

fn outcome(state: AlertState) -> &'static str {
    match state {
        AlertState::FalseAlarm => "no_response_needed",
        AlertState::Closed => "closed",
        AlertState::Untriaged
        | AlertState::Acknowledged
        | AlertState::Assessed
        | AlertState::Responding
        | AlertState::Monitoring => "in_hand",
    }
}
