//! When a class report is due, who is asked, and who above is told: once a day at most, never late in the evening.

use chrono::NaiveDate;

use super::Week;
use crate::calendar::Calendar;
use crate::time::Timestamp;

/// The clock of a week's reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportTimes {
    /// When they are due.
    pub due: Timestamp,
    /// When the tier above sees which are missing.
    pub shown: Timestamp,
}

impl ReportTimes {
    /// The clock of a week; none of a week without school.
    #[must_use]
    pub fn of(week: Week, calendar: &Calendar) -> Option<Self> {
        let hours = calendar.reports();
        let last = week.days().rfind(|d| calendar.is_school_day(*d))?;
        Some(Self { due: calendar.instant(last, hours.due), shown: calendar.instant(last, hours.shown) })
    }
}

/// What happens about a report that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chase {
    /// Whoever has to file is asked.
    Ask,
    /// The tier above is told.
    Show,
}

impl Chase {
    /// What stands next after so many steps, at `now`, and when the step after it comes. Nothing is done outside school days
    /// and after the latest hour: then only the time is given at which it is.
    #[must_use]
    pub fn next(
        stage: u32,
        times: ReportTimes,
        now: Timestamp,
        calendar: &Calendar,
    ) -> (Option<Self>, Option<Timestamp>) {
        let hours = calendar.reports();
        let (today, time) = (calendar.date(now), calendar.local(now).time());
        let again = |day: NaiveDate| calendar.instant(day, hours.again);
        if !calendar.is_school_day(today) || time > hours.latest {
            return (None, Some(again(calendar.next_school_day(today))));
        }
        let following = again(calendar.next_school_day(today));
        match stage {
            // An outage over both leaves one day's asking and telling, not two.
            0 if now < times.shown => (Some(Self::Ask), Some(times.shown)),
            0 | 1 => (Some(Self::Show), Some(following)),
            n if n.saturating_sub(1) < hours.again_days => (Some(Self::Ask), Some(following)),
            n if n.saturating_sub(1) == hours.again_days => (Some(Self::Ask), None),
            _ => (None, None),
        }
    }
}
