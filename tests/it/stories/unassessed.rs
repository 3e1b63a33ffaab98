//! A red that somebody is with, and that nobody who can assess it looks at.

use domain::notice::NoticeKind;
use serde_json::json;
use tests::{World, on_both};

/// Who was called, and that the words are of this and say nothing of the child.
fn called(world: &World) -> Vec<String> {
    let calls = world.voice.take();
    for call in &calls {
        assert!(
            call.words.kind == NoticeKind::AssessmentDue && call.text.contains("逾时仍无生效研判"),
            "{}",
            call.text
        );
        assert!(!call.text.contains("请按"), "there is nothing to press: {}", call.text);
    }
    let mut logins: Vec<String> = calls.iter().map(|l| world.login_of(&l.to)).collect();
    logins.sort_unstable();
    logins
}

/// Exactly these were written to of it.
fn reminded(world: &World, people: &[&str]) {
    let letters = world.letters();
    assert!(letters.iter().all(|l| l.words.kind == NoticeKind::AssessmentDue), "{letters:#?}");
    let heard: std::collections::BTreeSet<String> = letters.iter().map(|l| world.login_of(&l.to)).collect();
    assert!(heard.iter().eq(people), "{heard:?}");
}

on_both!(a_red_that_nobody_assesses_rings_goes_above_and_in_the_end_is_nobodys_again, from "2026-11-24 01:00", |world| {
    world.give_telephones(&["duty", "counsellor", "vice", "principal", "district"]).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let (_, _) = (world.told(), world.voice.take());
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let body = json!({ "adult": "周老师", "since": "2026-11-24T01:00:00+08:00", "where": "宿舍" });
    let _ = world.client("duty").await.post(&format!("{path}/custody"), body).await.expect(201);
    world.settle().await;
    assert_eq!(called(&world), [""; 0], "nobody is called to hear that somebody is with the child");
    let _ = world.told();

    world.at("2026-11-24 02:00").await;
    assert_eq!(called(&world), ["counsellor", "vice"], "by night a written word wakes nobody");
    reminded(&world, &["counsellor", "vice"]);
    world.at("2026-11-24 03:00").await;
    assert_eq!(called(&world), ["counsellor", "principal", "vice"]);
    reminded(&world, &["counsellor", "principal", "vice"]);
    let held = counsellor.get(&path).await.expect(200).body;
    assert_ne!(held["state"], "untriaged", "somebody has it still");

    world.at("2026-11-24 04:00").await;
    let rung: Vec<String> = world.voice.take().iter().map(|l| world.login_of(&l.to)).collect();
    assert!(["counsellor", "duty", "vice"].iter().all(|p| rung.iter().any(|r| r == p)), "{rung:?}");
    let told = world.told();
    assert!(["teacher", "counsellor", "vice", "principal", "district"].iter().all(|p| told.contains(*p)), "{told:?}");
    let open = counsellor.get(&path).await.expect(200).body;
    assert_eq!((&open["state"], &open["owner"]), (&json!("untriaged"), &json!(null)));
});

on_both!(whoever_is_with_the_child_hears_when_it_opens_again_and_what_waited_for_a_signature_is_void, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.pass(10).await;
    let _ = world.told();
    let (teacher, counsellor) = (world.client("teacher").await, world.client("counsellor").await);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let body = json!({ "adult": "周老师", "since": "2026-11-23T10:00:00+08:00", "where": "教室" });
    let _ = teacher.post(&format!("{path}/custody"), body).await.expect(201);
    let tag = counsellor.get(&path).await.expect(200).etag.unwrap();
    let lower = json!({ "level": 3, "reason": "谈过，情绪平稳", "means_asked": true });
    let _ = counsellor.with("If-Match", &tag).post(&format!("{path}/assess"), lower).await.expect(202);
    world.settle().await;
    world.pass(170).await;
    let _ = world.told();
    world.pass(10).await;
    // The district's rung was the present one: those below it hear as well, the one who is with the child among them.
    world.told_exactly(&["teacher", "grade", "counsellor", "vice", "principal", "district", "district-lead"]);
    let open = counsellor.get(&path).await.expect(200);
    assert_eq!((&open.body["state"], &open.body["proposal"]), (&json!("untriaged"), &json!(null)), "{}", open.text);
});
