//! What somebody says who is not at ease with what he had filed.

use super::{Filing, Part, SafeNow, WhereNow};
use crate::time::Timestamp;

impl Filing {
    /// The same author about the same students and in the same circle, in new words: all are subjects now, and nobody has
    /// said that they are safe.
    #[must_use]
    pub fn again(&self, words: &str, now: Timestamp) -> Self {
        Self {
            students: self.students.iter().map(|(id, _)| (*id, Part::Subject)).collect(),
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
