//! A red, by day and by night, answered and unanswered.

use super::world::*;
use crate::delivery::Channel;
use crate::directory::{Entry, Office};
use crate::escalation::{Event, Finding};
use crate::level::Level;

const RED: &str = "red by sms+mail";
const OVER: &str = "taken_over by sms+mail";
const REST: &str = "stood_down by sms+mail";
const UNANSWERED: Finding = Finding::UnansweredAtTop;

fn with_duty_leader() -> Vec<Entry> {
    let mut staff = staff();
    staff.push(both(Office::DutyLeader, "duty"));
    staff
}

fn by_day() -> World {
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&SCHOOL, RED)]);
    w
}

#[test]
fn by_day_five_offices_hear_at_once_and_then_the_district_every_ten_minutes_for_ever() {
    let mut w = by_day();
    w.stands("open rung 0 turn 0 11-23 10:10");
    w.until("2026-11-23 10:09");
    w.silence();
    w.until("2026-11-23 11:00");
    w.hear_at("11-23 10:10", &[(&["officer"], RED)]);
    w.hear_at("11-23 10:20", &[(&["lead"], RED)]);
    w.hear_at("11-23 10:30", &[(&["lead"], "red by mail")]);
    w.hear_at("11-23 10:40", &[(&["lead"], "red by sms")]);
    w.hear_at("11-23 10:50", &[(&["lead"], "red by mail")]);
    w.hear_at("11-23 11:00", &[(&["lead"], "red by sms")]);
    w.silence();
    w.finds(&[UNANSWERED; 4]);
    w.stands("open rung 2 turn 0 11-23 11:10");

    w.until("2026-11-23 21:59");
    w.finds(&[UNANSWERED; 65]);
    for minute in (11 * 60 + 10..=21 * 60 + 50).step_by(10) {
        let channel = if (minute / 10) % 2 == 1 { "red by mail" } else { "red by sms" };
        w.hear_at(&format!("11-23 {:02}:{:02}", minute / 60, minute % 60), &[(&["lead"], channel)]);
    }
}

#[test]
fn by_night_the_duty_leader_goes_first_and_the_sms_is_repeated_every_three_minutes() {
    let mut w = World::opened_with(with_duty_leader(), Level::Red, "2026-11-23 23:00");
    w.hear_at("11-23 23:00", &[(&SCHOOL, RED), (&["duty"], RED)]);
    assert_eq!(w.queue()[0], ("duty", 0), "the duty leader goes first");
    assert!(w.queue()[1..].iter().all(|(_, place)| *place > 0), "{:?}", w.queue());
    w.until("2026-11-23 23:41");
    for at in ["11-23 23:03", "11-23 23:06", "11-23 23:09"] {
        w.hear_at(at, &[(&SCHOOL, "red by sms"), (&["duty"], "red by sms")]);
    }
    w.hear_at("11-23 23:10", &[(&["officer"], RED)]);
    for at in ["11-23 23:13", "11-23 23:16", "11-23 23:19"] {
        w.hear_at(at, &[(&["officer"], "red by sms")]);
    }
    w.hear_at("11-23 23:20", &[(&["lead"], RED)]);
    for at in ["23:23", "23:26", "23:29", "23:32", "23:35", "23:38", "23:41"] {
        w.hear_at(&format!("11-23 {at}"), &[(&["lead"], "red by sms")]);
    }
    w.hear_at("11-23 23:30", &[(&["lead"], "red by mail")]);
    w.hear_at("11-23 23:40", &[(&["lead"], "red by mail")]);
    w.silence();
    w.finds(&[UNANSWERED; 2]);
}

#[test]
fn a_day_off_is_like_a_night_and_a_make_up_day_is_not() {
    let mut w = World::opened_with(with_duty_leader(), Level::Red, "2026-11-28 10:00");
    w.hear_at("11-28 10:00", &[(&SCHOOL, RED), (&["duty"], RED)]);
    w.stands("open rung 0 turn 0 11-28 10:03");
    assert_eq!(w.deadline(), "11-28 10:10");

    let mut w = World::opened_with(with_duty_leader(), Level::Red, "2026-10-10 10:00");
    w.hear_at("10-10 10:00", &[(&SCHOOL, RED)]);
    w.stands("open rung 0 turn 0 10-10 10:10");
}

