//! How long a hand-over may stay unanswered.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};
use crate::level::Level;

/// After so long it comes back to whoever offered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOverTerms {
    red: Span,
    orange: Span,
    yellow: Span,
    blue: Span,
}

/// What a policy meant that was written before hand-overs were.
impl Default for HandOverTerms {
    fn default() -> Self {
        let day = Span::SchoolDays(1);
        Self { red: Span::Minutes(10), orange: Span::Minutes(60), yellow: day, blue: day }
    }
}

impl HandOverTerms {
    /// Of a level.
    #[must_use]
    pub fn of(&self, level: Level) -> Span {
        match level {
            Level::Red => self.red,
            Level::Orange => self.orange,
            Level::Yellow => self.yellow,
            Level::Blue => self.blue,
        }
    }

    /// Every reason against it.
    pub(super) fn check(&self, fits: impl Fn(Level, Span) -> bool, faults: &mut Faults) {
        for level in [Level::Blue, Level::Yellow, Level::Orange, Level::Red] {
            let (span, at) = (self.of(level), || format!("hand_over.{}", level.key()));
            faults
                .when(span.is_zero(), || Fault::new(at(), "no_wait", "等待时间不能为零", "the wait must not be zero"));
            faults.when(!fits(level, span), || {
                Fault::new(at(), "too_slow", "等待时间超过这一等级允许的上限", "waits longer than this level may")
            });
        }
    }
}
