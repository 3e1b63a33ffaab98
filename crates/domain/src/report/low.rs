//! A time of low mood: one as long as weekly reports go on saying so.

use chrono::NaiveDate;

use super::Week;

/// A time of low mood of a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LowTime {
    /// Its first day.
    pub began: NaiveDate,
    /// The last week that said so.
    pub last: Week,
}

impl LowTime {
    /// The time that a report of a week makes of an earlier one: the same, where no week lies between them or it began within it;
    /// otherwise nothing.
    #[must_use]
    pub fn going_on(&self, since: NaiveDate, week: Week) -> Option<Self> {
        let on = self.last >= week.before() || Week::of(since) <= self.last;
        on.then(|| Self { began: self.began.min(since), last: self.last.max(week) })
    }

    /// How many days it has been by `today`, as far as the report of a week can know.
    #[must_use]
    pub fn days(&self, week: Week, today: NaiveDate) -> u32 {
        let until = week.days().next_back().map_or(today, |sunday| sunday.min(today));
        u32::try_from((until - self.began).num_days() + 1).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn week(text: &str) -> Week {
        Week::of(day(text))
    }

    #[test]
    fn it_goes_on_from_week_to_week_whatever_day_is_written_and_ends_with_a_week_between() {
        let time = LowTime { began: day("2026-11-24"), last: week("2026-11-26") };
        let on = time.going_on(day("2026-12-01"), week("2026-12-03")).unwrap();
        assert_eq!(on, LowTime { began: day("2026-11-24"), last: week("2026-12-03") });
        assert_eq!(on.days(week("2026-12-03"), day("2026-12-03")), 10);
        assert_eq!(time.going_on(day("2026-12-09"), week("2026-12-10")), None);
        // Over a holiday it is the same one where the day says so.
        assert!(time.going_on(day("2026-11-25"), week("2026-12-10")).is_some());
        // A report of last week knows of last week alone.
        assert_eq!(time.days(week("2026-11-26"), day("2026-12-03")), 6);
    }
}
