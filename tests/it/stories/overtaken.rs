//! New facts overtake what was proposed before them; and a worry is heard once in each turn.

use serde_json::json;
use tests::{Browser, World, on_both};

/// A red that the counsellor has taken and proposes to lower.
async fn proposed(world: &World) -> String {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 3)).await;
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let version = counsellor.get(&path).await.expect(200).etag.unwrap();
    let lower = json!({ "level": 2, "reason": "面谈后平稳", "means_asked": true });
    let _ = counsellor.with("If-Match", &version).post(&format!("{path}/assess"), lower).await.expect(202);
    world.settle().await;
    let _ = world.told();
    path
}

async fn approve(world: &World, path: &str, version: &str) -> tests::Answer {
    let vice = world.client("vice").await;
    vice.with("If-Match", version).post(&format!("{path}/approve"), json!({})).await
}

async fn superseded(world: &World, path: &str, stale: &str, level: u8) {
    assert_eq!(approve(world, path, stale).await.expect(412).code(), "stale");
    let shown = world.client("vice").await.get(path).await.expect(200);
    let events = shown.body["events"].as_array().unwrap();
    assert!(events.iter().any(|e| e["kind"] == "proposal_superseded"), "{}", shown.text);
    assert!(shown.body["proposal"].is_null() && shown.body["level"] == level, "{}", shown.text);
    assert_eq!(approve(world, path, &shown.etag.unwrap()).await.expect(409).code(), "no_proposal");
}

on_both!(a_proposal_to_lower_does_not_outlive_a_raise, |world| {
    let path = proposed(&world).await;
    let stale = world.client("vice").await.get(&path).await.expect(200).etag.unwrap();
    world.pass(1).await;
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 0), 4)).await;
    superseded(&world, &path, &stale, 4).await;
    world.settle().await;
    let _ = world.told();
});

on_both!(nor_evidence_that_joins, |world| {
    let path = proposed(&world).await;
    let stale = world.client("vice").await.get(&path).await.expect(200).etag.unwrap();
    world.pass(1).await;
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 0), 1)).await;
    superseded(&world, &path, &stale, 3).await;
    world.settle().await;
    let _ = world.told();
});

on_both!(a_worry_that_remains_is_heard_once_in_each_turn, |world| {
    let mine = world.file("monitor", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    let monitor = world.client("monitor").await;
    let worried = format!("/api/v1/observations/{mine}/still-worried");
    world.pass(1).await;
    let _ = monitor.post(&worried, json!({ "reason": "还是不放心" })).await.expect(202);
    world.settle().await;
    world.told_exactly(&["district"]);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let counsellor = world.client("counsellor").await;
    let tag = counsellor.get(&path).await.expect(200).etag;
    for _ in 0..3 {
        let _ = monitor.post(&worried, json!({ "reason": "还是不放心" })).await.expect(202);
        world.settle().await;
        world.told_exactly(&[]);
    }
    assert_eq!(counsellor.get(&path).await.expect(200).etag, tag);
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    // Nobody stood by the child: a new turn, in which he is heard again.
    world.pass(10).await;
    let _ = world.told();
    let _ = monitor.post(&worried, json!({ "reason": "还是不放心" })).await.expect(202);
    world.settle().await;
    assert!(!world.told().is_empty());
});

on_both!(a_worry_that_remains_overtakes_a_proposal, |world| {
    let path = proposed(&world).await;
    let stale = world.client("vice").await.get(&path).await.expect(200).etag.unwrap();
    let mine = world.file("nurse", world.filing(world.town.student(0, 0, 0), 1)).await;
    superseded(&world, &path, &stale, 3).await;
    let counsellor = world.client("counsellor").await;
    let version = counsellor.get(&path).await.expect(200).etag.unwrap();
    let lower = json!({ "level": 2, "reason": "面谈后平稳", "means_asked": true });
    let _ = counsellor.with("If-Match", &version).post(&format!("{path}/assess"), lower).await.expect(202);
    let stale = counsellor.get(&path).await.expect(200).etag.unwrap();
    world.pass(1).await;
    let worried = json!({ "reason": "还是不放心" });
    let nurse = world.client("nurse").await;
    let _ = nurse.post(&format!("/api/v1/observations/{mine}/still-worried"), worried).await.expect(202);
    superseded(&world, &path, &stale, 3).await;
    world.settle().await;
    let _ = world.told();
});

on_both!(a_proposal_to_lower_does_not_stand_in_the_way_of_raising, |world| {
    let path = proposed(&world).await;
    let stale = world.client("vice").await.get(&path).await.expect(200).etag.unwrap();
    let counsellor = world.client("counsellor").await;
    let assess = async |level: u8| {
        let version = counsellor.get(&path).await.expect(200).etag.unwrap();
        let body = json!({ "level": level, "reason": "书包里有刀", "means_asked": true });
        counsellor.with("If-Match", &version).post(&format!("{path}/assess"), body).await
    };
    for level in [3, 2, 1] {
        assert_eq!(assess(level).await.expect(409).code(), "proposal_pending", "{level} is no more than it is");
    }
    assert_eq!(assess(4).await.expect(200).body["level"], 4);
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "teacher", "vice"]);
    superseded(&world, &path, &stale, 4).await;
});

