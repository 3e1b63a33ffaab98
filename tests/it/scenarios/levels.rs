//! The level goes up or down, or somebody says it a second time.

use super::log;

log! { once a_blue_that_becomes_a_yellow_is_told_anew, "
    2026-11-23 10:00     counsellor reports blue    -> teacher
    11-24      10:00     counsellor reports yellow  -> teacher counsellor
    11-25      10:00                                -> grade
" }

log! { once a_blue_that_becomes_a_red_calls_the_whole_school, "
    2026-11-23 10:00     counsellor reports blue    -> teacher
               10:01     counsellor reports red     -> SCHOOL
               10:11                                -> district
" }

log! { once a_yellow_on_its_second_rung_becomes_an_orange_and_is_no_lower, "
    2026-11-23 10:00     counsellor reports yellow  -> teacher counsellor
    11-24      10:00                                -> grade
               11:00     counsellor reports orange  -> GRADE
               12:00                                -> vice
" }

log! { once a_yellow_on_its_third_rung_becomes_an_orange_of_the_school, "
    2026-11-23 10:00     counsellor reports yellow  -> teacher counsellor
    11-24      10:00                                -> grade
    11-25      10:00                                -> vice
               11:00     counsellor reports orange  -> GRADE vice
               12:00                                -> principal
" }

log! { once an_orange_on_each_rung_becomes_a_red_of_that_tier, "
    2026-11-23 10:00     counsellor reports orange  -> GRADE
               11:00                                -> vice
               11:10     counsellor reports red     -> SCHOOL
               11:20                                -> district
" }

log! { once an_orange_at_the_district_becomes_a_red_of_school_and_district, "
    2026-11-23 10:00     counsellor reports orange  -> GRADE
               11:00                                -> vice
               12:00                                -> principal
               13:00                                -> district
               13:10     counsellor reports red     -> SCHOOL district
               13:20                                -> district-lead
" }

log! { once the_clock_of_a_lower_level_that_ends_sooner_is_kept, "
    2026-11-23 10:00     counsellor reports yellow  -> teacher counsellor
    11-24      09:30     counsellor reports orange  -> GRADE
               10:00                                -> vice
" }

log! { once an_orange_that_somebody_has_in_hand_is_open_again_when_it_becomes_a_red, "
    2026-11-23 10:00     counsellor reports orange  -> GRADE
               10:10     teacher takes it           -> taken: grade counsellor
               10:20     counsellor reports red     -> SCHOOL
               10:30                                -> district
" }

log! { once an_orange_that_is_settled_is_open_again_when_it_becomes_a_red, "
    2026-11-23 10:00     counsellor reports orange  -> GRADE
               10:10     vice assesses orange       -> taken: GRADE
    11-24      10:00     counsellor reports red     -> SCHOOL
               10:10                                -> district
" }

log! { once whoever_assesses_it_higher_tells_the_higher_ladder, "
    2026-11-23 10:00     subject reports yellow     -> teacher counsellor
               10:20     counsellor assesses red    -> SCHOOL
               10:30                                -> district
" }

log! { once a_blue_of_the_night_that_becomes_an_orange_waits_no_more, "
    2026-11-23 21:40     counsellor reports blue
               21:50     counsellor reports orange  -> GRADE
    11-24      07:20                                -> vice
" }

log! { a_blue_of_the_night_that_becomes_a_yellow_of_the_night_waits_on_and_is_told_once, "
    2026-11-23 21:40     counsellor reports blue
               21:50     counsellor reports yellow
    11-24      06:30                                -> teacher counsellor
               17:30                                -> grade
" }

log! { a_red_goes_down_by_two_signatures_and_its_review_is_an_orange_s, "
    2026-11-23 10:00     subject reports red        -> SCHOOL
               10:05     counsellor is with the child -> rest: teacher grade vice principal
               10:20     counsellor proposes orange -> sign: vice principal
               10:30     vice signs                 -> signed: counsellor
    11-26      10:30                                -> vice
               11:30                                -> principal
" }

log! { once a_lowering_that_is_refused_leaves_the_red_as_it_was, "
    2026-11-23 10:00     subject reports red        -> SCHOOL
               10:05     counsellor is with the child -> rest: teacher grade vice principal
               10:20     counsellor proposes orange -> sign: vice principal
               10:30     vice refuses               -> refused: counsellor
               11:05                                -> assess: counsellor vice
" }

log! { once a_lowering_that_nobody_signs_stops_no_reminder, "
    2026-11-23 10:00     subject reports red        -> SCHOOL
               10:05     counsellor is with the child -> rest: teacher grade vice principal
               10:20     counsellor proposes orange -> sign: vice principal
               11:05                                -> assess: counsellor vice
               12:05                                -> assess: counsellor vice principal
" }

log! { once a_yellow_goes_down_by_one_signature, "
    2026-11-23 10:00     subject reports yellow     -> teacher counsellor
               10:20     counsellor assesses blue   -> taken: teacher
    12-23      10:20                                -> teacher
" }

log! { once a_second_reporter_of_an_orange_goes_above_those_who_are_silent, "
    2026-11-23 10:00     subject reports orange     -> GRADE
               10:20     nurse reports orange       -> vice
               11:20                                -> principal
" }

log! { a_second_reporter_of_an_orange_that_somebody_has_opens_it_again, "
    2026-11-23 10:00     subject reports orange     -> GRADE
               10:10     teacher takes it           -> taken: grade counsellor
               10:20     nurse reports orange       -> GRADE vice
               11:20                                -> principal
" }

log! { once a_second_reporter_of_a_red_that_somebody_has_leaves_it_with_him, "
    2026-11-23 10:00     subject reports red        -> SCHOOL
               10:02     teacher takes it           -> taken: grade counsellor vice principal
               10:05     nurse reports red          -> facts: teacher counsellor vice
               10:12                                -> SCHOOL district
" }

log! { once a_second_reporter_of_a_silent_red_goes_to_the_district, "
    2026-11-23 10:00     subject reports red        -> SCHOOL
               10:04     nurse reports red          -> district
               10:14                                -> district-lead
" }

log! { new_facts_of_a_settled_orange_open_it_again, "
    2026-11-23 10:00     subject reports orange     -> GRADE
               10:10     counsellor assesses orange -> taken: teacher grade
    11-24      09:00     nurse reports orange       -> GRADE vice
" }

log! { once whoever_is_still_worried_goes_above_silence, "
    2026-11-23 10:00     subject reports orange     -> GRADE
               10:10     subject is still worried   -> vice
               10:20     subject is still worried
               11:10                                -> principal
" }

log! { whoever_is_still_worried_goes_above_the_decider, "
    2026-11-23 10:00     subject reports orange     -> GRADE
               10:10     counsellor assesses orange -> taken: teacher grade
    11-24      10:00     subject is still worried   -> GRADE vice
" }

log! { once whoever_is_still_worried_about_a_red_with_an_adult_at_its_side_is_heard, "
    2026-11-23 10:00     subject reports red        -> SCHOOL
               10:05     teacher is with the child  -> taken: counsellor vice; rest: grade principal
               10:15     subject is still worried   -> SCHOOL district
               10:25                                -> district-lead
" }

log! { two_children_have_two_ladders, "
    2026-11-23 10:00     subject reports red of 0   -> SCHOOL
               10:05     subject reports orange of 1 -> GRADE
               10:10                                -> district
               10:20                                -> district-lead
               10:30                                -> by mail: district-lead
               10:40                                -> by sms: district-lead
               10:50                                -> by mail: district-lead
               11:00                                -> by sms: district-lead
               11:05                                -> vice
" }
