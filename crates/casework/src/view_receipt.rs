//! The receipt for an observation: that it is kept, who is told, and what became of it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::audit::Act;
use domain::delivery::{Channel, Standing};
use domain::directory::Office;
use domain::id::ObservationId;
use domain::level::Level;
use domain::notice::NoticeKind;
use domain::staff::Role;
use domain::time::Timestamp;

use crate::read_observation::became_of;
use crate::still_worried::alerts_of;
use crate::view_alert::ladder;
use crate::{CaseError, Desk, ObservationLoop, Signed};

/// Messages made within this time of the filing are what the filing led to.
const AT_ONCE_SECONDS: i64 = 60;
const MOST: u32 = 200;

/// An office that is told, by which channels, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldOffice {
    /// The office.
    pub office: Office,
    /// The channels.
    pub channels: Vec<Channel>,
    /// When it was put on its way.
    pub at: Timestamp,
    /// Where its messages stand.
    pub standings: Vec<Standing>,
}

/// A receipt.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The observation.
    pub id: ObservationId,
    /// The number that people read out.
    pub reference: String,
    /// When it was received.
    pub received_at: Timestamp,
    /// The reporter is a pupil: he gets thanks, and nothing else.
    pub peer: bool,
    /// The highest level of what it led to; nothing for a peer.
    pub level: Option<Level>,
    /// The offices that were told at once; nothing for a peer.
    pub told: Vec<ToldOffice>,
    /// What became of it; nothing for a peer.
    pub became: ObservationLoop,
}

/// Reads the receipt of one's own observation.
///
/// # Errors
/// [`CaseError::NotFound`] when it is somebody else's.
pub async fn view_receipt(desk: &Desk, by: &Signed, id: ObservationId) -> Result<Receipt, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let record = tx.read()?.own_observation(by.person(), id).await?.ok_or(CaseError::NotFound)?;
    let staff = by.actor.positions.iter().any(|(p, _)| p.role != Role::PeerMonitor) || !by.actor.on_duty.is_empty();
    let mut receipt = Receipt {
        id,
        reference: record.reference.clone(),
        received_at: record.received_at,
        peer: !staff,
        level: None,
        told: Vec::new(),
        became: ObservationLoop::default(),
    };
    if staff {
        receipt.became = became_of(&tx, by, &record).await?;
        for alert in alerts_of(&tx, id).await? {
            let read = tx.read()?;
            let Some(alert) = read.alert_for_service(alert).await? else { continue };
            receipt.level = receipt.level.max(Some(alert.climb.level));
            let rungs = ladder(desk, &read, &alert).await?;
            let mut told: BTreeMap<Office, ToldOffice> = BTreeMap::new();
            for message in read.messages(alert.id, MOST).await? {
                let soon = message.created_at - record.received_at < TimeDelta::seconds(AT_ONCE_SECONDS);
                if message.kind != NoticeKind::Alarm || !soon || message.rung > alert.climb.rung {
                    continue;
                }
                let people = rungs.iter().filter(|r| r.rung == message.rung).flat_map(|r| &r.people);
                for (office, _, _) in people.filter(|(_, person, _)| *person == message.person.0) {
                    let entry = told.entry(*office).or_insert_with(|| ToldOffice {
                        office: *office,
                        channels: Vec::new(),
                        at: message.created_at,
                        standings: Vec::new(),
                    });
                    entry.standings.push(message.standing());
                    if !entry.channels.contains(&message.channel) {
                        entry.channels.push(message.channel);
                    }
                }
            }
            receipt.told.extend(told.into_values());
        }
    }
    let students = record.filing.students.iter();
    let lines: Vec<_> =
        students.map(|(s, _)| by.audit(desk, Act::ReadObservation, Some(*s), Some(id.to_string()))).collect();
    tx.audit(&lines).await?;
    tx.commit().await?;
    Ok(receipt)
}
