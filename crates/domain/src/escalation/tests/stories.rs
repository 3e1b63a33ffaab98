//! Orange, yellow and blue: waking hours, school time, quiet hours, and changes of level.

use super::world::*;
use crate::escalation::{Event, Finding};
use crate::level::Level;

const ALARM: &str = "alarm by sms+mail";
const OVER: &str = "taken_over by sms+mail";
const UNANSWERED: Finding = Finding::UnansweredAtTop;
const GRADE_TIER: [&str; 3] = ["teacher", "grade", "counsellor"];
const CLASS_TIER: [&str; 2] = ["teacher", "counsellor"];

#[test]
fn orange_climbs_in_waking_hours_and_is_never_deferred() {
    let mut w = World::opened(Level::Orange, "2026-11-23 21:45");
    w.hear_at("11-23 21:45", &[(&GRADE_TIER, ALARM)]);
    w.stands("open rung 0 turn 0 11-24 07:15");
    w.until("2026-11-24 12:00");
    w.hear_at("11-24 07:15", &[(&["vice"], ALARM)]);
    w.hear_at("11-24 08:15", &[(&["principal"], ALARM)]);
    w.hear_at("11-24 09:15", &[(&["officer"], ALARM)]);
    w.hear_at("11-24 10:15", &[(&["officer"], "alarm by mail")]);
    w.hear_at("11-24 11:15", &[(&["officer"], "alarm by sms")]);
    w.silence();
    w.finds(&[UNANSWERED; 2]);
}

#[test]
fn orange_at_night_and_in_the_holidays_is_told_at_once_and_waits_for_the_morning() {
    let mut w = World::opened(Level::Orange, "2026-10-02 03:00");
    w.hear_at("10-02 03:00", &[(&GRADE_TIER, ALARM)]);
    w.stands("open rung 0 turn 0 10-02 07:30");
    w.until("2026-10-02 07:30");
    w.hear_at("10-02 07:30", &[(&["vice"], ALARM)]);
}

#[test]
fn an_acknowledged_orange_lasts_four_hours_and_custody_does_not_hold_it_for_ever() {
    let mut w = World::opened(Level::Orange, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&GRADE_TIER, ALARM)]);
    w.is_with_the_child("teacher", "2026-11-23 10:30");
    w.hear_at("11-23 10:30", &[(&["grade", "counsellor"], OVER)]);
    w.stands("acked rung 0 turn 0 11-23 14:30");
    w.until("2026-11-23 14:30");
    w.hear_at("11-23 14:30", &[(&GRADE_TIER, ALARM), (&["vice"], ALARM)]);
    w.stands("open rung 1 turn 1 11-23 15:30");
    w.assesses("counsellor", "2026-11-23 15:00");
    w.hear_at("11-23 15:00", &[(&["teacher", "grade", "vice"], OVER)]);
    w.stands("settled rung 1 turn 1 11-26 15:00");
}

#[test]
fn yellow_climbs_one_school_day_at_a_time_over_the_weekend() {
    let mut w = World::opened(Level::Yellow, "2026-11-27 16:30"); // a Friday
    w.hear_at("11-27 16:30", &[(&CLASS_TIER, ALARM)]);
    w.until("2026-12-04 16:30");
    w.hear_at("11-30 16:30", &[(&["grade"], ALARM)]);
    w.hear_at("12-01 16:30", &[(&["vice"], ALARM)]);
    w.hear_at("12-02 16:30", &[(&["principal"], ALARM)]);
    w.hear_at("12-03 16:30", &[(&["principal"], "alarm by mail")]);
    w.hear_at("12-04 16:30", &[(&["principal"], "alarm by sms")]);
    w.silence();
    w.finds(&[UNANSWERED; 2]);
}

#[test]
fn yellow_rests_over_the_national_holiday_and_works_on_a_make_up_day() {
    let mut w = World::opened(Level::Yellow, "2026-09-30 10:00");
    w.hear_at("09-30 10:00", &[(&CLASS_TIER, ALARM)]);
    w.until("2026-10-10 10:00");
    w.hear_at("10-08 10:00", &[(&["grade"], ALARM)]);
    w.hear_at("10-09 10:00", &[(&["vice"], ALARM)]);
    w.hear_at("10-10 10:00", &[(&["principal"], ALARM)]);
}

