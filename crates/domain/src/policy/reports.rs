//! When the weekly reports of a class are asked about.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};

/// The longest run that is waited for: more weeks are a term.
const MOST_WEEKS: u32 = 20;

/// After how many weeks with the same words somebody asks whether anybody looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportTerms {
    /// So many weeks of school in a row.
    pub same_weeks: u32,
    /// By when the class teacher is asked.
    pub due: Span,
}

/// What a policy meant that was written before reports were compared.
impl Default for ReportTerms {
    fn default() -> Self {
        Self { same_weeks: 4, due: Span::SchoolDays(2) }
    }
}

impl ReportTerms {
    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        faults.when(!(2..=MOST_WEEKS).contains(&self.same_weeks), || {
            Fault::new("reports.same_weeks", "out_of_range", "须为 2–20 周", "2 to 20 weeks")
        });
        faults.when(self.due.is_zero(), || {
            Fault::new("reports.due", "no_wait", "等待时间不能为零", "the wait must not be zero")
        });
    }
}
