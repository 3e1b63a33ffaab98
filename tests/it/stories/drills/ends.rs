//! A drill ends, whatever happens, and everybody who was told hears so once.

use serde_json::json;
use tests::on_both;

use super::{SCHOOL, act, custody, plain, seen, start, told_of_a_drill};

on_both!(a_drill_that_nobody_ends_ends_by_itself_after_an_hour, |world| {
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    for _ in 0..5 {
        world.pass(10).await;
        told_of_a_drill(&world, &SCHOOL);
    }
    world.pass(10).await;
    let letters = told_of_a_drill(&world, &SCHOOL);
    assert!(letters.iter().all(|l| l.text.contains("演练结束")), "{letters:#?}");
    assert_eq!(letters.len(), 6, "once by each way in which he was written to");
    assert_eq!(seen(&world, "principal", &id).await.expect(200).body["ended"]["how"], "limit");
    world.pass(24 * 60).await;
    world.told_exactly(&[]);
});

on_both!(the_principal_ends_it_and_twice_is_once, |world| {
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    let done = act(&world, "principal", &id, "end").await.expect(200);
    assert_eq!(done.body["ended"]["how"], "by_hand");
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    let letters = told_of_a_drill(&world, &SCHOOL);
    assert_eq!(letters.len(), 6);
    let late = act(&world, "counsellor", &id, "acknowledge").await.expect(200);
    assert_eq!(late.body["own"]["answers"], json!([]), "after the end nothing changes");
    let _ = custody(&world, "counsellor", &id).await.expect(200);
    world.pass(60).await;
    world.told_exactly(&[]);
});

on_both!(a_drill_of_the_day_does_not_reach_into_the_night, from "2026-11-23 21:00", |world| {
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    world.pass(29).await;
    told_of_a_drill(&world, &SCHOOL);
    world.pass(1).await;
    let letters = told_of_a_drill(&world, &SCHOOL);
    assert!(letters.iter().all(|l| l.text.contains("演练结束")), "{letters:#?}");
    assert_eq!(seen(&world, "principal", &id).await.expect(200).body["ended"]["how"], "quiet_hours");
});

on_both!(what_has_not_gone_out_when_it_ends_stays_in, |world| {
    let id = world.client("principal").await.post("/api/v1/drills", plain()).await.expect(201).str("id");
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(an_orange_drill_has_time_for_every_rung_of_the_school, |world| {
    let _ = start(&world, json!({ "note": "例行", "level": 3 })).await;
    told_of_a_drill(&world, &["counsellor"]);
    world.pass(60).await;
    told_of_a_drill(&world, &["vice"]);
    world.pass(60).await;
    told_of_a_drill(&world, &["principal"]);
    world.pass(60).await;
    told_of_a_drill(&world, &["principal"]);
    world.pass(60).await;
    let letters = told_of_a_drill(&world, &["counsellor", "vice", "principal"]);
    assert!(letters.iter().all(|l| l.text.contains("演练结束")), "{letters:#?}");
});
