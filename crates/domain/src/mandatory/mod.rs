//! The report that the law demands 强制报告: whoever has to suspect that a child is abused or a victim of a crime tells the
//! police at once. To suspect is enough. Nobody takes it back, lowers it or closes it: what was told to whom is all there is.

mod clock;
mod recipient;

pub use clock::{Running, Step};
pub use recipient::{Recipient, RecipientDraft, Told};

use std::collections::BTreeSet;

use crate::alert::REASON_CHARS;
use crate::care::{Said, word, words};
use crate::directory::{Audience, Circle};
use crate::fault::{Fault, Faults};
use crate::id::{AlertId, PersonId};
use crate::observation::ConcernKind;
use crate::task::{behind, long_text, unknown_alert};
use crate::time::Timestamp;

/// So many of the staff may be named.
const MOST_NAMED: usize = 20;

words! {
    /// Who is suspected.
    Suspected {
        /// Somebody of the child's family.
        Family: "family", "家庭成员", "somebody of the family";
        /// Somebody who works at the school.
        Staff: "staff", "本校教职工", "staff of this school";
        /// Other pupils.
        Pupils: "pupils", "同学", "fellow pupils";
        /// Somebody else.
        Other: "other", "校外其他人", "somebody else";
        /// It is not known.
        Unknown: "unknown", "不清楚", "not known";
    }
}

/// A report as it was typed.
#[derive(Debug, Clone, Default)]
pub struct MandatoryDraft {
    /// Beside which alert.
    pub alert: Option<String>,
    /// What was seen or heard.
    pub suspicion: String,
    /// Who is suspected.
    pub suspected: String,
    /// Which of the staff, where they are known.
    pub staff: Vec<String>,
    /// Since when it is known; now where nothing is said.
    pub known_at: Option<String>,
    /// Whether the child is in danger now.
    pub danger_now: String,
}

/// A report, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandatoryReport {
    /// Beside which alert.
    pub alert: Option<AlertId>,
    /// What was seen or heard.
    pub suspicion: String,
    /// Who is suspected.
    pub suspected: Suspected,
    /// Which of the staff.
    pub staff: BTreeSet<PersonId>,
    /// Since when it is known: the clock runs from there.
    pub known_at: Timestamp,
    /// Whether the child is in danger now.
    pub danger_now: Said,
}

impl MandatoryDraft {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, now: Timestamp) -> Result<MandatoryReport, Vec<Fault>> {
        let mut faults = Faults::new();
        let typed = self.alert.as_deref().map(str::trim).filter(|a| !a.is_empty());
        let alert: Option<AlertId> = typed.and_then(|a| a.parse().ok());
        faults.when(typed.is_some() && alert.is_none(), unknown_alert);
        let words = ("请写看到、听到了什么", "Say what was seen or heard");
        let suspicion = long_text(&self.suspicion, "suspicion", REASON_CHARS, words, &mut faults);
        let (zh, en) = ("请选择怀疑的是谁", "Say who is suspected");
        let suspected = word(&self.suspected, "suspected", Suspected::from_key, zh, en, &mut faults);
        let staff = self.staff(&mut faults);
        let known = self.known_at.as_deref().map(str::trim).filter(|t| !t.is_empty());
        let known_at = known.map_or(Some(now), |t| behind(t, "known_at", now, &mut faults));
        let (zh, en) = ("请选择孩子现在有没有危险", "Say whether the child is in danger now");
        let danger = word(&self.danger_now, "danger_now", Said::from_key, zh, en, &mut faults);
        let (Some(suspected), Some(known_at), Some(danger_now)) = (suspected, known_at, danger) else {
            return Err(faults.into_vec());
        };
        faults.or(MandatoryReport { alert, suspicion, suspected, staff, known_at, danger_now })
    }

    fn staff(&self, faults: &mut Faults) -> BTreeSet<PersonId> {
        faults
            .when(self.staff.len() > MOST_NAMED, || Fault::new("staff", "too_many", "最多 20 人", "At most 20 people"));
        let mut out = BTreeSet::new();
        for (n, typed) in self.staff.iter().take(MOST_NAMED).enumerate() {
            match typed.trim().parse() {
                Ok(id) => drop(out.insert(id)),
                Err(_) => faults.add(unknown_staff(n)),
            }
        }
        out
    }

    /// Those who were named, each with the place in the list.
    pub fn named(&self) -> impl Iterator<Item = (usize, PersonId)> + '_ {
        let read = |(n, typed): (usize, &String)| Some((n, typed.trim().parse().ok()?));
        self.staff.iter().take(MOST_NAMED).enumerate().filter_map(read)
    }
}

impl MandatoryReport {
    /// Who may hear of it: as of a report about such people, and nobody who may not hear of the alert beside it.
    #[must_use]
    pub fn circle(&self, principal: bool, beside: &Circle) -> Circle {
        let concerns = if self.suspected == Suspected::Staff { ConcernKind::Staff } else { ConcernKind::None };
        let own = Audience::of(concerns, !self.staff.is_empty(), principal);
        let left_out = self.staff.union(&beside.left_out).copied().collect();
        Circle { audience: own.max(beside.audience), left_out }
    }
}

/// Somebody who does not work at the school, or does not exist.
#[must_use]
pub fn unknown_staff(n: usize) -> Fault {
    Fault::new(format!("staff[{n}]"), "unknown_person", "没有找到这位教职工", "No such member of staff")
}

/// Whoever reports is not whoever is suspected.
#[must_use]
pub fn not_yourself(n: usize) -> Fault {
    Fault::new(format!("staff[{n}]"), "not_yourself", "不能填报告人自己", "Not the one who reports")
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
