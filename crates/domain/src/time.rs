//! Time as an argument.

use std::sync::Mutex;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// An instant, UTC, never finer than a microsecond (what PostgreSQL keeps).
pub type Timestamp = DateTime<Utc>;

/// Cuts an instant to whole microseconds.
#[must_use]
pub fn truncate(at: Timestamp) -> Timestamp {
    at.trunc_subsecs(6)
}

/// Microseconds since 1970-01-01T00:00:00Z: how instants are stored.
#[must_use]
pub fn to_micros(at: Timestamp) -> i64 {
    at.timestamp_micros()
}

/// Reads a stored instant; `None` when it lies outside what can be represented.
#[must_use]
pub fn from_micros(micros: i64) -> Option<Timestamp> {
    DateTime::from_timestamp_micros(micros)
}

/// Minutes, as a span of time.
#[must_use]
pub fn minutes(n: u32) -> TimeDelta {
    TimeDelta::minutes(i64::from(n))
}

/// Where "now" comes from.
pub trait Clock: Send + Sync {
    /// The present instant, in whole microseconds.
    fn now(&self) -> Timestamp;
}

/// A clock that stands still until somebody moves it.
#[derive(Debug)]
pub struct ManualClock(Mutex<Timestamp>);

impl ManualClock {
    /// A clock that shows `at`.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self(Mutex::new(truncate(at)))
    }

    /// Moves the hands to `at`, forwards or backwards.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = truncate(at);
    }

    /// Moves the hands forward.
    pub fn advance(&self, by: TimeDelta) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = truncate(*now + by);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
