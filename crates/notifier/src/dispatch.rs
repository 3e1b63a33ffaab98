//! One turn of a worker: lease, send, record. A public step; the loop around it is dull.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use domain::delivery::{MessageState, Outcome};
use domain::id::Ids;
use domain::notice::Lane;
use domain::time::{Clock, Timestamp};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use storage::{Attempted, Claimed, Lease, Storage, StorageError, Taking, Verdict};

use crate::choose::{Step, step};
use crate::limits::Windows;
use crate::send::{NOBODY, Sent, send};
use crate::{Channel, Composer};

/// A first attempt later than this is marked late, so much of the school's time for each second of real time.
const LATE: TimeDelta = TimeDelta::minutes(2);
/// The longest pause before a limit of a provider is looked at again: what is counted here may be wrong.
const LIMITED: Duration = Duration::from_secs(60);

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
    /// The same over connections that only reds and their clock use: [`Storage::beside`].
    pub red: Storage,
    /// The school's clock: what is due.
    pub school: Arc<dyn Clock>,
    /// The real clock: leases.
    pub real: Arc<dyn Clock>,
    /// Where ids come from.
    pub ids: Arc<dyn Ids>,
    /// The ways out; of those that carry a channel, the first is asked first.
    pub channels: Vec<Arc<dyn Channel>>,
    /// What went out lately, for the limits of providers.
    pub windows: Arc<Mutex<Windows>>,
    /// Who writes the words.
    pub composer: Composer,
    /// How patient.
    pub pace: Pace,
}

impl Post {
    /// By which connections a lane is worked.
    pub(crate) fn storage_of(&self, lane: Lane) -> &Storage {
        match lane {
            Lane::Red => &self.red,
            Lane::Normal | Lane::Drill => &self.storage,
        }
    }

    /// The providers that can carry a message by name, in the order in which they are asked.
    pub(crate) fn order(&self, message: &Claimed) -> Vec<&'static str> {
        let able = self.channels.iter().filter(|c| c.carries() == message.channel);
        able.filter(|c| !message.is_drill() || c.carries_drills()).map(|c| c.name()).collect()
    }
}

/// Leases what waits in a lane, sends it and records what came of it; gives how many messages it took. Drills are left
/// alone while anything real is due.
///
/// # Errors
/// When the outbox cannot be read or leased.
pub async fn dispatch_once(post: &Post, lane: Lane) -> Result<usize, StorageError> {
    dispatch(post, lane, None).await
}

/// The same, perhaps by one channel alone.
pub(crate) async fn dispatch(
    post: &Post,
    lane: Lane,
    channel: Option<domain::delivery::Channel>,
) -> Result<usize, StorageError> {
    let (now, real) = (post.school.now(), post.real.now());
    let storage = post.storage_of(lane);
    if !storage.read().has_work(lane, channel, now, real).await? {
        return Ok(0);
    }
    if lane == Lane::Drill && real_is_due(post, now, real).await? {
        return Ok(0);
    }
    let lease = Lease { now: real, until: real + delta(post.pace.lease) };
    let taking =
        Taking { lane, channel, now, late_before: now - LATE * speed(&post.pace), lease, most: post.pace.batch };
    let mut tx = storage.begin().await?;
    let claimed = tx.claim(&taking).await?;
    tx.commit().await?;
    let count = claimed.len();
    let mut sends: FuturesUnordered<_> = claimed.into_iter().map(|c| send_and_record(post, c, lease)).collect();
    while sends.next().await.is_some() {}
    Ok(count)
}

async fn real_is_due(post: &Post, now: Timestamp, real: Timestamp) -> Result<bool, StorageError> {
    let read = post.storage.read();
    Ok(read.has_work(Lane::Red, None, now, real).await? || read.has_work(Lane::Normal, None, now, real).await?)
}

