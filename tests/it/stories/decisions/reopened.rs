//! New facts overtake a close, whether it waits or is done.

use serde_json::json;
use tests::on_both;

use super::{alert, assess, closing, decide, red_ready};

on_both!(new_facts_overtake_a_close_that_waits, |world| {
    let path = red_ready(&mut world).await;
    let counsellor = world.client("counsellor").await;
    let _ = decide(&counsellor, &path, "close", closing()).await.expect(202);
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 0), 2)).await;
    let vice = world.client("vice").await;
    let refused = decide(&vice, &path, "approve", json!({})).await.expect(409);
    assert_eq!(refused.code(), "no_proposal");
    let refused = decide(&counsellor, &path, "close", closing()).await.expect(422);
    assert_eq!(refused.fields(), ["evidence.means_asked", "evidence.clear_reviews"], "what was clear is not any more");
    world.settle().await;
    let _ = world.told();
});

on_both!(new_facts_reopen_the_same_alert_and_after_a_month_another_one, |world| {
    let path = alert(&world, 1).await;
    let counsellor = world.client("counsellor").await;
    let close = json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with"] });
    assess(&counsellor, &path, 1).await;
    let _ = decide(&counsellor, &path, "close", close.clone()).await.expect(200);
    world.settle().await;
    let _ = world.told();

    world.at("2026-12-09 10:00").await;
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "teacher"]);
    let again = counsellor.get(&path).await.expect(200);
    assert_eq!((again.str("state"), again.body["level"].clone()), ("untriaged".to_owned(), json!(2)));
    assert!(again.body["closing"]["reopened_at"].is_string() && again.body["owner"].is_null(), "{}", again.text);
    assert_eq!(counsellor.get("/api/v1/alerts").await.expect(200).items().len(), 1, "one alert, and not two");
    let refused = decide(&counsellor, &path, "close", close.clone()).await.expect(422);
    assert!(refused.fields().contains(&"assessment".to_owned()), "a new turn is assessed anew: {:?}", refused.fields());

    assess(&counsellor, &path, 2).await;
    let close = json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with", "student_seen"] });
    let _ = decide(&counsellor, &path, "close", close).await.expect(200);
    world.settle().await;
    let _ = world.told();
    world.at("2027-01-11 10:00").await;
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 2)).await;
    let other = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    assert_ne!(other, path, "after the days of the policy it is another one");
    world.settle().await;
    let _ = world.told();
});

on_both!(still_worried_goes_above_whoever_closed_it, |world| {
    let seen = world.file("dorm", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    assess(&counsellor, &path, 2).await;
    let close = json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with", "student_seen"] });
    let _ = decide(&counsellor, &path, "close", close).await.expect(200);
    world.settle().await;
    let _ = world.told();
    world.pass(5).await;
    let worried = json!({ "reason": "还是不放心" });
    let _ = world
        .client("dorm")
        .await
        .post(&format!("/api/v1/observations/{seen}/still-worried"), worried)
        .await
        .expect(202);
    assert_eq!(counsellor.get(&path).await.expect(200).str("state"), "untriaged");
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "teacher"]);
});
