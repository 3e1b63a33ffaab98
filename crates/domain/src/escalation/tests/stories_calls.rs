//! Calls by telephone about a red: whom the night wakes, and when.

use super::world::*;
use crate::delivery::Channel;
use crate::directory::{Entry, Office};
use crate::escalation::{Event, Finding};
use crate::level::Level;

const WRITTEN: &str = "red by sms+mail";

/// A telephone rings for these people, who are written to as well.
pub(super) fn with_telephones(names: &[&str]) -> Vec<Entry> {
    let mut staff = staff();
    staff.push(both(Office::DutyLeader, "duty"));
    for entry in staff.iter_mut().filter(|e| names.contains(&name(e.person))) {
        entry.channels.insert(0, Channel::Voice);
    }
    staff
}

const ALL: [&str; 8] = ["duty", "counsellor", "vice", "principal", "teacher", "grade", "officer", "lead"];

#[test]
fn a_red_by_night_calls_duty_leader_counsellor_and_vice_principal_at_once_and_the_principal_after_five_minutes() {
    let mut w = World::opened_with(with_telephones(&ALL), Level::Red, "2026-11-24 03:00");
    let called = "red by sms+mail+voice";
    w.hear_at(
        "11-24 03:00",
        &[(&["duty", "counsellor", "vice"], called), (&["teacher", "grade", "principal"], WRITTEN)],
    );
    assert!(
        w.queue().iter().any(|(who, place)| (*who, *place) == ("counsellor", 0)),
        "calls go first: {:?}",
        w.queue()
    );
    w.stands("open rung 0 turn 0 11-24 03:03");
    w.until("2026-11-24 03:20");
    // By night nobody calls the class teacher and the grade lead: their telephones are of no use to them.
    for at in ["11-24 03:03", "11-24 03:06", "11-24 03:09"] {
        w.hear_at(at, &[(&["teacher", "grade"], "red by sms")]);
    }
    w.hear_at("11-24 03:05", &[(&["principal"], "red by voice")]);
    w.hear_at("11-24 03:10", &[(&["officer"], WRITTEN), (&["duty", "counsellor", "vice"], "red by voice")]);
    w.hear_at("11-24 03:15", &[(&["principal"], "red by voice")]);
    w.hear_at("11-24 03:20", &[(&["lead"], WRITTEN), (&["officer", "duty", "counsellor", "vice"], "red by voice")]);
    w.until("2026-11-24 03:30");
    for at in ["11-24 03:23", "11-24 03:26", "11-24 03:29"] {
        w.hear_at(at, &[(&["lead"], "red by sms")]);
    }
    w.hear_at("11-24 03:25", &[(&["principal"], "red by voice")]);
    w.hear_at(
        "11-24 03:30",
        &[(&["lead"], "red by voice+sms+mail"), (&["officer", "duty", "counsellor", "vice"], "red by voice")],
    );
    w.finds(&[Finding::UnansweredAtTop]);
}

#[test]
fn whoever_has_no_telephone_is_texted_every_three_minutes_and_nobody_else_is() {
    let mut w = World::opened_with(with_telephones(&["duty", "counsellor", "vice"]), Level::Red, "2026-11-24 03:00");
    w.forgets();
    w.until("2026-11-24 03:09");
    for at in ["11-24 03:03", "11-24 03:06", "11-24 03:09"] {
        w.hear_at(at, &[(&["teacher", "grade", "principal"], "red by sms")]);
    }
    w.silence();
}

#[test]
fn whoever_has_a_telephone_that_nobody_calls_by_night_is_texted_all_the_same() {
    // Legal: somebody is called at once by night. That nobody is on duty, no policy knows.
    let mut policy = policy();
    policy.red.calls.truncate(1);
    policy.red.calls[0].who = vec![Office::DutyLeader];
    let staff: Vec<Entry> = with_telephones(&SCHOOL).into_iter().filter(|e| e.office != Office::DutyLeader).collect();
    let mut w = World::opened_by(policy, staff, Level::Red, "2026-11-24 03:00");
    w.hear_at("11-24 03:00", &[(&SCHOOL, WRITTEN)]);
    w.finds(&[Finding::NoDutyLeader]);
    w.until("2026-11-24 03:09");
    for at in ["11-24 03:03", "11-24 03:06", "11-24 03:09"] {
        w.hear_at(at, &[(&SCHOOL, "red by sms")]);
    }
}

#[test]
fn by_day_nobody_is_called_before_five_minutes_have_passed() {
    let mut w = World::opened_with(with_telephones(&ALL), Level::Red, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&SCHOOL, WRITTEN)]);
    w.until("2026-11-23 10:09");
    w.hear_at("11-23 10:05", &[(&SCHOOL, "red by voice"), (&["duty"], "red by voice")]);
}

