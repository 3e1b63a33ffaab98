//! A roster that moves a pupil moves no custody silently.

use serde_json::json;
use tests::{Answer, Client, World, on_both};

use super::{LIST, accept, alert, opens};

pub(super) async fn import(world: &World, csv: &str) -> (Client, Answer) {
    let admin = world.client("admin").await;
    let school = world.town.schools[0].id.to_string();
    let upload = admin.upload(&school, "名册.csv", csv.as_bytes().to_vec()).await.expect(201);
    let path = format!("/api/v1/roster/imports/{}/apply", upload.str("id"));
    let applied = admin.with("If-Match", upload.etag.as_deref().unwrap()).post(&path, json!({})).await.expect(200);
    (admin, applied)
}

const MOVED: &str = "姓名,年级,班级,出生日期\n赵一然,七年级,2,2013-01-01\n赵二鸣,七年级,2,2013-02-01\n";

on_both!(with_something_open_a_hand_over_waits_and_the_keeper_of_the_roster_learns_of_none, |world| {
    let (open, free) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let _ = alert(&world, open, 2).await;
    let (admin, applied) = import(&world, MOVED).await;
    assert_eq!(applied.body["updates"], 2);
    world.settle().await;
    world.told_exactly(&["teacher1"]);
    // Without anything open he is there; the other one is his old teacher's until he is accepted.
    opens(&world, free, &["teacher1"], &["teacher"]).await;
    opens(&world, open, &["teacher"], &["teacher1"]).await;
    let log = world
        .client("teacher1")
        .await
        .get(&format!("/api/v1/students/{free}/growth-file?kind=hand_over"))
        .await
        .expect(200);
    assert!(log.text.contains("没有要交接的（系统核对）"), "{}", log.text);
    // To whoever keeps the roster both are where it puts them.
    let class = world.town.schools[0].classes[1].id.to_string();
    for name in ["赵一然", "赵二鸣"] {
        let found = admin.get(&format!("/api/v1/students?q={name}")).await.expect(200).items();
        assert_eq!(found[0]["class"]["id"], class, "{name}");
    }
    assert!(admin.get(LIST).await.expect(200).items().is_empty());
    let (_, again) = import(&world, MOVED).await;
    assert_eq!((again.body["updates"].clone(), again.body["unchanged"].clone()), (json!(0), json!(2)));
    let waits = world.client("teacher1").await.get(&format!("{LIST}?mine=true")).await.expect(200).items();
    assert_eq!((waits.len(), &waits[0]["kind"], &waits[0]["sent_by"]), (1, &json!("class_change"), &json!(null)));
    let path = format!("{LIST}/{}", waits[0]["id"].as_str().unwrap());
    let _ = accept(&world, "teacher1", &path).await.expect(200);
    opens(&world, open, &["teacher1"], &["teacher"]).await;
    world.settle().await;
    world.told_exactly(&["teacher1"]);
});

on_both!(an_import_that_is_taken_back_takes_its_hand_over_back, |world| {
    let (open, free) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let _ = alert(&world, open, 2).await;
    let (admin, applied) = import(&world, MOVED).await;
    world.settle().await;
    world.told_exactly(&["teacher1"]);
    let undo = format!("/api/v1/roster/imports/{}/undo", applied.str("id"));
    let _ = admin.with("If-Match", applied.etag.as_deref().unwrap()).post(&undo, json!({})).await.expect(200);
    opens(&world, free, &["teacher"], &["teacher1"]).await;
    opens(&world, open, &["teacher"], &["teacher1"]).await;
    assert!(world.client("teacher1").await.get(LIST).await.expect(200).items().is_empty());
    world.settle().await;
    world.told_exactly(&[]);
});
