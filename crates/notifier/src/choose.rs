//! Which provider is next, and when. Pure: the providers in the order of the configuration, and what came of the attempts
//! so far.
//!
//! A provider that refuses is out for this message. One that cannot do it now, does not say what became of it, or could
//! twice not be reached is passed over until every other one had its turn; then there is a pause, and the round begins
//! again. So nobody is asked without a pause in between, and a red ends only where nobody is left to ask.

use std::collections::BTreeSet;

use domain::delivery::{MessageState, Outcome};
use domain::notice::Lane;
use storage::Attempted;

/// After how many attempts in a row a provider that cannot be reached is passed over.
const RETRIES: usize = 2;

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Another provider is asked without a pause.
    AtOnce,
    /// It is tried again after a pause.
    AfterPause,
    /// No further attempt.
    Settled(MessageState),
}

/// Where a round stands.
#[derive(Debug, Default)]
struct Round<'a> {
    out: BTreeSet<&'a str>,
    passed: BTreeSet<&'a str>,
    retries: Option<(&'a str, usize)>,
    /// The latest attempt was the last of its round.
    ended: bool,
}

impl<'a> Round<'a> {
    fn after(order: &[&'a str], tried: &'a [Attempted]) -> Self {
        let mut round = Self::default();
        for attempt in tried.iter().filter(|t| order.contains(&t.provider.as_str())) {
            round.note(&attempt.provider, &attempt.outcome);
            round.ended = order.iter().all(|p| round.out.contains(p) || round.passed.contains(p));
            if round.ended {
                round.passed.clear();
            }
        }
        round
    }

    fn note(&mut self, provider: &'a str, outcome: &Outcome) {
        let before = self.retries.take().filter(|(p, _)| *p == provider).map_or(0, |(_, n)| n);
        match outcome {
            Outcome::Refused(_) => {
                self.out.insert(provider);
            }
            Outcome::Elsewhere(_) | Outcome::Ambiguous(_) => {
                self.passed.insert(provider);
            }
            Outcome::Retry(_) if before + 1 >= RETRIES => {
                self.passed.insert(provider);
            }
            Outcome::Retry(_) => self.retries = Some((provider, before + 1)),
            Outcome::Accepted { .. } | Outcome::BadAddress(_) => {}
        }
    }

    fn next(&self, order: &[&'a str]) -> Option<&'a str> {
        order.iter().copied().find(|p| !self.out.contains(p) && !self.passed.contains(p))
    }
}

/// The provider for the next attempt; none when every one has refused.
pub(crate) fn pick<'a>(order: &[&'a str], tried: &'a [Attempted]) -> Option<&'a str> {
    Round::after(order, tried).next(order)
}

/// What follows the latest of the attempts.
pub(crate) fn step(order: &[&str], tried: &[Attempted], lane: Lane) -> Step {
    let Some(latest) = tried.last() else { return Step::AtOnce };
    match &latest.outcome {
        Outcome::Accepted { .. } => Step::Settled(MessageState::Accepted),
        Outcome::BadAddress(_) => Step::Settled(MessageState::Failed),
        // It may have arrived, and nobody is in danger: twice would be worse than perhaps.
        Outcome::Ambiguous(_) if lane != Lane::Red => Step::Settled(MessageState::Unknown),
        Outcome::Ambiguous(_) | Outcome::Retry(_) | Outcome::Elsewhere(_) | Outcome::Refused(_) => {
            let round = Round::after(order, tried);
            match round.next(order) {
                None => Step::Settled(MessageState::Failed),
                Some(next) if round.ended || next == latest.provider => Step::AfterPause,
                Some(_) => Step::AtOnce,
            }
        }
    }
}

#[cfg(test)]
#[path = "choose_tests.rs"]
mod tests;