#[test]
fn a_night_without_a_duty_leader_is_reported_and_stops_nothing() {
    let mut w = World::opened(Level::Red, "2026-11-24 03:00");
    w.finds(&[Finding::NoDutyLeader]);
    w.hear_at("11-24 03:00", &[(&SCHOOL, RED)]);
}

#[test]
fn the_morning_ends_the_repeats_of_the_night() {
    let mut w = World::opened_with(with_duty_leader(), Level::Red, "2026-11-24 06:28");
    w.hear_at("11-24 06:28", &[(&SCHOOL, RED), (&["duty"], RED)]);
    w.until("2026-11-24 06:38");
    w.hear_at("11-24 06:31", &[(&SCHOOL, "red by sms")]);
    w.hear_at("11-24 06:38", &[(&["officer"], RED)]);
    w.stands("open rung 1 turn 0 11-24 06:48");
}

#[test]
fn a_top_rung_that_was_reached_by_day_repeats_its_sms_every_three_minutes_from_the_beginning_of_the_night_on() {
    let mut w = World::opened(Level::Red, "2026-11-23 21:36");
    w.until("2026-11-23 22:12");
    w.hear_at("11-23 21:36", &[(&SCHOOL, RED)]);
    w.hear_at("11-23 21:46", &[(&["officer"], RED)]);
    w.hear_at("11-23 21:56", &[(&["lead"], RED)]);
    w.hear_at("11-23 22:03", &[(&["lead"], "red by sms")]);
    w.hear_at("11-23 22:06", &[(&["lead"], "red by mail+sms")]); // the turn of the mail, and the three minutes
    w.hear_at("11-23 22:09", &[(&["lead"], "red by sms")]);
    w.hear_at("11-23 22:12", &[(&["lead"], "red by sms")]);
    w.finds(&[UNANSWERED]);
    assert_eq!(w.deadline(), "11-23 22:16");
}

#[test]
fn whoever_has_only_mail_hears_by_mail_alone() {
    let mut staff = with_duty_leader();
    staff[6] = entry(Office::DistrictLead, "lead", &[Channel::Mail]);
    let mut w = World::opened_with(staff, Level::Red, "2026-11-23 23:00");
    w.at("2026-11-23 23:01", Event::StillWorried);
    w.at("2026-11-23 23:02", Event::StillWorried);
    w.until("2026-11-23 23:12");
    w.hear_at("11-23 23:00", &[(&SCHOOL, RED), (&["duty"], RED)]);
    w.hear_at("11-23 23:01", &[(&["officer"], RED)]);
    w.hear_at("11-23 23:02", &[(&["lead"], "red by mail")]);
    w.hear_at("11-23 23:12", &[(&["lead"], "red by mail")]);
    w.silence();
    w.finds(&[UNANSWERED]);
}

#[test]
fn whoever_takes_it_pauses_the_climb_and_those_told_before_hear_it_once() {
    let mut w = by_day();
    w.until("2026-11-23 10:12");
    w.hear_at("11-23 10:10", &[(&["officer"], RED)]);
    w.acks("counsellor", "2026-11-23 10:13");
    w.hear_at("11-23 10:13", &[(&["teacher", "grade", "vice", "principal", "officer"], OVER)]);
    assert!(w.queue().iter().all(|(_, place)| *place == 9), "alarms of others go first: {:?}", w.queue());
    w.stands("acked rung 1 turn 0 11-23 10:23");
    w.acks("counsellor", "2026-11-23 10:14");
    w.acks("vice", "2026-11-23 10:15");
    w.stands("acked rung 1 turn 0 11-23 10:23");
    w.until("2026-11-23 10:22");
    w.silence();
}

