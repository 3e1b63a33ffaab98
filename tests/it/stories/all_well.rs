//! A note that all is well asks nobody for anything, and says so; whoever is not at ease after all is heard.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

fn all_well(world: &World, student: domain::id::StudentId) -> Value {
    let mut filing = world.filing(student, 1);
    filing["signs"] = json!(["has_someone_to_talk_to"]);
    filing
}

on_both!(a_note_that_all_is_well_promises_nobody_and_reads_the_same_of_a_child_in_danger, |world| {
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    let subject = Browser::sign_in(&world.base, "subject").await;
    for student in [world.town.student(0, 0, 0), world.town.student(0, 0, 1)] {
        let id = world.file("subject", all_well(&world, student)).await;
        world.settle().await;
        world.told_exactly(&[]);
        let receipt = subject.get(&format!("/observations/{id}/received")).await.expect(200);
        assert!(receipt.says("没有要处理的，也没有通知谁"), "{}", receipt.html);
        assert!(!receipt.says("一个工作日内查看") && !receipt.says("工作时间查看"), "{}", receipt.html);
    }
    let mine = subject.get("/observations").await.expect(200);
    assert!(mine.says("已写进成长档案，没有要处理的") && !mine.says("还没有人查看"), "{}", mine.html);
});

on_both!(whoever_is_not_at_ease_after_a_note_that_all_is_well_is_heard, |world| {
    let student = world.town.student(0, 0, 1);
    let id = world.file("subject", all_well(&world, student)).await;
    world.settle().await;
    world.told_exactly(&[]);
    let worried = format!("/api/v1/observations/{id}/still-worried");
    let client = world.client("subject").await.with("Idempotency-Key", "worried-1");
    let words = json!({ "reason": "刚才把自己的饭卡送给了同学" });
    for _ in 0..2 {
        let _ = client.post(&worried, words.clone()).await.expect(202);
    }
    world.settle().await;
    // Words that no rule knows, of a child of whom nobody said that he is safe: one level above yellow.
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    let alert = world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items();
    assert_eq!((alert.len(), &alert[0]["level"]), (1, &json!(3)), "{alert:?}");
    let path = format!("/api/v1/alerts/{}", alert[0]["id"].as_str().unwrap());
    let seen = world.client("counsellor").await.get(&path).await.expect(200);
    assert_eq!(seen.body["reasons"][0]["evidence"].as_array().unwrap().len(), 1, "once: {}", seen.text);
    let file =
        world.client("counsellor").await.get(&format!("/api/v1/students/{student}/growth-file")).await.expect(200);
    assert!(file.text.contains("饭卡"), "what was said is in the file: {}", file.text);

    // From now on the note stands and falls with the alert: said again, it goes higher.
    let own = Browser::sign_in(&world.base, "subject").await.get(&format!("/observations/{id}/received")).await;
    assert!(!own.expect(200).says("没有要处理的"));
    // Other words are no second tap.
    world.pass(2).await;
    let _ = world.client("subject").await.post(&worried, json!({ "reason": "还是不放心" })).await.expect(202);
    world.settle().await;
    assert!(world.told().contains("vice"), "the rung above");
});

/// Whom the alerts are about that somebody sees.
async fn alerted(world: &World, login: &str) -> Vec<Value> {
    let alerts = world.client(login).await.get("/api/v1/alerts").await.expect(200).items();
    alerts.iter().map(|a| a["student"]["id"].clone()).collect()
}

on_both!(whoever_only_saw_it_or_was_affected_is_no_subject_of_a_second_thought, |world| {
    let [child, friend, witness] = [0, 1, 2].map(|n| world.town.student(0, 0, n));
    let mut note = all_well(&world, child);
    note["students"] = json!([{ "student": witness, "part": "witness" }, { "student": child, "part": "subject" },
        { "student": friend, "part": "affected" }]);
    let id = world.file("subject", note).await;
    let worried = format!("/api/v1/observations/{id}/still-worried");
    let subject = world.client("subject").await;
    let _ = subject.post(&worried, json!({ "reason": "想想还是不放心" })).await.expect(202);
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    assert_eq!(alerted(&world, "counsellor").await, [json!(child)]);
    // Sent twice within ten minutes it is one; what was sent twice holds nothing up afterwards.
    for minutes in [0, 4, 5] {
        world.pass(minutes).await;
        world.told_exactly(&[]);
        let _ = subject.post(&worried, json!({ "reason": "想想还是不放心" })).await.expect(202);
        world.settle().await;
        world.told_exactly(&[]);
    }
    world.pass(1).await;
    world.told_exactly(&[]);
    let _ = subject.post(&worried, json!({ "reason": "想想还是不放心" })).await.expect(202);
    world.settle().await;
    assert!(world.told().contains("vice"), "the rung above");
});

on_both!(where_a_note_had_no_subject_somebody_is_asked_for_all_the_same, |world| {
    let witness = world.town.student(0, 0, 1);
    let mut note = all_well(&world, witness);
    note["students"] = json!([{ "student": witness, "part": "witness" }]);
    let id = world.file("subject", note).await;
    let worried = format!("/api/v1/observations/{id}/still-worried");
    let _ = world.client("subject").await.post(&worried, json!({ "reason": "他一直没说话" })).await.expect(202);
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    assert_eq!(alerted(&world, "counsellor").await, [json!(witness)]);
});

on_both!(a_second_thought_is_about_those_who_are_still_here_and_else_says_to_call, |world| {
    let (gone, here) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let mut both = all_well(&world, gone);
    both["students"] = json!([{ "student": gone, "part": "subject" }, { "student": here, "part": "subject" }]);
    let of_both = world.file("subject", both).await;
    let mut beside = all_well(&world, gone);
    beside["students"] = json!([{ "student": gone, "part": "subject" }, { "student": here, "part": "witness" }]);
    let of_gone = [world.file("subject", all_well(&world, gone)).await, world.file("subject", beside).await];
    let leaving = json!({ "students": [gone], "kind": "leaving", "effective_on": "2026-11-23",
        "nothing_to_hand_over": true });
    let sent = world.client("counsellor").await.post("/api/v1/student-hand-overs", leaving).await.expect(201);
    let accept = format!("/api/v1/student-hand-overs/{}/accept", sent.body["items"][0]["id"].as_str().unwrap());
    let _ = world.client("vice").await.post(&accept, json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();

    let (subject, words) = (world.client("subject").await, "他走之前说再也不回来了");
    let browser = Browser::sign_in(&world.base, "subject").await;
    for id in of_gone {
        let worried = format!("/api/v1/observations/{id}/still-worried");
        let refused = subject.post(&worried, json!({ "reason": words })).await.expect(422);
        assert_eq!(refused.fields(), ["reason"]);
        let page = browser.get(&format!("/observations/{id}/received")).await.expect(200);
        let page = browser.post(&page, &format!("/observations/{id}/still-worried"), &[("reason", words)]).await;
        let page = page.expect(422);
        assert!(page.says("拨值班电话") && page.says(words), "what to do, and nothing is lost: {}", page.html);
        world.settle().await;
        world.told_exactly(&[]);
    }
    let worried = format!("/api/v1/observations/{of_both}/still-worried");
    let _ = subject.post(&worried, json!({ "reason": words })).await.expect(202);
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    assert_eq!(alerted(&world, "counsellor").await, [json!(here)]);
});
