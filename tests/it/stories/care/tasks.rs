//! A task is done, handed on, or asked for until it is.

use serde_json::json;
use tests::{Browser, on_both};

use super::{at, body, give};

on_both!(a_task_is_given_asked_for_once_a_day_and_told_above_once_each, |world| {
    let id = give(&world, "counsellor", "teacher", "2026-11-23 16:00").await;
    world.settle().await;
    let told = world.letters();
    assert!(told.iter().all(|l| l.text.contains("新的工作任务") && world.login_of(&l.to) == "teacher"), "{told:#?}");
    assert_eq!(told.len(), 2);
    world.silent_until("2026-11-23 16:00", &["teacher"]).await;
    world.at("2026-11-23 19:59").await;
    world.told_exactly(&[]);
    world.silent_until("2026-11-24 08:00", &["teacher"]).await;
    world.at("2026-11-24 15:00").await;
    world.told_exactly(&[]);
    world.silent_until("2026-11-25 08:00", &["teacher"]).await;
    world.silent_until("2026-11-25 16:00", &["grade"]).await;
    world.silent_until("2026-11-26 08:00", &["teacher"]).await;
    world.silent_until("2026-11-27 08:00", &["teacher"]).await;
    world.silent_until("2026-11-27 16:00", &["vice"]).await;
    let teacher = world.client("teacher").await;
    let mine = teacher.get("/api/v1/tasks?mine=true").await.expect(200).items();
    assert_eq!((mine.len(), mine[0]["overdue"].clone()), (1, json!(true)));
    let path = format!("/api/v1/tasks/{id}");
    let _ = world.client("grade").await.post(&format!("{path}/done"), json!({ "note": "替他看了" })).await.expect(403);
    let empty = teacher.post(&format!("{path}/done"), json!({})).await.expect(422);
    assert_eq!(empty.fields(), ["note"]);
    let done = teacher.post(&format!("{path}/done"), json!({ "note": "孩子精神好，愿意说话" })).await.expect(200);
    assert_eq!((done.str("state"), done.str("note")), ("done".to_owned(), "孩子精神好，愿意说话".to_owned()));
    let again = teacher.post(&format!("{path}/done"), json!({ "note": "再说一遍" })).await.expect(409);
    assert_eq!(again.code(), "task_ended");
    world.at("2026-12-02 18:00").await;
    world.told_exactly(&[]);
});

on_both!(several_tasks_are_asked_for_in_one_message, |world| {
    for due in ["2026-11-23 15:00", "2026-11-23 15:00", "2026-11-23 17:00"] {
        let _ = give(&world, "counsellor", "teacher", due).await;
    }
    world.settle().await;
    world.told_exactly(&["teacher"]);
    world.at("2026-11-23 15:00").await;
    let told = world.letters();
    assert!(told.len() == 2 && told.iter().all(|l| l.text.contains("2项工作任务已到期")), "{told:#?}");
    // The third is due the same day: he has been asked today.
    world.at("2026-11-23 19:00").await;
    world.told_exactly(&[]);
    world.silent_until("2026-11-24 08:00", &["teacher"]).await;
});

on_both!(a_task_handed_on_is_the_other_ones_and_is_due_when_it_was, |world| {
    let id = give(&world, "counsellor", "teacher", "2026-11-23 16:00").await;
    world.settle().await;
    world.told_exactly(&["teacher"]);
    let (teacher, path) = (world.client("teacher").await, format!("/api/v1/tasks/{id}"));
    for nobody in ["monitor", "admin", "teacher-b", "teacher", "district"] {
        let body = json!({ "to": world.town.person(nobody), "reason": "外出" });
        let refused = teacher.post(&format!("{path}/hand-on"), body).await.expect(422);
        assert_eq!(refused.faults(), [("to".to_owned(), "cannot_have_it".to_owned())], "{nobody}");
    }
    let body = json!({ "to": world.town.person("nurse"), "reason": "明天外出培训" });
    let new = teacher.post(&format!("{path}/hand-on"), body.clone()).await.expect(201);
    assert_eq!(new.str("due_at"), "2026-11-23T08:00:00Z");
    assert_eq!(teacher.post(&format!("{path}/hand-on"), body).await.expect(409).code(), "task_ended");
    let old = teacher.get(&path).await.expect(200);
    assert_eq!((old.str("state"), old.str("handed_to")), ("handed_on".to_owned(), new.str("id")));
    world.settle().await;
    world.told_exactly(&["nurse"]);
    world.silent_until("2026-11-23 16:00", &["nurse"]).await;
    // She opens no file, and sees her task.
    let nurse = world.client("nurse").await;
    assert_eq!(nurse.get("/api/v1/tasks").await.expect(200).items().len(), 1);
    let _ = nurse.get(&path).await.expect(404);
    for stranger in ["teacher1", "grade1", "subject", "teacher-b", "district", "admin"] {
        let client = world.client(stranger).await;
        let _ = client.get(&format!("/api/v1/tasks/{}", new.str("id"))).await.expect(404);
        assert!(client.get("/api/v1/tasks").await.expect(200).items().is_empty(), "{stranger}");
    }
});

