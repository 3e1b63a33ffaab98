//! A watch 专人监护: one adult is with the child at every instant, in shifts of four hours at most. It never ends by a clock:
//! when a shift runs out and nobody has taken over, an alarm goes out, and again, until somebody has.

use chrono::TimeDelta;

use crate::alert::{CUSTODY_CHARS, CUSTODY_SHIFT_HOURS, REASON_CHARS};
use crate::fault::{Fault, Faults};
use crate::id::PersonId;
use crate::lang::Lang;
use crate::task::{behind, instant, long_text};
use crate::time::Timestamp;

/// One adult's time with the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Who, by name.
    pub adult: String,
    /// The same, where it is somebody of the school.
    pub person: Option<PersonId>,
    /// Since when.
    pub since: Timestamp,
    /// Until when at most.
    pub until: Timestamp,
    /// Where.
    pub place: String,
}

/// A shift as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShiftDraft {
    /// The adult by name, where he is not of the school.
    pub adult: String,
    /// Somebody of the school.
    pub person: Option<String>,
    /// Since when.
    pub since: String,
    /// Until when.
    pub until: String,
    /// Where.
    pub place: String,
    /// Who hands the child over.
    pub handed_over_by: Option<String>,
    /// Whether both were there.
    pub in_person: Option<bool>,
}

impl ShiftDraft {
    /// Looks at what was typed, beside the shift that runs or ran last.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, now: Timestamp, last: Option<&Shift>) -> Result<Shift, Vec<Fault>> {
        let mut faults = Faults::new();
        let typed = self.person.as_deref().map(str::trim).filter(|p| !p.is_empty());
        let person = typed.and_then(|p| p.parse().ok());
        faults.when(typed.is_some() && person.is_none(), not_an_adult);
        let words = ("请写陪护的大人是谁：姓名和职务", "Say which adult is there: name and office");
        let adult = if typed.is_some() {
            crate::text::line(&self.adult, "adult", &mut faults)
        } else {
            long_text(&self.adult, "adult", CUSTODY_CHARS, words, &mut faults)
        };
        let words = ("请写在哪里", "Say where they are");
        let place = long_text(&self.place, "where", CUSTODY_CHARS, words, &mut faults);
        let since = behind(&self.since, "since", now, &mut faults);
        let until = instant(&self.until, "until", &mut faults);
        faults.when(until.is_some_and(|u| u <= now), || {
            Fault::new("until", "in_the_past", "这个时间已经过了", "This time has passed")
        });
        if let (Some(since), Some(until)) = (since, until) {
            faults.when(until <= since, || Fault::new("until", "before_since", "要晚于开始时间", "It is before since"));
            faults.when(until - since > TimeDelta::hours(CUSTODY_SHIFT_HOURS), || {
                Fault::new("until", "too_long", "一班最多 4 小时，请安排下一位接班", "A shift is four hours at most")
            });
        }
        if let (Some(last), Some(since)) = (last, since) {
            self.beside(last, since, person, &adult, &mut faults);
        }
        let (Some(since), Some(until)) = (since, until) else { return Err(faults.into_vec()) };
        faults.or(Shift { adult, person, since, until, place })
    }

    /// A child is handed over from hand to hand, and each names the other. Where nobody was there any more, nobody could.
    fn beside(&self, last: &Shift, since: Timestamp, person: Option<PersonId>, adult: &str, faults: &mut Faults) {
        faults.when(since < last.since, || {
            Fault::new("since", "before_last_shift", "早于上一班的开始时间", "It is before the last shift began")
        });
        let same = if person.is_some() { person == last.person } else { adult == last.adult };
        faults
            .when(same, || Fault::new("adult", "same_adult", "接班的须是另一位大人", "Another adult has to take over"));
        if since > last.until {
            return;
        }
        let named = self.handed_over_by.as_deref().map(str::trim).unwrap_or_default();
        faults.when(named.is_empty(), || {
            Fault::new("handed_over_by", "required", "请写是谁当面交给您的", "Say who handed the child over")
        });
        faults.when(!named.is_empty() && !is_named(named, &last.adult), || {
            Fault::new("handed_over_by", "another_adult", "上一班登记的不是这个人", "That is not who was on watch")
        });
        faults.when(self.in_person != Some(true), || {
            let zh = "须当面交接：两位大人都在孩子身边";
            Fault::new("in_person", "in_person_only", zh, "A child is handed over in person")
        });
    }
}

