//! The main job: a teacher's observation becomes an alert that climbs until a person takes it.

use serde_json::json;
use tests::on_both;

const SCHOOL: [&str; 5] = ["teacher", "grade", "counsellor", "vice", "principal"];

on_both!(a_red_tells_five_offices_at_once_and_climbs_until_somebody_takes_it, |world| {
    let student = world.town.student(0, 0, 0);
    world.file("subject", world.filing(student, 4)).await;
    world.settle().await;
    world.told_exactly(&SCHOOL);

    world.pass(9).await;
    world.told_exactly(&[]);
    world.pass(1).await;
    world.told_exactly(&["district"]);
    world.pass(10).await;
    world.told_exactly(&["district-lead"]);
    for _ in 0..5 {
        world.pass(10).await;
        world.told_exactly(&["district-lead"]);
    }

    let alert = world.alert_seen_by("counsellor").await;
    let counsellor = world.client("counsellor").await;
    let taken = counsellor.post(&format!("/api/v1/alerts/{alert}/acknowledge"), json!({})).await.expect(200);
    assert_eq!(taken.str("state"), "acknowledged");
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "vice", "principal", "district", "district-lead"]);
    let again = counsellor.post(&format!("/api/v1/alerts/{alert}/acknowledge"), json!({})).await.expect(200);
    assert_eq!(again.body["events"].as_array().unwrap().len(), taken.body["events"].as_array().unwrap().len());
    world.pass(9).await;
    world.told_exactly(&[]);

    let body = json!({ "adult": "周老师", "since": "2026-11-23T11:00:00+08:00", "where": "心理咨询室" });
    let _ = counsellor.post(&format!("/api/v1/alerts/{alert}/custody"), body.clone()).await.expect(201);
    world.settle().await;
    let rest = world.letters();
    assert!(rest.iter().all(|l| l.text.contains("现场已有人陪伴（专职老师登记），您可以休息")), "{rest:#?}");
    assert_eq!(rest.len(), 12, "each by SMS and mail: those told, but the counsellor");
    let _ = counsellor.post(&format!("/api/v1/alerts/{alert}/custody"), body).await.expect(201);
    world.pass(59).await;
    world.told_exactly(&[]);
});
