//! Where decisions meet what else happens to an alert.

use serde_json::json;
use tests::on_both;

use super::{alert, assess, decide};

on_both!(that_it_is_over_is_not_said_of_what_new_facts_have_opened_again, from "2026-11-23 21:00", |world| {
    let path = alert(&world, 2).await;
    let counsellor = world.client("counsellor").await;
    world.at("2026-11-23 22:40").await;
    let _ = world.told();
    assess(&counsellor, &path, 2).await;
    let body = json!({ "outcome": "ongoing_care", "reason": "谈过", "evidence": ["student_seen", "talked_with"] });
    let _ = decide(&counsellor, &path, "close", body).await.expect(200);
    world.settle().await;
    world.at("2026-11-23 22:50").await;
    let _ = world.told();
    world.file("dorm", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    assert!(world.letters().iter().all(|l| !l.text.contains("已办结")));
    assert_eq!(counsellor.get(&path).await.expect(200).body["level"], 4, "the same alert");
    world.at("2026-11-24 06:30").await;
    let morning = world.letters();
    assert!(morning.iter().all(|l| !l.text.contains("已办结") && !l.text.contains("工作通知")), "{morning:#?}");
});

on_both!(whoever_was_told_before_the_level_was_lowered_hears_that_it_is_over, |world| {
    let path = alert(&world, 3).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let lower = json!({ "level": 2, "reason": "面谈后平稳", "means_asked": true });
    let _ = decide(&counsellor, &path, "assess", lower).await.expect(202);
    let vice = world.client("vice").await;
    let _ = decide(&vice, &path, "approve", json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    assess(&counsellor, &path, 2).await;
    let body = json!({ "outcome": "ongoing_care", "reason": "谈过", "evidence": ["student_seen", "talked_with"] });
    let _ = decide(&counsellor, &path, "close", body).await.expect(200);
    world.settle().await;
    world.told_exactly(&["teacher", "grade"]);
});

on_both!(an_offer_does_not_outlive_the_turn_in_which_it_was_made, |world| {
    let path = alert(&world, 2).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let offer = json!({ "to": world.town.person("vice"), "reason": "家里的事" });
    let _ = decide(&counsellor, &path, "hand-over", offer).await.expect(202);
    assess(&counsellor, &path, 2).await;
    let body = json!({ "outcome": "ongoing_care", "reason": "谈过", "evidence": ["student_seen", "talked_with"] });
    let _ = decide(&counsellor, &path, "close", body).await.expect(200);
    world.settle().await;
    let _ = world.told();
    world.pass(5).await;
    world.file("dorm", world.filing(world.town.student(0, 0, 0), 3)).await;
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let late = world.client("vice").await.post(&format!("{path}/accept"), json!({})).await;
    assert_eq!(late.status, 409, "{}", late.text);
    world.settle().await;
    let _ = world.told();
});

on_both!(why_an_alert_is_offered_is_for_those_who_read_reasons_and_for_the_two_of_them, |world| {
    let path = alert(&world, 2).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let offer = json!({ "to": world.town.person("vice"), "reason": "家里的事" });
    let _ = decide(&counsellor, &path, "hand-over", offer).await.expect(202);
    world.settle().await;
    let _ = world.told();
    assert!(world.client("vice").await.get(&path).await.expect(200).text.contains("家里的事"));
    assert!(!world.client("teacher").await.get(&path).await.expect(200).text.contains("家里的事"));
});
