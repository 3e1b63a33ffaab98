//! A real red while a drill runs: it goes first, the drill stops, and nobody can take the one for the other.

use domain::notice::Lane;
use notifier::{Letter, dispatch_once};
use serde_json::{Value, json};
use tests::{World, on_both};

use super::{SCHOOL, act, plain, seen, start, told_of_a_drill};

const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];

fn logins(world: &World, letters: &[&Letter]) -> Vec<String> {
    let all: std::collections::BTreeSet<String> = letters.iter().map(|l| world.login_of(&l.to)).collect();
    all.into_iter().collect()
}

/// A red that names a member of staff, and of which not everybody may hear.
fn confidential(world: &World) -> Value {
    let mut body = world.filing(world.town.student(0, 0, 0), 4);
    body["involved_staff"] = json!([world.town.person("grade").to_string()]);
    body
}

on_both!(a_real_red_stops_a_drill_at_once_and_both_can_be_told_apart, |world| {
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    world.pass(3).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let letters = world.letters();
    let (drill, real): (Vec<&Letter>, Vec<&Letter>) = letters.iter().partition(|l| l.text.contains("演练"));
    assert_eq!(logins(&world, &real), RUNG_0);
    assert!(real.iter().all(|l| l.text.contains("紧急值班") && l.urgent), "{real:#?}");
    assert_eq!(logins(&world, &drill), ["counsellor", "principal", "vice"]);
    let stopped = "【示例一中】演练中止：现有真实值班任务，请以没有“演练”字样的通知为准。编号";
    assert!(drill.iter().all(|l| l.text.starts_with(stopped)), "{drill:#?}");
    let ended = seen(&world, "principal", &id).await.expect(200);
    assert_eq!(ended.body["ended"]["how"], "real_alert");

    // The red goes its own way, at its own time; the drill says nothing more.
    world.pass(10).await;
    world.told_exactly(&["district"]);
    let alert = world.alert_seen_by("counsellor").await;
    let taken = format!("/api/v1/alerts/{alert}/acknowledge");
    let _ = world.client("counsellor").await.post(&taken, json!({})).await.expect(200);
    world.settle().await;
    world.told_exactly(&["grade", "principal", "teacher", "vice", "district"]);
});

on_both!(nothing_of_a_drill_goes_out_while_anything_real_is_due, |world| {
    let _ = world.client("principal").await.post("/api/v1/drills", plain()).await.expect(201);
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    let post = &world.service.post;
    assert_eq!(dispatch_once(post, Lane::Drill).await.unwrap(), 0, "an orange waits");
    assert!(world.letters().is_empty());
    assert!(dispatch_once(post, Lane::Red).await.unwrap() + dispatch_once(post, Lane::Normal).await.unwrap() > 0);
    assert!(world.letters().iter().all(|l| !l.text.contains("演练")));
    assert!(dispatch_once(post, Lane::Drill).await.unwrap() > 0);
    told_of_a_drill(&world, &SCHOOL);
});

on_both!(what_was_about_to_go_out_stays_in_from_the_moment_of_the_red_on, |world| {
    let _ = world.client("principal").await.post("/api/v1/drills", plain()).await.expect(201);
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    let post = &world.service.post;
    // The drill's own clock has not looked yet: the worker sees by itself that it must not.
    let _ = dispatch_once(post, Lane::Red).await.unwrap();
    let _ = dispatch_once(post, Lane::Normal).await.unwrap();
    let _ = dispatch_once(post, Lane::Drill).await.unwrap();
    let letters = world.letters();
    assert!(letters.iter().all(|l| !l.text.contains("演练")), "{letters:#?}");
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(a_red_of_which_not_everybody_may_hear_shows_itself_by_no_drill, |world| {
    let before = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    let _ = world.file("dorm", confidential(&world)).await;
    world.settle().await;
    let letters = world.letters();
    assert!(!letters.is_empty() && letters.iter().all(|l| !l.text.contains("演练")), "{letters:#?}");
    let running = seen(&world, "principal", &before).await.expect(200);
    assert_eq!(running.body["ended"], Value::Null);
    let _ = act(&world, "principal", &before, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
    let _ = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
});

on_both!(a_drill_neither_blocks_nor_joins_nor_raises_an_alert, |world| {
    let body = json!({ "note": "例行", "class": world.town.schools[0].classes[0].id });
    let id = start(&world, body).await;
    told_of_a_drill(&world, &RUNG_0);
    for (student, level) in [(0, 2), (0, 3), (1, 3)] {
        let _ = world.file("subject", world.filing(world.town.student(0, 0, student), level)).await;
        world.settle().await;
    }
    let _ = world.told();
    let items = world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items();
    let levels: Vec<u64> = items.iter().map(|a| a["level"].as_u64().unwrap()).collect();
    assert_eq!(levels, [3, 3]);
    assert_eq!(seen(&world, "principal", &id).await.expect(200).body["ended"], Value::Null, "an orange stops no drill");
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &RUNG_0);
});
