//! Keeps letters in memory, and fails as it is told to: for tests.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use domain::delivery::Outcome;

use super::{Channel, Letter};

/// Letters in memory.
#[derive(Debug)]
pub struct Memory {
    name: &'static str,
    carries: domain::delivery::Channel,
    letters: Mutex<Vec<Letter>>,
    next: Mutex<VecDeque<Outcome>>,
}

impl Memory {
    /// An empty one for a channel.
    #[must_use]
    pub fn new(carries: domain::delivery::Channel) -> Self {
        Self::named("memory", carries)
    }

    /// An empty one for a channel that has several.
    #[must_use]
    pub fn named(name: &'static str, carries: domain::delivery::Channel) -> Self {
        Self { name, carries, letters: Mutex::default(), next: Mutex::default() }
    }

    /// Takes out everything that was sent since the last time.
    #[must_use]
    pub fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.letters.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The next attempts come to these outcomes; only accepted letters are kept.
    pub fn then(&self, outcomes: impl IntoIterator<Item = Outcome>) {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).extend(outcomes);
    }
}

#[async_trait]
impl Channel for Memory {
    fn name(&self) -> &'static str {
        self.name
    }

    fn carries(&self) -> domain::delivery::Channel {
        self.carries
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let planned = self.next.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let outcome = planned.unwrap_or_else(|| Outcome::Accepted { provider_id: Some(letter.id.to_string()) });
        if matches!(outcome, Outcome::Accepted { .. }) {
            self.letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
        }
        outcome
    }
}
