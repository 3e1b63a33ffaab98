//! How often strangers have guessed wrong at numbers of messages, over all of them: a thousand addresses do not help. A
//! device that has signed in here before counts with its account, so that strangers cannot shut the door for staff.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use domain::time::Timestamp;

/// So many wrong guesses an hour are borne; after that one signs in.
const AN_HOUR: usize = 100;

/// And so many from the devices of one account.
const AN_HOUR_OF_AN_ACCOUNT: usize = 20;

/// Wrong guesses of the last hour: of strangers under no name, and of the devices of an account under its login.
#[derive(Debug, Default)]
pub(crate) struct Guesses(Mutex<HashMap<String, VecDeque<Timestamp>>>);

fn most(account: Option<&str>) -> usize {
    if account.is_some() { AN_HOUR_OF_AN_ACCOUNT } else { AN_HOUR }
}

impl Guesses {
    /// Whether somebody who is not signed in may try, on a device of this account if of any.
    pub(crate) fn may_try(&self, account: Option<&str>, now: Timestamp) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, missed| {
            missed.retain(|at| now - *at < TimeDelta::hours(1));
            !missed.is_empty()
        });
        all.get(account.unwrap_or_default()).is_none_or(|missed| missed.len() < most(account))
    }

    /// One more.
    pub(crate) fn missed(&self, account: Option<&str>, now: Timestamp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let missed = all.entry(account.unwrap_or_default().to_owned()).or_default();
        if missed.len() < most(account) {
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
            assert!(guesses.may_try(None, now));
            guesses.missed(None, now);
        }
        assert!(!guesses.may_try(None, now + TimeDelta::minutes(59)));
        assert!(guesses.may_try(Some("teacher"), now), "strangers do not shut out a device that is known");
        for _ in 0..AN_HOUR_OF_AN_ACCOUNT {
            guesses.missed(Some("teacher"), now);
        }
        assert!(!guesses.may_try(Some("teacher"), now));
        assert!(guesses.may_try(Some("counsellor"), now));
        assert!(guesses.may_try(None, now + TimeDelta::hours(1)));
    }
}
