//! Deciding: lowering takes two people, and whoever was told hears that somebody decided.

use serde_json::json;
use tests::{Client, on_both};

const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];

async fn decide(client: &Client, path: &str, verb: &str, body: serde_json::Value) -> tests::Answer {
    let version = client.get(path).await.expect(200).etag.unwrap();
    client.with("If-Match", &version).post(&format!("{path}/{verb}"), body).await
}

on_both!(a_lowering_asks_the_others_who_may_sign_each_time_anew, |world| {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "principal", "vice"]);

    let unasked = json!({ "level": 3, "reason": "面谈后平稳", "means_asked": false });
    let refused = decide(&counsellor, &path, "assess", unasked).await.expect(422);
    let codes: Vec<_> = refused.body["errors"].as_array().unwrap().iter().map(|e| e["code"].clone()).collect();
    assert_eq!(codes, ["not_asked", "no_custody"]);
    let lower = json!({ "level": 3, "reason": "面谈后平稳", "means_asked": true });
    let refused = decide(&counsellor, &path, "assess", lower.clone()).await.expect(422);
    assert_eq!(refused.body["errors"][0]["code"], "no_custody");
    let with = json!({ "adult": "周老师", "since": "2026-11-23T10:00:00+08:00", "where": "心理咨询室" });
    let _ = counsellor.post(&format!("{path}/custody"), with).await.expect(201);
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "principal", "vice"]);
    let _ = decide(&counsellor, &path, "assess", lower.clone()).await.expect(202);
    world.settle().await;
    world.told_exactly(&["principal", "vice"]);
    let own = decide(&counsellor, &path, "approve", json!({})).await.expect(409);
    assert_eq!(own.code(), "same_person");

    let vice = world.client("vice").await;
    let refused = decide(&vice, &path, "reject", json!({})).await.expect(200);
    assert_eq!(refused.body["level"], 4);
    world.settle().await;
    let told = world.letters();
    assert!(told.iter().all(|l| l.text.contains("复核未同意")));
    assert_eq!(told.len(), 2, "the proposer, by SMS and mail: {told:#?}");

    let _ = decide(&counsellor, &path, "assess", lower).await.expect(202);
    world.settle().await;
    world.told_exactly(&["principal", "vice"]);
    let done = decide(&vice, &path, "approve", json!({})).await.expect(200);
    assert_eq!(done.body["level"], 3);
    world.settle().await;
    world.told_exactly(&["counsellor"]);
});

on_both!(a_lowering_that_was_proposed_before_the_child_was_alone_again_is_not_signed, |world| {
    let student = world.town.student(0, 0, 0);
    let seen = world.file("teacher", world.filing(student, 4)).await;
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let with = json!({ "adult": "周老师", "since": "2026-11-23T10:00:00+08:00", "where": "心理咨询室" });
    let _ = counsellor.post(&format!("{path}/custody"), with).await.expect(201);
    let lower = json!({ "level": 3, "reason": "面谈后平稳", "means_asked": true });
    let _ = decide(&counsellor, &path, "assess", lower).await.expect(202);
    let teacher = world.client("teacher").await;
    let worried = json!({ "reason": "孩子又一个人在走廊" });
    let _ = teacher.post(&format!("/api/v1/observations/{seen}/still-worried"), worried).await.expect(202);
    let refused = decide(&world.client("vice").await, &path, "approve", json!({})).await.expect(409);
    assert_eq!(refused.code(), "no_proposal", "new facts have overtaken it");
    world.settle().await;
    let _ = world.told();
});

on_both!(no_level_goes_down_while_nobody_has_asked_about_means, |world| {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let lower = json!({ "level": 1, "reason": "面谈后平稳", "means_asked": false });
    let refused = decide(&counsellor, &path, "assess", lower).await.expect(422);
    assert_eq!(refused.body["errors"][0]["code"], "not_asked");
    let stay = json!({ "level": 2, "reason": "面谈后维持", "means_asked": false });
    let _ = decide(&counsellor, &path, "assess", stay).await.expect(200);
    world.settle().await;
    let _ = world.told();
});

on_both!(a_level_lowered_while_nobody_had_taken_it_tells_those_who_were_told, |world| {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let told = world.told();
    assert!(told.contains("counsellor"), "{told:?}");
    world.pass(1).await;
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let lower = json!({ "level": 1, "reason": "面谈后平稳", "means_asked": true });
    let _ = decide(&counsellor, &path, "assess", lower).await.expect(200);
    world.settle().await;
    let others: Vec<&str> = told.iter().map(String::as_str).filter(|l| *l != "counsellor").collect();
    world.told_exactly(&others);
    world.pass(60).await;
    world.told_exactly(&[]);
});

on_both!(whoever_the_report_concerns_is_told_nothing_and_sees_nothing, |world| {
    let vice = world.town.person("vice").to_string();
    let mut body = world.filing(world.town.student(0, 0, 0), 4);
    body["concerns"] = json!({ "kind": "staff", "staff": vice });
    let _ = world.file("teacher", body).await;
    world.settle().await;
    let told = world.told();
    assert!(!told.contains("vice") && !told.is_empty(), "{told:?}");
    let counsellor = world.alert_seen_by("principal").await;
    let out = world.client("vice").await;
    let _ = out.get(&format!("/api/v1/alerts/{counsellor}")).await.expect(404);
    assert!(out.get("/api/v1/alerts").await.expect(200).items().is_empty());
    for _ in 0..6 {
        world.pass(10).await;
        assert!(!world.told().contains("vice"));
    }
});

on_both!(a_deputy_does_not_sign_by_the_position_of_the_one_who_proposed, |world| {
    let counsellor = world.client("counsellor").await;
    let (from, to) = ("2026-11-23T09:00:00+08:00", "2026-11-27T18:00:00+08:00");
    let away = json!({ "deputy": world.town.person("teacher1"), "from": from, "to": to });
    let _ = counsellor.post("/api/v1/me/deputies", away).await.expect(201);
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let with = json!({ "adult": "周老师", "since": "2026-11-23T10:00:00+08:00", "where": "心理咨询室" });
    let _ = counsellor.post(&format!("{path}/custody"), with).await.expect(201);
    let lower = json!({ "level": 3, "reason": "面谈后平稳", "means_asked": true });
    let _ = decide(&counsellor, &path, "assess", lower).await.expect(202);
    let deputy = world.client("teacher1").await;
    for verb in ["approve", "reject"] {
        assert_eq!(decide(&deputy, &path, verb, json!({})).await.expect(409).code(), "same_person");
    }
    let done = decide(&world.client("vice").await, &path, "approve", json!({})).await.expect(200);
    assert_eq!(done.body["level"], 3);
    world.settle().await;
    let _ = world.told();
});
