//! School time: school hours, weekends, holidays, make-up days, the turn of the year, the winter holidays.

use super::log;

log! { once a_yellow_before_school_begins_has_the_whole_of_that_day, "
    2026-11-24 07:29:59  subject reports yellow  -> teacher counsellor
               17:30                             -> grade
" }

log! { once a_yellow_as_school_begins_has_the_whole_of_that_day, "
    2026-11-24 07:30:00  subject reports yellow  -> teacher counsellor
               17:30                             -> grade
" }

log! { once a_yellow_a_second_after_school_has_begun_has_that_second_of_the_next_morning, "
    2026-11-24 07:30:01  subject reports yellow  -> teacher counsellor
    11-25      07:30:01                          -> grade
    11-26      07:30:01                          -> vice
" }

log! { once a_yellow_in_the_last_second_of_school_has_until_the_last_but_one_of_the_next_day, "
    2026-11-23 17:29:59  subject reports yellow  -> teacher counsellor
    11-24      17:29:59                          -> grade
" }

log! { once a_yellow_as_school_ends_has_the_whole_of_the_next_day, "
    2026-11-23 17:30:00  subject reports yellow  -> teacher counsellor
    11-24      17:30:00                          -> grade
" }

log! { once a_yellow_of_a_saturday_is_told_at_once_and_runs_on_monday, "
    2026-11-28 12:00     subject reports yellow  -> teacher counsellor
    11-30      17:30                             -> grade
" }

log! { once a_yellow_of_a_friday_afternoon_goes_on_on_monday, "
    2026-11-27 16:00     subject reports yellow  -> teacher counsellor
    11-30      16:00                             -> grade
    12-01      16:00                             -> vice
    12-02      16:00                             -> principal
    12-03      16:00                             -> by mail: principal
    12-04      16:00                             -> by sms: principal
    12-07      16:00                             -> by mail: principal
" }

log! { a_yellow_in_the_holiday_week_waits_for_school_and_a_make_up_saturday_is_school, "
    2026-10-03 12:00     subject reports yellow  -> teacher counsellor
    10-08      17:30                             -> grade
    10-09      17:30                             -> vice
    10-10      17:30                             -> principal
    10-12      17:30                             -> by mail: principal
" }

log! { once a_blue_counts_a_make_up_sunday_and_no_day_of_the_autumn_festival, "
    2026-09-18 10:00     subject reports blue    -> teacher
    09-22      10:00                             -> grade
    09-24      10:00                             -> counsellor
    09-29      10:00                             -> vice
    09-30      10:00                             -> by mail: vice
    10-08      10:00                             -> by sms: vice
" }

log! { once a_yellow_of_new_year_s_eve_is_due_after_the_holiday_and_the_weekend, "
    2026-12-31 16:00     subject reports yellow  -> teacher counsellor
    2027-01-04 16:00                             -> grade
" }

log! { once a_yellow_at_the_end_of_term_is_due_on_the_first_day_of_the_next, "
    2027-01-29 16:30     subject reports yellow  -> teacher counsellor
    02-22      16:30                             -> grade
    02-23      16:30                             -> vice
" }

log! { once an_orange_climbs_in_the_holiday_week_as_on_any_day, "
    2026-10-03 12:00     subject reports orange  -> GRADE
               13:00                             -> vice
               14:00                             -> principal
               15:00                             -> district
               16:00                             -> by mail: district
" }

log! { an_orange_goes_over_the_turn_of_the_year, "
    2026-12-31 21:30     subject reports orange  -> GRADE
    2027-01-01 07:00                             -> vice
               08:00                             -> principal
" }

log! { once an_orange_climbs_in_the_winter_holidays, "
    2027-02-17 09:15     subject reports orange  -> GRADE
               10:15                             -> vice
" }

log! { once a_red_goes_over_midnight_of_new_year_s_eve, "
    2026-12-31 23:54     subject reports red     -> SCHOOL duty
               23:57                             -> by sms: SCHOOL duty
    2027-01-01 00:00                             -> by sms: SCHOOL duty
               00:03                             -> by sms: SCHOOL duty
               00:04                             -> district
               00:07                             -> by sms: district
" }

log! { once a_red_on_a_saturday_calls_the_duty_leader_by_day, "
    2026-11-28 12:00     subject reports red     -> SCHOOL duty
               12:03                             -> by sms: SCHOOL duty
" }

log! { once a_red_on_a_make_up_saturday_is_of_a_school_day, "
    2026-10-10 12:00     subject reports red     -> SCHOOL
               12:10                             -> district
" }

log! { once a_red_on_a_holiday_is_of_a_day_off, "
    2026-10-05 12:00     subject reports red     -> SCHOOL duty
               12:03                             -> by sms: SCHOOL duty
               12:06                             -> by sms: SCHOOL duty
               12:09                             -> by sms: SCHOOL duty
               12:10                             -> district
" }

log! { once an_acknowledgement_of_a_yellow_lasts_over_the_weekend, "
    2026-11-27 10:00     subject reports yellow  -> teacher counsellor
               10:30     counsellor takes it     -> taken: teacher
    12-01      10:30                             -> teacher counsellor grade
" }

log! { once an_acknowledgement_of_a_blue_lasts_over_the_holiday_week, "
    2026-09-30 10:00     subject reports blue    -> teacher
               10:30     teacher takes it
    10-10      10:30                             -> teacher grade
" }

log! { once the_review_of_a_yellow_comes_after_ten_school_days, "
    2026-11-23 10:00     subject reports yellow  -> teacher counsellor
               11:00     counsellor assesses yellow -> taken: teacher
    12-07      11:00                             -> teacher counsellor
    12-08      11:00                             -> grade
" }

log! { once the_review_of_a_blue_comes_after_twenty_two_school_days, "
    2026-11-02 10:00     subject reports blue    -> teacher
               11:00     counsellor assesses blue -> taken: teacher
    12-02      11:00                             -> teacher
    12-07      11:00                             -> grade
" }