on_both!(everything_wrong_with_a_task_is_said_at_once, |world| {
    let teacher = world.client("teacher").await;
    let bad = json!({ "student": world.town.student(0, 2, 0), "alert": "alr_1", "kind": "referral", "text": " ",
        "owner": "per_1", "due_at": at("2026-11-20 16:00") });
    let refused = teacher.post("/api/v1/tasks", bad).await.expect(422);
    let mut fields = refused.fields();
    fields.sort();
    assert_eq!(fields, ["alert", "due_at", "kind", "owner", "student", "text"]);
    let mut other = body(&world, "nurse", "2026-11-23 16:00");
    other["student"] = json!(world.town.student(1, 0, 0));
    let refused = teacher.post("/api/v1/tasks", other).await.expect(422);
    assert_eq!(refused.faults(), [("student".to_owned(), "unknown_student".to_owned())]);
    let keyed = teacher.with("Idempotency-Key", "one");
    let first = keyed.post("/api/v1/tasks", body(&world, "nurse", "2026-11-23 16:00")).await.expect(201).str("id");
    let second = keyed.post("/api/v1/tasks", body(&world, "nurse", "2026-11-23 16:00")).await.expect(201).str("id");
    assert_eq!(first, second);
    world.settle().await;
    world.told_exactly(&["nurse"]);
});

on_both!(whoever_is_left_out_of_an_alert_has_no_task_beside_it_and_hears_of_none, |world| {
    let mut filed = world.filing(world.town.student(0, 0, 0), 3);
    filed["concerns"] = json!({ "kind": "staff", "staff": world.town.person("grade").to_string() });
    let _ = world.file("nurse", filed).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let alert = world.alert_seen_by("counsellor").await;
    let mut wanted = body(&world, "grade", "2026-11-23 16:00");
    wanted["alert"] = json!(alert);
    let refused = counsellor.post("/api/v1/tasks", wanted.clone()).await.expect(422);
    assert_eq!(refused.faults(), [("owner".to_owned(), "cannot_have_it".to_owned())]);
    wanted["owner"] = json!(world.town.person("teacher"));
    let path = format!("/api/v1/tasks/{}", counsellor.post("/api/v1/tasks", wanted).await.expect(201).str("id"));
    let _ = counsellor.post(&format!("/api/v1/alerts/{alert}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    let grade = world.client("grade").await;
    let _ = grade.get(&path).await.expect(404);
    assert!(grade.get("/api/v1/tasks").await.expect(200).items().is_empty());
    // Two school days after it was due the next rung hears, and that is not the grade lead.
    let mut heard = std::collections::BTreeSet::new();
    for (hour, minute) in [("11-23 16", "00"), ("11-25 16", "00"), ("11-27 16", "01")] {
        world.at(&format!("2026-{hour}:{minute}")).await;
        heard.extend(world.letters().into_iter().filter(|l| l.words.kind.is_of_tasks()).map(|l| world.login_of(&l.to)));
    }
    assert_eq!(heard.into_iter().collect::<Vec<_>>(), ["teacher", "vice"]);
});

on_both!(whoever_leaves_leaves_no_task_behind, |world| {
    let id = give(&world, "counsellor", "nurse", "2026-11-24 16:00").await;
    world.settle().await;
    world.told_exactly(&["nurse"]);
    world.pass(1).await;
    let admin = world.client("admin").await;
    let close = format!("/api/v1/people/{}/disable", world.town.person("nurse"));
    let refused = admin.post(&close, json!({})).await.expect(409);
    assert_eq!(refused.faults(), [("tasks".to_owned(), "task_open".to_owned())]);
    assert!(refused.text.contains("任务：1") && !refused.text.contains(&id), "{}", refused.text);
    assert!(!refused.text.contains("看看"), "{}", refused.text);
    let _ = admin.post(&close, json!({ "successor": world.town.person("dorm") })).await.expect(204);
    world.settle().await;
    world.told_exactly(&["dorm"]);
    let mine = world.client("dorm").await.get("/api/v1/tasks").await.expect(200).items();
    assert_eq!((mine.len(), mine[0]["handed_from"].clone()), (1, json!(id)));
    world.silent_until("2026-11-24 16:00", &["dorm"]).await;
});

on_both!(tasks_are_given_done_and_handed_on_by_pages, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let form = format!("/students/{student}/care/task");
    let page = counsellor.get(&form).await;
    assert!(page.html.contains("赵一然") && page.html.contains("要做什么"), "{}", page.html);
    let bad =
        counsellor.post(&page, &form, &[("kind", "look_in"), ("text", "看看"), ("due_at", "2026-11-20T10:00")]).await;
    assert_eq!(bad.status, 422);
    assert!(bad.html.contains("这个时间已经过了") && bad.html.contains(">看看</textarea>"), "{}", bad.html);
    let teacher = world.town.person("teacher").to_string();
    let good = [("kind", "look_in"), ("text", "课间看看"), ("owner", &teacher), ("due_at", "2026-11-23T16:00")];
    assert_eq!(counsellor.post(&page, &form, &good).await.status, 303);
    world.settle().await;
    world.told_exactly(&["teacher"]);
    let browser = Browser::sign_in(&world.base, "teacher").await;
    let list = browser.get("/tasks").await;
    assert!(list.html.contains("课间看看") && !list.html.contains("赵一然"), "{}", list.html);
    let id = list.html.split_once("href=\"/tasks/").unwrap().1.split('"').next().unwrap().to_owned();
    let task = browser.get(&format!("/tasks/{id}")).await;
    assert!(task.html.contains("赵一然"), "{}", task.html);
    let path = format!("/tasks/{id}/done");
    assert_eq!(browser.post(&task, &path, &[]).await.status, 422);
    assert_eq!(browser.post(&task, &path, &[("note", "好多了")]).await.status, 303);
    assert!(browser.get("/tasks").await.html.contains("没有待办的任务"));
    assert!(browser.get("/tasks?state=done").await.html.contains("课间看看"));
});
