//! Another school: counsellor to counsellor, with what is open, a summary, and everything else sealed.

use serde_json::{Value, json};
use tests::{World, on_both};

use super::{accept, alert, opens, sent, with};

/// A transfer to the other school, which chooses the class.
fn transfer(world: &World, open: &[&str]) -> Value {
    let body = json!({ "students": [world.town.student(0, 0, 0)], "kind": "transfer",
        "to": { "school": world.town.schools[1].id }, "effective_on": "2026-11-25", "nothing_to_hand_over": open.is_empty() });
    if open.is_empty() { body } else { with(body, open) }
}

async fn texts(world: &World, login: &str) -> String {
    let path = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    world.client(login).await.get(&path).await.expect(200).text
}

on_both!(open_matters_go_along_the_rest_is_sealed_and_nothing_is_lost, |world| {
    let student = world.town.student(0, 0, 0);
    let file = format!("/api/v1/students/{student}/growth-file");
    let counsellor = world.client("counsellor").await;
    let note = json!({ "kind": "counselling", "at": "2026-11-20", "text": "谈了父母外出的事" });
    let _ = counsellor.post(&format!("{file}/entries"), note).await.expect(201);
    let mut filing = world.filing(student, 3);
    filing["narrative"] = json!("课上写了不想活");
    let _ = world.file("nurse", filing).await;
    world.settle().await;
    let _ = world.told();
    let alert = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let _ = counsellor.post(&format!("{alert}/acknowledge"), json!({})).await.expect(200);
    let task = json!({ "student": student, "kind": "look_in", "text": "课间看看", "owner": world.town.person("nurse"),
        "due_at": tests::world::shanghai("2026-12-01 16:00").to_rfc3339() });
    let _ = counsellor.post("/api/v1/tasks", task).await.expect(201);
    world.settle().await;
    let _ = world.told();
    let path = sent(&world, "counsellor", transfer(&world, &["alert", "task"])).await;
    world.told_exactly(&["counsellor-b"]);
    // An orange is open: it is told by telephone first, before the first day.
    let receiver = world.client("counsellor-b").await;
    let waits = receiver.get(&path).await.expect(200);
    assert_eq!(
        (&waits.body["needs"], &waits.body["open_matters"]),
        (&json!(["told_by_telephone", "class"]), &json!(null))
    );
    let class = world.town.schools[1].classes[1].id;
    let into = json!({ "class": class });
    let early = receiver.post(&format!("{path}/accept"), into.clone()).await.expect(409);
    assert_eq!(early.code(), "not_told_by_telephone");
    let now = world.service.desk.now();
    let told = json!({ "told_to": "对方学校林老师", "told_by_telephone_at": now });
    let _ = receiver.post(&format!("{path}/told"), told.clone()).await.expect(403);
    let _ = counsellor.post(&format!("{path}/told"), told).await.expect(200);
    let unsaid = receiver.post(&format!("{path}/accept"), json!({})).await.expect(422);
    assert_eq!(unsaid.fields(), ["class"]);
    let ours = json!({ "class": world.town.schools[0].classes[1].id });
    assert_eq!(receiver.post(&format!("{path}/accept"), ours).await.expect(422).fields(), ["class"]);
    opens(&world, student, &["teacher", "counsellor"], &["counsellor-b", "teacher1-b"]).await;
    let _ = receiver.post(&format!("{path}/accept"), into).await.expect(200);
    // He is theirs, whole; the old school knows of him no more, and hears nothing any more.
    opens(
        &world,
        student,
        &["counsellor-b", "teacher1-b", "grade-b", "vice-b", "principal-b"],
        &["teacher", "grade", "counsellor", "vice", "principal", "teacher-b"],
    )
    .await;
    let _ = counsellor.get(&alert).await.expect(404);
    let moved = receiver.get(&alert).await.expect(200);
    assert_eq!(moved.body["owner"]["id"], world.town.person("counsellor-b").to_string());
    world.settle().await;
    let told = world.told();
    assert_eq!(
        told.into_iter().collect::<Vec<_>>(),
        ["counsellor", "counsellor-b"],
        "answered; and the task is hers now"
    );
    let tasks = receiver.get("/api/v1/tasks?mine=true").await.expect(200).items();
    assert_eq!(tasks.len(), 1);
    // What the alert rests on and a summary are read; what was confided before is sealed, and is there.
    let read = texts(&world, "counsellor-b").await;
    assert!(read.contains("课上写了不想活") && read.contains("近24个月摘要") && !read.contains("父母外出"), "{read}");
    assert!(!texts(&world, "teacher1-b").await.contains("近24个月摘要"));
    let unseal = format!("/api/v1/students/{student}/unseal");
    for login in ["teacher1-b", "vice-b", "principal-b"] {
        let _ = world.client(login).await.post(&unseal, json!({ "purpose": "看看", "signed": true })).await.expect(403);
    }
    let _ = counsellor.post(&unseal, json!({ "purpose": "看看", "signed": true })).await.expect(404);
    assert_eq!(receiver.post(&unseal, json!({})).await.expect(422).fields(), ["purpose", "signed"]);
    world.pass(1).await;
    let signed = json!({ "purpose": "新的自伤线索，需要了解以往", "signed": true });
    let _ = receiver.post(&unseal, signed).await.expect(201);
    assert!(texts(&world, "counsellor-b").await.contains("父母外出"));
    assert!(!texts(&world, "vice-b").await.contains("父母外出"));
    world.pass(60).await;
    let after = texts(&world, "counsellor-b").await;
    assert!(!after.contains("父母外出") && after.contains("新的自伤线索"), "{after}");
    let _ = world.told();
    // The alert climbs on, in the school where the child is.
    world.pass(24 * 60).await;
    let told = world.told();
    assert!(!told.is_empty() && told.iter().all(|l| l.ends_with("-b") || l == "district"), "{told:?}");
});

