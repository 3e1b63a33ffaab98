//! One turn of a worker: lease, send, record. A public step; the loop around it is dull.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::delivery::{MessageState, Outcome};
use domain::id::Ids;
use domain::notice::Lane;
use domain::time::{Clock, Timestamp};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use storage::{Claimed, Lease, Storage, StorageError, Verdict};

use crate::{Channel, Composer};

/// How patient a worker is. All of it is real time, also in a demonstration that is sped up.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How long a provider may take for one message; shorter than the lease.
    pub timeout: Duration,
    /// How long a worker holds a message.
    pub lease: Duration,
    /// How many messages a worker takes at once.
    pub batch: u32,
    /// Before the second attempt at a red.
    pub red_first: Duration,
    /// Between further attempts at a red.
    pub red_then: Duration,
    /// The longest pause between attempts at anything else.
    pub longest: Duration,
    /// How many times faster than real time the school's clock runs.
    pub speed: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            lease: Duration::from_secs(30),
            batch: 16,
            red_first: Duration::from_secs(2),
            red_then: Duration::from_secs(5),
            longest: Duration::from_secs(900),
            speed: 1,
        }
    }
}

/// What workers work with.
#[derive(Clone)]
pub struct Post {
    /// Where the outbox is.
    pub storage: Storage,
    /// The school's clock: what is due.
    pub school: Arc<dyn Clock>,
    /// The real clock: leases.
    pub real: Arc<dyn Clock>,
    /// Where ids come from.
    pub ids: Arc<dyn Ids>,
    /// The ways out; the first that carries a channel is taken.
    pub channels: Vec<Arc<dyn Channel>>,
    /// Who writes the words.
    pub composer: Composer,
    /// How patient.
    pub pace: Pace,
}

/// Leases what waits in a lane, sends it and records what came of it; gives how many messages it took.
///
/// # Errors
/// When the outbox cannot be read or leased.
pub async fn dispatch_once(post: &Post, lane: Lane) -> Result<usize, StorageError> {
    let (now, real) = (post.school.now(), post.real.now());
    if !post.storage.read().has_work(lane, now, real).await? {
        return Ok(0);
    }
    let lease = Lease { now: real, until: real + delta(post.pace.lease) };
    let mut tx = post.storage.begin().await?;
    let claimed = tx.claim(lane, now, lease, post.pace.batch).await?;
    tx.commit().await?;
    let count = claimed.len();
    let mut sends: FuturesUnordered<_> = claimed.into_iter().map(|c| send_and_record(post, c)).collect();
    while sends.next().await.is_some() {}
    Ok(count)
}

async fn send_and_record(post: &Post, message: Claimed) {
    let (provider, outcome) = send(post, &message).await;
    match record(post, &message, provider, &outcome).await {
        Ok(()) => tracing::debug!(message = %message.id, outcome = outcome.key(), "sent"),
        Err(StorageError::Stale) => tracing::warn!(message = %message.id, "the lease has gone to another worker"),
        Err(err) => tracing::error!(message = %message.id, error = %err, "an outcome could not be recorded"),
    }
}

/// `None` when the message is not wanted any more.
async fn send(post: &Post, message: &Claimed) -> (&'static str, Option<Outcome>) {
    if !message.wanted {
        return ("none", None);
    }
    let Some(channel) = post.channels.iter().find(|c| c.carries() == message.channel) else {
        return ("none", Some(Outcome::Refused("no provider carries this channel".to_owned())));
    };
    let Some(address) = &message.address else {
        return (channel.name(), Some(Outcome::BadAddress("no verified address".to_owned())));
    };
    let letter = post.composer.letter(message, address, post.school.now());
    let outcome = match tokio::time::timeout(post.pace.timeout, channel.send(&letter)).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::Ambiguous("the provider did not answer in time".to_owned()),
    };
    (channel.name(), Some(outcome))
}

trait Key {
    fn key(&self) -> &'static str;
}

impl Key for Option<Outcome> {
    fn key(&self) -> &'static str {
        self.as_ref().map_or("cancelled", Outcome::key)
    }
}

async fn record(post: &Post, message: &Claimed, provider: &str, outcome: &Option<Outcome>) -> Result<(), StorageError> {
    let now = post.school.now();
    let accepted = Outcome::Accepted { provider_id: None };
    let (state, not_before) = match outcome {
        None => (MessageState::Cancelled, now),
        Some(outcome) => next(post, message, outcome, now),
    };
    let verdict =
        Verdict { claimed: message, provider, outcome: outcome.as_ref().unwrap_or(&accepted), state, not_before };
    let mut tx = post.storage.begin().await?;
    tx.record_attempt(&verdict, now).await?;
    if state == MessageState::Failed {
        tx.signal_failure(post.ids.uuid(), message.alert, message.epoch, message.rung, now).await?;
        tx.note_finding("message_failed", &format!("{provider}/{}", message.channel.key()), now).await?;
    }
    tx.commit().await
}

/// Where a message stands after an attempt. For a red only a bad address and our own settings are final.
fn next(post: &Post, message: &Claimed, outcome: &Outcome, now: Timestamp) -> (MessageState, Timestamp) {
    match outcome {
        Outcome::Accepted { .. } => (MessageState::Accepted, now),
        Outcome::BadAddress(_) | Outcome::Refused(_) => (MessageState::Failed, now),
        Outcome::Ambiguous(_) if message.lane != Lane::Red => (MessageState::Unknown, now),
        Outcome::Retry(_) | Outcome::Elsewhere(_) | Outcome::Ambiguous(_) => {
            let pause = delta(pause(&post.pace, message));
            (MessageState::Pending, now + pause * i32::try_from(post.pace.speed).unwrap_or(1))
        }
    }
}

fn pause(pace: &Pace, message: &Claimed) -> Duration {
    if message.lane == Lane::Red {
        return if message.attempt <= 1 { pace.red_first } else { pace.red_then };
    }
    let base = Duration::from_secs(2_u64.saturating_pow(message.attempt.min(12)));
    // A few seconds that differ from message to message, so that they do not all come back at once.
    let spread = u64::try_from(message.id.uuid().as_u128() % 1_000).unwrap_or_default();
    (base + Duration::from_millis(spread)).min(pace.longest)
}

fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::zero())
}
