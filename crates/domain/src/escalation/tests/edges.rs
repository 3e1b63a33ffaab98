//! Empty and unreachable rungs, outages, clocks that go wrong, and who must or must not hear.

use chrono::TimeDelta;
use uuid::Uuid;

use super::world::*;
use crate::delivery::Channel;
use crate::directory::{Audience, Directory, Office, Sources};
use crate::escalation::{Effect, Event, Finding, Ground, open};
use crate::id::{PositionId, SchoolId};
use crate::level::Level;
use crate::org::Unit;
use crate::staff::{ContactMethod, Deputy, Position, Role};

const RED: &str = "red by sms+mail";
const OVER: &str = "taken_over by sms+mail";
const UNANSWERED: Finding = Finding::UnansweredAtTop;

fn by_day() -> World {
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&SCHOOL, RED)]);
    w
}

/// The usual staff without some.
fn without(missing: &[&str]) -> Vec<crate::directory::Entry> {
    staff().into_iter().filter(|e| missing.iter().all(|m| id(m) != e.person)).collect()
}

#[test]
fn an_empty_rung_is_passed_in_the_same_step() {
    let mut w = World::opened_with(without(&["officer"]), Level::Red, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&SCHOOL, RED)]);
    w.until("2026-11-23 10:10");
    w.hear_at("11-23 10:10", &[(&["lead"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 1 }]);
    w.stands("open rung 2 turn 0 11-23 10:20");

    let mut w = World::opened_with(without(&SCHOOL), Level::Red, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&["officer"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 0 }]);
    w.stands("open rung 1 turn 0 11-23 10:10");
}

#[test]
fn somebody_without_a_channel_is_nobody() {
    let mut staff = staff();
    staff[5] = entry(Office::DistrictDuty, "officer", &[]);
    let mut w = World::opened_with(staff, Level::Red, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&SCHOOL, RED)]);
    w.until("2026-11-23 10:10");
    w.hear_at("11-23 10:10", &[(&["lead"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 1 }]);
}

