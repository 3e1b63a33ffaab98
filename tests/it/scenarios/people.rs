//! Deputies, newcomers, people who leave, and the duty roster, while an alert is open.

use super::log;

log! { a_deputyship_that_begins_as_the_rung_is_told_is_told_with_it, "
    2026-11-23 10:00     dorm stands in for vice from 2026-11-23T11:00 until 2026-11-23T18:00
               10:00     subject reports orange  -> GRADE
               11:00                             -> vice dorm
               12:00                             -> principal
" }

log! { a_deputyship_that_begins_a_minute_after_its_rung_was_told_hears_then, "
    2026-11-23 10:00     dorm stands in for vice from 2026-11-23T11:01 until 2026-11-23T18:00
               10:00     subject reports orange  -> GRADE
               11:00                             -> vice
               11:01                             -> dorm
               12:00                             -> principal
" }

log! { a_deputyship_that_ends_as_the_rung_is_told_is_not_told, "
    2026-11-23 10:00     dorm stands in for vice from 2026-11-23T10:00 until 2026-11-23T11:00
               10:00     subject reports orange  -> GRADE
               11:00                             -> vice
" }

log! { a_deputyship_that_ends_while_the_alert_is_open_hears_no_further_turn, "
    2026-11-23 10:00     dorm stands in for teacher from 2026-11-23T10:00 until 2026-11-23T10:12
               10:00     subject reports red     -> SCHOOL dorm
               10:05     dorm takes it           -> taken: SCHOOL
               10:15                             -> SCHOOL district
" }

log! { a_deputyship_that_ends_by_hand_is_over_at_once, "
    2026-11-23 10:00     dorm stands in for vice from 2026-11-23T10:00 until 2026-11-23T18:00
               10:00     subject reports orange  -> GRADE
               10:59     dorm stands in no more
               11:00                             -> vice
" }

log! { a_deputy_who_is_away_himself_is_told_all_the_same_and_widens_the_circle_no_further, "
    2026-11-23 10:00     dorm stands in for vice from 2026-11-23T10:00 until 2026-11-23T18:00
               10:00     nurse stands in for dorm from 2026-11-23T10:00 until 2026-11-23T18:00
               10:00     subject reports orange  -> GRADE
               11:00                             -> vice dorm
               12:00                             -> principal
" }

log! { whoever_leaves_leaves_his_rung_to_his_heir_who_hears_at_once, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               10:30     counsellor leaves to nurse -> nurse
               11:00                             -> vice
" }

log! { whoever_leaves_with_an_alert_in_hand_hands_it_on_and_its_clock_runs_on, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               10:30     counsellor takes it     -> taken: teacher grade
               11:00     counsellor leaves to nurse -> facts: nurse
               14:30                             -> teacher grade nurse vice
" }

log! { whoever_joins_a_rung_that_was_told_hears_at_once, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:04     second joins as counsellor -> second
               10:10                             -> district
               10:12     second takes it         -> taken: SCHOOL district
" }

log! { whoever_joins_a_rung_above_hears_in_its_turn, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               10:04     second joins as vice_principal
               11:00                             -> vice second
" }

log! { when_one_of_two_leaves_the_other_is_told_on, "
    2026-11-23 10:00     second joins as vice_principal
               10:01     subject reports orange  -> GRADE
               10:30     second leaves
               11:01                             -> vice
" }

log! { whoever_loses_his_number_is_told_by_what_is_left, "
    2026-11-23 10:00     everybody has a telephone
               10:00     subject reports orange  -> GRADE
               10:30     vice loses sms          -> changed: vice
               11:00                             -> by mail: vice
               12:00                             -> principal
" }

log! { a_rung_that_nobody_can_be_told_of_any_more_is_passed_when_its_time_comes, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               10:30     vice is out of reach
               11:00                             -> principal
               12:00                             -> district
" }

log! { whoever_is_out_of_reach_beside_a_colleague_is_told_no_more_and_the_colleague_is, "
    2026-11-23 10:00     second joins as vice_principal
               10:01     subject reports orange  -> GRADE
               10:30     second is out of reach
               11:01                             -> vice
               12:01                             -> principal
" }

log! { a_present_rung_that_is_out_of_reach_keeps_its_time, "
    2026-11-23 10:00     subject reports blue    -> teacher
               10:30     teacher is out of reach
    11-26      10:00                             -> grade
" }

log! { the_duty_leader_changes_at_the_hour_of_the_roster, "
    2026-11-23 22:00     nobody is on duty
               22:00     nurse is on duty from 2026-11-23T22:00 until 2026-11-24T00:00
               22:00     dorm is on duty from 2026-11-24T00:00 until 2026-11-24T06:30
               23:55     subject reports red     -> SCHOOL nurse
               23:58                             -> by sms: SCHOOL nurse
    11-24      00:00                             -> dorm
               00:01                             -> by sms: SCHOOL dorm
               00:04                             -> by sms: SCHOOL dorm
               00:05                             -> district
" }

log! { a_duty_leader_who_comes_while_somebody_has_it_in_hand_hears_when_it_opens_again, "
    2026-11-23 22:00     nobody is on duty
               22:00     nurse is on duty from 2026-11-23T22:00 until 2026-11-24T00:00
               22:00     dorm is on duty from 2026-11-24T00:00 until 2026-11-24T06:30
               23:55     subject reports red     -> SCHOOL nurse
               23:58     nurse takes it          -> taken: SCHOOL
    11-24      00:08                             -> SCHOOL dorm district
               00:11                             -> by sms: district
" }

log! { a_night_with_nobody_on_duty_is_told_to_all_the_others, "
    2026-11-23 22:00     nobody is on duty
               23:00     subject reports red     -> SCHOOL
               23:03                             -> by sms: SCHOOL
" }

log! { an_open_alert_keeps_the_policy_that_it_was_opened_with, "
    2026-11-23 10:00     subject reports orange of 0  -> GRADE
               10:10     policy: wait = { waking_minutes = 60 } becomes wait = { waking_minutes = 20 }
               10:15     subject reports orange of 1  -> GRADE
               10:35                                  -> vice
               11:00                                  -> vice
               11:35                                  -> principal
               12:00                                  -> principal
" }

log! { a_level_that_is_raised_goes_up_on_the_ladder_of_the_old_policy, "
    2026-11-23 10:00     counsellor reports orange    -> GRADE
               10:10     policy: wait = { minutes = 10 } becomes wait = { minutes = 5 }
               10:20     counsellor reports red       -> SCHOOL
               10:30                                  -> district
" }
