//! A red by night rings.

use std::collections::BTreeSet;

use serde_json::json;
use tests::{World, on_both};

const WRITTEN: [&str; 6] = ["duty", "teacher", "grade", "counsellor", "vice", "principal"];

/// Who was called since the last look; what was written counts as read.
fn called(world: &World) -> BTreeSet<String> {
    let calls = world.voice.take();
    for call in &calls {
        assert!(call.text.contains("请按1") && call.text.contains("编号"), "{}", call.text);
        assert!(call.text.contains(&call.words.code.chars().map(String::from).collect::<Vec<_>>().join("，")));
    }
    let numbers = calls.iter().map(|l| l.to.parse::<usize>().unwrap() - 19_900_000_000);
    numbers.map(|n| world.town.people[n].0.clone()).collect()
}

fn people(logins: &[&str]) -> BTreeSet<String> {
    logins.iter().map(|l| (*l).to_owned()).collect()
}

on_both!(a_red_at_three_in_the_morning_wakes_those_whom_the_policy_names, from "2026-11-24 03:00", |world| {
    world.give_telephones(&["duty", "counsellor", "vice", "principal", "teacher", "grade", "district"]).await;
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    assert_eq!(called(&world), people(&["duty", "counsellor", "vice"]));
    world.told_exactly(&WRITTEN);
    // By night nobody calls those two.
    world.at("2026-11-24 03:04").await;
    world.told_exactly(&["teacher", "grade"]);
    world.at("2026-11-24 03:05").await;
    assert_eq!(called(&world), people(&["principal"]));
    world.told_exactly(&[]);

    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let seen = counsellor.get(&path).await.expect(200);
    let voice = seen.body["messages"].as_array().unwrap().iter().filter(|m| m["channel"] == "voice").count();
    assert_eq!(voice, 4, "every call stands on the alert");
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    assert_eq!(called(&world), people(&[]), "nobody is called to hear that it is taken");
    world.told_exactly(&["duty", "teacher", "grade", "vice", "principal"]);
});

on_both!(a_red_by_day_rings_after_five_minutes_and_an_orange_never, |world| {
    world.give_telephones(&["duty", "counsellor", "vice", "principal", "teacher", "grade", "district"]).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 1), 3)).await;
    world.settle().await;
    assert_eq!(called(&world), people(&[]));
    let _ = world.told();
    world.at("2026-11-23 10:05").await;
    assert_eq!(called(&world), people(&["duty", "counsellor", "vice", "principal", "teacher", "grade"]));
    world.told_exactly(&[]);
});
