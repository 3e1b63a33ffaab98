//! How long a student's hand-over may stay unanswered, and what goes with it.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};

/// What holds for hand-overs of students.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentHandOverTerms {
    /// The receiver answers within this time; then he is asked every day, and those above hear.
    pub answer_within: Span,
    /// One that came back is sent again, or withdrawn, within this time.
    pub send_again_within: Span,
    /// So many months are summed up for another school; the rest stays sealed.
    pub summary_months: u32,
    /// How long a signed look at what is sealed lasts, in minutes.
    pub unsealed_minutes: u32,
}

/// What a policy meant that was written before students were handed over.
impl Default for StudentHandOverTerms {
    fn default() -> Self {
        Self {
            answer_within: Span::SchoolDays(5),
            send_again_within: Span::SchoolDays(2),
            summary_months: 24,
            unsealed_minutes: 60,
        }
    }
}

impl StudentHandOverTerms {
    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        for (field, span) in [("answer_within", self.answer_within), ("send_again_within", self.send_again_within)] {
            faults.when(span.is_zero(), || {
                let field = format!("student_hand_over.{field}");
                Fault::new(field, "no_wait", "等待时间不能为零", "the wait must not be zero")
            });
        }
        faults.when(!(1..=120).contains(&self.summary_months), || {
            Fault::new("student_hand_over.summary_months", "out_of_range", "须为 1–120 个月", "1 to 120 months")
        });
        faults.when(!(1..=1_440).contains(&self.unsealed_minutes), || {
            Fault::new("student_hand_over.unsealed_minutes", "out_of_range", "须为 1–1440 分钟", "1 to 1440 minutes")
        });
    }
}
