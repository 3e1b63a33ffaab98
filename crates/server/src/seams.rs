//! Where time and randomness come in. Everywhere else they are arguments.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use chrono::{TimeDelta, Utc};
use domain::id::Ids;
use domain::time::{Clock, ManualClock, Timestamp, truncate};
use uuid::Uuid;

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the seam that everybody else is handed")]
    fn now(&self) -> Timestamp {
        truncate(Utc::now())
    }
}

/// A school clock that runs `speed` times as fast as the real one. It never goes backwards, whatever is done to the
/// clock of the machine.
#[derive(Debug)]
pub struct FastClock {
    start: Timestamp,
    began: Instant,
    speed: u32,
}

impl FastClock {
    /// A clock that shows `start` now and runs `speed` times as fast; 0 is taken as 1.
    #[must_use]
    pub fn new(start: Timestamp, speed: u32) -> Self {
        Self { start: truncate(start), began: Instant::now(), speed: speed.max(1) }
    }

    fn after(&self, real_micros: u128) -> Timestamp {
        let school = real_micros.saturating_mul(u128::from(self.speed));
        let passed = TimeDelta::microseconds(i64::try_from(school).unwrap_or(i64::MAX));
        self.start.checked_add_signed(passed).unwrap_or(Timestamp::MAX_UTC)
    }
}

impl Clock for FastClock {
    fn now(&self) -> Timestamp {
        self.after(self.began.elapsed().as_micros())
    }
}

/// Ids and secrets from the randomness of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "this is the seam that everybody else is handed")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn secret(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        if getrandom::fill(&mut secret).is_err() {
            // Without randomness every secret could be guessed: no answer at all is the safe one.
            std::process::abort();
        }
        secret
    }
}

/// Ids that are the same every time, for an invented past. **Secrets can be guessed**: never for a real service.
#[derive(Debug)]
pub struct SeededIds {
    seed: u64,
    clock: Arc<ManualClock>,
    next: AtomicU64,
}

impl SeededIds {
    /// Ids that follow from a seed and from the time that a clock shows. Two seeds share no ids.
    #[must_use]
    pub fn new(seed: u64, clock: Arc<ManualClock>) -> Self {
        Self { seed, clock, next: AtomicU64::new(0) }
    }

    fn draw(&self) -> (u64, u64) {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        (n, mix(mix(self.seed).wrapping_add(n)))
    }
}

impl Ids for SeededIds {
    /// RFC 9562 §5.7: milliseconds, then a counter, so that later ones sort later, then bits that follow from the seed.
    fn uuid(&self) -> Uuid {
        let (n, random) = self.draw();
        let millis = u128::try_from(self.clock.now().timestamp_millis()).unwrap_or_default();
        let (counter, low) = (u128::from(n & 0xfff), u128::from(random >> 2));
        Uuid::from_u128((millis & 0xffff_ffff_ffff) << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | low)
    }

    fn secret(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        for part in secret.chunks_exact_mut(8) {
            part.copy_from_slice(&self.draw().1.to_be_bytes());
        }
        secret
    }
}

/// SplitMix64: one step of its output function.
pub(crate) fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Timestamp {
        "2026-11-23T02:30:00Z".parse().unwrap()
    }

    #[test]
    fn a_fast_clock_runs_as_many_times_as_fast_and_never_back() {
        let clock = FastClock::new(start(), 60);
        assert_eq!(clock.after(0), start());
        assert_eq!(clock.after(1_000_000), start() + TimeDelta::minutes(1));
        assert_eq!(clock.after(u128::MAX), Timestamp::MAX_UTC);
        assert_eq!(FastClock::new(start(), 0).after(7), start() + TimeDelta::microseconds(7));
        let (first, second) = (clock.now(), clock.now());
        assert!(start() <= first && first <= second);
    }

    #[test]
    fn seeded_ids_repeat_sort_by_time_and_differ_by_seed() {
        let clock = Arc::new(ManualClock::at(start()));
        let some = |seed| {
            let ids = SeededIds::new(seed, Arc::clone(&clock));
            [ids.uuid(), ids.uuid(), ids.uuid()]
        };
        assert_eq!(some(1), some(1));
        let (one, two) = (some(1), some(2));
        assert!(one.iter().all(|id| !two.contains(id)));
        assert!(one.is_sorted());
        assert!(one.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        clock.advance(TimeDelta::milliseconds(1));
        assert!(SeededIds::new(1, Arc::clone(&clock)).uuid() > one[2]);
        assert_eq!(SeededIds::new(1, Arc::clone(&clock)).secret(), SeededIds::new(1, clock).secret());
    }

    #[test]
    fn the_ids_of_the_machine_are_never_the_same() {
        let ids = SystemIds;
        assert_ne!(ids.uuid(), ids.uuid());
        assert_ne!(ids.secret(), ids.secret());
        assert_eq!(SystemClock.now().timestamp_subsec_nanos() % 1_000, 0);
    }
}
