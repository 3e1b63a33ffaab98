//! School time: terms, weekends, holidays and make-up days 调休. Clocks below orange run in school time only.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Weekday};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::fault::{Fault, Faults};
use crate::time::Timestamp;

/// A range of days, both ends included.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// What it is called.
    pub name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// Two times of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Begins, inclusive.
    pub from: NaiveTime,
    /// Ends, exclusive.
    pub to: NaiveTime,
}

/// When the weekly reports of classes are due, and how they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportHours {
    /// On the last school day of the week.
    pub due: NaiveTime,
    /// From then on that day the tier above sees which are missing, and is told.
    pub shown: NaiveTime,
    /// On the school days that follow, whoever has not filed is asked again.
    pub again: NaiveTime,
    /// On so many of them.
    pub again_days: u32,
    /// Nobody is asked after this.
    pub latest: NaiveTime,
}

/// How long class teachers have for a sweep, and when they are told that it has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepDays {
    /// School days at the opening of a term.
    pub opening_days: u32,
    /// School days at its middle.
    pub midterm_days: u32,
    /// On the first day.
    pub announced: NaiveTime,
}

/// What a calendar meant that was written before sweeps were.
impl Default for SweepDays {
    fn default() -> Self {
        let announced = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        Self { opening_days: 10, midterm_days: 5, announced }
    }
}

/// The calendar as it is written in configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDraft {
    time_zone: String,
    school_hours: Hours,
    waking_hours: Hours,
    quiet_hours: Hours,
    night: Hours,
    class_report: ReportHours,
    #[serde(default)]
    sweep: SweepDays,
    term: Vec<Days>,
    holiday: Vec<Days>,
    make_up_days: Vec<NaiveDate>,
}

/// The calendar of a district's schools.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: Tz,
    school: Hours,
    waking: Hours,
    quiet: Hours,
    night: Hours,
    reports: ReportHours,
    sweeps: SweepDays,
    terms: Vec<Days>,
    holidays: Vec<Days>,
    make_up: BTreeSet<NaiveDate>,
}

const SEARCH_DAYS: u32 = 400;

