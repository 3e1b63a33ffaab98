//! Those whom an event may have touched are looked in on, twice, and never hear of whom or why.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::at;

/// A red about the first student; everybody who was told has read it. Gives where its affected peers are.
async fn red(world: &World) -> String {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    let alert = world.alert_seen_by("counsellor").await;
    let counsellor = world.client("counsellor").await;
    let body = json!({ "adult": "周老师", "since": world.service.desk.now(), "where": "心理咨询室" });
    let _ = counsellor.post(&format!("/api/v1/alerts/{alert}/custody"), body).await.expect(201);
    let tag = counsellor.get(&format!("/api/v1/alerts/{alert}")).await.etag.unwrap();
    let body = json!({ "level": 4, "reason": "面谈", "means_asked": true });
    let _ = counsellor.with("If-Match", &tag).post(&format!("/api/v1/alerts/{alert}/assess"), body).await.expect(200);
    world.settle().await;
    let _ = world.told();
    format!("/api/v1/alerts/{alert}/affected-peers")
}

fn peer(world: &World, class: usize, n: usize, why: &str, who: &str) -> Value {
    json!({
        "student": world.town.student(0, class, n), "why": why, "look_in_by": world.town.person(who),
        "due_at": at("2026-11-23 17:00"),
    })
}

on_both!(each_is_looked_in_on_twice_and_nothing_names_the_other_child, |world| {
    let path = red(&world).await;
    let counsellor = world.client("counsellor").await;
    let two = json!({ "students": [peer(&world, 0, 1, "close_friend", "teacher"), peer(&world, 1, 0, "witness", "teacher1")] });
    let named = counsellor.post(&path, two.clone()).await.expect(201).items();
    assert_eq!(named.iter().map(|p| p["state"].clone()).collect::<Vec<_>>(), ["waiting", "waiting"]);
    world.settle().await;
    world.told_exactly(&["teacher", "teacher1"]);
    let again = counsellor.post(&path, two).await.expect(422);
    assert_eq!(again.fields(), ["students[0].student", "students[1].student"]);
    // Whoever looks in reads his own child's name alone.
    let teacher = world.client("teacher1").await;
    let task = teacher.get("/api/v1/tasks").await.expect(200);
    let (about, subject) = (world.town.student(0, 1, 0).to_string(), world.town.student(0, 0, 0).to_string());
    assert!(
        task.text.contains(&about) && !task.text.contains(&subject) && !task.text.contains("alr_"),
        "{}",
        task.text
    );
    let file = format!("/api/v1/students/{about}/growth-file");
    let seen = teacher.get(&file).await.expect(200);
    assert!(
        seen.text.contains("look_in") && !seen.text.contains(&subject) && !seen.text.contains("赵一然"),
        "{}",
        seen.text
    );
    assert!(seen.body["level"].is_null(), "no level follows");
    let id = task.items()[0]["id"].as_str().unwrap().to_owned();
    let _ = teacher.post(&format!("/api/v1/tasks/{id}/done"), json!({ "note": "情绪平稳" })).await.expect(200);
    assert!(teacher.get(&file).await.expect(200).text.contains("情绪平稳"));
    world.settle().await;
    world.told_exactly(&[]);
    let list = counsellor.get(&path).await.expect(200).items();
    assert_eq!(list.iter().map(|p| p["state"].clone()).collect::<Vec<_>>(), ["waiting", "looked_in"]);
    // The other one is overdue, is seen at once, and climbs like every task.
    world.at("2026-11-23 17:00").await;
    world.told_exactly(&["teacher"]);
    assert_eq!(counsellor.get(&path).await.expect(200).items()[0]["state"], "overdue");
    world.at("2026-11-25 17:00").await;
    assert!(world.told().contains("grade"));
    // Five school days later somebody looks in again.
    world.at("2026-11-30 10:00").await;
    assert!(world.told().contains("teacher1"));
    let id = teacher.get("/api/v1/tasks").await.expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    let _ = teacher.post(&format!("/api/v1/tasks/{id}/done"), json!({ "note": "照常上课" })).await.expect(200);
    let list = counsellor.get(&path).await.expect(200).items();
    assert!(list.iter().any(|p| p["state"] == "done" && p["look_in_by"].is_null()), "{list:?}");
    assert!(teacher.get("/api/v1/tasks").await.expect(200).items().is_empty());
    // A report about one of them stands where it would stand about anybody.
    let _ = world.file("subject", world.filing(world.town.student(0, 1, 0), 1)).await;
    assert_eq!(teacher.get(&file).await.expect(200).body["level"], 1);
    world.settle().await;
    let _ = world.told();
});

on_both!(everything_that_is_wrong_is_named_and_nobody_else_sees_the_list, |world| {
    let path = red(&world).await;
    let counsellor = world.client("counsellor").await;
    assert_eq!(counsellor.post(&path, json!({})).await.expect(422).fields(), ["students"]);
    let wrong = json!({ "students": [
        { "student": world.town.student(0, 0, 0), "why": "guilty", "look_in_by": "x", "due_at": at("2026-11-20 10:00") },
    ] });
    let refused = counsellor.post(&path, wrong).await.expect(422);
    let fields: Vec<String> =
        ["student", "why", "look_in_by", "due_at"].iter().map(|f| format!("students[0].{f}")).collect();
    assert_eq!(refused.fields(), fields);
    let mut elsewhere = peer(&world, 0, 1, "other", "teacher");
    elsewhere["student"] = json!(world.town.student(1, 0, 0));
    let refused =
        counsellor.post(&path, json!({ "students": [elsewhere, peer(&world, 0, 2, "other", "monitor")] })).await;
    assert_eq!(refused.expect(422).fields(), ["students[0].student", "students[1].look_in_by"]);
    for reader in ["teacher", "grade", "principal"] {
        let _ = world.client(reader).await.get(&path).await.expect(403);
    }
    let _ = world.client("counsellor-b").await.get(&path).await.expect(404);
});

on_both!(the_page_lists_them_and_takes_one_more, |world| {
    let page = red(&world).await.replace("/api/v1", "");
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let alert = page.strip_suffix("/affected-peers").unwrap();
    assert!(counsellor.get(alert).await.expect(200).says(&format!("href=\"{page}\"")));
    let shown = counsellor.get(&page).await.expect(200);
    let (who, by) = (world.town.student(0, 1, 2).to_string(), world.town.person("teacher1").to_string());
    let wrong = counsellor.post(&shown, &page, &[("student", &who)]).await.expect(422);
    assert!(wrong.says("href=\"#why\"") && wrong.says("href=\"#due_at\""), "{}", wrong.html);
    let fields = [("student", who.as_str()), ("why", "witness"), ("look_in_by", &by), ("due_at", "2026-11-23T17:00")];
    let next = counsellor.post(&shown, &page, &fields).await.leads_to();
    assert!(counsellor.get(&next).await.expect(200).says("还没有看望"));
    world.settle().await;
    world.told_exactly(&["teacher1"]);
});