#[test]
fn with_nobody_at_the_top_everybody_on_the_ladder_hears_and_goes_on_hearing() {
    let mut w = World::opened_with(without(&["lead"]), Level::Red, "2026-11-23 10:00");
    w.until("2026-11-23 10:30");
    w.hear_at("11-23 10:00", &[(&SCHOOL, RED)]);
    w.hear_at("11-23 10:10", &[(&["officer"], RED)]);
    w.hear_at("11-23 10:20", &[(&SCHOOL, RED), (&["officer"], RED)]);
    w.hear_at("11-23 10:30", &[(&SCHOOL, "red by mail"), (&["officer"], "red by mail")]);
    w.finds(&[Finding::EmptyRung { rung: 2 }, UNANSWERED]);
    assert_eq!(w.climb.reached.iter().map(|r| r.rung).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn at_night_an_empty_top_still_repeats_its_sms_and_calls_the_duty_leader() {
    let mut staff = without(&["lead", "officer", "principal", "vice", "counsellor", "grade"]);
    staff.push(both(Office::DutyLeader, "duty"));
    let mut w = World::opened_with(staff, Level::Red, "2026-11-23 23:00");
    w.hear_at("11-23 23:00", &[(&["teacher", "duty"], RED)]);
    w.at("2026-11-23 23:01", Event::StillWorried);
    w.hear_at("11-23 23:01", &[(&["teacher", "duty"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 1 }, Finding::EmptyRung { rung: 2 }]);
    w.until("2026-11-23 23:11");
    for at in ["11-23 23:04", "11-23 23:07", "11-23 23:10"] {
        w.hear_at(at, &[(&["teacher", "duty"], "red by sms")]);
    }
    w.hear_at("11-23 23:11", &[(&["teacher", "duty"], "red by mail")]);
    w.finds(&[UNANSWERED]);
}

#[test]
fn with_nobody_at_all_it_is_found_every_time_and_whoever_comes_is_told() {
    let mut w = World::opened_with(Vec::new(), Level::Red, "2026-11-23 10:00");
    let empty = |rung| Finding::EmptyRung { rung };
    w.finds(&[empty(0), empty(1), empty(2), Finding::NobodyReachable]);
    w.stands("open rung 2 turn 0 11-23 10:10");
    w.until("2026-11-23 10:10");
    w.finds(&[Finding::NobodyReachable, UNANSWERED]);
    w.staff(staff());
    w.until("2026-11-23 10:20");
    w.hear_at("11-23 10:20", &[(&["lead"], "red by sms")]);
    w.finds(&[UNANSWERED]);
}

#[test]
fn a_rung_whose_people_left_in_the_night_is_passed_when_its_sms_was_due() {
    let mut staff = staff();
    staff.push(both(Office::DutyLeader, "duty"));
    let mut w = World::opened_with(staff, Level::Red, "2026-11-23 23:00");
    w.hear_at("11-23 23:00", &[(&SCHOOL, RED), (&["duty"], RED)]);
    w.staff(without(&SCHOOL));
    w.until("2026-11-23 23:03");
    w.hear_at("11-23 23:03", &[(&["officer"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 0 }]);
    assert_eq!(w.deadline(), "11-23 23:13");
}

#[test]
fn a_rung_that_no_message_reaches_is_passed_at_once_and_only_once() {
    let mut w = by_day();
    w.at("2026-11-23 10:02", Event::RungUnreachable { epoch: 0, rung: 0 });
    w.hear_at("11-23 10:02", &[(&["officer"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 0 }]);
    w.stands("open rung 1 turn 0 11-23 10:12");
    w.at("2026-11-23 10:03", Event::RungUnreachable { epoch: 0, rung: 0 });
    w.acks("officer", "2026-11-23 10:04");
    w.hear_at("11-23 10:04", &[(&SCHOOL, OVER)]);
    w.at("2026-11-23 10:05", Event::RungUnreachable { epoch: 0, rung: 1 });
    w.stands("acked rung 1 turn 0 11-23 10:14");
    w.until("2026-11-23 10:14");
    w.hear_at("11-23 10:14", &[(&["officer", "lead"], RED)]);
    w.at("2026-11-23 10:15", Event::RungUnreachable { epoch: 0, rung: 2 });
    w.stands("open rung 2 turn 1 11-23 10:24");
}

#[test]
fn a_top_rung_that_no_message_reaches_is_as_good_as_empty() {
    let mut w = by_day();
    w.until("2026-11-23 10:20");
    w.hear_at("11-23 10:10", &[(&["officer"], RED)]);
    w.hear_at("11-23 10:20", &[(&["lead"], RED)]);
    w.at("2026-11-23 10:21", Event::RungUnreachable { epoch: 0, rung: 2 });
    w.hear_at("11-23 10:21", &[(&SCHOOL, RED), (&["officer", "lead"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 2 }]);
    w.stands("open rung 2 turn 0 11-23 10:30");
    w.at("2026-11-23 10:22", Event::RungUnreachable { epoch: 0, rung: 2 });
    w.stands("open rung 2 turn 0 11-23 10:30");
}

#[test]
fn after_an_outage_one_step_jumps_to_the_right_rung_and_tells_each_skipped_one_once() {
    let mut w = by_day();
    w.wakes_up("2026-11-23 10:25");
    w.hear_at("11-23 10:25", &[(&["officer", "lead"], RED)]);
    w.stands("open rung 2 turn 0 11-23 10:35");
    assert!(w.climb.late);

    let mut w = by_day();
    w.wakes_up("2026-11-24 10:00");
    w.hear_at("11-24 10:00", &[(&["officer", "lead"], RED)]);
    w.stands("open rung 2 turn 0 11-24 10:10");
    w.wakes_up("2026-11-25 10:00");
    w.hear_at("11-25 10:00", &[(&["lead"], "red by mail")]);
    w.finds(&[UNANSWERED]);

    let mut w = World::opened(Level::Orange, "2026-11-23 10:00");
    w.wakes_up("2026-11-23 12:30");
    w.hear_at("11-23 10:00", &[(&["teacher", "grade", "counsellor"], "alarm by sms+mail")]);
    w.hear_at("11-23 12:30", &[(&["vice", "principal"], "alarm by sms+mail")]);
    w.stands("open rung 2 turn 0 11-23 13:30");
}

#[test]
fn two_minutes_late_is_not_late() {
    for (woke, late) in [("2026-11-23 10:12", false), ("2026-11-23 10:12:01", true)] {
        let mut w = by_day();
        w.wakes_up(woke);
        w.hear_at("11-23 10:12", &[(&["officer"], RED)]);
        assert_eq!(w.climb.late, late, "{woke}");
    }
}

#[test]
fn an_empty_rung_takes_no_time_in_an_outage_either() {
    let mut w = World::opened_with(without(&["vice"]), Level::Orange, "2026-11-23 10:00");
    w.wakes_up("2026-11-23 12:05"); // the principal was due at 11, the district at 12
    w.hear_at("11-23 10:00", &[(&["teacher", "grade", "counsellor"], "alarm by sms+mail")]);
    w.hear_at("11-23 12:05", &[(&["principal", "officer"], "alarm by sms+mail")]);
    w.finds(&[Finding::EmptyRung { rung: 1 }]);
    w.stands("open rung 3 turn 0 11-23 13:05");
}

#[test]
fn an_acknowledgement_or_review_that_ran_out_in_an_outage_jumps_as_well() {
    let mut w = by_day();
    w.acks("vice", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["teacher", "grade", "counsellor", "principal"], OVER)]);
    w.wakes_up("2026-11-23 10:26"); // 10:15 the district, 10:25 its lead
    w.hear_at("11-23 10:26", &[(&SCHOOL, RED), (&["officer", "lead"], RED)]);
    w.stands("open rung 2 turn 1 11-23 10:36");
    assert!(w.climb.late);

    let mut w = by_day();
    w.is_with_the_child("vice", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["teacher", "grade", "counsellor", "principal"], "stood_down by sms+mail")]);
    w.assesses("counsellor", "2026-11-23 10:10");
    w.wakes_up("2026-11-24 10:21");
    w.hear_at("11-24 10:21", &[(&SCHOOL, RED), (&["officer"], RED)]);
    w.stands("open rung 1 turn 1 11-24 10:31");
}

#[test]
fn a_second_report_after_an_outage_does_not_hide_the_rungs_that_were_missed() {
    let mut w = by_day();
    w.at("2026-11-23 10:25", Event::IndependentRepeat);
    w.hear_at("11-23 10:25", &[(&["officer", "lead"], RED)]);
    assert!(w.climb.late);
}

#[test]
fn a_clock_that_goes_back_moves_nothing_back() {
    let mut w = by_day();
    w.acks("vice", "2026-11-23 09:50");
    w.hear_at("11-23 09:50", &[(&["teacher", "grade", "counsellor", "principal"], OVER)]);
    w.finds(&[Finding::ClockWentBack]);
    w.stands("acked rung 0 turn 0 11-23 10:10");
    w.wakes_up("2026-11-23 09:55");
    w.finds(&[Finding::ClockWentBack]);
    w.stands("acked rung 0 turn 0 11-23 10:10");

    let mut w = World::opened(Level::Orange, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&["teacher", "grade", "counsellor"], "alarm by sms+mail")]);
    w.at("2026-11-23 09:00", Event::StillWorried);
    w.hear_at("11-23 09:00", &[(&["vice"], "alarm by sms+mail")]);
    w.finds(&[Finding::ClockWentBack]);
    w.stands("open rung 1 turn 0 11-23 11:00");
}