on_both!(an_open_alert_that_nobody_has_taken_is_told_to_the_new_school_at_once, |world| {
    let student = world.town.student(0, 0, 0);
    let path = alert(&world, student, 4).await;
    let mut body = transfer(&world, &["alert"]);
    body["to"] = json!({ "class": world.town.schools[1].classes[0].id });
    body["told_to"] = json!("林老师");
    body["told_by_telephone_at"] = json!(world.service.desk.now());
    let sent = sent(&world, "counsellor", body).await;
    world.told_exactly(&["counsellor-b"]);
    // The sender's ladder goes on as long as it waits.
    world.pass(10).await;
    let told = world.told();
    assert!(told.contains("district") && told.iter().all(|l| !l.ends_with("-b")), "{told:?}");
    let before = world.client("vice").await.get(&path).await.expect(200);
    let _ = accept(&world, "counsellor-b", &sent).await.expect(200);
    world.settle().await;
    let told = world.letters();
    let alarmed: std::collections::BTreeSet<String> = told
        .iter()
        .filter(|l| l.words.kind == domain::notice::NoticeKind::Alarm)
        .map(|l| world.login_of(&l.to))
        .collect();
    assert_eq!(
        alarmed.into_iter().collect::<Vec<_>>(),
        ["counsellor-b", "grade-b", "principal-b", "teacher-b", "vice-b"]
    );
    let after = world.client("vice-b").await.get(&path).await.expect(200);
    assert_eq!(after.str("deadline_at"), before.str("deadline_at"), "no clock is put off by it");
    world.pass(10).await;
    let told = world.told();
    assert!(!told.is_empty() && told.iter().all(|l| l.ends_with("-b") || l.starts_with("district")), "{told:?}");
    let _ = world.client("counsellor-b").await.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let told = world.told();
    assert!(told.iter().all(|l| l.ends_with("-b") || l.starts_with("district")), "{told:?}");
});

