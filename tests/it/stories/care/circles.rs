//! A task beside an alert is for those who may hear of that alert.

use serde_json::json;
use tests::on_both;

use super::{at, body};

on_both!(a_task_beside_a_confidential_alert_is_had_by_nobody_outside_its_circle, |world| {
    let mut filing = world.filing(world.town.student(0, 0, 0), 3);
    filing["concerns"] = json!({ "kind": "staff" });
    let _ = world.file("nurse", filing).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let beside = |login: &str| {
        let mut task = body(&world, login, "2026-11-24 16:00");
        task["alert"] = json!(null);
        task
    };
    let alert = world.alert_seen_by("counsellor").await;
    for outside in ["teacher", "grade", "principal", "nurse", "subject"] {
        let mut task = beside(outside);
        task["alert"] = json!(alert);
        let refused = counsellor.post("/api/v1/tasks", task).await.expect(422);
        assert_eq!(refused.faults(), [("owner".to_owned(), "cannot_have_it".to_owned())], "{outside}");
        // Without the alert beside it he can have one.
        let _ = counsellor.post("/api/v1/tasks", beside(outside)).await.expect(201);
    }
    let mut task = beside("vice");
    task["alert"] = json!(alert);
    let id = counsellor.post("/api/v1/tasks", task).await.expect(201).str("id");
    world.settle().await;
    let _ = world.told();
    let (vice, path) = (world.client("vice").await, format!("/api/v1/tasks/{id}/hand-on"));
    for outside in ["teacher", "grade", "principal", "nurse"] {
        let to = json!({ "to": world.town.person(outside), "reason": "外出" });
        let refused = vice.post(&path, to).await.expect(422);
        assert_eq!(refused.faults(), [("to".to_owned(), "cannot_have_it".to_owned())], "{outside}");
    }
    let to = json!({ "to": world.town.person("counsellor"), "reason": "外出" });
    assert_eq!(vice.post(&path, to).await.expect(201).str("due_at"), at("2026-11-24 16:00").replace("+00:00", "Z"));
    world.settle().await;
    world.told_exactly(&["counsellor"]);
});
