//! For how long a signed decision may keep an alert from climbing. Red has no term: it always climbs.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};
use crate::level::BelowRed;

/// No orange is kept from climbing for longer than this.
const ORANGE_MINUTES: u32 = 480;
/// Neither is a yellow or a blue.
const SCHOOL_DAYS: u32 = 10;

/// For how long, by level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotEscalatingTerms {
    orange: NotEscalatingTerm,
    yellow: NotEscalatingTerm,
    blue: NotEscalatingTerm,
}

/// For how long at one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotEscalatingTerm {
    /// Where nothing is said.
    pub usual: Span,
    /// At most.
    pub longest: Span,
}

/// What a policy meant that was written before such decisions were.
impl Default for NotEscalatingTerms {
    fn default() -> Self {
        let term = |usual, longest| NotEscalatingTerm { usual, longest };
        Self {
            orange: term(Span::WakingMinutes(120), Span::WakingMinutes(240)),
            yellow: term(Span::SchoolDays(2), Span::SchoolDays(5)),
            blue: term(Span::SchoolDays(3), Span::SchoolDays(10)),
        }
    }
}

impl NotEscalatingTerms {
    /// Of a level.
    #[must_use]
    pub fn of(&self, level: BelowRed) -> NotEscalatingTerm {
        match level {
            BelowRed::Orange => self.orange,
            BelowRed::Yellow => self.yellow,
            BelowRed::Blue => self.blue,
        }
    }

    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        for level in BelowRed::ALL {
            let (term, at) = (self.of(level), |name: &str| format!("not_escalating.{}.{name}", level.level().key()));
            faults.when(term.usual.is_zero(), || Fault::new(at("usual"), "no_wait", "期限不能为零", "no term at all"));
            faults.when(!bounded(level, term.longest), || {
                Fault::new(at("longest"), "too_long", "暂不上报的期限太长", "an alert is kept from climbing too long")
            });
            faults.when(!no_longer(term.usual, term.longest), || {
                Fault::new(
                    at("usual"),
                    "out_of_range",
                    "不能长于最长期限，单位须相同",
                    "no longer than the longest, in the same kind of time",
                )
            });
        }
    }
}

fn bounded(level: BelowRed, longest: Span) -> bool {
    match (level, longest) {
        (BelowRed::Orange, Span::Minutes(n) | Span::WakingMinutes(n)) => n <= ORANGE_MINUTES,
        (BelowRed::Orange, Span::SchoolDays(_)) => false,
        (BelowRed::Yellow | BelowRed::Blue, Span::SchoolDays(n)) => n <= SCHOOL_DAYS,
        (BelowRed::Yellow | BelowRed::Blue, Span::Minutes(n) | Span::WakingMinutes(n)) => n <= SCHOOL_DAYS * 24 * 60,
    }
}

fn no_longer(usual: Span, longest: Span) -> bool {
    match (usual, longest) {
        (Span::Minutes(a), Span::Minutes(b))
        | (Span::WakingMinutes(a), Span::WakingMinutes(b))
        | (Span::SchoolDays(a), Span::SchoolDays(b)) => a <= b,
        (Span::Minutes(_) | Span::WakingMinutes(_) | Span::SchoolDays(_), _) => false,
    }
}