#[test]
fn an_acknowledgement_that_nobody_followed_up_opens_it_on_the_same_and_the_next_rung() {
    let mut w = by_day();
    w.acks("teacher", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["grade", "counsellor", "vice", "principal"], OVER)]);
    w.until("2026-11-23 10:15");
    w.hear_at("11-23 10:15", &[(&SCHOOL, RED), (&["officer"], RED)]);
    w.stands("open rung 1 turn 1 11-23 10:25");
    assert!(!w.climb.late);
    w.acks("teacher", "2026-11-23 10:16");
    w.hear_at("11-23 10:16", &[(&["grade", "counsellor", "vice", "principal", "officer"], OVER)]);
    w.until("2026-11-23 10:26");
    w.hear_at("11-23 10:26", &[(&["officer", "lead"], RED)]);
    w.stands("open rung 2 turn 2 11-23 10:36");
    let minutes: Vec<i64> = w.climb.reached.iter().map(|r| (w.now() - r.at).num_minutes()).collect();
    assert_eq!(minutes, [26, 11, 0], "each rung from when it was first told");
}

#[test]
fn taken_at_the_top_and_not_handled_it_opens_on_the_top_and_the_nearest_rung_below() {
    let mut w = by_day();
    w.until("2026-11-23 10:20");
    w.forgets();
    w.acks("lead", "2026-11-23 10:21");
    w.hear_at("11-23 10:21", &[(&SCHOOL, OVER), (&["officer"], OVER)]);
    w.until("2026-11-23 10:31");
    w.hear_at("11-23 10:31", &[(&["officer", "lead"], RED)]);
    w.stands("open rung 2 turn 1 11-23 10:41");
    w.acks("lead", "2026-11-23 10:32");
    w.forgets();
    w.staff(staff().into_iter().filter(|e| e.person != id("officer")).collect());
    w.until("2026-11-23 10:42");
    w.hear_at("11-23 10:42", &[(&SCHOOL, RED), (&["lead"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 1 }]);
}

#[test]
fn an_adult_with_the_child_stops_the_climb_and_only_assessors_are_reminded() {
    let mut w = by_day();
    w.is_with_the_child("teacher", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["counsellor", "vice"], OVER), (&["grade", "principal"], REST)]);
    w.stands("acked rung 0 turn 0 11-23 11:05");
    w.is_with_the_child("grade", "2026-11-23 10:45");
    w.at("2026-11-23 10:46", Event::IndependentRepeat);
    w.stands("acked rung 0 turn 0 11-23 11:05");
    w.until("2026-11-23 11:06");
    w.hear_at("11-23 11:05", &[(&["counsellor", "vice"], "assessment_due by sms+mail")]);
    w.assesses("counsellor", "2026-11-23 11:10");
    w.stands("settled rung 0 turn 0 11-24 11:10");
    w.is_with_the_child("grade", "2026-11-23 11:30");
    w.stands("settled rung 0 turn 0 11-24 11:10");
}

#[test]
fn custody_sends_to_rest_whoever_was_told_but_not_those_who_have_to_assess() {
    let mut w = by_day();
    w.acks("teacher", "2026-11-23 10:02");
    w.hear_at("11-23 10:02", &[(&["grade", "counsellor", "vice", "principal"], OVER)]);
    w.is_with_the_child("teacher", "2026-11-23 10:11");
    w.hear_at("11-23 10:11", &[(&["grade", "principal"], REST)]);
    w.stands("acked rung 0 turn 0 11-23 11:11");
    w.is_with_the_child("duty", "2026-11-23 10:12");
    w.silence();

    let mut w = by_day();
    w.is_with_the_child("counsellor", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["teacher", "grade", "vice", "principal"], REST)]);
}

#[test]
fn an_assessment_without_custody_does_not_settle_a_red() {
    let mut w = by_day();
    w.assesses("counsellor", "2026-11-23 10:03");
    w.hear_at("11-23 10:03", &[(&["teacher", "grade", "vice", "principal"], OVER)]);
    w.stands("acked rung 0 turn 0 11-23 10:13");
    w.assesses("counsellor", "2026-11-23 10:06");
    w.stands("acked rung 0 turn 0 11-23 10:13");
    w.until("2026-11-23 10:13");
    w.hear_at("11-23 10:13", &[(&SCHOOL, RED), (&["officer"], RED)]);

    let mut w = by_day();
    w.assesses("counsellor", "2026-11-23 10:03");
    w.hear_at("11-23 10:03", &[(&["teacher", "grade", "vice", "principal"], OVER)]);
    w.is_with_the_child("duty", "2026-11-23 10:08");
    w.hear_at("11-23 10:08", &[(&SCHOOL, REST)]);
    w.stands("settled rung 0 turn 0 11-24 10:08");
}

