//! The canary 自检: a red about nobody, filed, told, received, taken and settled through the verbs and tables that a real one
//! goes through. Only when it has come back does the service say of itself that it works.
//!
//! Invariants: nobody but its own person is told, and by nothing that leaves the machine; its rows are swept away.

use chrono::TimeDelta;
use domain::canary;
use domain::delivery::{Channel, MessageState};
use domain::directory::Circle;
use domain::escalation::ClimbState;
use domain::id::SessionId;
use domain::level::Level;
use domain::observation::FilingDraft;
use domain::time::Timestamp;
use storage::AlertRecord;

use crate::{CaseError, Desk, Signed};

/// How long its rows are kept.
const KEPT_DAYS: i64 = 2;
/// Its heartbeats: when it last set out, and when it last came back.
const BEGUN: &str = "canary_begun";
const COMPLETE: &str = "canary";

/// What one turn did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CanaryTurn {
    /// It is not time yet.
    Resting,
    /// A red was filed.
    SetOut,
    /// It is on its way.
    Underway,
    /// It came back: taken, with a custody record, assessed.
    Complete,
    /// It did not come back in time; what was left of it was settled.
    Lost,
}

/// Takes the canary one step further. Where it stands is read from the database, so that a crash loses nothing.
///
/// # Errors
/// When the database refuses, or a verb does: then the service does not work, and the next turn tries again.
pub async fn turn_canary(desk: &Desk, every: TimeDelta) -> Result<CanaryTurn, CaseError> {
    let alert = desk.storage.read().open_alert_of(canary::STUDENT, &Circle::default()).await?;
    let begun = desk.storage.read().last_beat(BEGUN).await?;
    let due = begun.is_none_or(|at| desk.real_now() - at >= every);
    match alert.as_ref().map(|a| (a, a.climb.state)) {
        Some((alert, ClimbState::Open { .. })) => {
            if receive(desk, alert).await? {
                settle(desk, alert).await?;
                beat(desk, COMPLETE).await?;
                return Ok(CanaryTurn::Complete);
            }
            if !due {
                return Ok(CanaryTurn::Underway);
            }
            settle(desk, alert).await?;
            Ok(CanaryTurn::Lost)
        }
        Some((alert, ClimbState::Acked { .. })) => {
            settle(desk, alert).await?;
            Ok(CanaryTurn::Lost)
        }
        Some((_, ClimbState::Settled { .. } | ClimbState::Closed)) | None if due => {
            set_out(desk).await?;
            Ok(CanaryTurn::SetOut)
        }
        Some((_, ClimbState::Settled { .. } | ClimbState::Closed)) | None => Ok(CanaryTurn::Resting),
    }
}

/// Whether every message of this turn has come back. What a provider has taken counts as received: it says so by the same
/// verb as a provider's own report.
async fn receive(desk: &Desk, alert: &AlertRecord) -> Result<bool, CaseError> {
    let look = async || desk.storage.read().canary_messages(alert.id, alert.climb.epoch).await;
    for message in look().await? {
        if let (MessageState::Accepted, Some((provider, id))) = (message.state, message.receipt) {
            crate::record_receipt(desk, &provider, &id, true).await?;
        }
    }
    let messages = look().await?;
    Ok(!messages.is_empty() && messages.iter().all(|m| m.state == MessageState::Delivered))
}

async fn set_out(desk: &Desk) -> Result<(), CaseError> {
    beat(desk, BEGUN).await?;
    crate::canary_school::ensure(desk).await?;
    let mut tx = desk.storage.begin().await?;
    tx.prune_canary(desk.now() - TimeDelta::days(KEPT_DAYS)).await?;
    tx.commit().await?;
    let red = desk.catalogue.signs().iter().find(|s| s.level == Some(Level::Red)).map(|s| s.code.clone());
    let draft = FilingDraft {
        students: vec![(canary::STUDENT.to_string(), "subject".to_owned())],
        observed_at: desk.now().to_rfc3339(),
        signs: red.into_iter().collect(),
        narrative: "canary".to_owned(),
        safe_now: "no".to_owned(),
        where_now: Some("school".to_owned()),
        ..FilingDraft::default()
    };
    crate::file_observation(desk, &itself(desk).await?, &draft, None).await?;
    Ok(())
}

/// Takes it, says who is with the child, assesses it.
async fn settle(desk: &Desk, alert: &AlertRecord) -> Result<(), CaseError> {
    let (by, id) = (itself(desk).await?, alert.id);
    crate::acknowledge_alert(desk, &by, id, None).await?;
    crate::record_custody(desk, &by, id, "canary", &desk.now().to_rfc3339(), "canary", None).await?;
    let now = desk.storage.read().alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let level = now.climb.level.number();
    crate::assess_alert(desk, &by, id, now.decision, Some(level), "canary", Some(true)).await?;
    Ok(())
}

/// The canary's person, signed in by nothing but this function.
async fn itself(desk: &Desk) -> Result<Signed, CaseError> {
    let now: Timestamp = desk.now();
    let actor = desk.storage.read().actor(canary::PERSON, now).await?;
    let session = SessionId::new(canary::PERSON.uuid());
    Ok(Signed {
        actor,
        name: Channel::Null.key().to_owned(),
        session,
        expires_at: now,
        request: None,
        first_password: false,
    })
}

async fn beat(desk: &Desk, name: &str) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.beat(name, desk.real_now()).await?;
    Ok(tx.commit().await?)
}
