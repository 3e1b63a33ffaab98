//! Which sweep: of which term, from which day to which.

use std::fmt;

use chrono::{Days, NaiveDate};

use crate::calendar::Calendar;
use crate::fault::Fault;
use crate::lang::Lang;
use crate::report::ReportTimes;
use crate::time::Timestamp;

const PREFIX: &str = "sweep ";

/// Whether a round that somebody is asked for is a sweep; otherwise it is a week.
#[must_use]
pub fn is_sweep(round: &str) -> bool {
    round.starts_with(PREFIX)
}

/// At which time of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SweepKind {
    /// At its opening.
    Opening,
    /// At its middle.
    Midterm,
}

impl SweepKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Opening, Self::Midterm];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Midterm => "midterm",
        }
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Opening => lang.pick("开学排查", "Sweep at the opening of term"),
            Self::Midterm => lang.pick("期中排查", "Mid-term sweep"),
        }
    }
}

/// A sweep. Its `Display` is the name under which it is kept beside the weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sweep {
    /// At which time of the term.
    pub kind: SweepKind,
    /// Its first day, by which it is called.
    pub begins: NaiveDate,
    /// The school day on which it is due.
    pub last: NaiveDate,
}

impl Sweep {
    /// Every sweep of the terms that a calendar knows, earliest first.
    #[must_use]
    pub fn all(calendar: &Calendar) -> Vec<Self> {
        let days = calendar.sweeps();
        let mut all: Vec<Self> = Vec::new();
        for term in calendar.terms() {
            let half = u64::try_from((term.to - term.from).num_days() / 2).unwrap_or_default();
            let middle = term.from.checked_add_days(Days::new(half)).unwrap_or(term.to);
            let opening = (SweepKind::Opening, term.from, days.opening_days);
            for (kind, from, count) in [opening, (SweepKind::Midterm, middle, days.midterm_days)] {
                let school = from.iter_days().take_while(|d| *d <= term.to).filter(|d| calendar.is_school_day(*d));
                let span: Vec<NaiveDate> = school.take(usize::try_from(count).unwrap_or(1)).collect();
                if let (Some(begins), Some(last)) = (span.first(), span.last()) {
                    all.push(Self { kind, begins: *begins, last: *last });
                }
            }
        }
        all.sort_by_key(|s| s.begins);
        all
    }

    /// The one that began last, on a day or before it.
    #[must_use]
    pub fn of(date: NaiveDate, calendar: &Calendar) -> Option<Self> {
        Self::all(calendar).into_iter().rfind(|s| s.begins <= date)
    }

    /// Whether it is on a day that it is taken, or has just been: for two weeks more, while it is asked for.
    #[must_use]
    pub fn is_on(&self, date: NaiveDate) -> bool {
        const AFTER: i64 = 14;
        self.begins <= date && (date - self.last).num_days() <= AFTER
    }

    /// Reads its first day; the one that began last where nothing is said.
    ///
    /// # Errors
    /// When there is no such sweep, or it has not begun.
    pub fn read(text: &str, today: NaiveDate, calendar: &Calendar) -> Result<Self, Fault> {
        let text = text.trim();
        let found = if text.is_empty() {
            Self::of(today, calendar)
        } else {
            let begun = Self::all(calendar).into_iter().filter(|s| s.begins <= today);
            begin_on(begun, text)
        };
        found.ok_or_else(|| {
            Fault::new("sweep", "no_such_sweep", "没有这次排查，或还没有开始", "no such sweep, or not begun")
        })
    }

    /// When it is due, and when the tier above sees who is missing.
    #[must_use]
    pub fn times(&self, calendar: &Calendar) -> ReportTimes {
        let hours = calendar.reports();
        ReportTimes { due: calendar.instant(self.last, hours.due), shown: calendar.instant(self.last, hours.shown) }
    }

    /// When class teachers are told that it has begun.
    #[must_use]
    pub fn announced(&self, calendar: &Calendar) -> Timestamp {
        calendar.instant(self.begins, calendar.sweeps().announced)
    }
}

fn begin_on(mut sweeps: impl Iterator<Item = Sweep>, text: &str) -> Option<Sweep> {
    sweeps.find(|s| s.begins.to_string() == text)
}

impl fmt::Display for Sweep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.begins)
    }
}
