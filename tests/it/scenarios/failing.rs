//! Messages fail.

use super::log;

log! { when_no_message_of_a_rung_arrives_the_next_one_hears_at_once, "
    2026-11-23 10:00     mail fails 3 times
               10:00     sms fails 3 times
               10:00     subject reports orange  -> vice
               11:00                             -> principal
" }

log! { when_no_message_of_a_red_arrives_the_district_hears_at_once, "
    2026-11-23 10:00     mail fails 5 times
               10:00     sms fails 5 times
               10:00     subject reports red     -> district
               10:10                             -> district-lead
" }

log! { when_two_rungs_fail_the_third_hears_at_once, "
    2026-11-23 10:00     mail fails 6 times
               10:00     sms fails 6 times
               10:00     subject reports red     -> district-lead
               10:10                             -> by mail: district-lead
" }

log! { one_message_that_arrives_is_enough_for_the_clock_to_run, "
    2026-11-23 10:00     sms fails 3 times
               10:00     mail fails 2 times
               10:00     subject reports orange  -> by mail: counsellor
               11:00                             -> vice
" }

log! { a_rung_further_up_whose_messages_fail_is_passed_when_its_time_comes, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               10:59     mail fails 1 times
               10:59     sms fails 1 times
               11:00                             -> principal
               12:00                             -> district
" }

log! { when_the_first_provider_cannot_the_second_one_carries_it_at_once, "
    2026-11-23 10:00     a second provider of sms
               10:00     subject reports red     -> SCHOOL
               10:10                             -> district
" }

log! { a_top_rung_that_cannot_be_reached_tells_the_whole_ladder, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:10                             -> district
               10:19     mail fails 1 times
               10:19     sms fails 1 times
               10:20                             -> SCHOOL district district-lead
               10:30                             -> by sms: district-lead
" }

log! { a_blue_whose_messages_fail_in_the_morning_is_passed_in_the_morning, "
    2026-11-23 22:00     subject reports blue
    11-24      06:29     mail fails 1 times
               06:29     sms fails 1 times
               06:30                             -> grade
    11-25      17:30                             -> counsellor
" }
