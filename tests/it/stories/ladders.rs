//! Nobody answers: each ladder rung by rung at its own clock, and its top for ever.

use tests::{World, on_both};

const SCHOOL: [&str; 5] = ["teacher", "grade", "counsellor", "vice", "principal"];

/// Files one sign of this level; the first rung hears at once.
async fn filed(world: &mut World, level: u8, first: &[&str]) {
    let student = world.town.student(0, 0, 0);
    world.file("subject", world.filing(student, level)).await;
    world.settle().await;
    world.told_exactly(first);
}

on_both!(a_red_goes_on_to_the_district_every_ten_minutes_and_never_ends, |world| {
    filed(&mut world, 4, &SCHOOL).await;
    world.silent_until("2026-11-23 10:10", &["district"]).await;
    for minute in [20, 30, 40, 50] {
        world.silent_until(&format!("2026-11-23 10:{minute}"), &["district-lead"]).await;
    }
    for hour in 11..22 {
        for minute in [0, 10, 20, 30, 40, 50] {
            world.silent_until(&format!("2026-11-23 {hour}:{minute:02}"), &["district-lead"]).await;
        }
    }
});

on_both!(an_orange_climbs_in_waking_hours_on_a_weekend_too, from "2026-11-28 20:30", |world| {
    filed(&mut world, 3, &["teacher", "grade", "counsellor"]).await;
    world.silent_until("2026-11-28 21:30", &["vice"]).await;
    world.silent_until("2026-11-29 07:00", &["principal"]).await;
    world.silent_until("2026-11-29 08:00", &["district"]).await;
    world.silent_until("2026-11-29 09:00", &["district"]).await;
    for hour in 10..23 {
        world.silent_until(&format!("2026-11-29 {hour}:00"), &["district"]).await;
    }
    world.silent_until("2026-11-30 07:30", &["district"]).await;
});

on_both!(a_yellow_climbs_in_school_time_over_a_holiday_and_a_make_up_day, from "2026-09-30 16:30", |world| {
    filed(&mut world, 2, &["teacher", "counsellor"]).await;
    world.silent_until("2026-10-08 16:30", &["grade"]).await;
    world.silent_until("2026-10-09 16:30", &["vice"]).await;
    world.silent_until("2026-10-10 16:30", &["principal"]).await;
    world.silent_until("2026-10-12 16:30", &["principal"]).await;
    world.silent_until("2026-10-13 16:30", &["principal"]).await;
    for day in 14..17 {
        world.silent_until(&format!("2026-10-{day} 16:30"), &["principal"]).await;
    }
    world.silent_until("2026-10-19 16:30", &["principal"]).await;
});

on_both!(a_blue_climbs_in_school_time_over_a_holiday_and_a_make_up_day, from "2026-09-28 10:00", |world| {
    filed(&mut world, 1, &["teacher"]).await;
    world.silent_until("2026-10-08 10:00", &["grade"]).await;
    world.silent_until("2026-10-10 10:00", &["counsellor"]).await;
    world.silent_until("2026-10-13 10:00", &["vice"]).await;
    for day in 14..17 {
        world.silent_until(&format!("2026-10-{day} 10:00"), &["vice"]).await;
    }
    world.silent_until("2026-10-19 10:00", &["vice"]).await;
});

on_both!(a_yellow_of_the_night_is_told_when_the_quiet_hours_end, from "2026-11-27 21:30", |world| {
    filed(&mut world, 2, &[]).await;
    world.silent_until("2026-11-28 06:30", &["teacher", "counsellor"]).await;
    // Filed on Friday night: the one school day is the whole of Monday.
    world.silent_until("2026-11-30 17:30", &["grade"]).await;
    world.silent_until("2026-12-01 17:30", &["vice"]).await;
});

on_both!(a_yellow_at_the_last_minute_before_quiet_hours_is_told_at_once, from "2026-11-27 21:29", |world| {
    filed(&mut world, 2, &["teacher", "counsellor"]).await;
});
