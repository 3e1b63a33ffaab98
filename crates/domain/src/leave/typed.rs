//! Reading single fields.

use chrono::{Days, NaiveDate};

use crate::fault::{Fault, Faults};
use crate::id::PersonId;
use crate::task::cannot_have_it;

/// One line has so many characters at most.
pub(super) const LINE_CHARS: usize = 200;
const AHEAD_DAYS: u64 = 400;

pub(super) fn person(typed: &str, field: &str, faults: &mut Faults) -> Option<PersonId> {
    let typed = typed.trim();
    let id = typed.parse().ok();
    faults.when(typed.is_empty(), || Fault::new(field, "required", "请选择由谁负责", "Say who it is"));
    faults.when(!typed.is_empty() && id.is_none(), || Fault { field: field.to_owned(), ..cannot_have_it() });
    id
}

pub(super) fn word<T>(typed: &str, field: &str, read: fn(&str) -> Option<T>, faults: &mut Faults) -> Option<T> {
    let found = read(typed.trim());
    let code = if typed.trim().is_empty() { "required" } else { "unknown_value" };
    faults.when(found.is_none(), || Fault::new(field, code, "请选择", "Choose one"));
    found
}

/// A day within a year or so of today.
pub(super) fn day(typed: &str, field: &str, today: NaiveDate, faults: &mut Faults) -> Option<NaiveDate> {
    let typed = typed.trim();
    let Ok(day) = NaiveDate::parse_from_str(typed, "%Y-%m-%d") else {
        let code = if typed.is_empty() { "required" } else { "bad_date" };
        faults.add(Fault::new(field, code, "请写日期，例如 2026-11-23", "Give a date, such as 2026-11-23"));
        return None;
    };
    let (least, most) = (today.checked_sub_days(Days::new(AHEAD_DAYS)), today.checked_add_days(Days::new(AHEAD_DAYS)));
    let near = least.zip(most).is_some_and(|(least, most)| (least..=most).contains(&day));
    faults.when(!near, || Fault::new(field, "too_far", "请填一年以内的日期", "Give a date within a year"));
    near.then_some(day)
}

/// A day that is not over.
pub(super) fn future(typed: &str, field: &str, today: NaiveDate, faults: &mut Faults) -> Option<NaiveDate> {
    let day = day(typed, field, today, faults)?;
    faults.when(day < today, || Fault::new(field, "in_the_past", "这个日期已经过了", "This day has passed"));
    Some(day)
}
