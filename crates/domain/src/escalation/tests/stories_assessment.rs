//! A red that somebody is with and nobody assesses.

use super::stories_calls::with_telephones;
use super::world::*;
use crate::escalation::Event;
use crate::level::Level;

const RED: &str = "red by sms+mail";
const DUE: &str = "assessment_due by sms+mail";
const CALLED: &str = "assessment_due by voice+sms+mail";
const ALL: [&str; 8] = ["duty", "counsellor", "vice", "principal", "teacher", "grade", "officer", "lead"];

fn in_custody(at: &str, with_child: &str) -> World {
    let mut w = World::opened_with(with_telephones(&ALL), Level::Red, at);
    w.forgets();
    w.is_with_the_child("teacher", with_child);
    w.forgets();
    w
}

#[test]
fn by_day_the_second_miss_calls_the_principal_as_well_and_the_third_opens_it_up_to_the_district() {
    let mut w = in_custody("2026-11-23 10:00", "2026-11-23 10:05");
    w.until("2026-11-23 11:04");
    w.silence();
    w.until("2026-11-23 12:05");
    w.hear_at("11-23 11:05", &[(&["counsellor", "vice"], DUE)]);
    w.hear_at("11-23 12:05", &[(&["counsellor", "vice", "principal"], CALLED)]);
    w.stands("acked rung 0 turn 0 11-23 13:05");
    w.until("2026-11-23 13:05");
    w.hear_at("11-23 13:05", &[(&SCHOOL, RED), (&["officer", "lead"], RED)]);
    w.stands("open rung 2 turn 1 11-23 13:10");
}

#[test]
fn whoever_is_below_the_rung_where_it_stood_hears_as_well_when_it_opens_again() {
    let mut w = World::opened_with(with_telephones(&ALL), Level::Red, "2026-11-23 10:00");
    w.until("2026-11-23 10:24");
    w.is_with_the_child("teacher", "2026-11-23 10:25");
    w.stands("acked rung 2 turn 0 11-23 11:25");
    w.until("2026-11-23 12:25");
    w.forgets();
    w.until("2026-11-23 13:25");
    w.hear_at("11-23 13:25", &[(&SCHOOL, RED), (&["officer", "lead"], RED)]);
    w.stands("open rung 2 turn 1 11-23 13:30");
}

#[test]
fn by_night_the_first_miss_calls_already() {
    let mut w = in_custody("2026-11-24 01:00", "2026-11-24 01:10");
    w.until("2026-11-24 02:10");
    w.hear_at("11-24 02:10", &[(&["counsellor", "vice"], CALLED)]);
    w.silence();
}

#[test]
fn an_assessment_ends_the_count_and_a_custody_in_a_new_turn_begins_it_anew() {
    let mut w = in_custody("2026-11-23 10:00", "2026-11-23 10:05");
    w.until("2026-11-23 12:05");
    w.forgets();
    w.at("2026-11-23 12:10", Event::StillWorried);
    w.forgets();
    w.is_with_the_child("teacher", "2026-11-23 12:15");
    w.forgets();
    w.until("2026-11-23 13:15");
    w.hear_at("11-23 13:15", &[(&["counsellor", "vice"], DUE)]);
    w.assesses("counsellor", "2026-11-23 13:20");
    w.until("2026-11-23 18:00");
    w.silence();
}

#[test]
fn after_an_outage_what_was_missed_counts_and_nothing_is_said_twice() {
    let mut w = in_custody("2026-11-23 10:00", "2026-11-23 10:05");
    w.wakes_up("2026-11-23 12:30");
    w.hear_at("11-23 12:30", &[(&["counsellor", "vice", "principal"], CALLED)]);
    w.stands("acked rung 0 turn 0 11-23 13:05");

    let mut w = in_custody("2026-11-23 10:00", "2026-11-23 10:05");
    w.wakes_up("2026-11-23 16:00");
    w.hear_at("11-23 16:00", &[(&SCHOOL, RED), (&["officer", "lead"], RED)]);
}
