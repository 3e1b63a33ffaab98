//! What follows from the mood chart 晴雨表: a talk, then the counsellor. Tasks, never an alert.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};

/// After how many days of low mood somebody talks with a student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoodTerms {
    /// The class teacher talks with him.
    pub talk_days: u32,
    /// The counsellor does.
    pub counsellor_days: u32,
    /// By when, from the report on.
    pub due: Span,
}

/// What a policy meant that was written before moods were looked at.
impl Default for MoodTerms {
    fn default() -> Self {
        Self { talk_days: 3, counsellor_days: 7, due: Span::SchoolDays(1) }
    }
}

impl MoodTerms {
    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        faults.when(self.talk_days == 0 || self.counsellor_days <= self.talk_days, || {
            let zh = "天数须大于零，且心理老师的天数多于班主任的";
            Fault::new("mood", "out_of_range", zh, "more than zero days, and more for the counsellor")
        });
        faults.when(self.due.is_zero(), || {
            Fault::new("mood.due", "no_wait", "等待时间不能为零", "the wait must not be zero")
        });
    }
}
