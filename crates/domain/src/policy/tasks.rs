//! When somebody is reminded of a task, and when those above him hear of it.

use chrono::{Days, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Span;
use crate::calendar::Calendar;
use crate::fault::{Fault, Faults};
use crate::time::Timestamp;

/// Reminders go out between two times of day; those above hear after a span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskTerms {
    /// How long after a task was due the next rung hears of it; each further one after as long again.
    pub told_after: Span,
    /// How long after an appointment somebody outside the school is to have answered.
    pub referral_back: Span,
    /// After somebody looked in on a child whom an event may have touched, somebody looks in again.
    #[serde(default = "five_days")]
    pub second_look_after: Span,
    /// What a talk said of danger is reported within so many minutes; then those above hear.
    #[serde(default = "a_quarter")]
    pub danger_reported_minutes: u32,
    /// How often those responsible are told that nobody is on watch, in minutes.
    pub watch_alarm_minutes: u32,
    from: NaiveTime,
    until: NaiveTime,
}

/// What a policy meant that was written before those were looked in on.
fn five_days() -> Span {
    Span::SchoolDays(5)
}

/// What a policy meant that was written before talks were reported.
fn a_quarter() -> u32 {
    15
}

/// What a policy meant that was written before tasks were.
impl Default for TaskTerms {
    fn default() -> Self {
        let hour = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap_or_default();
        Self {
            told_after: Span::SchoolDays(2),
            referral_back: Span::SchoolDays(10),
            second_look_after: five_days(),
            danger_reported_minutes: a_quarter(),
            watch_alarm_minutes: 10,
            from: hour(8),
            until: hour(20),
        }
    }
}

impl TaskTerms {
    /// Whether reminders go out at an instant.
    #[must_use]
    pub fn within(&self, at: Timestamp, calendar: &Calendar) -> bool {
        (self.from..self.until).contains(&calendar.local(at).time())
    }

    /// The first instant, not before this one, at which reminders go out.
    #[must_use]
    pub fn clamp(&self, at: Timestamp, calendar: &Calendar) -> Timestamp {
        let (date, time) = (calendar.date(at), calendar.local(at).time());
        if time < self.from {
            calendar.instant(date, self.from)
        } else if time >= self.until {
            calendar.instant(date.checked_add_days(Days::new(1)).unwrap_or(date), self.from)
        } else {
            at
        }
    }

    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        faults.when(self.from >= self.until, || {
            Fault::new("tasks.from", "bad_hours", "开始必须早于结束", "the start must be before the end")
        });
        for (field, span) in [
            ("told_after", self.told_after),
            ("referral_back", self.referral_back),
            ("second_look_after", self.second_look_after),
        ] {
            faults.when(span.is_zero(), || {
                Fault::new(format!("tasks.{field}"), "no_wait", "等待时间不能为零", "the wait must not be zero")
            });
        }
        faults.when(!(1..=30).contains(&self.danger_reported_minutes), || {
            Fault::new("tasks.danger_reported_minutes", "out_of_range", "须为 1–30 分钟", "1 to 30 minutes")
        });
        faults.when(!(1..=10).contains(&self.watch_alarm_minutes), || {
            Fault::new("tasks.watch_alarm_minutes", "out_of_range", "须为 1–10 分钟", "1 to 10 minutes")
        });
    }
}
