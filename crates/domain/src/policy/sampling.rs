//! How many signed decisions are looked at by the tier above 抽查.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};
use crate::level::Level;

/// How many, and within what time somebody looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SamplingTerms {
    red: u32,
    orange: u32,
    yellow: u32,
    blue: u32,
    /// Of whoever decided anything in a month, at least one decision is looked at.
    pub one_a_month: bool,
    /// By when whoever is to look has looked.
    pub look_within: Span,
}

/// What a policy meant that was written before decisions were drawn.
impl Default for SamplingTerms {
    fn default() -> Self {
        Self { red: 0, orange: 0, yellow: 0, blue: 0, one_a_month: false, look_within: Span::SchoolDays(3) }
    }
}

impl SamplingTerms {
    /// The share of a level, in percent.
    #[must_use]
    pub fn share(&self, level: Level) -> u32 {
        match level {
            Level::Red => self.red,
            Level::Orange => self.orange,
            Level::Yellow => self.yellow,
            Level::Blue => self.blue,
        }
    }

    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        for level in [Level::Blue, Level::Yellow, Level::Orange, Level::Red] {
            faults.when(self.share(level) > 100, || {
                Fault::new(format!("sampling.{}", level.key()), "out_of_range", "须为 0–100", "0 to 100")
            });
        }
        faults.when(!matches!(self.look_within, Span::SchoolDays(1..=10)), || {
            Fault::new("sampling.look_within", "out_of_range", "须为 1–10 个上学日", "1 to 10 school days")
        });
    }
}
