//! What somebody says who is not at ease with what he had filed.

use chrono::TimeDelta;

use super::{Filing, Part, SafeNow, WhereNow};
use crate::time::Timestamp;

/// For so long what was said on top of a note that asked for nobody is one with it; said later, it goes higher.
pub const SAID_AT_ONCE: TimeDelta = TimeDelta::minutes(10);

impl Filing {
    /// The same author about the same students and in the same circle, in new words; nobody has said that they are safe.
    /// Everybody has the part that he had. Where nobody was a subject all are: somebody has to be asked for.
    #[must_use]
    pub fn again(&self, words: &str, now: Timestamp) -> Self {
        let of_somebody = self.subjects().next().is_some();
        let part = |part: Part| if of_somebody { part } else { Part::Subject };
        Self {
            students: self.students.iter().map(|(id, was)| (*id, part(*was))).collect(),
            observed_at: now,
            signs: Vec::new(),
            narrative: words.trim().to_owned(),
            safe_now: SafeNow::Unknown,
            with_whom: None,
            where_now: WhereNow::Unknown,
            ..self.clone()
        }
    }
}
