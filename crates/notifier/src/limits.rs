//! What providers allow, counted before the call: an attempt over a limit is lost, and some providers answer it with a
//! block of minutes. Pure: now is an argument.
//!
//! The count is kept in memory. After a restart, or beside a second process, it is too low, and the provider's own answer
//! sends the message elsewhere a little later.

use std::collections::{HashMap, VecDeque};

use chrono::TimeDelta;
use domain::time::Timestamp;

/// The most addresses that are counted at once. More are not stopped: a limit must not be what loses a message.
const ADDRESSES: usize = 20_000;

/// So many within so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The most messages.
    pub most: usize,
    /// Within how many seconds, sliding.
    pub within_seconds: u32,
    /// For each address; otherwise for all of them together.
    pub each_address: bool,
}

impl Limit {
    /// A limit for each address.
    #[must_use]
    pub const fn each(most: usize, within_seconds: u32) -> Self {
        Self { most, within_seconds, each_address: true }
    }

    /// A limit for the whole sender.
    #[must_use]
    pub const fn together(most: usize, within_seconds: u32) -> Self {
        Self { most, within_seconds, each_address: false }
    }

    fn key(self, provider: &'static str, address: &str) -> (&'static str, String) {
        (provider, if self.each_address { address.to_owned() } else { String::new() })
    }

    fn within(self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.within_seconds))
    }
}