impl Calendar {
    /// Looks at a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: CalendarDraft) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let zone = draft.time_zone.parse::<Tz>().unwrap_or(chrono_tz::Asia::Shanghai);
        faults.when(draft.time_zone.parse::<Tz>().is_err(), || {
            Fault::new("time_zone", "unknown_time_zone", "没有这个时区", "no such time zone")
        });
        for (field, hours) in [("school_hours", draft.school_hours), ("waking_hours", draft.waking_hours)] {
            faults.when(hours.from >= hours.to, || {
                Fault::new(field, "bad_hours", "开始必须早于结束", "the start must be before the end")
            });
        }
        let r = draft.class_report;
        faults.when(r.due >= r.shown || r.shown > r.latest || r.again > r.latest, || {
            Fault::new(
                "class_report",
                "bad_hours",
                "须为 due < shown ≤ latest，且 again ≤ latest",
                "due comes before shown, and neither shown nor again after latest",
            )
        });
        let s = draft.sweep;
        let outside = |days: u32| !(1..=40).contains(&days);
        faults.when(outside(s.opening_days) || outside(s.midterm_days) || s.announced > r.latest, || {
            Fault::new(
                "sweep",
                "out_of_range",
                "须为 1–40 个上课日，且不晚于 latest",
                "1 to 40 school days, not after latest",
            )
        });
        for days in draft.term.iter().chain(&draft.holiday) {
            faults.when(days.from > days.to, || {
                Fault::new(
                    &days.name,
                    "bad_days",
                    "第一天必须不晚于最后一天",
                    "the first day must not be after the last",
                )
            });
        }
        faults.or(Self {
            zone,
            school: draft.school_hours,
            waking: draft.waking_hours,
            quiet: draft.quiet_hours,
            night: draft.night,
            reports: draft.class_report,
            sweeps: draft.sweep,
            terms: draft.term,
            holidays: draft.holiday,
            make_up: draft.make_up_days.into_iter().collect(),
        })
    }

    /// When weekly reports are due.
    #[must_use]
    pub fn reports(&self) -> ReportHours {
        self.reports
    }

    /// How long sweeps take.
    #[must_use]
    pub fn sweeps(&self) -> SweepDays {
        self.sweeps
    }

    /// The terms that it knows.
    #[must_use]
    pub fn terms(&self) -> &[Days] {
        &self.terms
    }

    /// The first school day after a day.
    #[must_use]
    pub fn next_school_day(&self, date: NaiveDate) -> NaiveDate {
        let ahead = usize::try_from(SEARCH_DAYS).unwrap_or_default();
        date.iter_days().skip(1).take(ahead).find(|d| self.is_school_day(*d)).unwrap_or_else(|| next_day(date))
    }

    /// When pupils leave school on a day.
    #[must_use]
    pub fn school_ends(&self, date: NaiveDate) -> Timestamp {
        self.instant(date, self.school.to)
    }

    /// The day that lies so many school days before a day.
    #[must_use]
    pub fn school_days_back(&self, date: NaiveDate, days: u32) -> NaiveDate {
        let back = (1..=u64::from(SEARCH_DAYS)).filter_map(|n| date.checked_sub_days(chrono::Days::new(n)));
        let skipped = usize::try_from(days.saturating_sub(1)).unwrap_or_default();
        back.filter(|d| self.is_school_day(*d)).nth(skipped).unwrap_or(date)
    }

    /// The local date of an instant.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The local wall clock of an instant, for people to read.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> chrono::NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// Reads a local wall clock; an hour that the zone skips moves on to the next that exists.
    #[must_use]
    pub fn instant(&self, date: NaiveDate, time: NaiveTime) -> Timestamp {
        let wall = date.and_time(time);
        (0..4)
            .find_map(|h| self.zone.from_local_datetime(&(wall + TimeDelta::hours(h))).earliest())
            .map_or_else(|| wall.and_utc(), |t| t.to_utc())
    }

    /// The next Sunday of a public holiday, at a time of day; the next Sunday of all when none is known.
    #[must_use]
    pub fn next_holiday_sunday(&self, after: Timestamp, time: NaiveTime) -> Timestamp {
        let ahead = usize::try_from(SEARCH_DAYS).unwrap_or_default();
        let days = self.date(after).iter_days().skip(1).take(ahead);
        let sundays = days.filter(|d| d.weekday() == Weekday::Sun);
        let holiday = |d: &NaiveDate| self.holidays.iter().any(|h| (h.from..=h.to).contains(d));
        let found =
            sundays.clone().find(|d| holiday(d) && !self.make_up.contains(d)).or_else(|| sundays.clone().next());
        self.instant(found.unwrap_or_else(|| self.date(after)), time)
    }

    /// Whether pupils are at school that day. After the last term that the calendar knows, weekdays count: an
    /// out-of-date calendar must not stop a clock.
    #[must_use]
    pub fn is_school_day(&self, date: NaiveDate) -> bool {
        if self.make_up.contains(&date) {
            return true;
        }
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let holiday = self.holidays.iter().any(|h| (h.from..=h.to).contains(&date));
        let known = self.terms.iter().any(|t| date <= t.to);
        let in_term = !known || self.terms.iter().any(|t| (t.from..=t.to).contains(&date));
        in_term && !weekend && !holiday
    }

    /// Night, or a day without school: the duty leader is called first.
    #[must_use]
    pub fn is_off_hours(&self, at: Timestamp) -> bool {
        within(self.night, self.local(at).time()) || !self.is_school_day(self.date(at))
    }

    /// The nights and days off between two instants, in order, each in one piece.
    #[must_use]
    pub fn off_hours(&self, from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let days = self.date(from).iter_days().take_while(|d| self.instant(*d, NaiveTime::MIN) < to);
        let times = [NaiveTime::MIN, self.night.to, self.night.from];
        let each = days.flat_map(|d| times.map(|t| self.instant(d, t))).filter(|at| *at > from && *at < to);
        let marks: BTreeSet<Timestamp> = each.chain([from]).collect();
        let ends = marks.iter().copied().skip(1).chain([to]);
        let mut out: Vec<(Timestamp, Timestamp)> = Vec::new();
        for (start, end) in marks.iter().copied().zip(ends).filter(|(s, e)| s < e && self.is_off_hours(*s)) {
            match out.last_mut().filter(|(_, last)| *last == start) {
                Some((_, last)) => *last = end,
                None => out.push((start, end)),
            }
        }
        out
    }

    /// When, after `from` and before `to`, a night or a day off next begins or ends.
    #[must_use]
    pub fn change_of_hours(&self, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
        let ends = self.off_hours(from, to).into_iter().flat_map(|(begins, ends)| [begins, ends]);
        ends.into_iter().find(|at| *at > from && *at < to)
    }

    /// Whether messages of yellow and blue wait.
    #[must_use]
    pub fn is_quiet(&self, at: Timestamp) -> bool {
        within(self.quiet, self.local(at).time())
    }

    /// The end of the quiet hours in which `at` lies, or `at` itself.
    #[must_use]
    pub fn after_quiet(&self, at: Timestamp) -> Timestamp {
        if !self.is_quiet(at) {
            return at;
        }
        let today = self.instant(self.date(at), self.quiet.to);
        if today > at { today } else { self.instant(next_day(self.date(at)), self.quiet.to) }
    }

    /// `from` plus so many school days, counted in school hours: Monday 10:00 + 1 is Tuesday 10:00, Friday 16:30 + 1
    /// is Monday 16:30, and what is filed on a Saturday is due at the end of Monday.
    #[must_use]
    pub fn add_school_days(&self, from: Timestamp, days: u32) -> Timestamp {
        let length = self.school.to - self.school.from;
        self.add_within(from, length * i32::try_from(days).unwrap_or(i32::MAX), self.school, true)
    }

    /// `from` plus so many minutes of waking hours, every day of the year.
    #[must_use]
    pub fn add_waking_minutes(&self, from: Timestamp, minutes: u32) -> Timestamp {
        self.add_within(from, TimeDelta::minutes(i64::from(minutes)), self.waking, false)
    }

    fn add_within(&self, from: Timestamp, mut left: TimeDelta, hours: Hours, school_days_only: bool) -> Timestamp {
        let mut date = self.date(from);
        let mut at = from;
        for _ in 0..SEARCH_DAYS.saturating_mul(2) {
            if !school_days_only || self.is_school_day(date) {
                let open = self.instant(date, hours.from).max(at);
                let close = self.instant(date, hours.to);
                if open < close {
                    if left <= close - open {
                        return open + left;
                    }
                    left -= close - open;
                }
            }
            date = next_day(date);
            at = self.instant(date, NaiveTime::MIN);
        }
        at
    }
}

fn next_day(date: NaiveDate) -> NaiveDate {
    date.succ_opt().unwrap_or(date)
}

fn within(hours: Hours, time: NaiveTime) -> bool {
    if hours.from <= hours.to { (hours.from..hours.to).contains(&time) } else { time >= hours.from || time < hours.to }
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
