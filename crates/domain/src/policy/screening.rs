//! How long a place in the interview queue of a screening may wait.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};

/// The longest that a place in the queue may wait, in school days.
const LONGEST_DAYS: u32 = 10;

/// What follows from a screening whose critical item says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreeningTerms {
    /// By when somebody talks with a child whose score is at the cut-off or above it.
    pub interview_within: Span,
}

/// What a policy meant that was written before screenings were.
impl Default for ScreeningTerms {
    fn default() -> Self {
        Self { interview_within: Span::SchoolDays(LONGEST_DAYS) }
    }
}

impl ScreeningTerms {
    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        let fits = matches!(self.interview_within, Span::SchoolDays(1..=LONGEST_DAYS));
        faults.when(!fits, || {
            Fault::new("screening.interview_within", "too_slow", "须为 1–10 个上课日", "1 to 10 school days")
        });
    }
}