#[test]
fn whoever_takes_it_stops_the_calls_and_the_others_hear_it_without_a_call() {
    let mut w = World::opened_with(with_telephones(&ALL), Level::Red, "2026-11-24 03:00");
    w.forgets();
    w.acks("counsellor", "2026-11-24 03:04");
    w.hear_at("11-24 03:04", &[(&["teacher", "grade", "vice", "principal", "duty"], "taken_over by sms+mail")]);
    w.until("2026-11-24 03:13");
    w.silence();
    w.until("2026-11-24 03:14");
    w.hear_at(
        "11-24 03:14",
        &[
            (&["duty", "counsellor", "vice"], "red by sms+mail+voice"),
            (&["teacher", "grade", "principal", "officer"], WRITTEN),
        ],
    );
}

#[test]
fn whoever_cannot_is_not_called_again_and_when_nobody_can_the_next_rung_is_told_at_once() {
    let mut w = World::opened_with(with_telephones(&ALL), Level::Red, "2026-11-24 03:00");
    w.forgets();
    w.at("2026-11-24 03:01", Event::Declined { by: id("vice") });
    w.silence();
    w.at("2026-11-24 03:01", Event::Declined { by: id("stranger") });
    assert_eq!(w.climb.declined, [id("vice")], "who stands on no rung declines nothing");
    for who in ["teacher", "grade", "counsellor", "principal"] {
        w.at("2026-11-24 03:02", Event::Declined { by: id(who) });
        w.silence();
    }
    w.at("2026-11-24 03:03", Event::Declined { by: id("duty") });
    w.hear_at("11-24 03:03", &[(&["officer"], WRITTEN)]);
    w.stands("open rung 1 turn 0 11-24 03:05");
}

#[test]
fn whoever_gives_it_back_opens_it_again_on_the_rung_above_as_well() {
    let mut w = World::opened_with(staff(), Level::Orange, "2026-11-23 10:00");
    w.acks("teacher", "2026-11-23 10:05");
    w.forgets();
    w.at("2026-11-23 10:10", Event::Declined { by: id("teacher") });
    w.hear_at("11-23 10:10", &[(&["teacher", "grade", "counsellor", "vice"], "alarm by sms+mail")]);
    w.stands("open rung 1 turn 1 11-23 11:10");
}

#[test]
fn a_new_holder_of_an_office_is_told_at_once_and_a_rung_that_lost_everybody_is_passed() {
    let mut w = World::opened_with(staff(), Level::Yellow, "2026-11-23 10:00");
    w.forgets();
    let mut others = staff();
    others[2] = both(Office::Counsellor, "deputy");
    w.staff(others);
    w.at("2026-11-23 11:00", Event::DirectoryChanged);
    w.hear_at("11-23 11:00", &[(&["deputy"], "alarm by sms+mail")]);
    w.staff(staff().into_iter().filter(|e| !["teacher", "counsellor"].contains(&name(e.person))).collect());
    w.at("2026-11-23 12:00", Event::DirectoryChanged);
    w.finds(&[Finding::EmptyRung { rung: 0 }]);
    w.hear_at("11-23 12:00", &[(&["grade"], "alarm by sms+mail")]);
    w.stands("open rung 1 turn 0 11-24 12:00");
}

#[test]
fn when_the_night_begins_those_are_called_whom_the_night_calls() {
    let mut w = World::opened_with(with_telephones(&["duty"]), Level::Red, "2026-11-23 21:57");
    w.forgets();
    w.until("2026-11-23 22:07");
    w.hear_at("11-23 22:00", &[(&["duty"], "red by voice+sms+mail")]);
    w.hear_at("11-23 22:03", &[(&SCHOOL, "red by sms")]);
    w.hear_at("11-23 22:06", &[(&SCHOOL, "red by sms")]);
    w.hear_at("11-23 22:07", &[(&["officer"], WRITTEN), (&["duty"], "red by voice")]);
}

#[test]
fn when_the_morning_comes_those_are_called_whom_the_day_calls_and_an_sms_that_was_due_still_goes_out() {
    let mut w = World::opened_with(with_telephones(&["duty", "teacher"]), Level::Red, "2026-11-24 06:24");
    w.forgets();
    w.until("2026-11-24 06:33");
    w.hear_at("11-24 06:27", &[(&SCHOOL, "red by sms")]);
    w.hear_at(
        "11-24 06:30",
        &[(&["grade", "counsellor", "vice", "principal"], "red by sms"), (&["teacher", "duty"], "red by voice")],
    );
}

#[test]
fn a_red_that_the_night_finds_on_a_higher_rung_or_in_somebody_s_hand_tells_the_duty_leader_as_well() {
    let mut staff = staff();
    staff.push(both(Office::DutyLeader, "duty"));
    let mut w = World::opened_with(staff.clone(), Level::Red, "2026-11-23 21:40");
    w.until("2026-11-23 21:59");
    w.forgets();
    w.until("2026-11-23 22:00"); // the lead was due at that minute
    w.hear_at("11-23 22:00", &[(&["lead"], WRITTEN), (&["duty"], WRITTEN)]);

    let mut w = World::opened_with(staff, Level::Red, "2026-11-23 21:45");
    w.until("2026-11-23 21:55");
    w.acks("officer", "2026-11-23 21:56");
    w.forgets();
    w.until("2026-11-23 22:06");
    w.hear_at("11-23 22:06", &[(&["officer", "lead"], WRITTEN), (&["duty"], WRITTEN)]);
}
