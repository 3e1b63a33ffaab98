//! What a filing itself led to, written down with it. Later reports about the same student, of which its author may not
//! know, change nothing in it.

use domain::delivery::{Channel, Standing};
use domain::directory::{Audience, Office};
use domain::id::{AlertId, ObservationId};
use domain::level::Level;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use storage::{AlertRecord, Read, Tx};

use crate::may_hear::may_hear;
use crate::{CaseError, Desk, Signed};

const EVENT: &str = "joined_alert";
const MOST: u32 = 500;

/// An office that is told, by which channels, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldOffice {
    /// The office.
    pub office: Office,
    /// The channels.
    pub channels: Vec<Channel>,
    /// When.
    pub at: Timestamp,
    /// Where its messages stand now; not kept.
    #[serde(skip)]
    pub standings: Vec<Standing>,
}

/// What a filing led to, for one student.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Led {
    pub(crate) alert: AlertId,
    /// The level that the filing itself led to.
    #[serde(default)]
    pub(crate) level: Option<Level>,
    /// Who may hear of the filing.
    #[serde(default)]
    pub(crate) audience: Audience,
    /// Who was told by it.
    #[serde(default)]
    pub(crate) told: Vec<ToldOffice>,
    /// Where nobody was: who had it in hand.
    #[serde(default)]
    pub(crate) in_hand: Option<Office>,
    /// Where nobody was: who had been told before.
    #[serde(default)]
    pub(crate) earlier: Vec<Office>,
}

/// Writes down what a filing led to.
pub(crate) async fn note(tx: &mut Tx, filing: ObservationId, led: &Led, now: Timestamp) -> Result<(), CaseError> {
    let body = serde_json::to_string(led).map_err(|_| CaseError::Conflict("answer"))?;
    Ok(tx.append_event(filing.uuid(), EVENT, None, now, Some(body)).await?)
}

/// What a filing led to.
pub(crate) async fn led_to(read: &Read<'_>, filing: ObservationId) -> Result<Vec<Led>, CaseError> {
    let events = read.events(filing.uuid(), MOST).await?;
    let bodies = events.iter().filter(|e| e.kind == EVENT).filter_map(|e| e.body.as_deref());
    Ok(bodies.filter_map(|body| serde_json::from_str(body).ok()).collect())
}

/// The alert, as far as whoever filed may hear of it, and until when: somebody named him since, or it has become narrower
/// than his own report made it.
pub(crate) async fn still_known(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    led: &Led,
) -> Result<Option<(AlertRecord, Option<Timestamp>)>, CaseError> {
    let Some(alert) = read.alert_for_service(led.alert).await? else { return Ok(None) };
    let until = read.excluded_since(alert.id, by.person()).await?;
    let known = alert.audience <= led.audience || may_hear(read, by.person(), alert.audience, desk.now()).await?;
    Ok(known.then_some((alert, until)))
}
