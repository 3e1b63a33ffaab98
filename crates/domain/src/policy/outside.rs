//! What is owed outside the school: to the police and other authorities, and to guardians in writing.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};

/// The law's two hours are the longest that a policy may leave.
const LONGEST_MINUTES: u32 = 120;

/// The clocks of what is owed outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutsideTerms {
    /// So long after it was known, in minutes, the school's leaders hear that the police were not told.
    pub police_chase_minutes: u32,
    /// So long after it was known, in minutes, the district does.
    pub police_breach_minutes: u32,
    /// Within this the other authorities are told.
    pub others_within: Span,
    /// Within this a notice is signed or refused.
    pub notice_answered: Span,
}

/// What a policy meant that was written before anything was owed.
impl Default for OutsideTerms {
    fn default() -> Self {
        Self {
            police_chase_minutes: 30,
            police_breach_minutes: 120,
            others_within: Span::SchoolDays(1),
            notice_answered: Span::SchoolDays(3),
        }
    }
}

impl OutsideTerms {
    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        let (chase, breach) = (self.police_chase_minutes, self.police_breach_minutes);
        faults.when(!(1..=LONGEST_MINUTES).contains(&breach), || {
            Fault::new("outside.police_breach_minutes", "out_of_range", "须为 1–120 分钟", "1 to 120 minutes")
        });
        faults.when(chase == 0 || chase >= breach, || {
            let zh = "须早于报告上级的时间";
            Fault::new("outside.police_chase_minutes", "out_of_range", zh, "it must come before the breach")
        });
        for (field, span) in [("others_within", self.others_within), ("notice_answered", self.notice_answered)] {
            faults.when(span.is_zero(), || {
                Fault::new(format!("outside.{field}"), "no_wait", "等待时间不能为零", "the wait must not be zero")
            });
        }
    }
}
