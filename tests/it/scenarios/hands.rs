//! Somebody has it in hand, hands it back, or lets it lie.

use super::log;

log! { a_red_opens_again_at_the_very_second_at_which_the_acknowledgement_ends, "
    2026-11-23 10:00:00  subject reports red     -> SCHOOL
               10:03:20  vice takes it           -> taken: teacher grade counsellor principal
               10:13:20                          -> SCHOOL district
               10:23:20                          -> district-lead
" }

log! { an_adult_with_the_child_a_second_before_it_ends_stops_the_climb, "
    2026-11-23 10:00:00  subject reports red     -> SCHOOL
               10:03:20  vice takes it           -> taken: teacher grade counsellor principal
               10:13:19  vice is with the child  -> rest: teacher grade counsellor principal
               11:13:19                          -> assess: counsellor vice
               12:13:19                          -> assess: counsellor vice principal
               13:13:19                          -> SCHOOL district district-lead
" }

log! { once a_second_one_who_takes_it_moves_nothing, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:03     vice takes it           -> taken: teacher grade counsellor principal
               10:08     counsellor takes it
               10:13                             -> SCHOOL district
" }

log! { whoever_takes_it_as_the_acknowledgement_of_another_ends_comes_too_late_for_that_turn, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:03     vice takes it           -> taken: teacher grade counsellor principal
               10:13     counsellor takes it     -> SCHOOL district
               10:14     counsellor takes it     -> taken: teacher grade vice principal district
" }

log! { a_red_that_is_taken_every_time_and_never_handled_climbs_all_the_same, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:05     teacher takes it        -> taken: grade counsellor vice principal
               10:15                             -> SCHOOL district
               10:16     teacher takes it        -> taken: grade counsellor vice principal district
               10:26                             -> district district-lead
               10:30     district takes it       -> taken: SCHOOL district-lead
               10:40                             -> district district-lead
               10:41     district-lead takes it  -> taken: SCHOOL district
               10:51                             -> district district-lead
" }

log! { once an_orange_that_is_taken_in_the_evening_opens_again_in_the_night_and_climbs_in_the_morning, "
    2026-11-23 21:00     subject reports orange  -> GRADE
               21:30     teacher takes it        -> taken: grade counsellor
    11-24      01:30                             -> GRADE vice
               07:30                             -> principal
" }

log! { once an_orange_is_settled_a_second_before_it_opens_again, "
    2026-11-23 10:00:00  subject reports orange  -> GRADE
               10:30:00  grade takes it          -> taken: teacher counsellor
               14:29:59  counsellor assesses orange
    11-26      14:29:59                          -> GRADE
               15:29:59                          -> vice
" }

log! { once a_red_that_nobody_reviewed_opens_again_after_a_day, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:05     teacher is with the child -> taken: counsellor vice; rest: grade principal
               10:30     counsellor assesses red
    11-24      10:30                             -> SCHOOL
               10:40                             -> district
" }

log! { once a_red_that_was_assessed_with_nobody_at_the_child_s_side_is_not_settled, "
    2026-11-23 10:00     subject reports red     -> SCHOOL
               10:05     counsellor assesses red -> taken: teacher grade vice principal
               10:15                             -> SCHOOL district
" }

log! { once custody_by_night_reminds_the_assessors_every_hour_over_midnight, "
    2026-11-23 22:50     dorm reports red        -> SCHOOL duty
               22:52     duty is with the child  -> taken: counsellor vice; rest: teacher grade principal
               23:52                             -> assess: counsellor vice
    11-24      00:52                             -> assess: counsellor vice principal
               01:00     counsellor assesses red
    11-25      01:00                             -> SCHOOL duty
               01:03                             -> by sms: SCHOOL duty
" }

log! { once one_who_cannot_changes_nothing_for_the_others, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               10:10     teacher cannot
               11:00                             -> vice
" }

log! { when_the_last_of_a_rung_cannot_the_next_one_hears_at_once, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               10:10     teacher cannot
               10:20     counsellor cannot
               10:30     grade cannot            -> vice
               10:40     vice cannot             -> principal
               10:50     principal cannot        -> district
               11:00     district cannot
               11:50                             -> by mail: district
" }

log! { whoever_cannot_after_all_gives_it_back, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               10:10     teacher takes it        -> taken: grade counsellor
               11:30     teacher cannot          -> GRADE vice
               12:30                             -> principal
" }

log! { once a_red_that_somebody_gives_back_by_night_opens_on_the_same_rung_and_the_next, "
    2026-11-24 02:00     dorm reports red        -> SCHOOL duty
               02:02     duty takes it           -> taken: SCHOOL
               02:05     duty cannot             -> SCHOOL duty district
               02:08                             -> by sms: district
" }

log! { at_the_top_it_is_told_for_ever_by_one_channel_after_the_other, "
    2026-11-23 10:00     subject reports orange  -> GRADE
               11:00                             -> vice
               12:00                             -> principal
               13:00                             -> district
               14:00                             -> by mail: district
               15:00                             -> by sms: district
               16:00                             -> by mail: district
    11-23      17:00     district takes it       -> taken: GRADE vice principal
               21:00                             -> principal district
" }
