//! What providers allow, counted before the call: an attempt over a limit is lost, and some providers answer it with a
//! block of minutes. Pure: now is an argument.
//!
//! A window of an hour or more is shared: what is neither red nor orange uses half of it at most, so that a quiet day does not
//! use up what a red needs at night. And a red is not kept in by our own count of such a window: the provider says itself
//! whether it takes one more. Only shorter windows are waited out, since some providers answer with a block.
//!
//! The count is kept in memory. After a restart, or beside a second process, it is too low, and the provider's own answer
//! sends the message elsewhere a little later.

use std::collections::{HashMap, VecDeque};

use chrono::TimeDelta;
use domain::level::Level;
use domain::notice::Lane;
use domain::time::Timestamp;

/// The most addresses that are counted at once. More are not stopped: a limit must not be what loses a message.
const ADDRESSES: usize = 20_000;

/// From so many seconds on a window is too long to be waited out by a red.
const LONG_SECONDS: u32 = 60 * 60;

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

    fn is_long(self) -> bool {
        self.within_seconds >= LONG_SECONDS
    }

    /// Where a limit is of one, there is no half, and the window is a short one.
    fn half(self) -> Self {
        Self { most: self.most.div_ceil(2), ..self }
    }

    fn within(self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.within_seconds))
    }
}

/// What a message may use of these limits: a drill half of all of them, yellow and blue half of the long ones.
pub(crate) fn share(limits: &[Limit], lane: Lane, level: Level) -> Vec<Limit> {
    let of = |limit: &Limit| match lane {
        Lane::Red => *limit,
        Lane::Normal if level >= Level::Orange || !limit.is_long() => *limit,
        Lane::Normal | Lane::Drill => limit.half(),
    };
    limits.iter().map(of).collect()
}

/// What went out lately.
#[derive(Debug, Default)]
pub struct Windows(HashMap<(&'static str, String), VecDeque<Timestamp>>);

impl Windows {
    /// Counts a message when every limit allows it; says whether it does.
    pub fn admit(&mut self, provider: &'static str, address: &str, limits: &[Limit], now: Timestamp) -> bool {
        let room = self.has_room(provider, address, limits, now);
        if room {
            self.count(provider, address, limits, now);
        }
        room
    }

    /// Whether every limit allows one more.
    pub(crate) fn has_room(&self, provider: &'static str, address: &str, limits: &[Limit], now: Timestamp) -> bool {
        limits.iter().all(|l| {
            // What lies after now was counted by a clock that has been set back since.
            let lately = |at: &&Timestamp| **at <= now && now - **at < l.within();
            self.0.get(&l.key(provider, address)).is_none_or(|sent| sent.iter().filter(lately).count() < l.most)
        })
    }

    /// Counts a message when the short limits allow it, whatever the long ones say; says whether they do.
    pub(crate) fn press(&mut self, provider: &'static str, address: &str, limits: &[Limit], now: Timestamp) -> bool {
        let short: Vec<Limit> = limits.iter().copied().filter(|l| !l.is_long()).collect();
        let room = self.has_room(provider, address, &short, now);
        if room {
            self.count(provider, address, limits, now);
        }
        room
    }

    fn count(&mut self, provider: &'static str, address: &str, limits: &[Limit], now: Timestamp) {
        let longest = limits.iter().map(|l| l.within()).max().unwrap_or_default();
        if self.0.len() >= ADDRESSES {
            self.0.retain(|_, sent| sent.back().is_some_and(|at| now - *at < TimeDelta::days(1)));
        }
        let mut keys: Vec<_> = limits.iter().map(|l| l.key(provider, address)).collect();
        keys.dedup();
        for key in keys.into_iter().take(ADDRESSES.saturating_sub(self.0.len())) {
            let sent = self.0.entry(key).or_default();
            sent.retain(|at| *at <= now && now - *at < longest);
            sent.push_back(now);
        }
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
        let (mut windows, halves) = (Windows::default(), share(&limits, Lane::Drill, Level::Red));
        assert!(windows.admit("p", "1", &halves, at(0)), "of one there is no half");
        assert!(!windows.admit("p", "1", &halves, at(4)) && windows.admit("p", "1", &halves, at(5)));
        assert!(!windows.admit("p", "1", &halves, at(10)), "the third of four");
        assert!(windows.admit("p", "1", &limits, at(10)) && windows.admit("p", "1", &limits, at(20)));
        assert!(!windows.admit("p", "1", &limits, at(30)), "what a drill sent counts");
    }

    #[test]
    fn yellow_and_blue_leave_half_of_a_long_window_and_all_of_a_short_one() {
        let limits = [Limit::each(6, 60), Limit::each(9, 86_400)];
        let most = |lane, level| share(&limits, lane, level).iter().map(|l| l.most).collect::<Vec<_>>();
        for level in [Level::Yellow, Level::Blue] {
            assert_eq!(most(Lane::Normal, level), [6, 5]);
        }
        assert_eq!((most(Lane::Normal, Level::Orange), most(Lane::Red, Level::Red)), (vec![6, 9], vec![6, 9]));
        assert_eq!(most(Lane::Drill, Level::Red), [3, 5]);
    }

    #[test]
    fn a_red_is_tried_when_a_day_is_used_up_and_waits_out_a_minute() {
        let limits = [Limit::each(1, 60), Limit::each(2, 86_400)];
        let mut windows = Windows::default();
        assert!(windows.admit("p", "1", &limits, at(0)) && windows.admit("p", "1", &limits, at(60)));
        assert!(!windows.admit("p", "1", &limits, at(120)), "two a day");
        assert!(windows.press("p", "1", &limits, at(120)));
        assert!(!windows.press("p", "1", &limits, at(179)), "once a minute all the same");
        assert!(windows.press("p", "1", &limits, at(180)));
        assert!(
            !windows.admit("p", "1", &limits, at(86_400)) && windows.admit("p", "1", &limits, at(86_580)),
            "it counts"
        );
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
