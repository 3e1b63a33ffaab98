//! A week of school, called by its Monday.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::fault::Fault;

/// A week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week(NaiveDate);

impl Week {
    /// The week in which a day lies.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        let past = u64::from(date.weekday().num_days_from_monday());
        Self(date.checked_sub_days(Days::new(past)).unwrap_or(date))
    }

    /// Reads its Monday: `2026-11-23`.
    ///
    /// # Errors
    /// When it is no date, or not a Monday.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok();
        date.filter(|d| d.weekday() == Weekday::Mon).map(Self).ok_or_else(|| {
            Fault::new(
                "week",
                "not_a_week",
                "请填写该周星期一的日期，如 2026-11-23",
                "name the Monday of the week: 2026-11-23",
            )
        })
    }

    /// Its Monday.
    #[must_use]
    pub fn monday(self) -> NaiveDate {
        self.0
    }

    /// Its seven days.
    pub fn days(self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        (0..7).filter_map(move |n| self.0.checked_add_days(Days::new(n)))
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.checked_sub_days(Days::new(7)).unwrap_or(self.0))
    }

    /// The one after.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0.checked_add_days(Days::new(7)).unwrap_or(self.0))
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}
