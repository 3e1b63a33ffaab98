//! Whoever reported sees whether anybody has looked, and when it has gone higher by itself; never what was found.

use serde_json::json;
use tests::{Browser, on_both};

on_both!(whoever_reported_sees_that_it_has_gone_higher_and_can_go_above, |world| {
    let student = world.town.student(0, 0, 0);
    let id = world.file("subject", world.filing(student, 2)).await;
    world.settle().await;
    let _ = world.told();
    let subject = Browser::sign_in(&world.base, "subject").await;
    let page = format!("/observations/{id}/received");
    let before = subject.get(&page).await.expect(200);
    assert!(before.says("前应有人查看") && !before.says("已报到上一级"), "{}", before.html);
    let due = world.client("subject").await.get(&format!("/api/v1/observations/{id}")).await.expect(200);
    assert!(due.body["loop"]["read_at"].is_null(), "{}", due.text);
    world.at("2026-11-24 10:00").await;
    let _ = world.told();
    let late = subject.get(&page).await.expect(200);
    assert!(late.says("过了时限还没有人查看，已报到上一级") && late.says("我还是担心"), "{}", late.html);
    assert!(subject.get("/observations").await.expect(200).says("已报到上一级"));
    // It was taken and nobody decided: the same of the decision.
    let counsellor = world.client("counsellor").await;
    let alert = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let _ = counsellor.post(&format!("{alert}/acknowledge"), json!({})).await.expect(200);
    assert!(!subject.get(&page).await.expect(200).says("已报到上一级"));
    world.at("2026-11-27 10:00").await;
    let _ = world.told();
    assert!(subject.get(&page).await.expect(200).says("过了时限还没有处理意见，已报到上一级"));
    let tag = counsellor.get(&alert).await.etag.unwrap();
    let assessed = json!({ "level": 2, "reason": "情绪低落与家事有关", "means_asked": true });
    let _ = counsellor.with("If-Match", &tag).post(&format!("{alert}/assess"), assessed).await.expect(200);
    // He reads the class of the outcome, and nothing of what was found.
    let done = subject.get(&page).await.expect(200);
    assert!(done.says("已经研判") && !done.says("家事") && !done.says("已报到上一级"), "{}", done.html);
    let own = world.client("subject").await.get(&format!("/api/v1/observations/{id}")).await.expect(200);
    assert_eq!(own.body["loop"]["outcome"], "in_hand");
    assert!(!own.text.contains("家事") && !own.text.contains("\"level\""), "{}", own.text);
    let _ = world.client("subject").await.get(&alert).await.expect(404);
    world.settle().await;
    let _ = world.told();
});
