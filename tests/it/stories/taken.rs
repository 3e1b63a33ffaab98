//! Somebody takes it: those who were told hear so once, nobody else is told until it expires, and then the same rung and
//! the next one hear.

use serde_json::json;
use tests::{World, on_both};

const SCHOOL: [&str; 5] = ["teacher", "grade", "counsellor", "vice", "principal"];

/// Files one sign of this level at ten, and lets somebody take it at half past; gives who hears of that.
async fn taken(world: &mut World, level: u8, first: &[&str], at: &str, by: &str, others: &[&str]) {
    let student = world.town.student(0, 0, 0);
    world.file("subject", world.filing(student, level)).await;
    world.settle().await;
    world.told_exactly(first);
    world.at(at).await;
    world.told_exactly(&[]);
    let alert = world.alert_seen_by(by).await;
    let client = world.client(by).await;
    let path = format!("/api/v1/alerts/{alert}/acknowledge");
    let _ = client.post(&path, json!({ "note": "我去看看" })).await.expect(200);
    world.settle().await;
    world.told_exactly(others);
    let _ = client.post(&path, json!({})).await.expect(200);
    world.settle().await;
    world.told_exactly(&[]);
}

on_both!(a_red_that_was_taken_opens_again_after_ten_minutes, |world| {
    let others = ["grade", "counsellor", "vice", "principal"];
    taken(&mut world, 4, &SCHOOL, "2026-11-23 10:05", "teacher", &others).await;
    let all = ["teacher", "grade", "counsellor", "vice", "principal", "district"];
    world.silent_until("2026-11-23 10:15", &all).await;
});

on_both!(an_orange_that_was_taken_opens_again_after_four_hours, |world| {
    let first = ["teacher", "grade", "counsellor"];
    taken(&mut world, 3, &first, "2026-11-23 10:30", "grade", &["teacher", "counsellor"]).await;
    world.silent_until("2026-11-23 14:30", &["teacher", "grade", "counsellor", "vice"]).await;
});

on_both!(a_yellow_that_was_taken_opens_again_after_two_school_days, |world| {
    let first = ["teacher", "counsellor"];
    taken(&mut world, 2, &first, "2026-11-23 10:30", "counsellor", &["teacher"]).await;
    world.silent_until("2026-11-25 10:30", &["teacher", "counsellor", "grade"]).await;
});

on_both!(a_blue_that_was_taken_opens_again_after_three_school_days, |world| {
    taken(&mut world, 1, &["teacher"], "2026-11-23 10:30", "teacher", &[]).await;
    world.silent_until("2026-11-26 10:30", &["teacher", "grade"]).await;
});

on_both!(what_quiet_hours_hold_back_is_not_sent_after_the_level_was_raised, from "2026-11-23 22:40", |world| {
    let student = world.town.student(0, 0, 0);
    world.file("subject", world.filing(student, 1)).await;
    world.settle().await;
    world.told_exactly(&[]);
    world.pass(10).await;
    world.file("subject", world.filing(student, 3)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    world.at("2026-11-24 06:30").await;
    world.told_exactly(&[]);
    world.silent_until("2026-11-24 07:30", &["vice"]).await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let seen = world.client("counsellor").await.get(&path).await.expect(200);
    let messages = seen.body["messages"].as_array().unwrap();
    assert_eq!(messages.iter().filter(|m| m["state"] == "cancelled").count(), 2, "{messages:#?}");
});