#[test]
fn blue_takes_three_school_days_then_two_and_two_then_one() {
    let mut w = World::opened(Level::Blue, "2026-11-28 12:00"); // a Saturday
    w.hear_at("11-28 12:00", &[(&["teacher"], ALARM)]);
    w.until("2026-12-09 17:30");
    w.hear_at("12-02 17:30", &[(&["grade"], ALARM)]);
    w.hear_at("12-04 17:30", &[(&["counsellor"], ALARM)]);
    w.hear_at("12-08 17:30", &[(&["vice"], ALARM)]);
    w.hear_at("12-09 17:30", &[(&["vice"], "alarm by mail")]);
    w.silence();
    w.finds(&[UNANSWERED]);
}

#[test]
fn acknowledgements_of_yellow_and_blue_last_two_and_three_school_days() {
    let mut w = World::opened(Level::Yellow, "2026-11-26 10:00");
    w.hear_at("11-26 10:00", &[(&CLASS_TIER, ALARM)]);
    w.acks("teacher", "2026-11-27 09:00");
    w.hear_at("11-27 09:00", &[(&["counsellor"], OVER)]);
    w.stands("acked rung 0 turn 0 12-01 09:00");
    w.until("2026-12-01 09:00");
    w.hear_at("12-01 09:00", &[(&CLASS_TIER, ALARM), (&["grade"], ALARM)]);
    w.stands("open rung 1 turn 1 12-02 09:00");

    let mut w = World::opened(Level::Blue, "2026-11-26 10:00");
    w.hear_at("11-26 10:00", &[(&["teacher"], ALARM)]);
    w.acks("teacher", "2026-11-27 09:00");
    w.stands("acked rung 0 turn 0 12-02 09:00");
}

#[test]
fn quiet_hours_defer_yellow_and_blue_to_the_second_and_nothing_else() {
    for (opened, said) in [
        ("2026-11-23 21:29:59", "alarm by sms+mail"),
        ("2026-11-23 21:30", "alarm from 11-24 06:30 by sms+mail"),
        ("2026-11-24 00:00", "alarm from 11-24 06:30 by sms+mail"),
        ("2026-11-24 06:29:59", "alarm from 11-24 06:30 by sms+mail"),
        ("2026-11-24 06:30", "alarm by sms+mail"),
    ] {
        let at = &opened[5..16];
        let mut yellow = World::opened(Level::Yellow, opened);
        yellow.hear_at(at, &[(&CLASS_TIER, said)]);
        let mut blue = World::opened(Level::Blue, opened);
        blue.hear_at(at, &[(&["teacher"], said)]);
        let mut orange = World::opened(Level::Orange, opened);
        orange.hear_at(at, &[(&GRADE_TIER, ALARM)]);
    }
    let mut yellow = World::opened(Level::Yellow, "2026-11-23 20:00");
    yellow.hear_at("11-23 20:00", &[(&CLASS_TIER, ALARM)]);
    yellow.acks("teacher", "2026-11-23 22:00");
    yellow.hear_at("11-23 22:00", &[(&["counsellor"], "taken_over from 11-24 06:30 by sms+mail")]);
}

#[test]
fn a_yellow_raised_to_red_begins_a_new_turn_and_five_offices_hear_at_once() {
    let mut w = World::opened(Level::Yellow, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&CLASS_TIER, ALARM)]);
    w.until("2026-11-24 14:00");
    w.hear_at("11-24 10:00", &[(&["grade"], ALARM)]);
    w.at("2026-11-24 14:00", Event::Raised { to: Level::Red });
    w.hear_at("11-24 14:00", &[(&SCHOOL, "red by sms+mail")]);
    w.stands("open rung 0 turn 1 11-24 14:10");
    w.at("2026-11-24 14:01", Event::Raised { to: Level::Red });
    w.at("2026-11-24 14:01", Event::Raised { to: Level::Blue });
    w.stands("open rung 0 turn 1 11-24 14:10");
}

#[test]
fn raising_never_moves_the_deadline_later() {
    let mut w = World::opened(Level::Yellow, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&CLASS_TIER, ALARM)]);
    w.at("2026-11-24 09:55", Event::Raised { to: Level::Orange });
    w.hear_at("11-24 09:55", &[(&GRADE_TIER, ALARM)]);
    w.stands("open rung 0 turn 1 11-24 10:00");
    w.until("2026-11-24 10:00");
    w.hear_at("11-24 10:00", &[(&["vice"], ALARM)]);
    w.stands("open rung 1 turn 1 11-24 11:00");
}

