use chrono::{NaiveDate, TimeDelta, Weekday};

use super::*;
use crate::calendar::Calendar;
use crate::time::Timestamp;

fn shipped() -> Calendar {
    Calendar::validate(toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

fn at(calendar: &Calendar, text: &str) -> Timestamp {
    let (date, time) = text.split_once(' ').unwrap();
    calendar.instant(day(date), chrono::NaiveTime::parse_from_str(time, "%H:%M").unwrap())
}

/// Everything that happens about a report that nobody files.
fn course(calendar: &Calendar, week: Week) -> Vec<(String, Chase)> {
    let times = ReportTimes::of(week, calendar).unwrap();
    let (mut stage, mut next, mut out) = (0, Some(times.due), Vec::new());
    while let Some(now) = next {
        let (act, then) = Chase::next(stage, times, now, calendar);
        if let Some(act) = act {
            out.push((calendar.local(now).format("%m-%d %a %H:%M").to_string(), act));
            stage = if act == Chase::Show { 2 } else { stage + 1 };
        }
        assert!(then.is_none_or(|t| t > now), "it goes forward");
        next = then;
    }
    out
}

#[test]
fn an_ordinary_week_is_asked_for_on_friday_shown_that_evening_and_asked_for_three_mornings_more() {
    let told = course(&shipped(), Week::of(day("2026-11-25")));
    let told: Vec<_> = told.iter().map(|(at, act)| (at.as_str(), *act)).collect();
    assert_eq!(
        told,
        [
            ("11-27 Fri 16:00", Chase::Ask),
            ("11-27 Fri 17:30", Chase::Show),
            ("11-30 Mon 09:00", Chase::Ask),
            ("12-01 Tue 09:00", Chase::Ask),
            ("12-02 Wed 09:00", Chase::Ask),
        ]
    );
}

#[test]
fn a_week_is_due_on_its_last_school_day_and_a_week_without_school_is_not_due_at_all() {
    let calendar = shipped();
    let due = |monday: &str| {
        ReportTimes::of(Week::read(monday).unwrap(), &calendar).map(|t| calendar.local(t.due).to_string())
    };
    // 国庆节 ends on Wednesday, and the Saturday is a make-up day.
    assert_eq!(due("2026-10-05").as_deref(), Some("2026-10-10 16:00:00"));
    assert_eq!(due("2026-09-21").as_deref(), Some("2026-09-24 16:00:00"));
    assert_eq!(due("2026-07-20"), None);
}

#[test]
fn an_outage_over_the_weekend_asks_nobody_at_night_and_tells_the_tier_above_in_the_morning() {
    let calendar = shipped();
    let times = ReportTimes::of(Week::of(day("2026-11-27")), &calendar).unwrap();
    let (act, then) = Chase::next(0, times, at(&calendar, "2026-11-27 22:10"), &calendar);
    assert_eq!((act, then), (None, Some(at(&calendar, "2026-11-30 09:00"))));
    let (act, _) = Chase::next(0, times, at(&calendar, "2026-11-30 09:00"), &calendar);
    assert_eq!(act, Some(Chase::Show));
}

#[test]
fn every_fault_of_a_report_is_said_at_once() {
    let week = Week::of(day("2026-11-25"));
    let line =
        LineDraft { student: "x".into(), mood: "storm".into(), low_since: Some("soon".into()), note: "a".repeat(501) };
    let draft = ReportDraft { nil: true, students: vec![line], ..ReportDraft::default() };
    let faults = ClassReport::validate(&draft, week).unwrap_err();
    let found: Vec<_> = faults.iter().map(|f| (f.field.as_str(), f.code)).collect();
    assert_eq!(
        found,
        [
            ("signed", "not_signed"),
            ("nil", "nil_with_students"),
            ("students[0].student", "bad_id"),
            ("students[0].mood", "unknown_mood"),
            ("students[0].note", "too_long"),
            ("students[0].low_since", "bad_date"),
        ]
    );
    let nothing = ClassReport::validate(&ReportDraft { signed: true, ..ReportDraft::default() }, week).unwrap_err();
    assert_eq!(nothing.iter().map(|f| f.code).collect::<Vec<_>>(), ["nothing_said"]);
}

#[test]
fn a_week_is_called_by_its_monday() {
    for n in 0..7 {
        assert_eq!(Week::of(day("2026-11-23") + TimeDelta::days(n)).to_string(), "2026-11-23");
    }
    assert_eq!(Week::read("2026-11-24").unwrap_err().code, "not_a_week");
    assert_eq!(
        Week::of(day("2026-11-23")).days().map(|d| chrono::Datelike::weekday(&d)).next_back(),
        Some(Weekday::Sun)
    );
}
