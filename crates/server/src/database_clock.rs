//! The time of the database, where several machines share one: their own clocks may be wrong, and must not tell two
//! stories of one alert.
//!
//! It is asked for now and then; in between a steady clock runs on from there. So the machine's own clock can be moved by
//! an hour and no deadline comes early or late. It only serves to notice that the machine slept: then time is asked for
//! again at once.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::time::{Clock, Timestamp, truncate};
use storage::{Storage, StorageError};
use tokio_util::sync::CancellationToken;

use crate::seams::SystemClock;

/// How often the database is asked.
const EVERY: Duration = Duration::from_secs(60);
/// How often one looks whether the machine slept.
const LOOK: Duration = Duration::from_secs(5);
/// The machine's clock may run apart from the steady one by so much between two questions.
const APART: TimeDelta = TimeDelta::seconds(1);

/// Where the time was known.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// What the database said.
    at: Timestamp,
    /// When it said so, by the steady clock.
    steady: Instant,
    /// When it said so, by the machine's.
    machine: Timestamp,
}

/// The clock of a database.
#[derive(Debug)]
pub struct DatabaseClock(Mutex<Known>);

impl DatabaseClock {
    /// Asks for the time.
    ///
    /// # Errors
    /// When the database does not say.
    pub async fn of(storage: &Storage) -> Result<Self, StorageError> {
        Ok(Self(Mutex::new(ask(storage).await?)))
    }

    /// Asks anew.
    ///
    /// # Errors
    /// When the database does not say; time runs on from when it last did.
    pub async fn set(&self, storage: &Storage) -> Result<(), StorageError> {
        let known = ask(storage).await?;
        *self.known() = known;
        Ok(())
    }

    /// Keeps it right until told to stop.
    pub(crate) async fn keep(&self, storage: &Storage, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = stop.cancelled() => {}
            }
            if self.is_stale(Instant::now(), SystemClock.now())
                && let Err(err) = self.set(storage).await
            {
                tracing::warn!(error = %err, "the database does not say what time it is");
            }
        }
    }

    /// Whether it was asked too long ago, or the machine slept since, or its clock was moved.
    fn is_stale(&self, steady: Instant, machine: Timestamp) -> bool {
        let known = *self.known();
        let passed = steady.saturating_duration_since(known.steady);
        let apart = (machine - known.machine) - delta(passed);
        passed >= EVERY || apart.abs() > APART
    }

    fn at(&self, steady: Instant) -> Timestamp {
        let known = *self.known();
        truncate(known.at + delta(steady.saturating_duration_since(known.steady)))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for DatabaseClock {
    fn now(&self) -> Timestamp {
        self.at(Instant::now())
    }
}

/// What the database says, half of the way there and back ago.
async fn ask(storage: &Storage) -> Result<Known, StorageError> {
    let began = Instant::now();
    let silent = || StorageError::Refused("the database has no clock".to_owned());
    let said = storage.read().database_now().await?.ok_or_else(silent)?;
    let half = began.elapsed() / 2;
    Ok(Known { at: said + delta(half), steady: Instant::now(), machine: SystemClock.now() })
}

fn delta(passed: Duration) -> TimeDelta {
    TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(machine_is_ahead_by: TimeDelta) -> (DatabaseClock, Known) {
        let at: Timestamp = "2026-11-23T02:30:00Z".parse().unwrap();
        let known = Known { at, steady: Instant::now(), machine: at + machine_is_ahead_by };
        (DatabaseClock(Mutex::new(known)), known)
    }

    #[test]
    fn the_machine_may_be_wrong_by_an_hour_and_the_time_is_the_databases() {
        for ahead in [-1, 0, 1].map(TimeDelta::hours) {
            let (clock, known) = clock(ahead);
            let later = known.steady + Duration::from_millis(1_500);
            assert_eq!(clock.at(known.steady), known.at);
            assert_eq!(clock.at(later), known.at + TimeDelta::milliseconds(1_500));
            assert!(!clock.is_stale(later, known.machine + TimeDelta::milliseconds(1_500)));
        }
    }

    #[test]
    fn it_is_asked_for_each_minute_and_at_once_after_a_sleep_or_when_the_machines_clock_was_moved() {
        let (clock, known) = clock(TimeDelta::zero());
        let after = |seconds: u64, machine: i64| {
            clock.is_stale(known.steady + Duration::from_secs(seconds), known.machine + TimeDelta::seconds(machine))
        };
        assert!(!after(59, 59) && after(60, 60));
        assert!(!after(5, 6) && after(5, 7), "it slept");
        assert!(!after(5, 4) && after(5, 3) && after(5, -3_600), "it was moved");
    }
}
