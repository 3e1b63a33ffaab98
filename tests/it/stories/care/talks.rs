//! A talk that says of danger is reported within minutes, or those above hear: a note in a file wakes nobody.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::at;

fn path(world: &World) -> String {
    format!("/api/v1/students/{}/interviews", world.town.student(0, 0, 0))
}

fn talk(when: &str, wish: &str) -> Value {
    json!({ "at": at(when), "text": "说最近不想活", "means_asked": true, "wish_to_die": wish, "safe_now": "yes" })
}

/// The open tasks that somebody owes because of a talk.
async fn owed(world: &World, login: &str) -> Vec<Value> {
    let all = world.client(login).await.get("/api/v1/tasks").await.expect(200).items();
    all.into_iter().filter(|t| t["kind"] == "report_danger").collect()
}

on_both!(what_a_talk_says_of_danger_is_owed_as_a_report_and_climbs_when_it_is_not_made, |world| {
    let (student, counsellor) = (world.town.student(0, 0, 0), world.client("counsellor").await);
    let written = counsellor.post(&path(&world), talk("2026-11-23 09:30", "yes")).await.expect(201);
    assert_eq!(written.body["report_now"], true);
    world.settle().await;
    world.told_exactly(&[]);
    let task = owed(&world, "counsellor").await.pop().expect("the report is owed at once");
    assert!(task["due_at"].as_str().unwrap().starts_with("2026-11-23T02:15"), "{task}");
    let id = task["id"].as_str().unwrap().to_owned();
    let page = Browser::sign_in(&world.base, "counsellor").await.get(&format!("/tasks/{id}")).await.expect(200);
    assert!(page.says(&format!("/observations/new?student={student}")) && !page.says("name=\"note\""), "{}", page.html);
    let done = json!({ "note": "已处理" });
    let refused = counsellor.post(&format!("/api/v1/tasks/{id}/done"), done).await.expect(409);
    assert_eq!(refused.code(), "ends_with_its_record");
    // Above him they see that it waits, and not what was said; below nobody does.
    assert_eq!(owed(&world, "vice").await.pop().unwrap()["text"], Value::Null);
    for other in ["teacher", "grade", "nurse"] {
        assert!(owed(&world, other).await.is_empty(), "{other}");
    }
    world.silent_until("2026-11-23 10:15", &["counsellor", "vice"]).await;
    world.silent_until("2026-11-23 11:15", &["principal"]).await;
    // What is harmless takes nothing away, and neither does what somebody else reports.
    let _ = world.file("counsellor", world.filing(student, 1)).await;
    let _ = world.file("teacher", world.filing(student, 3)).await;
    assert_eq!(owed(&world, "counsellor").await.len(), 1);
    let _ = world.file("counsellor", world.filing(student, 3)).await;
    assert!(owed(&world, "counsellor").await.is_empty());
    world.settle().await;
    let _ = world.told();
});

on_both!(whoever_reports_in_time_or_had_reported_owes_nothing_more, |world| {
    let (student, counsellor) = (world.town.student(0, 0, 0), world.client("counsellor").await);
    let _ = counsellor.post(&path(&world), talk("2026-11-23 09:30", "yes")).await.expect(201);
    let _ = world.file("counsellor", world.filing(student, 3)).await;
    assert!(owed(&world, "counsellor").await.is_empty());
    // The report came after the talk, the note after the report.
    let _ = counsellor.post(&path(&world), talk("2026-11-23 09:40", "yes")).await.expect(201);
    assert!(owed(&world, "counsellor").await.is_empty());
    world.settle().await;
    let _ = world.told();
    world.at("2026-11-23 10:05").await;
    let _ = world.told();
    // What is said anew is reported anew.
    let _ = counsellor.post(&path(&world), talk("2026-11-23 10:04", "yes")).await.expect(201);
    assert_eq!(owed(&world, "counsellor").await.len(), 1);
});

on_both!(a_talk_without_danger_owes_the_next_talk_alone, |world| {
    let mut harmless = talk("2026-11-23 09:30", "no");
    harmless["next_at"] = json!(at("2026-11-25 10:00"));
    let written = world.client("counsellor").await.post(&path(&world), harmless).await.expect(201);
    assert_eq!(written.body["report_now"], false);
    assert!(owed(&world, "counsellor").await.is_empty());
    world.silent_until("2026-11-25 10:00", &["counsellor"]).await;
});

on_both!(whoever_has_the_child_s_red_in_hand_need_not_report_what_he_is_dealing_with, |world| {
    let (student, counsellor) = (world.town.student(0, 0, 0), world.client("counsellor").await);
    let _ = world.file("subject", world.filing(student, 4)).await;
    world.settle().await;
    let _ = world.told();
    let alert = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let body = json!({ "adult": "心理老师", "since": "2026-11-23T10:00:00+08:00", "where": "咨询室" });
    let _ = counsellor.post(&format!("{alert}/custody"), body).await.expect(201);
    world.settle().await;
    let _ = world.told();
    world.pass(5).await;
    let written = counsellor.post(&path(&world), talk("2026-11-23 10:02", "yes")).await.expect(201);
    assert_eq!(written.body["report_now"], false);
    assert!(owed(&world, "counsellor").await.is_empty());
    assert_ne!(counsellor.get(&alert).await.expect(200).body["owner"], Value::Null, "it stays in her hands");
    // A child that is not safe now is another matter.
    let mut unsafe_now = talk("2026-11-23 10:03", "yes");
    unsafe_now["safe_now"] = "no".into();
    let written = counsellor.post(&path(&world), unsafe_now).await.expect(201);
    assert_eq!((written.body["report_now"].clone(), owed(&world, "counsellor").await.len()), (json!(true), 1));
    world.settle().await;
    world.told_exactly(&[]);
});
