//! When a hand-over moves by itself: whoever has to answer is asked once a day, in the morning, from the day after it was due;
//! those above hear after some days, each once. It ends only by an answer.

use chrono::{Days, NaiveTime};

use crate::calendar::Calendar;
use crate::directory::Office;
use crate::policy::TaskTerms;
use crate::task::{Acts, Course, Pace};
use crate::time::Timestamp;

/// How far a hand-over has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StudentCourse {
    /// By when somebody has to answer, or to send it again.
    pub due_at: Timestamp,
    /// How many of those above have been told.
    pub told: u8,
    /// How many there are above.
    pub above: u8,
    /// When somebody was last asked.
    pub chased_at: Option<Timestamp>,
}

impl StudentCourse {
    /// What is to be done at `now`.
    #[must_use]
    pub fn acts(&self, now: Timestamp, terms: &TaskTerms, calendar: &Calendar) -> Acts {
        self.of(terms, calendar).acts(now, terms, calendar)
    }

    /// When it moves next, seen from `now`.
    #[must_use]
    pub fn next(&self, now: Timestamp, terms: &TaskTerms, calendar: &Calendar) -> Timestamp {
        self.of(terms, calendar).next(now, terms, calendar)
    }

    /// The course of a task that was due on the morning after: so all that one person has to answer comes together.
    fn of(&self, terms: &TaskTerms, calendar: &Calendar) -> Course {
        let date = calendar.date(self.due_at);
        let after = calendar.instant(date.checked_add_days(Days::new(1)).unwrap_or(date), NaiveTime::MIN);
        let due_at = terms.clamp(after, calendar);
        Course { due_at, pace: Pace::Daily, told: self.told, above: self.above, chased_at: self.chased_at }
    }
}

/// Who is above an office, the nearest first.
#[must_use]
pub fn above(office: Office) -> Vec<Office> {
    crate::task::above(&[office], false)
}
