//! When somebody looks after a child of whom nobody writes.

use chrono::{Days, Months, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Span;
use crate::calendar::Calendar;
use crate::fault::{Fault, Faults};
use crate::report::Week;
use crate::time::Timestamp;

/// School days of a week.
const WEEK: u32 = 5;

/// For how long nobody may be silent about whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnseenTerms {
    /// So many weeks of school without a word.
    pub weeks: u32,
    /// About those who had an orange or a red within so many months.
    pub alert_months: u32,
    /// About those of whom weekly reports said that the mood was low, within so many weeks.
    pub low_weeks: u32,
    /// At this time of school days it is looked for.
    pub at: NaiveTime,
    /// By when somebody looks after the child.
    pub due: Span,
}

/// What a policy meant that was written before anybody looked.
impl Default for UnseenTerms {
    fn default() -> Self {
        let at = NaiveTime::from_hms_opt(5, 0, 0).unwrap_or_default();
        Self { weeks: 4, alert_months: 12, low_weeks: 26, at, due: Span::SchoolDays(2) }
    }
}

/// Since when something counts, seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnseenSince {
    /// Without a word since then somebody is unseen.
    pub silent: Timestamp,
    /// An orange or a red that was open since then counts.
    pub alert: Timestamp,
    /// Low mood in the reports of this week or a later one counts.
    pub low: Week,
}

impl UnseenTerms {
    /// Since when what counts. Days without school are no silence.
    #[must_use]
    pub fn since(&self, now: Timestamp, calendar: &Calendar) -> UnseenSince {
        let today = calendar.date(now);
        let silent = calendar.school_days_back(today, self.weeks.saturating_mul(WEEK));
        let alert = today.checked_sub_months(Months::new(self.alert_months)).unwrap_or(today);
        let low = today.checked_sub_days(Days::new(u64::from(self.low_weeks).saturating_mul(7))).unwrap_or(today);
        let start = |day| calendar.instant(day, NaiveTime::MIN);
        UnseenSince { silent: start(silent), alert: start(alert), low: Week::of(low) }
    }

    /// When it is looked for next.
    #[must_use]
    pub fn next(&self, now: Timestamp, calendar: &Calendar) -> Timestamp {
        let today = calendar.date(now);
        let at = calendar.instant(today, self.at);
        if calendar.is_school_day(today) && at > now {
            return at;
        }
        calendar.instant(calendar.next_school_day(today), self.at)
    }

    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        let years = |n: u32, most: u32| (1..=most).contains(&n);
        faults.when(!years(self.weeks, 20) || !years(self.alert_months, 36) || !years(self.low_weeks, 104), || {
            let zh = "须为 1–20 周、1–36 个月、1–104 周";
            Fault::new("unseen", "out_of_range", zh, "1 to 20 weeks, 1 to 36 months, 1 to 104 weeks")
        });
        faults.when(self.due.is_zero(), || {
            Fault::new("unseen.due", "no_wait", "等待时间不能为零", "the wait must not be zero")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_are_no_silence_and_nights_before_days_off_are_passed() {
        let calendar = toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap();
        let calendar = Calendar::validate(calendar).unwrap();
        let at = |text: &str| {
            let (day, time) = text.split_once(' ').unwrap();
            calendar.instant(day.parse().unwrap(), NaiveTime::parse_from_str(time, "%H:%M").unwrap())
        };
        let terms = UnseenTerms::default();
        // Twenty school days before the 26th of November.
        assert_eq!(terms.since(at("2026-11-26 05:00"), &calendar).silent, at("2026-10-29 00:00"));
        // The summer lies between, and the Dragon Boat Festival.
        assert_eq!(terms.since(at("2026-09-08 05:00"), &calendar).silent, at("2026-06-12 00:00"));
        assert_eq!(terms.next(at("2026-11-26 04:59"), &calendar), at("2026-11-26 05:00"));
        assert_eq!(terms.next(at("2026-11-27 05:00"), &calendar), at("2026-11-30 05:00"));
    }
}
