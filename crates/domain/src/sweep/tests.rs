use super::*;
use crate::calendar::{Calendar, CalendarDraft};

fn calendar() -> Calendar {
    let draft: CalendarDraft = toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap();
    Calendar::validate(draft).unwrap()
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_term_has_one_at_its_opening_and_one_at_its_middle_in_school_days() {
    let calendar = calendar();
    let autumn: Vec<Sweep> =
        Sweep::all(&calendar).into_iter().filter(|s| s.begins >= day("2026-09-01")).take(2).collect();
    assert_eq!(autumn[0], Sweep { kind: SweepKind::Opening, begins: day("2026-09-01"), last: day("2026-09-14") });
    assert_eq!(autumn[1], Sweep { kind: SweepKind::Midterm, begins: day("2026-11-16"), last: day("2026-11-20") });
    assert_eq!(Sweep::of(day("2026-11-15"), &calendar), Some(autumn[0]));
    assert_eq!(Sweep::of(day("2026-11-23"), &calendar), Some(autumn[1]));
    assert_eq!(Sweep::read("", day("2026-11-23"), &calendar), Ok(autumn[1]));
    assert_eq!(Sweep::read("2026-11-16", day("2026-11-15"), &calendar).unwrap_err().code, "no_such_sweep");
    assert!(is_sweep(&autumn[1].to_string()) && !is_sweep("2026-11-16"));
}

#[test]
fn no_calendar_has_sweeps_that_nobody_can_answer() {
    let text = include_str!("../../../../config/calendar.toml");
    for wrong in ["opening_days = 0", "opening_days = 41"] {
        let draft: CalendarDraft = toml::from_str(&text.replace("opening_days = 10", wrong)).unwrap();
        assert_eq!(Calendar::validate(draft).unwrap_err()[0].field, "sweep");
    }
}
