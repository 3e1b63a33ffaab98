//! The service was down, or the clock goes wrong. The ladder jumps to where it ought to stand, and tells everybody whom
//! it missed once.

use super::log;

log! { a_red_after_an_outage_of_two_rungs, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:25     after an outage         -> district district-lead
               10:35                             -> by mail: district-lead
" }

log! { a_red_after_an_outage_of_a_day, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
    11-24      10:00     after an outage         -> district district-lead
               10:10                             -> by mail: district-lead
" }

log! { an_orange_after_an_outage_of_three_rungs, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               13:30     after an outage         -> vice principal district
               14:30                             -> by mail: district
" }

log! { an_orange_after_an_outage_of_a_night_that_did_not_count, "
    2026-11-23 21:30     subject reports orange  -> GRADE
    11-24      06:59     after an outage
               07:00                             -> vice
" }

log! { a_yellow_after_an_outage_of_two_school_days, "
    2026-11-23 10:00     subject reports yellow  -> teacher counsellor
    11-25      11:00     after an outage         -> grade vice
    11-26      11:00                             -> principal
" }

log! { a_blue_after_an_outage_of_a_week, "
    2026-11-23 10:00     subject reports blue    -> teacher
    11-30      11:00     after an outage         -> grade counsellor
    12-02      11:00                             -> vice
" }

log! { a_yellow_that_waited_for_the_morning_is_told_when_the_service_is_back, "
    2026-11-23 22:00     subject reports yellow
    11-24      09:00     after an outage         -> teacher counsellor
               17:30                             -> grade
" }

log! { a_yellow_that_comes_due_in_an_outage_that_ends_by_night_waits_for_the_morning, "
    2026-11-23 10:00     subject reports yellow  -> teacher counsellor
    11-24      22:00     after an outage
    11-25      06:30                             -> grade
               17:30                             -> vice
" }

log! { an_acknowledgement_that_ended_in_an_outage_opens_on_the_rung_that_ought_to_stand, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:05     vice takes it           -> taken: teacher grade counsellor principal
               10:26     after an outage         -> SCHOOL district district-lead
" }

log! { a_red_that_became_a_night_s_in_an_outage_tells_the_duty_leader, "
    2026-11-23 21:50     subject reports red     -> SCHOOL
               21:51     vice takes it           -> taken: teacher grade counsellor principal
               22:05     after an outage         -> SCHOOL duty district
" }

log! { a_clock_that_goes_back_tells_nobody_twice, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               09:50     the clock goes back
               10:09
               10:10                             -> district
" }

log! { a_clock_that_goes_back_after_a_rung_holds_nothing_up_for_whoever_takes_it, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:10                             -> district
               10:05     the clock goes back vice takes it -> taken: teacher grade counsellor principal district
               10:20                             -> district district-lead
" }
