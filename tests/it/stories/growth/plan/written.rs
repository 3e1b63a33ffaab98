//! A plan leaves nothing open, and no version of it is lost.

use serde_json::json;
use tests::on_both;

use super::{plan, plan_of};

on_both!(a_plan_that_leaves_something_open_is_refused_with_every_reason, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let empty = counsellor.post(&plan_of(student), json!({})).await.expect(422);
    assert_eq!(empty.fields(), ["problem", "level", "causes", "goals", "measures", "review_at", "responsible"]);
    let mut bad = plan(&world, 3, "问题");
    bad["measures"][0]["owner"] = json!("");
    bad["measures"][1]["frequency"] = json!({ "times": 0, "per": "day" });
    bad["review_at"] = json!("2026-12-01");
    bad["starts_at"] = json!("2026-12-02");
    bad["safety_plan"] = json!(null);
    bad["responsible"] = json!(null);
    let wrong = counsellor.post(&plan_of(student), bad).await.expect(422).fields();
    let all = [
        "measures[0].owner",
        "measures[1].frequency.times",
        "measures[1].frequency.per",
        "safety_plan",
        "review_at",
        "responsible",
    ];
    assert_eq!(wrong, all);
    let mut strange = plan(&world, 2, "问题");
    strange["measures"][1]["owner"] = json!(world.town.person("teacher-b"));
    strange["responsible"] = json!(world.town.person("counsellor-b"));
    let wrong = counsellor.post(&plan_of(student), strange).await.expect(422);
    assert_eq!(wrong.fields(), ["responsible", "measures[1].owner"]);
    for login in ["teacher", "grade", "principal"] {
        let _ = world.client(login).await.post(&plan_of(student), plan(&world, 2, "问题")).await.expect(403);
    }
    let _ = world.client("vice-b").await.post(&plan_of(student), plan(&world, 2, "问题")).await.expect(404);
    let _ = counsellor.get(&plan_of(student)).await.expect(404);
});

on_both!(two_who_write_at_once_see_both_and_no_version_is_lost, |world| {
    let student = world.town.student(0, 0, 0);
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let _ = counsellor.post(&plan_of(student), plan(&world, 2, "第一版")).await.expect(201);
    let blind = vice.post(&plan_of(student), plan(&world, 2, "没看过就写")).await.expect(428);
    assert_eq!(blind.code(), "precondition_required");
    let _ = counsellor.with("If-Match", "\"1\"").post(&plan_of(student), plan(&world, 2, "第二版")).await.expect(201);
    let mine = plan(&world, 2, "我的第二版");
    let late = vice.with("If-Match", "\"1\"").post(&plan_of(student), mine.clone()).await.expect(412);
    assert_eq!((&late.body["current"]["problem"], &late.body["sent"]), (&json!("第二版"), &mine));
    let _ = vice.with("If-Match", "\"2\"").post(&plan_of(student), mine).await.expect(201);
    for (version, problem) in [(1, "第一版"), (2, "第二版"), (3, "我的第二版")] {
        let read = counsellor.get(&format!("{}/{version}", plan_of(student))).await.expect(200);
        assert_eq!((&read.body["problem"], &read.body["newest"]), (&json!(problem), &json!(3)));
    }
    let keyed = vice.with("If-Match", "\"3\"").with("Idempotency-Key", "plan-1");
    let first = keyed.post(&plan_of(student), plan(&world, 2, "第四版")).await.expect(201);
    assert_eq!(keyed.post(&plan_of(student), plan(&world, 2, "第四版")).await.expect(201).body, first.body);
});
