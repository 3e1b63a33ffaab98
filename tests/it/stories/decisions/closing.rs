//! A close rests on evidence; of orange and red it is signed by two.

use serde_json::json;
use tests::on_both;

use super::{alert, assess, closing, custody, decide, red_ready};

on_both!(a_red_is_closed_by_two_people_when_all_its_evidence_is_there, |world| {
    let path = red_ready(&mut world).await;
    let counsellor = world.client("counsellor").await;
    let asked = decide(&counsellor, &path, "close", closing()).await.expect(202);
    assert_eq!(asked.str("status"), "awaiting_second_signature");
    assert_eq!((asked.str("state"), asked.body["level"].clone()), ("assessed".to_owned(), json!(4)));
    assert_eq!(asked.body["proposal"]["kind"], "close");
    let deadline = asked.str("deadline_at");
    world.settle().await;
    world.told_exactly(&["principal", "vice"]);
    let own = decide(&counsellor, &path, "approve", json!({})).await.expect(409);
    assert_eq!(own.code(), "same_person");
    assert_eq!(counsellor.get(&path).await.expect(200).str("deadline_at"), deadline, "no clock moves by a proposal");

    let vice = world.client("vice").await;
    let seen = vice.get(&path).await.expect(200).body["proposal"].clone();
    assert_eq!(seen["evidence"].as_array().unwrap().len(), 3, "the second reads what it rests on: {seen}");
    let done = decide(&vice, &path, "approve", json!({})).await.expect(200);
    assert_eq!((done.str("state"), done.body["deadline_at"].clone()), ("closed".to_owned(), json!(null)));
    let end = &done.body["closing"];
    assert_eq!((end["outcome"].clone(), end["recheck_at"].is_string()), (json!("resolved"), true), "{end}");
    assert!(end["by"]["name"].as_str().unwrap().contains("counsellor"), "{end}");
    assert!(end["signed_by"]["name"].as_str().unwrap().contains("vice"), "{end}");
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "teacher"]);
    world.pass(60 * 24 * 20).await;
    // Somebody is to look again; nothing else comes of it any more.
    world.told_exactly(&["counsellor"]);
    assert!(counsellor.get("/api/v1/alerts").await.expect(200).items().is_empty());
    let teacher = world.client("teacher").await;
    let reason = teacher.get(&path).await.expect(200).body["closing"]["reason"].clone();
    assert_eq!(reason, json!(null), "why is not for everybody");
});

on_both!(a_close_without_evidence_is_told_everything_that_is_missing, |world| {
    let path = alert(&world, 4).await;
    let counsellor = world.client("counsellor").await;
    let bare = json!({ "outcome": "resolved", "reason": "平稳", "evidence": ["clear_reviews", "means_asked"] });
    let refused = decide(&counsellor, &path, "close", bare.clone()).await.expect(422);
    let wanted = [
        "assessment",
        "custody",
        "evidence.student_seen",
        "evidence.guardian_reached",
        "evidence.means_asked",
        "evidence.plan_in_place",
        "evidence.clear_reviews",
    ];
    assert_eq!(refused.fields(), wanted);
    custody(&world, &counsellor, &path).await;
    assess(&counsellor, &path, 4).await;
    let refused = decide(&counsellor, &path, "close", closing()).await.expect(422);
    assert_eq!(refused.fields(), ["evidence.clear_reviews"], "one day is not two");
    let strange = format!("obs_{}", "0".repeat(32));
    let mut named = closing();
    named["evidence"][0]["observation"] = json!(strange);
    assert_eq!(decide(&counsellor, &path, "close", named).await.expect(422).fields(), ["evidence[0].observation"]);
    let transfer = json!({ "outcome": "transferred", "reason": "转学", "evidence": [] });
    let refused = decide(&counsellor, &path, "close", transfer).await.expect(422);
    assert_eq!(refused.faults(), [("outcome".to_owned(), "is_a_hand_over".to_owned())]);
    let teacher = world.client("teacher").await;
    let _ = decide(&teacher, &path, "close", closing()).await.expect(403);
    let _ = counsellor.post(&format!("{path}/close"), closing()).await.expect(428);
    assert_eq!(counsellor.get(&path).await.expect(200).str("state"), "assessed");
    world.settle().await;
    let _ = world.told();
});

on_both!(a_yellow_and_a_blue_are_closed_at_once_and_those_told_hear_once, |world| {
    let path = alert(&world, 2).await;
    let counsellor = world.client("counsellor").await;
    assess(&counsellor, &path, 2).await;
    world.settle().await;
    let _ = world.told();
    let body =
        json!({ "outcome": "ongoing_care", "reason": "谈过，平稳", "evidence": ["student_seen", "talked_with"] });
    let done = decide(&counsellor, &path, "close", body.clone()).await.expect(200);
    assert_eq!(done.str("state"), "closed");
    assert_eq!(decide(&counsellor, &path, "close", body).await.expect(409).code(), "alert_closed");
    world.settle().await;
    let told = world.letters();
    assert!(told.iter().all(|l| l.text.contains("已办结")), "{told:#?}");
    assert_eq!(told.len(), 2, "the class teacher, by SMS and mail");
});

on_both!(whoever_filed_reads_that_it_was_decided_and_how_it_ended, |world| {
    let seen = world.file("dorm", world.filing(world.town.student(0, 0, 0), 1)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    assess(&counsellor, &path, 1).await;
    let body = json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with"] });
    let _ = decide(&counsellor, &path, "close", body).await.expect(200);
    let dorm = world.client("dorm").await;
    let report = dorm.get(&format!("/api/v1/observations/{seen}")).await.expect(200);
    let became = &report.body["loop"];
    assert!(became["decided_at"].is_string() && became["outcome"] == "closed", "{became}");
    assert!(!report.text.contains("谈过"), "the outcome class, and no more");
    world.settle().await;
    let _ = world.told();
});

on_both!(whoever_filed_reads_by_when_somebody_looks_and_decides, |world| {
    let seen = world.file("dorm", world.filing(world.town.student(0, 0, 0), 3)).await;
    let red = world.file("nurse", world.filing(world.town.student(0, 0, 1), 4)).await;
    let dorm = world.client("dorm").await;
    let became = dorm.get(&format!("/api/v1/observations/{seen}")).await.expect(200).body["loop"].clone();
    let due = |l: &serde_json::Value| (l["read_due_at"].clone(), l["decided_due_at"].clone());
    assert_eq!(due(&became), (json!("2026-11-23T03:00:00Z"), json!("2026-11-23T07:00:00Z")), "{became}");
    let nurse = world.client("nurse").await;
    let became = nurse.get(&format!("/api/v1/observations/{red}")).await.expect(200).body["loop"].clone();
    assert_eq!(due(&became), (json!("2026-11-23T02:10:00Z"), json!("2026-11-23T03:10:00Z")), "{became}");
    let browser = tests::Browser::sign_in(&world.base, "dorm").await;
    let receipt = browser.get(&format!("/observations/{seen}/received")).await.expect(200);
    assert!(receipt.says("11:00 前应有人查看") && receipt.says("15:00 前应有处理意见"), "{}", receipt.html);
    let pupil = world.file("monitor", world.filing(world.town.student(0, 0, 2), 3)).await;
    let child = tests::Browser::sign_in(&world.base, "monitor").await;
    let thanks = child.get(&format!("/observations/{pupil}/received")).await.expect(200);
    assert!(!thanks.says("前应有人查看"), "a pupil reads nothing back: {}", thanks.html);
    world.settle().await;
    let _ = world.told();
});
