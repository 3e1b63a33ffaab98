//! What happens exactly when something is due, and not a second before or after.

use super::world::*;
use crate::escalation::{ClimbState, Event};
use crate::level::{BelowRed, Level};
use crate::time::{Timestamp, minutes};

fn deadline(w: &World) -> Timestamp {
    match w.climb.state {
        ClimbState::Open { deadline, .. } => deadline,
        ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => panic!("it is not open"),
    }
}

#[test]
fn a_decision_not_to_escalate_holds_from_the_first_second_beyond_what_the_ladder_had_set() {
    for (longer, kept) in [(0, false), (1, true)] {
        let mut w = World::opened(Level::Yellow, "2026-11-23 10:00");
        w.forgets();
        let set = deadline(&w);
        let until = set + chrono::TimeDelta::seconds(longer);
        w.at("2026-11-23 11:00", Event::NotEscalated { level: BelowRed::Yellow, until });
        assert_eq!(w.climb.state.held_from(), kept.then_some(set));
        assert_eq!(deadline(&w), until);
    }
}

#[test]
fn whoever_looks_at_the_very_second_finds_the_rung_that_is_due_at_it() {
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.forgets();
    w.wakes_up("2026-11-23 10:20");
    w.stands("open rung 2 turn 0 11-23 10:30");
    w.forgets();
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.forgets();
    w.wakes_up("2026-11-23 10:19");
    w.stands("open rung 1 turn 0 11-23 10:29");
    w.forgets();
}

#[test]
fn what_stood_at_the_top_through_an_outage_is_raised_from_the_top_and_not_from_below() {
    let mut w = World::opened(Level::Yellow, "2026-11-23 10:00");
    w.until("2026-11-27 17:00");
    assert_eq!(w.climb.rung, 3, "the principal has heard");
    w.passes(30 * 24 * 60);
    w.forgets();
    w.happens(Event::Raised { to: Level::Orange });
    // The principal's tier is the school's: of an orange that is the vice-principal's rung.
    assert_eq!((w.climb.rung, w.climb.epoch), (1, 1));
    w.forgets();
    assert!(deadline(&w) <= w.now() + minutes(60));
}

#[test]
fn what_comes_up_to_two_minutes_after_its_time_is_not_late_and_a_second_more_is() {
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.forgets();
    let due = w.climb.state.due_at().unwrap();
    for (seconds, late) in [(-60, false), (0, false), (119, false), (120, false), (121, true), (3_600, true)] {
        assert_eq!(w.climb.is_late(due + chrono::TimeDelta::seconds(seconds)), late, "{seconds} s");
    }
    w.happens(Event::Closed);
    assert!(!w.climb.is_late(due + chrono::TimeDelta::days(1)), "what is closed is never late");
    w.forgets();
}

#[test]
fn raised_while_it_is_kept_from_climbing_it_counts_by_what_the_ladder_had_set_while_that_lies_ahead() {
    // The class teacher's one school day of a yellow ends at 10:00 on the Tuesday; it was kept until Thursday.
    let kept = || {
        let mut w = World::opened(Level::Yellow, "2026-11-23 10:00");
        let set = deadline(&w);
        let until = set + minutes(2 * 24 * 60);
        w.at("2026-11-23 11:00", Event::NotEscalated { level: BelowRed::Yellow, until });
        w.forgets();
        (w, set)
    };
    let (mut w, set) = kept();
    w.at("2026-11-24 09:30", Event::Raised { to: Level::Orange });
    assert_eq!(deadline(&w), set, "nearer than the hour of an orange");
    w.forgets();
    let (mut w, set) = kept();
    w.at("2026-11-24 08:30", Event::Raised { to: Level::Orange });
    assert!(deadline(&w) < set, "the hour of an orange is nearer");
    w.forgets();
}

#[test]
fn raised_at_the_very_second_at_which_the_ladder_would_have_climbed_it_has_missed_nothing() {
    let mut w = World::opened(Level::Blue, "2026-11-23 10:00");
    w.until("2026-11-26 12:00");
    assert_eq!(w.climb.rung, 1, "the grade lead has heard");
    let set = deadline(&w);
    let until = set + minutes(3 * 24 * 60);
    w.at("2026-11-27 11:00", Event::NotEscalated { level: BelowRed::Blue, until });
    w.forgets();
    w.at("2026-11-30 10:00", Event::Raised { to: Level::Orange });
    assert_eq!((set, w.climb.rung), (w.now(), 0), "the grade's rung of an orange, not the school's");
    w.forgets();
}

#[test]
fn where_nobody_at_the_top_can_the_top_hears_at_its_time_and_not_at_once() {
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.until("2026-11-23 10:20");
    w.forgets();
    w.at("2026-11-23 10:21", Event::Declined { by: id("lead") });
    w.silence();
    w.stands("open rung 2 turn 0 11-23 10:30");
    w.forgets();
}
