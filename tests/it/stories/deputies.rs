//! Whoever stands in for somebody may, for that time, what that one may; and no longer.

use chrono::TimeDelta;
use domain::staff::Deputy;
use serde_json::json;
use tests::{World, on_both};

async fn stands_in(world: &World, deputy: &str, person: &str, hours: i64) {
    let (from, to) = (world.service.desk.now(), world.service.desk.now() + TimeDelta::hours(hours));
    let (person, deputy) = (world.town.person(person), world.town.person(deputy));
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    let id = domain::id::DeputyId::new(world.service.desk.ids.uuid());
    tx.add_deputy(id, &Deputy { person, deputy, from, to }, Some(person)).await.unwrap();
    tx.commit().await.unwrap();
}

on_both!(a_deputy_of_the_counsellor_is_told_sees_and_decides_until_the_deputyship_ends, |world| {
    let deputy = world.client("teacher1").await;
    stands_in(&world, "teacher1", "counsellor", 2).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "teacher1", "counsellor"]);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("teacher1").await);
    let version = deputy.get(&path).await.expect(200).etag.unwrap();
    let assess = json!({ "level": 2, "reason": "面谈", "means_asked": true });
    let _ = deputy.with("If-Match", &version).post(&format!("{path}/assess"), assess).await.expect(200);
    let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    assert!(deputy.get(&file).await.expect(200).text.contains("面谈"), "restricted text is the counsellor's");
    world.settle().await;
    let _ = world.told();
    world.pass(121).await;
    let _ = world.told();
    let _ = deputy.get(&path).await.expect(404);
    let _ = deputy.get(&file).await.expect(404);
    assert!(deputy.get("/api/v1/alerts").await.expect(200).items().is_empty());
});

on_both!(a_deputy_learns_nothing_of_what_is_hidden_from_the_one_he_stands_in_for, |world| {
    stands_in(&world, "teacher1", "teacher", 48).await;
    stands_in(&world, "grade", "teacher", 48).await;
    let mut body = world.filing(world.town.student(0, 0, 0), 3);
    body["involved_staff"] = json!([world.town.person("teacher").to_string()]);
    body["narrative"] = json!("他在办公室里骂了她");
    let _ = world.file("subject", body).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "grade"]);
    let deputy = world.client("teacher1").await;
    assert!(deputy.get("/api/v1/alerts").await.expect(200).items().is_empty());
    let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    assert!(!deputy.get(&file).await.expect(200).text.contains("骂"));
    let lead = world.client("grade").await;
    assert_eq!(lead.get("/api/v1/alerts").await.expect(200).items().len(), 1, "what is his own stays his own");
    assert!(lead.get(&file).await.expect(200).text.contains("骂"));
});

on_both!(whoever_stands_in_for_the_one_who_signs_has_not_proposed_it_by_his_office, |world| {
    stands_in(&world, "teacher1", "counsellor", 48).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    let _ = world.told();
    let deputy = world.client("teacher1").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("teacher1").await);
    let lower = json!({ "level": 2, "reason": "面谈", "means_asked": true });
    let version = deputy.get(&path).await.expect(200).etag.unwrap();
    let _ = deputy.with("If-Match", &version).post(&format!("{path}/assess"), lower).await.expect(202);
    world.settle().await;
    let _ = world.told();
    for (login, status) in [("counsellor", 409), ("vice", 200)] {
        let signer = world.client(login).await;
        let version = signer.get(&path).await.expect(200).etag.unwrap();
        let answer = signer.with("If-Match", &version).post(&format!("{path}/approve"), json!({})).await.expect(status);
        assert!(status == 200 || answer.code() == "same_person", "{}", answer.text);
    }
    world.settle().await;
    let _ = world.told();
});

on_both!(of_staff_without_a_name_no_deputy_hears_who_is_no_confidant_himself, |world| {
    stands_in(&world, "teacher", "counsellor", 48).await;
    let mut body = world.filing(world.town.student(0, 0, 0), 2);
    body["concerns"] = json!({ "kind": "staff" });
    body["narrative"] = json!("她说有位老师碰了她");
    let _ = world.file("dorm", body).await;
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let teacher = world.client("teacher").await;
    assert!(teacher.get("/api/v1/alerts").await.expect(200).items().is_empty());
    let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    assert!(!teacher.get(&file).await.expect(200).text.contains("碰了她"));
    // One who is a confidant himself hears.
    world.pass(2).await;
    stands_in(&world, "vice", "counsellor", 48).await;
    let mut body = world.filing(world.town.student(0, 0, 1), 2);
    body["concerns"] = json!({ "kind": "staff" });
    let _ = world.file("dorm", body).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "vice"]);
});

on_both!(where_the_only_confidant_is_away_the_district_decides, |world| {
    let desk = &world.service.desk;
    let mut tx = desk.storage.begin().await.unwrap();
    for (position, _) in tx.read().unwrap().positions_of(world.town.person("vice"), desk.now()).await.unwrap() {
        tx.cut_position(&position, desk.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    world.pass(1).await;
    stands_in(&world, "teacher", "counsellor", 48).await;
    let mut body = world.filing(world.town.student(0, 0, 0), 2);
    body["concerns"] = json!({ "kind": "staff" });
    let _ = world.file("dorm", body).await;
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    assert!(world.client("teacher").await.get("/api/v1/alerts").await.expect(200).items().is_empty());
    // She is away: it stands at orange, and the district sees it at once and hears of it in an hour.
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("district").await);
    assert_eq!(world.client("district").await.get(&path).await.expect(200).body["level"], 3);
    world.silent_until("2026-11-23 11:01", &["district"]).await;
});