on_both!(anybody_who_assesses_raises_over_a_proposal_of_somebody_else, |world| {
    let path = proposed(&world).await;
    let vice = world.client("vice").await;
    let stale = vice.get(&path).await.expect(200).etag.unwrap();
    let body = json!({ "level": 4, "reason": "书包里有刀", "means_asked": true });
    let raised = vice.with("If-Match", &stale).post(&format!("{path}/assess"), body).await.expect(200);
    assert_eq!(raised.body["level"], 4);
    world.settle().await;
    let told = world.told();
    assert!(told.contains("counsellor"), "whoever had proposed it hears: {told:?}");
    superseded(&world, &path, &stale, 4).await;
});

on_both!(whoever_proposed_takes_it_back_by_himself_and_signs_nothing_by_it, |world| {
    let path = proposed(&world).await;
    let counsellor = world.client("counsellor").await;
    let decide = async |verb: &str| {
        let version = counsellor.get(&path).await.expect(200).etag.unwrap();
        counsellor.with("If-Match", &version).post(&format!("{path}/{verb}"), json!({ "note": "再看看" })).await
    };
    assert_eq!(decide("approve").await.expect(409).code(), "same_person");
    let back = decide("reject").await.expect(200);
    assert!(back.body["proposal"].is_null() && back.body["level"] == 3, "{}", back.text);
    let events = back.body["events"].as_array().unwrap();
    assert!(events.iter().any(|e| e["kind"] == "proposal_withdrawn"), "{}", back.text);
    assert!(!events.iter().any(|e| e["kind"] == "lowering_rejected"), "nobody refused it: {}", back.text);
    assert_eq!(decide("reject").await.expect(409).code(), "no_proposal");
    let tag = counsellor.get(&path).await.expect(200).etag.unwrap();
    assert_eq!(approve(&world, &path, &tag).await.expect(409).code(), "no_proposal");
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(the_page_lets_a_danger_be_raised_and_a_proposal_be_taken_back, |world| {
    let path = proposed(&world).await.replace("/api/v1", "");
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let page = counsellor.get(&path).await.expect(200);
    assert!(page.says("撤回") && !page.says("formaction"), "{}", page.html);
    assert!(page.says("name=\"level\" value=\"4\"") && !page.says("name=\"level\" value=\"2\""), "{}", page.html);
    let done = counsellor
        .post(
            &page,
            &format!("{path}/reject"),
            &[("version", &page.value("version")), ("take_back", &page.value("take_back"))],
        )
        .await
        .leads_to();
    let page = counsellor.get(&done).await.expect(200);
    assert!(
        page.says("已撤回") && page.says("撤回了等待签字的提议") && !page.says("等待第二人签字</h2>"),
        "{}",
        page.html
    );
    assert!(page.says("name=\"level\" value=\"2\""), "everything may be chosen again: {}", page.html);
});