#[test]
fn a_due_that_is_stale_or_early_does_nothing() {
    let mut w = by_day();
    let stale = Event::Due { version: w.climb.version };
    w.acks("vice", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["teacher", "grade", "counsellor", "principal"], OVER)]);
    let before = w.climb.clone();
    w.at("2026-11-23 12:00", stale);
    assert_eq!((&w.climb, w.last.len()), (&before, 0));
    w.wakes_up("2026-11-23 10:14:59");
    assert_eq!((&w.climb, w.last.len()), (&before, 0));
}

#[test]
fn whoever_holds_several_offices_hears_once_in_a_step_and_the_present_rung_keeps_its_notices() {
    let mut staff = without(&["grade", "officer", "lead"]);
    staff.push(both(Office::GradeLead, "teacher"));
    staff.push(both(Office::DistrictDuty, "principal"));
    staff.push(both(Office::DistrictLead, "principal"));
    let mut w = World::opened_with(staff, Level::Red, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&["teacher", "counsellor", "vice", "principal"], RED)]);
    w.wakes_up("2026-11-23 10:25");
    w.hear_at("11-23 10:25", &[(&["principal"], RED)]);
    let rungs: Vec<u8> = w.last.iter().filter_map(tell_rung).collect();
    assert_eq!(rungs, [2, 2]);
}

fn tell_rung(effect: &Effect) -> Option<u8> {
    match effect {
        Effect::Tell(notice) => Some(notice.to().rung),
        Effect::CancelAlarms
        | Effect::Reached { .. }
        | Effect::Reopened
        | Effect::ClimbsOn { .. }
        | Effect::Finding(_) => None,
    }
}

