//! What is done by plan is somebody's, whoever leaves.

use serde_json::{Value, json};
use tests::{Client, World, on_both};

use super::{accept, change, sent, with};

async fn plan(world: &World, owner: &str) -> (Client, String) {
    let path = format!("/api/v1/students/{}/plan", world.town.student(0, 0, 0));
    let counsellor = world.client("counsellor").await;
    let person = world.town.person(owner);
    let body = json!({
        "problem": "睡不好", "level": 2, "causes": { "family": "父母外出" }, "review_at": "2026-12-20",
        "goals": [{ "text": "能睡够", "check": "一周八小时" }], "responsible": person,
        "measures": [{ "text": "每周谈一次", "owner": person, "frequency": { "times": 1, "per": "week" }, "until": "2026-12-31" }]
    });
    let _ = counsellor.post(&path, body).await.expect(201);
    let _ = counsellor.post(&format!("{path}/1/sign"), json!({})).await.expect(200);
    (counsellor, path)
}

fn owner(plan: &Value) -> Value {
    plan["measures"][0]["owner"]["id"].clone()
}

on_both!(whoever_leaves_leaves_no_measure_and_no_plan_behind, |world| {
    let (counsellor, path) = plan(&world, "nurse").await;
    let support = json!({ "target": "能睡够", "measures": "每周谈一次", "responsible": world.town.person("nurse") });
    let student = world.town.student(0, 0, 0);
    let _ = counsellor.post(&format!("/api/v1/students/{student}/support"), support).await.expect(201);
    world.pass(1).await;
    let close = format!("/api/v1/people/{}/disable", world.town.person("nurse"));
    let admin = world.client("admin").await;
    let refused = admin.post(&close, json!({})).await.expect(409);
    let codes: Vec<String> = refused.faults().into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, ["measure_open", "plan_responsible", "support_responsible"]);
    for number in ["msr_", "pln_", "stu_"] {
        assert!(!refused.text.contains(number), "{}", refused.text);
    }
    assert!(!refused.text.contains("谈一次") && !refused.text.contains("赵一然"), "{}", refused.text);
    let dorm = admin.post(&close, json!({ "successor": world.town.person("dorm") })).await.expect(422);
    assert_eq!(dorm.faults(), [("successor".to_owned(), "not_in_office".to_owned())], "he would read by them");
    let heir = world.town.person("teacher1").to_string();
    let _ = admin.post(&close, json!({ "successor": heir })).await.expect(204);
    let after = counsellor.get(&path).await.expect(200);
    assert_eq!((owner(&after.body), &after.body["responsible"]["id"]), (json!(heir), &json!(heir)), "{}", after.text);
    let mine = world.client("teacher1").await.get("/api/v1/measures?mine=true").await.expect(200).items();
    assert_eq!(mine.len(), 1);
    let progress = format!("{path}/measures/{}/progress", mine[0]["measure"]["id"].as_str().unwrap());
    let _ = world.client("teacher1").await.post(&progress, json!({ "text": "谈了", "done": false })).await.expect(201);
    let lists = counsellor.get(&format!("/api/v1/students/{student}/lists")).await.expect(200);
    assert_eq!(lists.body["support"]["responsible"]["id"], heir, "{}", lists.text);
});

on_both!(measures_of_the_old_teacher_are_the_new_ones, |world| {
    let (counsellor, path) = plan(&world, "teacher").await;
    let to = world.town.schools[0].classes[1].id;
    let moved = sent(&world, "teacher", with(change(world.town.student(0, 0, 0), to), &["plan"])).await;
    world.told_exactly(&["teacher1"]);
    assert_eq!(owner(&counsellor.get(&path).await.expect(200).body), world.town.person("teacher").to_string());
    let _ = accept(&world, "teacher1", &moved).await.expect(200);
    world.settle().await;
    world.told_exactly(&["teacher"]);
    assert_eq!(owner(&counsellor.get(&path).await.expect(200).body), world.town.person("teacher1").to_string());
    assert!(world.client("teacher").await.get("/api/v1/measures?mine=true").await.expect(200).items().is_empty());
    assert_eq!(world.client("teacher1").await.get("/api/v1/measures?mine=true").await.expect(200).items().len(), 1);
});