async fn send_and_record(post: &Post, message: Claimed, lease: Lease) {
    // Whoever slept past his lease, as a frozen machine does, tells nobody now what others have told long ago.
    if post.real.now() >= lease.until {
        tracing::warn!(message = %message.id, "the lease ran out before the message was sent: it is left to others");
        return;
    }
    let sent = send(post, &message).await;
    match record(post, &message, &sent).await {
        Ok(()) => tracing::debug!(message = %message.id, provider = sent.provider, outcome = sent.key(), "sent"),
        Err(StorageError::Stale) => tracing::warn!(message = %message.id, "the lease has gone to another worker"),
        Err(err) => tracing::error!(message = %message.id, error = %err, "an outcome could not be recorded"),
    }
}

async fn record(post: &Post, message: &Claimed, sent: &Sent) -> Result<(), StorageError> {
    let now = post.school.now();
    let accepted = Outcome::Accepted { provider_id: None };
    let (state, not_before) = match &sent.outcome {
        None => (MessageState::Cancelled, now),
        Some(outcome) => next(post, message, sent.provider, outcome, now),
    };
    let outcome = sent.outcome.as_ref().unwrap_or(&accepted);
    let mut tx = post.storage_of(message.lane).begin().await?;
    // Bad is the address, not the person: what he has besides is tried before he counts as out of reach.
    let elsewhere = matches!(outcome, Outcome::BadAddress(_)) && tx.read()?.has_another_address(message).await?;
    let state = if elsewhere { MessageState::Pending } else { state };
    let verdict = Verdict { claimed: message, provider: sent.provider, outcome, state, not_before };
    tx.record_attempt(&verdict, now).await?;
    if let Some(provider_id) = &sent.arrived {
        tx.record_receipt(sent.provider, provider_id, MessageState::Delivered, now).await?;
    }
    if let Some(kind) = finding(outcome).filter(|_| sent.provider != NOBODY) {
        tx.note_finding(kind, sent.provider, now).await?;
    }
    if state == MessageState::Failed {
        for (alert, epoch, rung) in tx.read()?.rungs_of(message.id).await? {
            tx.signal_failure(post.ids.uuid(), alert, epoch, rung, now).await?;
        }
        if !(message.is_drill() && sent.provider == NOBODY) {
            tx.note_finding("message_failed", &format!("{}/{}", sent.provider, message.channel.key()), now).await?;
        }
    }
    tx.commit().await
}

/// What the people who run the service have to hear of.
fn finding(outcome: &Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Refused(_) => Some("provider_refused"),
        Outcome::Elsewhere(_) => Some("provider_limited"),
        Outcome::Accepted { .. } | Outcome::Retry(_) | Outcome::BadAddress(_) | Outcome::Ambiguous(_) => None,
    }
}

/// Where a message stands after an attempt.
fn next(
    post: &Post,
    message: &Claimed,
    provider: &str,
    outcome: &Outcome,
    now: Timestamp,
) -> (MessageState, Timestamp) {
    let mut tried = message.earlier.clone();
    tried.push(Attempted { provider: provider.to_owned(), outcome: outcome.clone() });
    let lane = if message.hurries() { Lane::Red } else { Lane::Normal };
    match step(&post.order(message), &tried, lane) {
        Step::Settled(state) => (state, now),
        Step::AtOnce => (MessageState::Pending, now),
        Step::AfterPause => {
            let limited = crate::send::limited(post, message).min(LIMITED);
            let pause = delta(pause(&post.pace, message).max(limited));
            (MessageState::Pending, now + pause * speed(&post.pace))
        }
    }
}

fn pause(pace: &Pace, message: &Claimed) -> Duration {
    if message.hurries() {
        return if message.attempt <= 1 { pace.red_first } else { pace.red_then };
    }
    let base = Duration::from_secs(2_u64.saturating_pow(message.attempt.min(12)));
    // A few seconds that differ from message to message, so that they do not all come back at once.
    let spread = u64::try_from(message.id.uuid().as_u128() % 1_000).unwrap_or_default();
    (base + Duration::from_millis(spread)).min(pace.longest)
}

fn speed(pace: &Pace) -> i32 {
    i32::try_from(pace.speed).unwrap_or(1).max(1)
}

fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::zero())
}