#[test]
fn an_orange_that_had_reached_the_district_is_a_red_of_the_district() {
    let mut w = World::opened(Level::Orange, "2026-11-23 10:00");
    w.until("2026-11-23 13:30");
    w.hear_at("11-23 10:00", &[(&GRADE_TIER, ALARM)]);
    w.hear_at("11-23 11:00", &[(&["vice"], ALARM)]);
    w.hear_at("11-23 12:00", &[(&["principal"], ALARM)]);
    w.hear_at("11-23 13:00", &[(&["officer"], ALARM)]);
    w.at("2026-11-23 13:30", Event::Raised { to: Level::Red });
    w.hear_at("11-23 13:30", &[(&SCHOOL, "red by sms+mail"), (&["officer"], "red by sms+mail")]);
    w.stands("open rung 1 turn 1 11-23 13:40");
    assert_eq!(w.climb.reached.iter().map(|r| r.rung).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn raising_opens_what_somebody_had_taken_or_settled() {
    for settled in [false, true] {
        let mut w = World::opened(Level::Orange, "2026-11-23 10:00");
        w.hear_at("11-23 10:00", &[(&GRADE_TIER, ALARM)]);
        w.acks("teacher", "2026-11-23 10:10");
        w.hear_at("11-23 10:10", &[(&["grade", "counsellor"], OVER)]);
        if settled {
            w.assesses("counsellor", "2026-11-23 10:20");
        }
        w.at("2026-11-23 10:30", Event::Raised { to: Level::Red });
        w.hear_at("11-23 10:30", &[(&SCHOOL, "red by sms+mail")]);
        w.stands("open rung 0 turn 1 11-23 10:40");
    }
}

#[test]
fn what_was_overdue_when_it_was_raised_counts_from_where_it_should_have_been() {
    let mut w = World::opened(Level::Orange, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&GRADE_TIER, ALARM)]);
    w.at("2026-11-23 13:05", Event::Raised { to: Level::Red }); // nobody had looked since ten
    w.hear_at("11-23 13:05", &[(&SCHOOL, "red by sms+mail"), (&["officer"], "red by sms+mail")]);
    w.stands("open rung 1 turn 1 11-23 13:15");
    assert!(w.climb.late);
}

#[test]
fn lowering_settles_and_the_review_opens_it_on_the_rung_of_the_same_tier() {
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.until("2026-11-23 10:10");
    w.hear_at("11-23 10:00", &[(&SCHOOL, "red by sms+mail")]);
    w.hear_at("11-23 10:10", &[(&["officer"], "red by sms+mail")]);
    w.at("2026-11-23 10:15", Event::Lowered { to: Level::Orange });
    w.stands("settled rung 3 turn 1 11-26 10:15");
    assert!(w.climb.reached.is_empty(), "the rungs of another ladder");
    w.at("2026-11-23 10:16", Event::Lowered { to: Level::Red });
    w.stands("settled rung 3 turn 1 11-26 10:15");
    w.until("2026-11-26 10:15");
    w.hear_at("11-26 10:15", &[(&["officer"], ALARM)]);
    w.stands("open rung 3 turn 2 11-26 11:15");
}

#[test]
fn a_closed_alert_keeps_its_level() {
    let mut w = World::opened(Level::Red, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&SCHOOL, "red by sms+mail")]);
    w.at("2026-11-23 10:01", Event::Closed);
    w.at("2026-11-23 10:02", Event::Lowered { to: Level::Blue });
    w.at("2026-11-23 10:03", Event::Reopened);
    w.hear_at("11-23 10:03", &[(&SCHOOL, "red by sms+mail")]);
}

#[test]
fn a_second_reporter_opens_an_orange_that_somebody_keeps_to_himself() {
    let mut w = World::opened(Level::Orange, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&GRADE_TIER, ALARM)]);
    w.acks("teacher", "2026-11-23 10:10");
    w.hear_at("11-23 10:10", &[(&["grade", "counsellor"], OVER)]);
    w.at("2026-11-23 11:00", Event::IndependentRepeat);
    w.hear_at("11-23 11:00", &[(&GRADE_TIER, ALARM), (&["vice"], ALARM)]);
    w.stands("open rung 1 turn 1 11-23 12:00");
}

#[test]
fn a_second_reporter_changes_nothing_once_it_is_settled_but_whoever_is_still_worried_does() {
    let mut w = World::opened(Level::Orange, "2026-11-23 10:00");
    w.hear_at("11-23 10:00", &[(&GRADE_TIER, ALARM)]);
    w.assesses("counsellor", "2026-11-23 10:10");
    w.hear_at("11-23 10:10", &[(&["teacher", "grade"], OVER)]);
    w.at("2026-11-23 11:00", Event::IndependentRepeat);
    w.stands("settled rung 0 turn 0 11-26 10:10");
    w.at("2026-11-23 11:01", Event::StillWorried);
    w.hear_at("11-23 11:01", &[(&GRADE_TIER, ALARM), (&["vice"], ALARM)]);
    w.stands("open rung 1 turn 1 11-23 12:01");
}
