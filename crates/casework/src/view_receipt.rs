//! The receipt for an observation: that it is kept, who is told, and what became of it.

use domain::audit::Act;
use domain::delivery::MessageState;
use domain::directory::Office;
use domain::id::ObservationId;
use domain::level::Level;
use domain::notice::NoticeKind;
use domain::staff::Role;
use domain::time::Timestamp;
use storage::MessageRecord;

use crate::led_to::{ToldOffice, led_to};
use crate::read_observation::became_of;
use crate::{CaseError, Desk, ObservationLoop, Signed};

const MOST: u32 = 500;

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
    /// The highest level that it led to by itself; nothing for a peer.
    pub level: Option<Level>,
    /// The offices that were told by it; nothing for a peer.
    pub told: Vec<ToldOffice>,
    /// The offices that had it in hand, where nobody was told by it; nothing for a peer.
    pub in_hand: Vec<Office>,
    /// The offices that had been told before, where nobody was told by it and nobody had it in hand; nothing for a peer.
    pub earlier: Vec<Office>,
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
        in_hand: Vec::new(),
        earlier: Vec::new(),
        became: ObservationLoop::default(),
    };
    if staff {
        receipt.became = became_of(desk, &tx, by, &record).await?;
        let read = tx.read()?;
        for led in led_to(&read, id).await? {
            receipt.level = receipt.level.max(led.level);
            let messages = read.messages(led.alert, MOST).await?;
            match led.in_hand {
                Some(office) => receipt.in_hand.push(office),
                None => receipt.earlier.extend(&led.earlier),
            }
            receipt.told.extend(led.told.into_iter().map(|office| standing(office, &messages)));
        }
    }
    let students = record.filing.students.iter();
    let lines: Vec<_> =
        students.map(|(s, _)| by.audit(desk, Act::ReadObservation, Some(*s), Some(id.to_string()))).collect();
    tx.audit(&lines).await?;
    tx.commit().await?;
    Ok(receipt)
}

/// Where the messages to an office stand that went out with the filing; what was kept in since is left aside.
fn standing(mut office: ToldOffice, messages: &[MessageRecord]) -> ToldOffice {
    let of_it = |m: &&MessageRecord| {
        let kind = matches!(m.kind, NoticeKind::Alarm | NoticeKind::NewFacts);
        let same = kind && m.created_at == office.at && office.channels.contains(&m.channel);
        same && m.state != MessageState::Cancelled
    };
    office.standings = messages.iter().filter(of_it).map(MessageRecord::standing).collect();
    office
}
