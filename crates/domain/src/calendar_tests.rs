use super::*;

fn calendar() -> Calendar {
    let text = include_str!("../../../config/calendar.toml");
    Calendar::validate(toml::from_str(text).unwrap()).unwrap()
}

fn at(calendar: &Calendar, text: &str) -> Timestamp {
    let wall = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    calendar.instant(wall.date(), wall.time())
}

#[test]
fn a_school_day_is_a_day_of_school_hours() {
    let c = calendar();
    let cases = [
        ("2026-11-23 10:00", 1, "2026-11-24 10:00"), // Monday → Tuesday
        ("2026-11-27 16:30", 1, "2026-11-30 16:30"), // Friday → Monday
        ("2026-11-28 12:00", 1, "2026-11-30 17:30"), // Saturday: all of Monday
        ("2026-11-23 20:00", 1, "2026-11-24 17:30"), // after school: all of the next day
        ("2026-09-30 10:00", 1, "2026-10-08 10:00"), // over the national holiday
        ("2026-10-09 10:00", 1, "2026-10-10 10:00"), // a Saturday on which school is held
        ("2026-07-03 16:30", 1, "2026-09-01 16:30"), // over the summer
        ("2026-11-23 10:00", 3, "2026-11-26 10:00"),
    ];
    for (from, days, want) in cases {
        assert_eq!(c.local(c.add_school_days(at(&c, from), days)), c.local(at(&c, want)), "{from} + {days}");
    }
}

#[test]
fn orange_runs_in_waking_hours_every_day() {
    let c = calendar();
    let cases = [
        ("2026-11-23 10:00", 60, "2026-11-23 11:00"),
        ("2026-11-23 21:30", 60, "2026-11-24 07:00"),
        ("2026-11-28 23:00", 60, "2026-11-29 07:30"),
        ("2026-10-02 03:00", 60, "2026-10-02 07:30"),
    ];
    for (from, minutes, want) in cases {
        assert_eq!(c.add_waking_minutes(at(&c, from), minutes), at(&c, want), "{from} + {minutes}");
    }
}

#[test]
fn night_and_days_off_are_off_hours() {
    let c = calendar();
    assert!(!c.is_off_hours(at(&c, "2026-11-23 10:00")));
    assert!(!c.is_off_hours(at(&c, "2026-11-23 21:59")));
    assert!(c.is_off_hours(at(&c, "2026-11-23 22:00")));
    assert!(c.is_off_hours(at(&c, "2026-11-24 06:29")));
    assert!(!c.is_off_hours(at(&c, "2026-11-24 06:30")));
    assert!(c.is_off_hours(at(&c, "2026-11-28 10:00")));
    assert!(!c.is_off_hours(at(&c, "2026-10-10 10:00")), "a make-up day is a school day");
}

#[test]
fn the_hours_change_at_ten_and_at_half_past_six_of_school_days() {
    let c = calendar();
    let change = |from, to| c.change_of_hours(at(&c, from), at(&c, to));
    assert_eq!(change("2026-11-23 21:55", "2026-11-23 22:05"), Some(at(&c, "2026-11-23 22:00")));
    assert_eq!(change("2026-11-24 06:25", "2026-11-24 06:35"), Some(at(&c, "2026-11-24 06:30")));
    assert_eq!(change("2026-11-23 22:00", "2026-11-24 06:30"), None, "neither end is a change in between");
    assert_eq!(change("2026-11-27 22:00", "2026-11-30 06:30"), None, "a weekend is one night");
    assert_eq!(change("2026-11-27 12:00", "2026-12-01 12:00"), Some(at(&c, "2026-11-27 22:00")));
}

#[test]
fn quiet_hours_end_in_the_morning() {
    let c = calendar();
    assert_eq!(c.after_quiet(at(&c, "2026-11-23 21:30")), at(&c, "2026-11-24 06:30"));
    assert_eq!(c.after_quiet(at(&c, "2026-11-24 03:00")), at(&c, "2026-11-24 06:30"));
    assert_eq!(c.after_quiet(at(&c, "2026-11-24 06:30")), at(&c, "2026-11-24 06:30"));
}

#[test]
fn a_calendar_that_has_run_out_stops_no_clock() {
    let c = calendar();
    assert_eq!(c.add_school_days(at(&c, "2031-03-05 10:00"), 1), at(&c, "2031-03-06 10:00"));
}

proptest::proptest! {
    #[test]
    fn school_time_never_goes_backwards(start in 0_i64..60_000, days in 1_u32..40, more in 1_u32..5) {
        let c = calendar();
        let from = at(&c, "2026-09-01 00:00") + TimeDelta::minutes(start * 7);
        let one = c.add_school_days(from, days);
        proptest::prop_assert!(one > from);
        proptest::prop_assert!(c.add_school_days(from, days + more) > one);
        proptest::prop_assert!(c.add_school_days(from + TimeDelta::minutes(1), days) >= one);
    }
}
