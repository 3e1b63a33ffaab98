//! Starting a drill: who may, when, and everything that is wrong at once.

use serde_json::json;
use tests::on_both;

use super::{SCHOOL, act, plain, start, told_of_a_drill};

on_both!(everything_that_is_wrong_with_a_drill_is_named_at_once, from "2026-11-23 23:00", |world| {
    let principal = world.client("principal").await;
    let body = json!({ "level": 1, "class": "cls_x", "grade": "grd_x", "note": "", "school": "sch_x" });
    let refused = principal.post("/api/v1/drills", body).await.expect(422);
    let found = refused.faults();
    let found: Vec<(&str, &str)> = found.iter().map(|(f, c)| (f.as_str(), c.as_str())).collect();
    let wanted = [
        ("school", "unknown_school"),
        ("level", "bad_level"),
        ("class", "unknown_unit"),
        ("grade", "unknown_unit"),
        ("grade", "class_or_grade"),
        ("note", "required"),
        ("by_night", "quiet_hours"),
    ];
    assert_eq!(found, wanted);
    let typed = principal.post("/api/v1/drills", json!({ "note": 1, "by_night": "yes" })).await.expect(422);
    assert_eq!(typed.fields(), ["note", "by_night"]);
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(a_class_of_another_school_takes_no_part, |world| {
    let theirs = world.town.schools[1].classes[0].id;
    let body = json!({ "note": "例行", "class": theirs });
    let refused = world.client("principal").await.post("/api/v1/drills", body).await.expect(422);
    assert_eq!(refused.faults(), [("class".to_owned(), "unknown_unit".to_owned())]);
    let other = json!({ "note": "例行", "school": world.town.schools[1].id });
    let refused = world.client("principal").await.post("/api/v1/drills", other).await.expect(422);
    assert_eq!(refused.faults(), [("school".to_owned(), "unknown_school".to_owned())]);
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(one_drill_runs_in_a_school_at_a_time, |world| {
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    let again = world.client("principal").await.post("/api/v1/drills", plain()).await.expect(409);
    assert_eq!(again.code(), "drill_running");
    world.settle().await;
    world.told_exactly(&[]);
    let theirs = world.client("principal-b").await.post("/api/v1/drills", plain()).await.expect(201).str("id");
    world.settle().await;
    world.told_exactly(&["counsellor-b", "vice-b", "principal-b"]);
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    let _ = act(&world, "principal-b", &theirs, "end").await.expect(200);
    world.settle().await;
    world.told_exactly(&["counsellor", "vice", "principal", "counsellor-b", "vice-b", "principal-b"]);
    let next = start(&world, plain()).await;
    assert_ne!(next, id);
    told_of_a_drill(&world, &SCHOOL);
    let _ = act(&world, "principal", &next, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
});

on_both!(a_repeated_request_starts_one_drill, |world| {
    let principal = world.client("principal").await.with("Idempotency-Key", "drill-1");
    let first = principal.post("/api/v1/drills", plain()).await.expect(201).str("id");
    let second = principal.post("/api/v1/drills", plain()).await.expect(201).str("id");
    assert_eq!(first, second);
    let other = principal.post("/api/v1/drills", json!({ "note": "另一次" })).await.expect(422);
    assert_eq!(other.code(), "idempotency_key_reused");
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
    let _ = act(&world, "principal", &first, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
});

on_both!(no_drill_begins_while_a_red_has_to_be_seen_to, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor", "vice", "principal"]);
    let refused = world.client("principal").await.post("/api/v1/drills", plain()).await.expect(409);
    assert_eq!(refused.code(), "real_alert_open");
    world.settle().await;
    world.told_exactly(&[]);
});
