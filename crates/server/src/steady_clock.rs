//! A clock that never goes back, over one that may.
//!
//! Deadlines, and the times from which messages wait, are instants. Were the hands put back by an hour, a red would stand
//! still for an hour: nothing would be due. So time runs on from the latest that was shown, a little slower, until the
//! clock underneath has caught up. When the hands go forward, so does this.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::time::{Clock, Timestamp, truncate};

/// While the clock underneath is behind, one part in so many is left out: ten minutes become ten and two thirds, and an
/// hour is made up for in sixteen.
const LEFT_OUT: u32 = 16;

/// What was shown last, and when.
#[derive(Debug, Clone, Copy)]
struct Shown {
    at: Timestamp,
    steady: Instant,
}

/// The clock.
pub struct SteadyClock {
    under: Arc<dyn Clock>,
    shown: Mutex<Shown>,
}

impl std::fmt::Debug for SteadyClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SteadyClock({:?})", self.shown)
    }
}

impl SteadyClock {
    /// A clock over another one that begins no earlier than what an earlier process saw.
    #[must_use]
    pub fn new(under: Arc<dyn Clock>, seen: Option<Timestamp>) -> Self {
        let now = under.now();
        let at = seen.map_or(now, |seen| seen.max(now));
        if at > now {
            tracing::warn!(ahead_s = (at - now).num_seconds(), "the clock went back while nobody was at work");
        }
        Self { under, shown: Mutex::new(Shown { at, steady: Instant::now() }) }
    }

    /// What it shows when the one underneath says `said`.
    fn at(&self, said: Timestamp, steady: Instant) -> Timestamp {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = steady.saturating_duration_since(shown.steady);
        let at = said.max(shown.at + delta(passed - passed / LEFT_OUT));
        *shown = Shown { at, steady: shown.steady.max(steady) };
        truncate(at)
    }
}

impl Clock for SteadyClock {
    fn now(&self) -> Timestamp {
        self.at(self.under.now(), Instant::now())
    }
}

/// A machine that says it is days before its own last heartbeat does not know the time: to go on would be to work at a time
/// that is nobody's.
///
/// # Errors
/// With what to do.
pub fn believable(now: Timestamp, seen: Option<Timestamp>) -> anyhow::Result<()> {
    let Some(seen) = seen.filter(|seen| *seen - now > TimeDelta::days(1)) else { return Ok(()) };
    anyhow::bail!(
        "本机时间 {now} 比上次运行的时间 {seen} 早一天以上：请先校准时钟；若上次的时间有误，请恢复出错之前的备份 / this machine says {now}, and \
         the service last ran at {seen}: set the clock right, or, where that was the wrong one, restore the backup from before"
    )
}

fn delta(passed: Duration) -> TimeDelta {
    TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::ManualClock;

    fn noon() -> Timestamp {
        "2026-11-23T04:00:00Z".parse().unwrap()
    }

    fn clock(seen: Option<Timestamp>) -> (SteadyClock, Instant) {
        let clock = SteadyClock::new(Arc::new(ManualClock::at(noon())), seen);
        let began = clock.shown.lock().unwrap().steady;
        (clock, began)
    }

    #[test]
    fn hands_that_go_back_an_hour_make_ten_minutes_no_longer_than_eleven() {
        let (clock, began) = clock(None);
        let back = noon() - TimeDelta::hours(1);
        let later = |minutes: u64| began + Duration::from_secs(60 * minutes);
        assert_eq!(clock.at(back, later(0)), noon());
        assert_eq!(clock.at(back + TimeDelta::minutes(16), later(16)), noon() + TimeDelta::minutes(15));
        // After sixteen hours both tell the same.
        assert_eq!(clock.at(back + TimeDelta::hours(16), later(960)), noon() + TimeDelta::hours(15));
        let hour = TimeDelta::hours(1);
        assert_eq!(clock.at(back + hour * 17, later(1_020)), back + hour * 17);
    }

    #[test]
    fn hands_that_go_forward_are_followed_at_once() {
        let (clock, began) = clock(None);
        let on = noon() + TimeDelta::hours(5);
        assert_eq!(clock.at(on, began + Duration::from_secs(1)), on);
    }

    #[test]
    fn a_machine_that_is_days_behind_its_own_last_heartbeat_does_not_know_the_time() {
        assert!(believable(noon(), None).is_ok());
        assert!(believable(noon(), Some(noon() + TimeDelta::hours(23))).is_ok());
        assert!(believable(noon(), Some(noon() + TimeDelta::hours(25))).is_err());
    }

    #[test]
    fn it_begins_where_the_process_before_it_ended() {
        let seen = noon() + TimeDelta::minutes(51);
        let (ahead, began) = clock(Some(seen));
        assert_eq!(ahead.at(noon(), began), seen);
        let (behind, began) = clock(Some(noon() - TimeDelta::days(1)));
        assert_eq!(behind.at(noon(), began), noon());
    }

    #[test]
    fn it_never_goes_back_and_never_stands_still() {
        for seed in 0..200_u64 {
            let (clock, mut steady) = clock(None);
            let (mut said, mut last) = (noon(), noon());
            for turn in 0..60 {
                let dice = crate::seams::mix(seed * 64 + turn);
                let passed = Duration::from_secs(1 + dice % 600);
                let moved = i64::try_from((dice >> 16) % 14_400).unwrap() - 7_200;
                steady += passed;
                said += TimeDelta::seconds(moved) + delta(passed);
                let now = clock.at(said, steady);
                assert!(now >= said && now - last >= delta(passed) * 15 / 16, "seed {seed}: {last} {now} {said}");
                last = now;
            }
        }
    }
}
