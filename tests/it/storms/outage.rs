//! A day without the service.

use std::collections::BTreeMap;

use domain::notice::NoticeKind;
use serde_json::json;
use tests::on_both;
use tests::world::shanghai;

use super::{alert_of, seen};

on_both!(a_day_without_the_service_is_told_once_and_never_replayed, |world| {
    world.give_telephones(&["duty", "counsellor", "vice", "principal", "district"]).await;
    // One alert of each level was told of.
    for (n, level) in [4, 3, 2, 1].into_iter().enumerate() {
        let _ = world.file("nurse", world.filing(world.town.student(0, 0, n), level)).await;
    }
    world.settle().await;
    let _ = world.letters();
    // One red stands on the top rung, and its repeats of the last minutes never went out.
    let top = world.town.student(0, 1, 0);
    let _ = world.file("nurse", world.filing(top, 4)).await;
    for minute in 1..=3 {
        world.at(&format!("2026-11-23 10:{minute}0")).await;
    }
    let _ = world.letters();
    for at in ["2026-11-23 10:40", "2026-11-23 10:50"] {
        world.clock.set(shanghai(at));
        casework::escalate_overdue(&world.service.clockwork).await.unwrap();
    }
    // Of these nobody has heard yet.
    for (n, level) in [(1, 4), (2, 3), (3, 2)] {
        let _ = world.file("nurse", world.filing(world.town.student(0, 1, n), level)).await;
    }

    world.at("2026-11-24 11:00").await;
    let letters = world.letters();
    let mut each: BTreeMap<(String, String, u32), Vec<String>> = BTreeMap::new();
    for letter in &letters {
        let about = if letter.words.count > 1 { "several".to_owned() } else { letter.words.code.clone() };
        let how = if letter.text.contains("这里是") { 2 } else { u32::from(letter.to.contains('@')) };
        each.entry((world.login_of(&letter.to), about, how)).or_default().push(letter.text.clone());
    }
    assert!(each.values().all(|texts| texts.len() == 1), "no alert twice to one person by one channel: {each:#?}");
    assert!(letters.iter().all(|l| l.text.contains("补发")), "each says that it is late: {letters:#?}");
    assert!(letters.iter().any(|l| l.words.count > 1), "yellow and blue go together: {letters:#?}");
    assert!(letters.iter().all(|l| l.words.kind == NoticeKind::Alarm));

    for (student, tier, told) in [(top, 2, "district-lead"), (world.town.student(0, 1, 1), 2, "district-lead")] {
        let id = alert_of(&world, "counsellor", student).await;
        let alert = seen(&world, "counsellor", &id).await;
        let reached = alert["ladder"].as_array().unwrap().iter().filter(|r| !r["reached_at"].is_null()).count();
        assert_eq!(reached, tier + 1, "every rung was told: {alert:#}");
        let lead = world.town.person(told).to_string();
        let last = alert["messages"].as_array().unwrap().iter().rfind(|m| m["person"]["id"] == lead.as_str()).unwrap();
        assert_eq!((&last["late"], &last["state"]), (&json!(true), &json!("accepted")), "{last}");
        let page =
            tests::Browser::sign_in(&world.base, "counsellor").await.get(&format!("/alerts/{id}")).await.expect(200);
        assert!(page.says("补发"), "the page says so too");
    }
    let orange = alert_of(&world, "counsellor", world.town.student(0, 1, 2)).await;
    assert_eq!(seen(&world, "counsellor", &orange).await["tier"], "district", "where it ought to stand by now");
    let yellow = alert_of(&world, "counsellor", world.town.student(0, 1, 3)).await;
    assert_eq!(seen(&world, "counsellor", &yellow).await["tier"], "grade");
    // And then everything goes on as ever.
    for _ in 0..10 {
        world.pass(1).await;
    }
    let letters = world.letters();
    assert!(!letters.is_empty() && letters.iter().all(|l| !l.text.contains("补发")), "{letters:#?}");
});