/// Whoever is called by the name, or by a part of what was written down: 周老师 for 周老师（七年级）.
fn is_named(named: &str, adult: &str) -> bool {
    named == adult || (named.chars().count() >= 2 && adult.contains(named))
}

/// Whoever is no adult of the school.
#[must_use]
pub fn not_an_adult() -> Fault {
    Fault::new("person", "not_an_adult", "请选择本校的教职工", "Choose a member of staff")
}

/// A pupil cannot be the one who watches.
#[must_use]
pub fn a_pupil() -> Fault {
    Fault::new(
        "adult",
        "a_pupil",
        "这是本校学生的名字。陪护的必须是大人；教职工同名的，请从名单中选择",
        "This is a pupil's name. Whoever watches is an adult; choose staff of the same name from the list",
    )
}

/// How a watch ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchEnd {
    /// A signed assessment says that it is not needed any more.
    Reassessed,
    /// A guardian has the child.
    Guardian,
    /// A hospital has the child.
    Hospital,
}

impl WatchEnd {
    /// Every end.
    pub const ALL: [Self; 3] = [Self::Reassessed, Self::Guardian, Self::Hospital];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Reassessed => "reassessed",
            Self::Guardian => "guardian",
            Self::Hospital => "hospital",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Reassessed => lang.pick("重新研判后解除", "ended by an assessment"),
            Self::Guardian => lang.pick("当面交给监护人", "handed over to a guardian"),
            Self::Hospital => lang.pick("当面交给医院", "handed over to a hospital"),
        }
    }
}

/// An end, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// How.
    pub how: WatchEnd,
    /// To whom the child was handed over.
    pub to: Option<String>,
    /// Why.
    pub reason: String,
}

impl Ending {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(how: &str, to: Option<&str>, in_person: Option<bool>, reason: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let read = WatchEnd::from_key(how.trim());
        let code = if how.trim().is_empty() { "required" } else { "unknown_value" };
        faults.when(read.is_none(), || Fault::new("how", code, "请选择怎样结束", "Say how it ends"));
        let given = matches!(read, Some(WatchEnd::Guardian | WatchEnd::Hospital));
        let words = ("请写交给了谁：姓名、关系或科室", "Say to whom: name, relation or ward");
        let to = given.then(|| long_text(to.unwrap_or_default(), "to", CUSTODY_CHARS, words, &mut faults));
        faults.when(given && in_person != Some(true), || {
            Fault::new("in_person", "in_person_only", "须当面交接", "A child is handed over in person")
        });
        let reason = long_text(reason, "reason", REASON_CHARS, ("请写明理由", "Give a reason"), &mut faults);
        let Some(how) = read else { return Err(faults.into_vec()) };
        faults.or(Self { how, to, reason })
    }
}

/// A watch as it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// The shifts, oldest first. A later one ends an earlier one.
    pub shifts: Vec<Shift>,
    /// When an alarm goes out, unless somebody has taken over.
    pub alarm_at: Timestamp,
    /// How many have gone out since somebody was last there.
    pub alarms: u32,
}

impl Watch {
    /// Begins with a shift.
    #[must_use]
    pub fn begun(shift: Shift) -> Self {
        Self { alarm_at: shift.until, alarms: 0, shifts: vec![shift] }
    }

    /// Somebody takes over.
    pub fn take_over(&mut self, shift: Shift) {
        (self.alarm_at, self.alarms) = (shift.until, 0);
        self.shifts.push(shift);
    }

    /// Who is responsible at an instant: of those whose shift has begun, the last; nobody when his has run out.
    #[must_use]
    pub fn responsible(&self, at: Timestamp) -> Option<&Shift> {
        self.shifts.iter().rev().find(|s| s.since <= at).filter(|s| at < s.until)
    }

    /// Whether an alarm goes out now; the next one after so long.
    pub fn alarm(&mut self, now: Timestamp, every: TimeDelta) -> bool {
        let due = self.alarm_at <= now;
        if due {
            (self.alarm_at, self.alarms) = (now + every, self.alarms.saturating_add(1));
        }
        due
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
