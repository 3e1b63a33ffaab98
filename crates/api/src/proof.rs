//! When the service last proved that it works. In memory, so that every page can say so when the database cannot.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::time::{Timestamp, from_micros, to_micros};

/// The instant of the last proof: a full audit without a critical finding, with a recent canary.
#[derive(Debug)]
pub struct Proof(AtomicI64);

impl Proof {
    /// Last proven then.
    #[must_use]
    pub fn since(at: Timestamp) -> Self {
        Self(AtomicI64::new(to_micros(at)))
    }

    /// Proven now.
    pub fn renew(&self, now: Timestamp) {
        self.0.store(to_micros(now), Ordering::Relaxed);
    }

    /// When it was last proven.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        from_micros(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}
