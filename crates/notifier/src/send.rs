//! One attempt at one message: who is asked, whether it may be, and what is made of a lost answer.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use domain::delivery::Outcome;
use domain::notice::Lane;
use domain::time::Timestamp;
use storage::Claimed;

use crate::choose::pick;
use crate::limits::{Windows, share};
use crate::{Channel, Inquiry, Letter, Post};

/// The longest that a provider is asked what became of a message.
const INQUIRY: Duration = Duration::from_secs(5);

/// Why a message of a drill did not go out: there is no text for one, and a real one is never taken in its place.
const NO_DRILLS: &str = "no provider of this channel has a text for drills";

/// The provider of an attempt that no provider was asked for.
pub(crate) const NOBODY: &str = "none";

/// What one attempt came to.
pub(crate) struct Sent {
    pub(crate) provider: &'static str,
    /// Nothing when the message is not wanted any more.
    pub(crate) outcome: Option<Outcome>,
    /// The provider's id, when it says on the spot that the message arrived.
    pub(crate) arrived: Option<String>,
}

impl Sent {
    fn of(provider: &'static str, outcome: Outcome) -> Self {
        Self { provider, outcome: Some(outcome), arrived: None }
    }

    pub(crate) fn key(&self) -> &'static str {
        self.outcome.as_ref().map_or("cancelled", Outcome::key)
    }
}

pub(crate) async fn send(post: &Post, message: &Claimed) -> Sent {
    if !message.wanted {
        return Sent { provider: NOBODY, outcome: None, arrived: None };
    }
    let Some(channel) = provider(post, message) else {
        let why = if message.is_drill() { NO_DRILLS } else { "no provider carries this channel" };
        return Sent::of(NOBODY, Outcome::Refused(why.to_owned()));
    };
    let Some(address) = &message.address else {
        return Sent::of(channel.name(), Outcome::BadAddress("no verified address".to_owned()));
    };
    // Providers count in real time, also in a demonstration that is sped up.
    let at = post.real.now();
    if !has_room(post, message, channel, address, at) {
        return Sent::of(channel.name(), Outcome::Elsewhere("over the provider's limit: not even tried".to_owned()));
    }
    let letter = post.composer.letter(message, address, post.school.now());
    let outcome = match tokio::time::timeout(post.pace.timeout, channel.send(&letter)).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::Ambiguous("the provider did not answer in time".to_owned()),
    };
    if matches!(outcome, Outcome::Retry(_)) {
        windows(post).take_back(channel.name(), address, channel.limits(), at);
    }
    if matches!(outcome, Outcome::Ambiguous(_)) && message.hurries() {
        return ask_once(post, channel, &letter, outcome).await;
    }
    Sent::of(channel.name(), outcome)
}

fn provider<'a>(post: &'a Post, message: &Claimed) -> Option<&'a Arc<dyn Channel>> {
    let order = post.order(message);
    let name = pick(&order, &message.earlier)?;
    post.channels.iter().find(|c| c.carries() == message.channel && c.name() == name)
}

/// How long until the limits of some provider of the channel leave room for a message; no time where one does now. Until
/// then another attempt would only stand in the way of others.
pub(crate) fn limited(post: &Post, message: &Claimed) -> Duration {
    let Some(address) = &message.address else { return Duration::ZERO };
    let now = post.real.now();
    let windows = windows(post);
    let carry = post.channels.iter().filter(|c| c.carries() == message.channel);
    let free = carry.map(|c| {
        let limits = share(c.limits(), message.lane, message.level);
        windows.free_at(c.name(), address, &limits, now)
    });
    let free = free.min();
    free.and_then(|at| (at - now).to_std().ok()).unwrap_or_default()
}

/// Whether the provider's limits allow it; then it is counted.
fn has_room(post: &Post, message: &Claimed, channel: &Arc<dyn Channel>, address: &str, at: Timestamp) -> bool {
    let (name, mut counted) = (channel.name(), windows(post));
    let limits = share(channel.limits(), message.lane, message.level);
    if counted.admit(name, address, &limits, at) {
        return true;
    }
    // A red gives way once to whoever has room. After that our count of an hour or a day stops it no more.
    let others = post.channels.iter().filter(|c| c.carries() == message.channel && c.name() != name);
    let gives_way = message.earlier.iter().all(|tried| tried.provider != name)
        && others.into_iter().any(|c| counted.has_room(c.name(), address, c.limits(), at));
    message.lane == Lane::Red && !gives_way && counted.press(name, address, &limits, at)
}

fn windows(post: &Post) -> MutexGuard<'_, Windows> {
    post.windows.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The answer was lost: perhaps the provider knows. If it does not, the message goes out once more.
async fn ask_once(post: &Post, channel: &Arc<dyn Channel>, letter: &Letter, lost: Outcome) -> Sent {
    let left = post.pace.lease.saturating_sub(post.pace.timeout) / 2;
    let about = Inquiry { id: letter.id, provider_id: None, to: &letter.to, at: letter.at };
    let asked = tokio::time::timeout(INQUIRY.min(left), channel.inquire(&about)).await;
    match asked.ok().flatten() {
        Some(found) if found.delivered != Some(false) => Sent {
            provider: channel.name(),
            arrived: found.delivered.map(|_| found.provider_id.clone()),
            outcome: Some(Outcome::Accepted { provider_id: Some(found.provider_id) }),
        },
        Some(_) | None => Sent::of(channel.name(), lost),
    }
}
