//! A leave as it was typed, and everything that can be wrong with it.

use chrono::NaiveDate;

use super::typed::{day, person, word};
use super::{Absence, LeaveReason};
use crate::alert::REASON_CHARS;
use crate::fault::{Fault, Faults};
use crate::policy::LeaveTerms;
use crate::task::maybe_text;

/// A leave as it was typed.
#[derive(Debug, Clone, Default)]
pub struct AbsenceDraft {
    /// From which day on.
    pub from: String,
    /// Why.
    pub reason: String,
    /// Whether somebody saw the hospital's paper.
    pub paper_seen: Option<bool>,
    /// Who keeps in touch.
    pub keeper: String,
    /// At least once in so many days.
    pub every_days: Option<u32>,
    /// What is to be added.
    pub note: Option<String>,
}

impl AbsenceDraft {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, terms: &LeaveTerms, today: NaiveDate) -> Result<Absence, Vec<Fault>> {
        let mut faults = Faults::new();
        let from = day(&self.from, "from", today, &mut faults);
        let reason = word(&self.reason, "reason", LeaveReason::from_key, &mut faults);
        faults.when(self.paper_seen.is_none(), || {
            let zh = "请选择有没有看到医院的证明";
            Fault::new("paper_seen", "required", zh, "Say whether the hospital's paper was seen")
        });
        let keeper = person(&self.keeper, "keeper", &mut faults);
        let most = terms.longest_contact_days;
        let every_days = self.every_days.filter(|n| (1..=most).contains(n));
        faults.when(every_days.is_none(), || {
            let (zh, en) = (format!("休学期间至少每 {most} 天联系一次"), format!("At least once in {most} days"));
            Fault::new("every_days", if self.every_days.is_none() { "required" } else { "out_of_range" }, zh, en)
        });
        let note = maybe_text(self.note.as_deref(), "note", REASON_CHARS, &mut faults);
        let (Some(from), Some(reason), Some(paper_seen), Some(keeper), Some(every_days)) =
            (from, reason, self.paper_seen, keeper, every_days)
        else {
            return Err(faults.into_vec());
        };
        faults.or(Absence { from, reason, paper_seen, keeper, every_days, note })
    }
}