on_both!(a_closed_alert_is_nobodys_page_any_more_and_new_facts_open_another, |world| {
    let student = world.town.student(0, 0, 0);
    let path = alert(&world, student, 1).await;
    let counsellor = world.client("counsellor").await;
    let assess = json!({ "level": 1, "reason": "面谈", "means_asked": true });
    let _ = crate::stories::decisions::decide(&counsellor, &path, "assess", assess).await.expect(200);
    let evidence = json!(["talked_with", "student_seen"]);
    let close = json!({ "outcome": "resolved", "reason": "平稳", "evidence": evidence });
    let closed = crate::stories::decisions::decide(&counsellor, &path, "close", close).await;
    assert!(closed.status < 300, "{}", closed.text);
    world.settle().await;
    let _ = world.told();
    let sent = sent(&world, "counsellor", transfer(&world, &[])).await;
    world.told_exactly(&["counsellor-b"]);
    let receiver = world.client("counsellor-b").await;
    let into = json!({ "class": world.town.schools[1].classes[0].id });
    let _ = receiver.post(&format!("{sent}/accept"), into).await.expect(200);
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    for login in ["counsellor", "vice", "counsellor-b", "vice-b"] {
        let _ = world.client(login).await.get(&path).await.expect(404);
    }
    let _ = world.file("teacher-b", world.filing(student, 1)).await;
    world.settle().await;
    // Two observers within a week: a level up. It is the new school's.
    world.told_exactly(&["counsellor-b", "teacher-b"]);
    assert_ne!(format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor-b").await), path);
});

on_both!(until_the_first_day_there_whoever_is_with_the_child_reports_and_the_new_school_is_told, |world| {
    let student = world.town.student(0, 0, 0);
    let sent = sent(&world, "counsellor", transfer(&world, &[])).await;
    world.told_exactly(&["counsellor-b"]);
    let into = json!({ "class": world.town.schools[1].classes[0].id });
    let _ = world.client("counsellor-b").await.post(&format!("{sent}/accept"), into).await.expect(200);
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let dorm = world.client("dorm").await;
    assert_eq!(dorm.get("/api/v1/students?q=赵一然").await.expect(200).items().len(), 1);
    let _ = world.file("dorm", world.filing(student, 3)).await;
    world.settle().await;
    let told = world.told();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), ["counsellor-b", "grade-b", "teacher-b"]);
    opens(&world, student, &["counsellor-b"], &["counsellor", "teacher", "dorm"]).await;
    world.at("2026-11-25 00:00").await;
    let _ = world.told();
    assert!(dorm.get("/api/v1/students?q=赵一然").await.expect(200).items().is_empty());
    let gone = dorm.post("/api/v1/observations", world.filing(student, 3)).await.expect(422);
    assert_eq!(gone.faults()[0].1, "unknown_student");
});

on_both!(what_was_answered_at_another_school_is_sealed_with_the_rest, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let notices = format!("/api/v1/students/{student}/notices");
    let notice = json!({ "guardian": "张某", "relation": "mother", "text": "三天没有和同学说话",
        "measures": "心理老师每周谈一次", "asked": "晚上陪伴" });
    let one = counsellor.post(&notices, notice).await.expect(201).str("id");
    let tasks = counsellor.get("/api/v1/tasks?mine=true").await.expect(200).items();
    let asked = tasks.iter().find(|t| t["kind"] == "notice").unwrap();
    let done = format!("/api/v1/tasks/{}/done", asked["id"].as_str().unwrap());
    let by_hand = counsellor.post(&done, json!({ "note": "签过了" })).await.expect(409);
    assert_eq!(by_hand.code(), "ends_with_its_record", "only a signature or a refusal ends it");
    let signed = json!({ "by": "张某", "at": tests::world::shanghai("2026-11-23 10:00").to_rfc3339() });
    let _ = counsellor.post(&format!("{notices}/{one}/signature"), signed).await.expect(201);
    world.settle().await;
    let path = sent(&world, "counsellor", transfer(&world, &[])).await;
    let _ = world.told();
    world.pass(1).await;
    let receiver = world.client("counsellor-b").await;
    let into = json!({ "class": world.town.schools[1].classes[1].id });
    let _ = receiver.post(&format!("{path}/accept"), into).await.expect(200);
    assert!(receiver.get(&notices).await.expect(200).items().is_empty());
    let _ = receiver.get(&format!("{notices}/{one}.pdf")).await.expect(404);
    let _ = counsellor.get(&notices).await.expect(404);
    world.settle().await;
    let _ = world.told();
});