#[test]
fn without_assessors_the_reminder_goes_to_those_above() {
    let mut w = by_day();
    w.is_with_the_child("teacher", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["counsellor", "vice"], OVER), (&["grade", "principal"], REST)]);
    let people = staff();
    w.staff(vec![people[0].clone(), people[4].clone(), people[5].clone()]);
    w.until("2026-11-23 11:05");
    w.hear_at("11-23 11:05", &[(&["principal"], "assessment_due by sms+mail")]);
    w.staff(vec![people[0].clone(), people[5].clone(), people[6].clone()]);
    w.until("2026-11-23 12:05");
    w.hear_at("11-23 12:05", &[(&["officer", "lead"], "assessment_due by sms+mail")]);
    w.staff(vec![people[0].clone()]);
    w.until("2026-11-23 13:05");
    w.hear_at("11-23 13:05", &[(&["teacher"], RED)]);
    w.finds(&[Finding::EmptyRung { rung: 1 }, Finding::EmptyRung { rung: 2 }]);
    w.stands("open rung 2 turn 1 11-23 13:15");
}

#[test]
fn a_missed_review_opens_it_on_the_same_rung() {
    let mut w = by_day();
    w.is_with_the_child("teacher", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["counsellor", "vice"], OVER), (&["grade", "principal"], REST)]);
    w.assesses("counsellor", "2026-11-23 10:20");
    w.until("2026-11-24 10:20");
    w.hear_at("11-24 10:20", &[(&SCHOOL, RED)]);
    w.stands("open rung 0 turn 1 11-24 10:30");
    assert!(!w.climb.custody && !w.climb.assessed, "what was said yesterday does not settle today");
    w.until("2026-11-24 10:30");
    w.hear_at("11-24 10:30", &[(&["officer"], RED)]);
}

#[test]
fn whoever_is_still_worried_goes_above_even_when_somebody_has_it() {
    let mut w = by_day();
    w.is_with_the_child("teacher", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["counsellor", "vice"], OVER), (&["grade", "principal"], REST)]);
    w.at("2026-11-23 10:07", Event::StillWorried);
    w.hear_at("11-23 10:07", &[(&SCHOOL, RED), (&["officer"], RED)]);
    w.stands("open rung 1 turn 1 11-23 10:17");
    w.at("2026-11-23 10:08", Event::StillWorried);
    w.hear_at("11-23 10:08", &[(&["lead"], RED)]);
    w.at("2026-11-23 10:09", Event::StillWorried);
    w.hear_at("11-23 10:09", &[(&["lead"], "red by mail")]);
    w.finds(&[UNANSWERED]);
    w.stands("open rung 2 turn 1 11-23 10:19");
}

#[test]
fn a_second_reporter_bypasses_silence_but_not_whoever_has_just_taken_it() {
    let mut w = by_day();
    w.at("2026-11-23 10:04", Event::IndependentRepeat);
    w.hear_at("11-23 10:04", &[(&["officer"], RED)]);
    w.stands("open rung 1 turn 0 11-23 10:14");
    w.acks("principal", "2026-11-23 10:05");
    w.hear_at("11-23 10:05", &[(&["teacher", "grade", "counsellor", "vice", "officer"], OVER)]);
    w.at("2026-11-23 10:06", Event::IndependentRepeat);
    w.stands("acked rung 1 turn 0 11-23 10:15");
}

#[test]
fn a_closed_red_is_silent_until_new_facts_open_it() {
    let mut w = by_day();
    w.until("2026-11-23 10:12");
    w.hear_at("11-23 10:10", &[(&["officer"], RED)]);
    w.at("2026-11-23 10:12", Event::Closed);
    w.stands("closed rung 1 turn 0 never");
    w.until("2026-11-25 10:00");
    w.at("2026-11-25 10:00", Event::Reopened);
    w.hear_at("11-25 10:00", &[(&SCHOOL, RED)]);
    w.stands("open rung 0 turn 1 11-25 10:10");
}
