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
    /// Whether somebody who is not signed in may try, on a device of this account if of any. A guess takes its place before
    /// it is looked at, and gives it back when it was right: a hundred at the same time are a hundred.
    pub(crate) fn begin(&self, account: Option<&str>, now: Timestamp) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, missed| {
            missed.retain(|at| now - *at < TimeDelta::hours(1));
            !missed.is_empty()
        });
        if all.get(account.unwrap_or_default()).is_some_and(|missed| missed.len() >= most(account)) {
            return false;
        }
        all.entry(account.unwrap_or_default().to_owned()).or_default().push_back(now);
        true
    }

    /// It was no wrong guess: the place that it took at `at` is free again.
    pub(crate) fn was_right(&self, account: Option<&str>, at: Timestamp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(missed) = all.get_mut(account.unwrap_or_default()) else { return };
        if let Some(place) = missed.iter().rposition(|missed| *missed == at) {
            missed.remove(place);
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
            assert!(guesses.begin(None, now));
        }
        assert!(!guesses.begin(None, now + TimeDelta::minutes(59)));
        for _ in 0..AN_HOUR_OF_AN_ACCOUNT {
            assert!(guesses.begin(Some("teacher"), now), "strangers do not shut out a device that is known");
        }
        assert!(!guesses.begin(Some("teacher"), now));
        assert!(guesses.begin(Some("counsellor"), now));
        assert!(guesses.begin(None, now + TimeDelta::hours(1)));
    }

    #[test]
    fn those_that_are_looked_at_together_are_counted_before_any_has_come_back() {
        let (guesses, now) = (Guesses::default(), Timestamp::UNIX_EPOCH);
        let begun = (0..AN_HOUR * 2).filter(|_| guesses.begin(None, now)).count();
        assert_eq!(begun, AN_HOUR, "none of them has been looked at yet");
        guesses.was_right(None, now);
        assert!(guesses.begin(None, now) && !guesses.begin(None, now), "a right one leaves its place to another");
        guesses.was_right(Some("teacher"), now);
        guesses.was_right(None, now + TimeDelta::minutes(1));
        assert!(!guesses.begin(None, now), "what was never taken is not given back");
    }
}
