//! Who is called by telephone, and what changes when the day does.

use super::log;

log! { once a_red_of_the_night_rings_again_every_ten_minutes, "
    2026-11-24 03:00     everybody has a telephone
               03:00     dorm reports red        -> ring: duty counsellor vice; SCHOOL duty
               03:03                             -> by sms: teacher grade
               03:05                             -> ring: principal
               03:06                             -> by sms: teacher grade
               03:09                             -> by sms: teacher grade
               03:10                             -> ring: duty counsellor vice; district
               03:15                             -> ring: principal
               03:20                             -> ring: duty counsellor vice district; district-lead
               03:23                             -> by sms: district-lead
" }

log! { once a_red_of_a_holiday_rings_as_by_night, "
    2026-10-05 12:00     everybody has a telephone
               12:00     dorm reports red        -> ring: duty counsellor vice; SCHOOL duty
               12:03                             -> by sms: teacher grade
               12:05                             -> ring: principal
" }

log! { once a_red_of_the_day_rings_everybody_of_the_school_after_five_minutes, "
    2026-11-24 10:00     everybody has a telephone
               10:00     dorm reports red        -> SCHOOL
               10:05                             -> ring: SCHOOL duty
               10:10                             -> district
               10:15                             -> ring: SCHOOL duty
               10:20                             -> ring: district; district-lead
" }

log! { a_red_of_the_evening_calls_whom_the_night_calls_from_ten_on, "
    2026-11-23 21:52     everybody has a telephone
               21:52     dorm reports red        -> SCHOOL
               21:57                             -> ring: SCHOOL duty
               22:00                             -> ring: duty counsellor vice principal
               22:02                             -> ring: duty counsellor vice; district
" }

log! { a_red_of_the_evening_tells_the_duty_leader_when_the_night_begins, "
    2026-11-23 21:55     dorm reports red        -> SCHOOL
               22:00                             -> duty
               22:03                             -> by sms: SCHOOL duty
               22:05                             -> district
" }

log! { once a_red_of_the_early_morning_calls_whom_the_day_calls_from_half_past_six_on, "
    2026-11-24 06:23     everybody has a telephone
               06:23     dorm reports red        -> ring: duty counsellor vice; SCHOOL duty
               06:26                             -> by sms: teacher grade
               06:28                             -> ring: principal
               06:29                             -> by sms: teacher grade
               06:30                             -> ring: SCHOOL duty
               06:33                             -> district
               06:38                             -> ring: SCHOOL duty
" }

log! { once whoever_takes_it_by_night_ends_the_calls_and_they_begin_anew_when_he_does_nothing, "
    2026-11-24 03:00     everybody has a telephone
               03:00     dorm reports red        -> ring: duty counsellor vice; SCHOOL duty
               03:02     counsellor takes it     -> taken: teacher grade vice principal duty
               03:12                             -> ring: duty counsellor vice; SCHOOL duty district
               03:17                             -> ring: principal
" }

log! { once whoever_cannot_is_called_no_more, "
    2026-11-24 03:00     everybody has a telephone
               03:00     dorm reports red        -> ring: duty counsellor vice; SCHOOL duty
               03:01     vice cannot
               03:03                             -> by sms: teacher grade
               03:05                             -> ring: principal
               03:06                             -> by sms: teacher grade
               03:09                             -> by sms: teacher grade
               03:10                             -> ring: duty counsellor vice; district
" }

log! { a_red_that_has_come_to_the_district_by_evening_tells_the_duty_leader_too, "
    2026-11-23 21:40     dorm reports red        -> SCHOOL
               21:50                             -> district
               22:00                             -> district-lead duty
               22:03                             -> by sms: district-lead
               22:06                             -> by sms: district-lead
               22:09                             -> by sms: district-lead
               22:10                             -> by mail: district-lead
" }

log! { once the_night_s_sms_goes_out_also_where_it_is_the_turn_of_the_mail, "
    2026-11-23 21:36     dorm reports red        -> SCHOOL
               21:46                             -> district
               21:56                             -> district-lead
               22:00                             -> duty
               22:03                             -> by sms: district-lead
               22:06                             -> district-lead
               22:09                             -> by sms: district-lead
" }

log! { once an_orange_never_rings, "
    2026-11-23 21:00     everybody has a telephone
               21:00     dorm reports orange     -> GRADE
               22:00                             -> vice
    11-24      07:30                             -> principal
               08:30                             -> district
" }

log! { once a_red_in_the_hand_of_somebody_over_the_evening_rings_at_its_end, "
    2026-11-23 21:55     everybody has a telephone
               21:55     dorm reports red        -> SCHOOL
               21:57     vice takes it           -> taken: teacher grade counsellor principal
               22:07                             -> ring: duty counsellor vice; SCHOOL duty district
" }
