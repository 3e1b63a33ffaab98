//! While a child is away somebody keeps in touch.

use serde_json::json;
use tests::{Browser, on_both};

use super::{application, away, decision, leaves, on_leave, papers, step};
use crate::stories::care::at;

on_both!(a_contact_that_is_missed_is_asked_for_and_then_told_above, |world| {
    let leave = away(&world).await;
    let teacher = world.client("teacher").await;
    let home = |world: &tests::World| {
        let base = world.base.clone();
        async move { Browser::sign_in(&base, "teacher").await.get("/").await.expect(200) }
    };
    assert!(!home(&world).await.says("今天到期"), "a week before it is due");
    world.silent_until("2026-11-30 16:00", &["teacher"]).await;
    let shown = home(&world).await;
    assert!(shown.says("今天到期") && shown.says("休学期间联系") && !shown.says("赵一然"), "{}", shown.html);
    // Nobody was reached: it stays owed, and the next rung hears of it as of every task.
    let missed = json!({ "at": at("2026-11-30 16:00"), "reached": false, "text": "电话无人接听" });
    let _ = step(&teacher, &leave, "contact", missed).await;
    world.silent_until("2026-12-01 08:00", &["teacher"]).await;
    world.silent_until("2026-12-02 08:00", &["teacher"]).await;
    world.silent_until("2026-12-02 16:00", &["grade"]).await;
    let task = teacher.get("/api/v1/tasks").await.expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    let by_hand = teacher.post(&format!("/api/v1/tasks/{task}/done"), json!({ "note": "打过电话" })).await.expect(409);
    assert_eq!(by_hand.code(), "ends_with_its_record");
    let reached = json!({ "at": at("2026-12-02 15:00"), "reached": true, "text": "在家，作息规律" });
    let _ = step(&teacher, &leave, "contact", reached).await;
    world.silent_until("2026-12-09 16:00", &["teacher"]).await;
    let _ = step(&teacher, &leave, "contact", json!({ "at": at("2026-12-09 10:00"), "reached": true, "text": "平稳" }))
        .await;
});

on_both!(the_class_teacher_reads_days_and_nobody_else_reads_why, |world| {
    let leave = away(&world).await;
    let path = leaves(&world);
    let teacher = world.client("teacher").await.get(&path).await.expect(200);
    let seen = &teacher.items()[0];
    assert_eq!((seen["from"].as_str(), seen["state"].as_str()), (Some("2026-11-23"), Some("away")));
    assert!(seen["reason"].is_null() && seen["paper_seen"].is_null() && !teacher.text.contains("住院"));
    let principal = world.client("principal").await.get(&path).await.expect(200);
    assert_eq!(principal.items()[0]["reason"], "health");
    for stranger in ["teacher1", "subject", "counsellor-b", "district", "admin", "monitor"] {
        let _ = world.client(stranger).await.get(&path).await.expect(404);
    }
    let file = format!("/api/v1/students/{}/growth-file?kind=leave", world.town.student(0, 0, 0));
    let open = world.client("teacher").await.get(&file).await.expect(200);
    assert!(
        open.text.contains("2026-11-23") && !open.text.contains("住院") && !open.text.contains("健康"),
        "{}",
        open.text
    );
    assert!(world.client("counsellor").await.get(&file).await.expect(200).text.contains("住院"));
    let other = leave.replace(&world.town.student(0, 0, 0).to_string(), &world.town.student(0, 0, 1).to_string());
    let _ = world.client("counsellor").await.post(&format!("{other}/return"), application(&world)).await.expect(404);
});

on_both!(what_comes_out_of_order_or_out_of_time_is_refused_with_every_reason, |world| {
    let (counsellor, path) = (world.client("counsellor").await, leaves(&world));
    let bare = counsellor.post(&path, json!({})).await.expect(422);
    assert_eq!(bare.fields(), ["from", "reason", "paper_seen", "keeper", "every_days"]);
    // Whoever is named has to open the file: a subject teacher would never find it.
    let stranger = counsellor.post(&path, on_leave(&world, "subject")).await.expect(422);
    assert_eq!(stranger.faults(), [("keeper".to_owned(), "cannot_have_it".to_owned())]);
    let mut both = on_leave(&world, "subject");
    both["every_days"] = json!(90);
    assert_eq!(counsellor.post(&path, both).await.expect(422).fields(), ["every_days", "keeper"]);
    let _ = world.client("teacher").await.post(&path, on_leave(&world, "teacher")).await.expect(403);
    let leave = away(&world).await;
    assert_eq!(counsellor.post(&path, on_leave(&world, "teacher")).await.expect(409).code(), "on_leave_already");
    let early = counsellor.post(&format!("{leave}/decision"), json!({ "verdict": "granted" })).await.expect(422);
    assert_eq!(early.faults()[0].1, "not_now");
    assert_eq!(early.fields(), ["", "reason", "stages", "signer"]);
    let before = json!({ "at": at("2026-11-20 10:00"), "reached": true, "text": "平稳" });
    assert_eq!(counsellor.post(&format!("{leave}/contact"), before).await.expect(422).faults()[0].1, "before_leave");
    let mut wish = application(&world);
    wish["from"] = json!("2026-11-23");
    assert_eq!(counsellor.post(&format!("{leave}/return"), wish).await.expect(422).faults()[0].1, "before_leave");
    let _ = step(&counsellor, &leave, "return", application(&world)).await;
    world.settle().await;
    world.told_exactly(&["grade"]);
    let mut wrong = decision(&world, "granted");
    wrong["reason"] = json!("");
    wrong["stages"][1]["owner"] = json!(world.town.person("subject"));
    let refused = counsellor.post(&format!("{leave}/decision"), wrong).await.expect(422);
    assert_eq!(refused.fields(), ["", "reason", "stages[1].owner"]);
    // One paper is missing: it goes back, and whoever wrote the application down is asked to see to it.
    let grade = world.client("grade").await;
    let silent = grade.post(&format!("{leave}/review"), json!({})).await.expect(422);
    assert_eq!(
        silent.fields(),
        ["papers.application", "papers.hospital_opinion", "papers.guardian_promise", "assessor"]
    );
    let back = step(&grade, &leave, "review", papers(false, json!(null))).await;
    assert_eq!(
        (back["state"].as_str(), back["steps"][1]["missing"][0].as_str()),
        (Some("away"), Some("hospital_opinion"))
    );
    world.settle().await;
    world.told_exactly(&["counsellor"]);
});
