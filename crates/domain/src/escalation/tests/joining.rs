//! What a report means to an alert that it joins, and who hears of it.

use super::world::*;
use crate::directory::{Directory, Office};
use crate::escalation::{Event, joined, who_hears};
use crate::id::PersonId;
use crate::level::Level;

fn names(people: &[PersonId]) -> Vec<&'static str> {
    people.iter().map(|p| name(*p)).collect()
}

fn in_custody() -> World {
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.is_with_the_child("teacher", "2026-11-23 10:05");
    w.forgets();
    w
}

#[test]
fn a_red_that_joins_a_red_in_custody_opens_it_at_once_on_the_same_rung_and_the_next() {
    let mut w = in_custody();
    w.at("2026-11-23 10:08", joined(&w.climb, Level::Red, false));
    w.hear_at("11-23 10:08", &[(&SCHOOL, "red by sms+mail"), (&["officer"], "red by sms+mail")]);
    w.stands("open rung 1 turn 1 11-23 10:18");
    assert!(!w.climb.custody && !w.climb.assessed, "the child may not be where the custody says");
}

#[test]
fn what_joins_means_what_its_own_level_means() {
    let (red, orange, yellow) = (Level::Red, Level::Orange, Level::Yellow);
    let custody = in_custody();
    let mut taken = World::opened(red, "2026-11-23 10:00");
    taken.acks("teacher", "2026-11-23 10:05");
    taken.forgets();
    let mut settled = in_custody();
    settled.assesses("counsellor", "2026-11-23 10:10");
    let mut calm = World::opened(yellow, "2026-11-23 10:00");
    calm.assesses("counsellor", "2026-11-23 10:10");
    calm.forgets();
    let mut open = World::opened(red, "2026-11-23 10:00");
    open.forgets();
    for (w, own, repeat, wanted) in [
        (&custody, red, false, Event::StillWorried),
        (&custody, red, true, Event::StillWorried),
        (&custody, orange, false, Event::NewFacts),
        (&custody, orange, true, Event::IndependentRepeat),
        (&taken, red, false, Event::NewFacts),
        (&settled, red, false, Event::StillWorried),
        (&settled, orange, false, Event::NewFacts),
        (&calm, yellow, false, Event::NewFacts),
        (&calm, orange, false, Event::Raised { to: orange }),
        (&open, red, false, Event::NewFacts),
        (&open, red, true, Event::IndependentRepeat),
    ] {
        assert_eq!(joined(&w.climb, own, repeat), wanted, "{:?} {own:?} {repeat}", w.climb.state);
    }
}

#[test]
fn whoever_has_it_and_those_who_assess_hear_of_what_joins_and_whoever_filed_it_does_not() {
    let all = Directory::from_entries(staff());
    let custody = in_custody();
    let hear = |owner: &str, filer: &str| names(&who_hears(&all, &custody.climb, Some(id(owner)), id(filer), &[]));
    assert_eq!(hear("teacher", "stranger"), ["teacher", "counsellor", "vice"]);
    assert_eq!(hear("counsellor", "stranger"), ["counsellor", "vice"], "each once");
    assert_eq!(hear("teacher", "teacher"), ["counsellor", "vice"]);
    let others = staff().into_iter().filter(|e| !matches!(e.office, Office::VicePrincipal));
    let few = Directory::from_entries(others.collect::<Vec<_>>());
    let alone = who_hears(&few, &custody.climb, Some(id("counsellor")), id("counsellor"), &[]);
    assert_eq!(names(&alone), ["principal"], "never nobody, while anybody can be reached");
    let mut calm = World::opened(Level::Yellow, "2026-11-23 10:00");
    calm.acks("teacher", "2026-11-23 10:05");
    calm.forgets();
    let of_yellow = who_hears(&all, &calm.climb, Some(id("teacher")), id("stranger"), &[]);
    assert_eq!(names(&of_yellow), ["teacher", "counsellor"]);
}

#[test]
fn when_it_climbs_again_those_hear_whom_the_rung_does_not_tell() {
    let all = Directory::from_entries(staff());
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.until("2026-11-23 10:10");
    w.is_with_the_child("teacher", "2026-11-23 10:12");
    w.forgets();
    w.at("2026-11-23 10:20", joined(&w.climb, Level::Red, false));
    w.hear_at("11-23 10:20", &[(&["officer", "lead"], "red by sms+mail")]);
    let alarmed = [id("officer"), id("lead")];
    let hear = who_hears(&all, &w.climb, Some(id("teacher")), id("stranger"), &alarmed);
    assert_eq!(names(&hear), ["teacher", "counsellor", "vice"]);
    let one = who_hears(&all, &w.climb, Some(id("duty")), id("stranger"), &[id("counsellor")]);
    assert_eq!(names(&one), ["duty"], "one of those who assess knows, and is with it");
    let alarmed: Vec<PersonId> = SCHOOL.iter().map(|n| id(n)).collect();
    let hear = who_hears(&all, &w.climb, Some(id("duty")), id("stranger"), &alarmed);
    assert_eq!(names(&hear), ["duty"], "who had it, though no rung calls him");

    let mut calm = World::opened(Level::Yellow, "2026-11-23 10:00");
    calm.forgets();
    let of_yellow = who_hears(&all, &calm.climb, Some(id("duty")), id("stranger"), &[]);
    assert_eq!(names(&of_yellow), ["duty"], "of a yellow that climbs its rungs hear in their turn");
}
