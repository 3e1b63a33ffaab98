//! A talk that was asked for and that nobody holds, or that says nothing of how the child is.

use serde_json::json;
use tests::on_both;

use super::{enters, owed, sitting, talks};
use crate::stories::care::at;

on_both!(an_interview_that_nobody_holds_becomes_an_alert_an_hour_after_those_above_heard, |world| {
    let kept = enters(&world, sitting(12, 2)).await;
    assert!(kept.body["alert"].is_null());
    world.silent_until("2026-11-23 16:30", &["counsellor", "vice"]).await;
    world.silent_until("2026-11-23 17:30", &["teacher", "grade", "counsellor", "principal"]).await;
    let id = world.alert_seen_by("counsellor").await;
    let seen = world.client("teacher").await.get(&format!("/api/v1/alerts/{id}")).await.expect(200);
    assert_eq!((&seen.body["level"], &seen.body["reasons"][0]["rule"]), (&json!(3), &json!("interview_unheld")));
    assert!(!seen.text.contains("筛查") && !seen.text.contains("PHQ"), "{}", seen.text);
    world.settle().await;
    world.told_exactly(&[]);
    talks(&world, "2026-11-23 17:25").await;
    assert!(owed(&world, "counsellor").await.is_empty());
});

on_both!(where_nobody_can_talk_with_a_child_in_an_orange_it_is_a_red, |world| {
    let kept = enters(&world, sitting(12, 3)).await;
    world.told_exactly(&["counsellor", "grade", "teacher"]);
    world.silent_until("2026-11-23 10:15", &["counsellor", "vice"]).await;
    world.silent_until("2026-11-23 11:00", &["vice"]).await;
    world.at("2026-11-23 11:15").await;
    let told = world.told();
    assert!(told.contains("principal") && told.contains("teacher"), "{told:?}");
    let seen = world.client("counsellor").await.get(&format!("/api/v1/alerts/{}", kept.str("alert"))).await.expect(200);
    assert_eq!(seen.body["level"], 4, "访谈后或无人能访谈时按红色");
    talks(&world, "2026-11-23 11:10").await;
});

on_both!(a_talk_in_which_the_child_said_nothing_does_not_end_it, |world| {
    let _ = enters(&world, sitting(12, 2)).await;
    let path = format!("/api/v1/students/{}/interviews", world.town.student(0, 0, 0));
    let talk = |when: &str, wish: &str, safe: &str| json!({ "at": at(when), "text": "坐了一会儿，没有说话", "means_asked": true, "wish_to_die": wish, "safe_now": safe });
    let counsellor = world.client("counsellor").await;
    for (wish, safe) in [("unclear", "unclear"), ("unclear", "yes"), ("no", "unclear")] {
        let _ = counsellor.post(&path, talk("2026-11-23 09:30", wish, safe)).await.expect(201);
        assert_eq!(owed(&world, "counsellor").await.len(), 1, "{wish} {safe}");
    }
    // Nor does one of last month, typed up today.
    let _ = counsellor.post(&path, talk("2026-10-20 09:30", "no", "yes")).await.expect(201);
    let mut late = sitting(12, 2);
    late["at"] = json!(at("2026-10-12 09:00"));
    let _ = enters(&world, late).await;
    let _ = counsellor.post(&path, talk("2026-10-20 09:40", "no", "yes")).await.expect(201);
    assert_eq!(owed(&world, "counsellor").await.len(), 2, "nobody had read the sheet then");
    talks(&world, "2026-11-23 10:00").await;
    assert!(owed(&world, "counsellor").await.is_empty());
    world.settle().await;
    world.told_exactly(&[]);
});
