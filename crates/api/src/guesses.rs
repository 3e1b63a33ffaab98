//! How often strangers have guessed wrong at numbers of messages, over all of them: a thousand addresses do not help.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use domain::time::Timestamp;

/// So many wrong guesses an hour are borne; after that one signs in.
const AN_HOUR: usize = 100;

/// Wrong guesses of the last hour.
#[derive(Debug, Default)]
pub(crate) struct Guesses(Mutex<VecDeque<Timestamp>>);

impl Guesses {
    /// Whether a stranger may try.
    pub(crate) fn may_try(&self, now: Timestamp) -> bool {
        let mut missed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while missed.front().is_some_and(|at| now - *at >= TimeDelta::hours(1)) {
            missed.pop_front();
        }
        missed.len() < AN_HOUR
    }

    /// One more.
    pub(crate) fn missed(&self, now: Timestamp) {
        let mut missed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if missed.len() < AN_HOUR {
            missed.push_back(now);
        }
    }
}

/// Whom the help text went to: once an hour to a number.
#[derive(Debug, Default)]
pub(crate) struct Helped(Mutex<HashMap<String, Timestamp>>);

/// How many numbers are remembered; more than that, and nobody is helped for a while.
const NUMBERS: usize = 10_000;

impl Helped {
    /// Whether this number is told how to answer.
    pub(crate) fn may_help(&self, number: &str, now: Timestamp) -> bool {
        let mut helped = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        helped.retain(|_, at| now - *at < TimeDelta::hours(1));
        if helped.len() >= NUMBERS || helped.contains_key(number) {
            return false;
        }
        helped.insert(number.to_owned(), now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_wrong_guesses_an_hour_and_no_more() {
        let (guesses, now) = (Guesses::default(), Timestamp::UNIX_EPOCH);
        for _ in 0..AN_HOUR {
            assert!(guesses.may_try(now));
            guesses.missed(now);
        }
        assert!(!guesses.may_try(now + TimeDelta::minutes(59)));
        assert!(guesses.may_try(now + TimeDelta::hours(1)));
    }
}
