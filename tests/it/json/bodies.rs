//! Bodies that may be left out, and the notes in them.

use serde_json::json;
use tests::on_both;

use super::{alert_about, decide};

on_both!(a_signature_with_a_body_that_cannot_be_read_changes_nothing, |world| {
    let path = alert_about(&world, 0, 4).await;
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let with = json!({ "adult": "周老师", "since": world.service.desk.now(), "where": "心理咨询室" });
    let _ = counsellor.post(&format!("{path}/custody"), with).await.expect(201);
    let lower = json!({ "level": 3, "reason": "面谈后平稳", "means_asked": true });
    let _ = decide(&counsellor, &path, "assess", lower).await.expect(202);
    world.settle().await;
    let _ = world.told();
    let before = vice.get(&path).await.expect(200);
    let signing = vice.with("If-Match", before.etag.as_deref().unwrap());
    for verb in ["approve", "reject"] {
        let bad = signing.post_text(&format!("{path}/{verb}"), "{").await.expect(400);
        assert_eq!(bad.code(), "malformed");
        let list = signing.post_text(&format!("{path}/{verb}"), "[\"ok\"]").await.expect(422);
        assert_eq!(list.faults(), [(String::new(), "wrong_type".to_owned())]);
        let long = json!({ "note": "字".repeat(2_001) });
        let long = signing.post(&format!("{path}/{verb}"), long).await.expect(422);
        assert_eq!(long.faults(), [("note".to_owned(), "too_long".to_owned())]);
        let typed = signing.post(&format!("{path}/{verb}"), json!({ "note": 5 })).await.expect(422);
        assert_eq!(typed.faults(), [("note".to_owned(), "wrong_type".to_owned())]);
    }
    let after = vice.get(&path).await.expect(200);
    assert_eq!(
        (&after.etag, &after.body["proposal"], &after.body["level"]),
        (&before.etag, &before.body["proposal"], &json!(4))
    );
});

on_both!(the_note_of_a_signature_stands_in_the_story_of_the_alert, |world| {
    let path = alert_about(&world, 0, 4).await;
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let with = json!({ "adult": "周老师", "since": world.service.desk.now(), "where": "心理咨询室" });
    let _ = counsellor.post(&format!("{path}/custody"), with).await.expect(201);
    let lower = json!({ "level": 3, "reason": "面谈后平稳", "means_asked": true });
    let texts = |body: &serde_json::Value, kind: &str| -> Vec<String> {
        let events = body["events"].as_array().unwrap().iter().filter(|e| e["kind"] == kind);
        events.map(|e| e["text"].as_str().unwrap().to_owned()).collect()
    };
    let _ = decide(&counsellor, &path, "assess", lower.clone()).await.expect(202);
    let refused = decide(&vice, &path, "reject", json!({ "note": "先看医生" })).await.expect(200);
    assert!(texts(&refused.body, "lowering_rejected")[0].ends_with("：先看医生"), "{}", refused.text);
    let _ = decide(&counsellor, &path, "assess", lower).await.expect(202);
    let signed = decide(&vice, &path, "approve", json!({ "note": "  已复诊 " })).await.expect(200);
    assert!(texts(&signed.body, "lowered")[0].ends_with("：已复诊"), "{}", signed.text);
    world.settle().await;
    let _ = world.told();
});

on_both!(a_note_on_taking_is_kept_whole_or_refused, |world| {
    let path = alert_about(&world, 0, 2).await;
    let teacher = world.client("teacher").await;
    let long = teacher.post(&format!("{path}/acknowledge"), json!({ "note": "字".repeat(2_001) })).await.expect(422);
    assert_eq!(long.fields(), ["note"]);
    assert_eq!(teacher.get(&path).await.expect(200).body["state"], "untriaged");
    let note = "字".repeat(2_000);
    let taken = teacher.post(&format!("{path}/acknowledge"), json!({ "note": note })).await.expect(200);
    assert!(taken.text.contains(&note));
    world.settle().await;
    let _ = world.told();
});

on_both!(what_was_not_filed_is_not_given_back, |world| {
    let teacher = world.client("teacher").await;
    let mut body = world.filing(world.town.student(0, 0, 0), 1);
    body.as_object_mut().unwrap().remove("where_now");
    let id = teacher.post("/api/v1/observations", body.clone()).await.expect(201).str("id");
    let own = teacher.get(&format!("/api/v1/observations/{id}")).await.expect(200);
    for field in ["urgency", "where_now", "concerns", "with_whom", "involved_staff"] {
        assert!(own.body.get(field).is_none(), "{field}: {}", own.text);
    }
    let (nurse, dorm) = (world.town.person("nurse").to_string(), world.town.person("dorm").to_string());
    body["students"][0]["student"] = json!(world.town.student(0, 0, 1));
    body["urgency"] = json!("notice");
    body["where_now"] = json!("unknown");
    body["concerns"] = json!({ "kind": "staff", "staff": nurse });
    body["involved_staff"] = json!([dorm]);
    let id = teacher.post("/api/v1/observations", body.clone()).await.expect(201).str("id");
    let own = teacher.get(&format!("/api/v1/observations/{id}")).await.expect(200);
    for field in ["urgency", "where_now", "concerns", "involved_staff", "students", "signs"] {
        assert_eq!(own.body[field], body[field], "{field}");
    }
    world.settle().await;
    let _ = world.told();
});