/// What went out lately.
#[derive(Debug, Default)]
pub struct Windows(HashMap<(&'static str, String), VecDeque<Timestamp>>);

impl Windows {
    /// Counts a message when every limit allows it; says whether it does.
    pub fn admit(&mut self, provider: &'static str, address: &str, limits: &[Limit], now: Timestamp) -> bool {
        let key = |l: &Limit| l.key(provider, address);
        let longest = limits.iter().map(|l| l.within()).max().unwrap_or_default();
        let room = |l: &Limit| {
            // What lies after now was counted by a clock that has been set back since.
            let lately = |at: &&Timestamp| **at <= now && now - **at < l.within();
            self.0.get(&key(l)).is_none_or(|sent| sent.iter().filter(lately).count() < l.most)
        };
        if !limits.iter().all(room) {
            return false;
        }
        if self.0.len() >= ADDRESSES {
            self.0.retain(|_, sent| sent.back().is_some_and(|at| now - *at < TimeDelta::days(1)));
        }
        let mut keys: Vec<_> = limits.iter().map(key).collect();
        keys.dedup();
        for key in keys.into_iter().take(ADDRESSES.saturating_sub(self.0.len())) {
            let sent = self.0.entry(key).or_default();
            sent.retain(|at| *at <= now && now - *at < longest);
            sent.push_back(now);
        }
        true
    }

    /// When every limit will allow a message again; now where they do already.
    #[must_use]
    pub fn free_at(&self, provider: &'static str, address: &str, limits: &[Limit], now: Timestamp) -> Timestamp {
        let free = |l: &Limit| {
            let sent = self.0.get(&l.key(provider, address))?;
            // Of those before now the last but so many: where its window is over, so are those of all before it.
            let before: Vec<Timestamp> = sent.iter().copied().filter(|at| *at <= now).collect();
            let oldest = before.len().checked_sub(l.most)?;
            before.get(oldest).map(|at| *at + l.within())
        };
        limits.iter().filter_map(free).fold(now, Timestamp::max)
    }

    /// The same for a drill, which may use at most half of what there is: what is real finds the other half. Where a limit
    /// is of one, there is no half, and the window is a short one.
    pub fn admit_drill(&mut self, provider: &'static str, address: &str, limits: &[Limit], now: Timestamp) -> bool {
        let halves: Vec<Limit> = limits.iter().map(|l| Limit { most: l.most.div_ceil(2), ..*l }).collect();
        self.admit(provider, address, &halves, now)
    }

    /// Counts a message back that did not reach the provider, or waiting for the next attempt would be in vain.
    pub fn take_back(&mut self, provider: &'static str, address: &str, limits: &[Limit], at: Timestamp) {
        let mut keys: Vec<_> = limits.iter().map(|l| l.key(provider, address)).collect();
        keys.dedup();
        for key in keys {
            let Some(sent) = self.0.get_mut(&key) else { continue };
            if let Some(place) = sent.iter().rposition(|s| *s == at) {
                sent.remove(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn a_telephone_is_called_once_a_minute_five_times_an_hour_and_twenty_times_a_day() {
        let limits = [Limit::each(1, 60), Limit::each(5, 3_600), Limit::each(20, 86_400)];
        let mut windows = Windows::default();
        let mut call = |to, s| windows.admit("voice", to, &limits, at(s));
        assert!(call("1", 0) && !call("1", 59) && call("2", 59), "each number by itself");
        assert!(call("1", 60) && call("1", 120) && call("1", 180) && call("1", 240));
        assert!(!call("1", 300), "the sixth within an hour");
        assert!(call("1", 3_600), "the window slides");
        let later = (2..16).filter(|n| call("1", n * 3_600)).count();
        assert_eq!(later, 14, "twenty in all");
        assert!(!call("1", 60_000) && call("1", 86_400));
    }

    #[test]
    fn a_drill_leaves_half_of_every_limit_to_what_is_real() {
        let limits = [Limit::each(4, 60), Limit::each(1, 5)];
        let mut windows = Windows::default();
        assert!(windows.admit_drill("p", "1", &limits, at(0)), "of one there is no half");
        assert!(!windows.admit_drill("p", "1", &limits, at(4)) && windows.admit_drill("p", "1", &limits, at(5)));
        assert!(!windows.admit_drill("p", "1", &limits, at(10)), "the third of four");
        assert!(windows.admit("p", "1", &limits, at(10)) && windows.admit("p", "1", &limits, at(20)));
        assert!(!windows.admit("p", "1", &limits, at(30)), "what a drill sent counts");
    }

    #[test]
    fn a_robot_counts_everybody_together() {
        let limits = [Limit::together(2, 60)];
        let mut windows = Windows::default();
        assert!(windows.admit("robot", "1", &limits, at(0)) && windows.admit("robot", "2", &limits, at(0)));
        assert!(!windows.admit("robot", "3", &limits, at(0)) && windows.admit("other", "3", &limits, at(0)));
    }

    #[test]
    fn a_clock_that_is_set_back_stops_nobody() {
        let mut windows = Windows::default();
        assert!(windows.admit("p", "1", &[Limit::each(1, 60)], at(9_000)));
        assert_eq!(windows.free_at("p", "1", &[Limit::each(1, 60)], at(0)), at(0));
        assert!(windows.admit("p", "1", &[Limit::each(1, 60)], at(0)));
    }

    #[test]
    fn what_is_over_is_forgotten_and_no_more_is_kept_than_counts() {
        let (limits, mut windows) = ([Limit::each(1, 60)], Windows::default());
        for n in 0..10 {
            assert!(windows.admit("p", "1", &limits, at(n * 60)));
        }
        assert_eq!(windows.0.values().map(VecDeque::len).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn where_very_many_were_called_those_of_a_day_ago_make_room_and_the_others_stay_counted() {
        let (limits, mut windows) = ([Limit::each(1, 60)], Windows::default());
        for n in 1..ADDRESSES {
            assert!(windows.admit("p", &format!("old {n}"), &limits, at(0)));
        }
        assert!(windows.admit("p", "lately", &limits, at(86_390)));
        assert!(windows.admit("p", "new", &limits, at(86_400)));
        assert!(!windows.admit("p", "new", &limits, at(86_400)), "there was room to count it");
        assert!(!windows.admit("p", "lately", &limits, at(86_401)), "it is not forgotten with the old ones");
        assert_eq!(windows.0.len(), 2);
    }

    #[test]
    fn what_did_not_reach_the_provider_does_not_count() {
        let limits = [Limit::each(1, 60), Limit::each(5, 3_600), Limit::together(20, 60)];
        let mut windows = Windows::default();
        for second in 0..50 {
            assert!(windows.admit("p", "1", &limits, at(second)), "at {second}");
            windows.take_back("p", "1", &limits, at(second));
        }
        assert!(windows.admit("p", "1", &limits, at(50)) && !windows.admit("p", "1", &limits, at(51)));
    }

    proptest! {
        #[test]
        fn when_it_is_said_to_be_free_it_is_and_not_before(gaps in prop::collection::vec(0_i64..40, 1..60), most in 1_usize..5) {
            let limits = [Limit::each(most, 60), Limit::each(most * 3, 600)];
            let (mut windows, mut now) = (Windows::default(), 0);
            for gap in gaps {
                now += gap;
                let free = windows.free_at("p", "1", &limits, at(now));
                prop_assert_eq!(free == at(now), windows.admit("p", "1", &limits, at(now)));
                let again = windows.free_at("p", "1", &limits, at(now));
                if again > at(now) {
                    prop_assert_eq!(windows.free_at("p", "1", &limits, again), again);
                    let before = again - TimeDelta::seconds(1);
                    prop_assert!(windows.free_at("p", "1", &limits, before) > before);
                }
            }
        }

        #[test]
        fn no_window_ever_holds_more_than_its_limit(gaps in prop::collection::vec(0_i64..90, 1..200), most in 1_usize..6) {
            let (mut windows, mut now, mut admitted) = (Windows::default(), 0, Vec::new());
            for gap in gaps {
                now += gap;
                if windows.admit("p", "1", &[Limit::each(most, 300)], at(now)) {
                    admitted.push(now);
                }
            }
            for end in &admitted {
                prop_assert!(admitted.iter().filter(|s| *s <= end && end - **s < 300).count() <= most);
            }
        }
    }
}