#[test]
fn whoever_is_excluded_later_does_not_even_hear_who_took_over() {
    let mut w = by_day();
    w.staff(without(&["vice"]));
    w.acks("teacher", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["grade", "counsellor", "principal"], OVER)]);
}

/// A real directory: a teacher with a deputy, a vice-principal who is excluded, a principal.
fn directory(excluded: &[&str], with_deputy: bool) -> Directory {
    directory_where(excluded, with_deputy, &[])
}

/// The same, where the teacher chose channels; he has mail and SMS.
fn directory_where(excluded: &[&str], with_deputy: bool, chosen: &[Channel]) -> Directory {
    let calendar = calendar();
    let (from, to) = (instant(&calendar, "2026-11-01 00:00"), instant(&calendar, "2026-12-01 00:00"));
    let school = Unit::School(SchoolId::new(Uuid::from_u128(99)));
    let position = |who: &str, role| Position {
        id: PositionId::new(id(who).uuid()),
        person: id(who),
        role,
        unit: school,
        lead: false,
        valid_from: from,
        valid_to: None,
    };
    let contact = |who: &&str| ContactMethod {
        person: id(who),
        channel: Channel::Sms,
        address: String::new(),
        verified_at: Some(from),
    };
    let sources = Sources {
        chosen: chosen.iter().map(|c| (id("teacher"), vec![*c])).collect(),
        positions: vec![
            position("teacher", Role::ClassTeacher),
            position("vice", Role::VicePrincipal),
            position("principal", Role::Principal),
        ],
        on_duty: Vec::new(),
        contacts: ["teacher", "vice", "principal", "deputy"]
            .iter()
            .map(contact)
            .chain(chosen.iter().map(|_| ContactMethod { channel: Channel::Mail, ..contact(&"teacher") }))
            .collect(),
        deputies: if with_deputy {
            vec![Deputy { person: id("teacher"), deputy: id("deputy"), from, to }]
        } else {
            Vec::new()
        },
        excluded: excluded.iter().map(|who| id(who)).collect(),
        audience: Audience::Everyone,
    };
    Directory::of(&sources, &[school], from + TimeDelta::days(10))
}

#[test]
fn deputies_hear_with_whom_they_stand_in_for_and_whoever_is_excluded_hears_nothing() {
    for (excluded, deputy, wanted) in [
        (vec!["vice"], true, vec!["deputy", "teacher", "principal"]),
        (vec!["vice", "teacher"], true, vec!["principal"]),
        (vec!["vice", "deputy"], true, vec!["teacher", "principal"]),
        (vec![], false, vec!["teacher", "vice", "principal"]),
    ] {
        let mut w = World::opened_with(directory(&excluded, deputy).entries().to_vec(), Level::Red, "2026-11-23 10:00");
        w.hear_at("11-23 10:00", &[(&wanted, "red by sms")]);
        let by = wanted[0];
        w.acks(by, "2026-11-23 10:05");
        w.hear_at("11-23 10:05", &[(&wanted[1..], "taken_over by sms")]);
    }
}

#[test]
fn opening_says_which_rung_was_reached() {
    let (policy, calendar) = (policy(), calendar());
    let directory = Directory::from_entries(staff());
    let ground = Ground { policy: &policy, calendar: &calendar, directory: &directory, told: &[] };
    let now = instant(&calendar, "2026-11-23 10:00");
    let opened = open(&ground, Level::Blue, now);
    assert_eq!(opened.effects.last(), Some(&Effect::Reached { rung: 0, at: now }));
    assert_eq!((opened.climb.version, opened.climb.last_seen, opened.climb.late), (1, now, false));
}

#[test]
fn whoever_chose_a_channel_hears_yellow_by_it_and_red_by_every_one() {
    let (policy, calendar, directory) = (policy(), calendar(), directory_where(&[], false, &[Channel::Mail]));
    let ground = Ground { policy: &policy, calendar: &calendar, directory: &directory, told: &[] };
    let now = instant(&calendar, "2026-11-23 10:00");
    for (level, wanted) in [(Level::Yellow, vec![Channel::Mail]), (Level::Red, vec![Channel::Sms, Channel::Mail])] {
        let mut by: Vec<Channel> = Vec::new();
        for effect in open(&ground, level, now).effects {
            if let Effect::Tell(notice) = effect
                && notice.to().person == id("teacher")
            {
                by.push(notice.to().channel);
            }
        }
        by.sort_unstable();
        let mut wanted = wanted;
        wanted.sort_unstable();
        assert_eq!(by, wanted, "{level:?}");
    }
}
