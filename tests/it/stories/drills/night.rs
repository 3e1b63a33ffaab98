//! A drill by night is how one learns whether anybody wakes.

use std::collections::BTreeSet;

use serde_json::json;
use tests::{World, on_both};

use super::{act, plain, start, told_of_a_drill};

/// Who was called; what was written counts as read.
fn called(world: &World) -> BTreeSet<String> {
    let calls = world.voice.take();
    for call in &calls {
        assert!(call.text.starts_with("这是演练。这里是示例一中") && call.text.contains("请按1"), "{}", call.text);
    }
    calls.iter().map(|l| world.login_of(&l.to)).collect()
}

fn people(logins: &[&str]) -> BTreeSet<String> {
    logins.iter().map(|l| (*l).to_owned()).collect()
}

on_both!(by_night_a_drill_needs_the_word_and_then_calls_as_a_red_does, from "2026-11-24 03:00", |world| {
    world.give_telephones(&["duty", "counsellor", "vice", "principal", "teacher", "district"]).await;
    let principal = world.client("principal").await;
    let refused = principal.post("/api/v1/drills", plain()).await.expect(422);
    assert_eq!(refused.faults(), [("by_night".to_owned(), "quiet_hours".to_owned())]);
    world.settle().await;
    world.told_exactly(&[]);

    let id = start(&world, json!({ "note": "夜间演练", "by_night": true })).await;
    assert_eq!(called(&world), people(&["duty", "counsellor", "vice"]));
    told_of_a_drill(&world, &["duty", "counsellor", "vice", "principal"]);
    world.at("2026-11-24 03:05").await;
    assert_eq!(called(&world), people(&["principal"]));
    world.told_exactly(&[]);
    // The school's rung is the top one of this ladder: it is told again, by every way that wakes.
    world.at("2026-11-24 03:10").await;
    assert_eq!(called(&world), people(&["duty", "counsellor", "vice", "principal"]));
    told_of_a_drill(&world, &["duty", "counsellor", "vice", "principal"]);

    let _ = act(&world, "duty", &id, "acknowledge").await.expect(200);
    world.settle().await;
    assert_eq!(called(&world), people(&[]), "nobody is called to hear that it is taken");
    told_of_a_drill(&world, &["counsellor", "vice", "principal"]);
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    assert_eq!(called(&world), people(&[]), "nor that it is over");
    told_of_a_drill(&world, &["duty", "counsellor", "vice", "principal"]);
});

on_both!(a_day_off_is_as_a_night, from "2026-11-22 10:00", |world| {
    let refused = world.client("principal").await.post("/api/v1/drills", plain()).await.expect(422);
    assert_eq!(refused.fields(), ["by_night"]);
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(whoever_has_nothing_but_a_telephone_hears_by_telephone_that_it_is_over, from "2026-11-24 03:00", |world| {
    world.give_telephones(&["duty"]).await;
    let storage = &world.service.desk.storage;
    let methods = storage.read().contact_methods(world.town.person("duty")).await.unwrap();
    let mut tx = storage.begin().await.unwrap();
    for method in methods.iter().filter(|m| m.method.channel != domain::delivery::Channel::Voice) {
        tx.remove_contact(method.id).await.unwrap();
    }
    tx.commit().await.unwrap();
    let id = start(&world, json!({ "note": "夜间演练", "by_night": true })).await;
    assert_eq!(called(&world), people(&["duty"]));
    told_of_a_drill(&world, &["counsellor", "vice", "principal"]);
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    let calls = world.voice.take();
    assert_eq!(calls.len(), 1);
    assert!(calls[0].text.contains("演练结束，无需操作") && !calls[0].text.contains("请按"), "{}", calls[0].text);
    told_of_a_drill(&world, &["counsellor", "vice", "principal"]);
});
