//! Trying a provider's credentials without telling anybody anything, and without cost.

use domain::delivery::Outcome;

/// What trying a provider came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// It knows us.
    Known,
    /// It knows us not, or not for this: its code.
    Refused(String),
    /// It was not reached, or did not say: why, as far as that is known.
    Unclear(String),
    /// It cannot be tried without writing to somebody.
    Untried,
}

impl Probe {
    /// A question that asks for nothing to be sent, by what its answer means to a message.
    pub(super) fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accepted { .. } => Self::Known,
            Outcome::Refused(said) | Outcome::BadAddress(said) => Self::Refused(said),
            Outcome::Retry(said) | Outcome::Elsewhere(said) | Outcome::Ambiguous(said) => Self::Unclear(said),
        }
    }
}

/// A number that is only asked about: the one that carriers print in their own examples.
pub(super) const NUMBER: &str = "13800138000";
