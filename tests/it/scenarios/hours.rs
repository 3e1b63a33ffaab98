//! The edges of the quiet hours, to the second. Blue and yellow wait from 21:30:00 to 06:30:00; orange and red never do.

use super::log;

log! { once a_blue_a_second_before_the_quiet_hours_is_told_at_once, "
    2026-11-23 21:29:59  subject reports blue    -> teacher
    11-26      17:30                             -> grade
" }

log! { a_blue_as_the_quiet_hours_begin_waits_for_their_end, "
    2026-11-23 21:30:00  subject reports blue
    11-24      06:30:00                          -> teacher
    11-26      17:30                             -> grade
" }

log! { a_blue_a_second_before_the_quiet_hours_end_waits_that_second, "
    2026-11-24 06:29:59  subject reports blue
               06:30:00                          -> teacher
    11-26      17:30                             -> grade
" }

log! { once a_blue_as_the_quiet_hours_end_is_told_at_once, "
    2026-11-24 06:30:00  subject reports blue    -> teacher
    11-26      17:30                             -> grade
" }

log! { once a_yellow_a_second_before_the_quiet_hours_is_told_at_once, "
    2026-11-23 21:29:59  subject reports yellow  -> teacher counsellor
    11-24      17:30                             -> grade
    11-25      17:30                             -> vice
" }

log! { once a_yellow_as_the_quiet_hours_begin_waits_for_their_end, "
    2026-11-23 21:30:00  subject reports yellow
    11-24      06:30:00                          -> teacher counsellor
               17:30                             -> grade
" }

log! { once a_yellow_a_second_before_the_quiet_hours_end_waits_that_second, "
    2026-11-24 06:29:59  subject reports yellow
               06:30:00                          -> teacher counsellor
               17:30                             -> grade
" }

log! { once a_yellow_as_the_quiet_hours_end_is_told_at_once, "
    2026-11-24 06:30:00  subject reports yellow  -> teacher counsellor
               17:30                             -> grade
" }

log! { once an_orange_a_second_before_the_quiet_hours_runs_on_to_ten_and_again_from_half_past_six, "
    2026-11-23 21:29:59  subject reports orange  -> GRADE
    11-24      06:59:59                          -> vice
               07:59:59                          -> principal
" }

log! { once an_orange_in_the_quiet_hours_is_told_at_once, "
    2026-11-23 21:30:00  subject reports orange  -> GRADE
    11-24      07:00:00                          -> vice
               08:00:00                          -> principal
               09:00:00                          -> district
               10:00:00                          -> by mail: district
" }

log! { once an_orange_at_a_quarter_to_ten_has_a_quarter_of_an_hour_left_that_evening, "
    2026-11-23 21:45     subject reports orange  -> GRADE
    11-24      07:15                             -> vice
               08:15                             -> principal
" }

log! { once an_orange_at_the_last_waking_second_has_one_second_left, "
    2026-11-23 21:59:59  subject reports orange  -> GRADE
    11-24      07:29:59                          -> vice
" }

log! { once an_orange_at_ten_begins_to_run_in_the_morning, "
    2026-11-23 22:00:00  subject reports orange  -> GRADE
    11-24      07:30:00                          -> vice
" }

log! { once an_orange_a_second_before_waking_hours_is_told_at_once_and_runs_from_their_beginning, "
    2026-11-24 06:29:59  subject reports orange  -> GRADE
               07:30:00                          -> vice
" }

log! { once an_orange_as_waking_hours_begin_has_an_hour, "
    2026-11-24 06:30:00  subject reports orange  -> GRADE
               07:30:00                          -> vice
" }

log! { once a_red_in_the_quiet_hours_is_told_at_once, "
    2026-11-23 21:30:00  subject reports red     -> SCHOOL
               21:40:00                          -> district
               21:50:00                          -> district-lead
" }

log! { once a_red_a_second_before_half_past_six_is_of_the_night, "
    2026-11-24 06:29:59  subject reports red     -> SCHOOL duty
               06:32:59                          -> by sms: SCHOOL
               06:39:59                          -> district
" }

log! { once a_red_at_half_past_six_is_of_the_day, "
    2026-11-24 06:30:00  subject reports red     -> SCHOOL
               06:40:00                          -> district
" }

log! { once a_red_a_second_before_ten_is_of_the_day, "
    2026-11-23 21:59:59  subject reports red     -> SCHOOL
               22:00:00                          -> duty
               22:03:00                          -> by sms: SCHOOL duty
               22:06:00                          -> by sms: SCHOOL duty
               22:09:00                          -> by sms: SCHOOL duty
               22:09:59                          -> district
" }

log! { a_red_at_ten_is_of_the_night, "
    2026-11-23 22:00:00  subject reports red     -> SCHOOL duty
               22:03:00                          -> by sms: SCHOOL duty
               22:06:00                          -> by sms: SCHOOL duty
               22:09:00                          -> by sms: SCHOOL duty
               22:10:00                          -> district
               22:13:00                          -> by sms: district
" }
