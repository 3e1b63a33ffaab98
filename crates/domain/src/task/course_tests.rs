use chrono::{NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::calendar::CalendarDraft;

fn calendar() -> Calendar {
    let draft: CalendarDraft = toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap();
    Calendar::validate(draft).unwrap()
}

fn at(text: &str) -> Timestamp {
    (NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap() - TimeDelta::hours(8)).and_utc()
}

/// A task, every time that it moves until a time: when, whether its owner is reminded, and who above hears.
fn lived(mut course: Course, until: Timestamp) -> Vec<(String, bool, u8)> {
    let (terms, calendar) = (TaskTerms::default(), calendar());
    let mut log = Vec::new();
    let mut now = course.next(course.due_at - TimeDelta::hours(1), &terms, &calendar);
    while now < until {
        let acts = course.acts(now, &terms, &calendar);
        assert!(acts.chase || acts.told > course.told, "it moved for nothing at {now}");
        let local = calendar.local(now).format("%m-%d %H:%M").to_string();
        log.push((local, acts.chase, acts.told - course.told));
        course.chased_at = if acts.chase { Some(now) } else { course.chased_at };
        course.told = acts.told;
        let next = course.next(now, &terms, &calendar);
        assert!(next > now, "it stands still at {now}");
        now = next;
    }
    log
}

fn course(due: &str, pace: Pace, above: u8) -> Course {
    Course { due_at: at(due), pace, told: 0, above, chased_at: None }
}

#[test]
fn its_owner_is_reminded_once_a_day_and_those_above_hear_once_each() {
    let log = lived(course("2026-11-23 16:00", Pace::Daily, 2), at("2026-11-28 12:00"));
    let want = [
        ("11-23 16:00", true, 0),
        ("11-24 08:00", true, 0),
        ("11-25 08:00", true, 0),
        ("11-25 16:00", false, 1),
        ("11-26 08:00", true, 0),
        ("11-27 08:00", true, 0),
        ("11-27 16:00", false, 1),
        ("11-28 08:00", true, 0),
    ];
    assert_eq!(log, want.map(|(t, c, n)| (t.to_owned(), c, n)));
}

#[test]
fn what_is_due_in_the_evening_is_asked_for_in_the_morning() {
    let log = lived(course("2026-11-23 20:00", Pace::Daily, 0), at("2026-11-24 23:00"));
    assert_eq!(log, [("11-24 08:00".to_owned(), true, 0)]);
}

#[test]
fn a_decision_of_an_hour_goes_up_at_any_hour() {
    let log = lived(course("2026-11-23 23:40", Pace::Hour, 2), at("2026-11-24 09:00"));
    let want = [("11-23 23:40", true, 1), ("11-24 00:40", false, 1), ("11-24 08:00", true, 0)];
    assert_eq!(log, want.map(|(t, c, n)| (t.to_owned(), c, n)));
}

#[test]
fn who_is_above_depends_on_who_has_it() {
    let all = [Office::GradeLead, Office::VicePrincipal, Office::Principal];
    assert_eq!(above(&[], false), all);
    assert_eq!(above(&[Office::ClassTeacher], false), all);
    assert_eq!(above(&[Office::ClassTeacher, Office::GradeLead], false), all[1..]);
    assert_eq!(above(&[], true), all[1..]);
    assert_eq!(above(&[Office::Principal], false), []);
}

proptest! {
    #[test]
    fn nobody_is_reminded_twice_a_day_nor_in_the_evening(minute in 0_i64..60 * 24 * 60, above in 0_u8..4) {
        let due_at = at("2026-09-20 00:00") + TimeDelta::minutes(minute);
        let start = Course { due_at, pace: Pace::Daily, told: 0, above, chased_at: None };
        let log = lived(start, due_at + TimeDelta::days(12));
        let days: Vec<&str> = log.iter().filter(|(_, chased, _)| *chased).map(|(t, ..)| &t[..5]).collect();
        let once: std::collections::BTreeSet<&str> = days.iter().copied().collect();
        prop_assert_eq!(days.len(), once.len(), "{:?}", log);
        prop_assert!(log.iter().all(|(t, ..)| ("08:00".."20:00").contains(&&t[6..])), "{:?}", log);
        prop_assert!(log.iter().map(|(.., told)| *told).sum::<u8>() <= above, "{:?}", log);
    }
}
