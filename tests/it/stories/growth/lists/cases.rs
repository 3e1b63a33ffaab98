//! One student, one case 一人一案.

use serde_json::json;
use tests::{Answer, Browser, on_both};

use super::super::{file, items};
use super::{lists_of, membership, put};

on_both!(everybody_on_a_list_or_in_orange_has_somebody_who_answers_for_him, |world| {
    let (listed, orange, plain) =
        (world.town.student(0, 0, 0), world.town.student(0, 1, 0), world.town.student(0, 0, 1));
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let _ = put(&counsellor, listed, membership("difficulty", "authority")).await.expect(201);
    let _ = world.file("subject", world.filing(orange, 3)).await;
    let _ = world.file("subject", world.filing(plain, 2)).await;
    world.settle().await;
    let _ = world.told();
    let names = |answer: Answer| -> Vec<String> {
        answer.expect(200).items().iter().map(|c| c["student"]["name"].as_str().unwrap().to_owned()).collect()
    };
    let mut all = names(vice.get("/api/v1/cases?without=support").await);
    all.sort();
    assert_eq!(all, ["赵一然", "钱一然"]);
    for login in ["teacher", "grade", "nurse", "admin", "district"] {
        let _ = world.client(login).await.get("/api/v1/cases").await.expect(404);
    }
    assert!(names(world.client("principal-b").await.get("/api/v1/cases").await).is_empty());
    let path = format!("/api/v1/students/{listed}/support");
    let stranger = world.town.person("teacher-b").to_string();
    let support = |who: &str| json!({ "target": "周末有人照看", "measures": "周五家访一次", "responsible": who });
    let said = counsellor.post(&path, support(&stranger)).await.expect(422);
    assert_eq!(said.faults(), [("responsible".to_owned(), "required".to_owned())]);
    let said = counsellor.post(&path, json!({})).await.expect(422);
    assert_eq!(said.fields(), ["target", "measures", "responsible"]);
    let teacher = world.town.person("teacher").to_string();
    let _ = world.client("teacher").await.post(&path, support(&teacher)).await.expect(403);
    let _ = counsellor.post(&path, support(&teacher)).await.expect(201);
    assert_eq!(names(vice.get("/api/v1/cases?without=support").await), ["钱一然"]);
    let whole = vice.get("/api/v1/cases").await.expect(200).items();
    let case = whole.iter().find(|c| c["student"]["name"] == "赵一然").unwrap();
    assert_eq!((&case["support"]["target"], &case["lists"][0]["code"]), (&json!("周末有人照看"), &json!("difficulty")));
    // Who answers for him reads it; his colleague of the grade does not.
    let seen = |answer: Answer| answer.expect(200).body["support"]["target"].clone();
    assert_eq!(seen(world.client("teacher").await.get(&lists_of(listed)).await), "周末有人照看");
    assert_eq!(seen(world.client("grade").await.get(&lists_of(listed)).await), json!(null));
    let again = counsellor.post(&path, support(&teacher)).await.expect(201);
    assert_eq!(again.body["version"], 2);
    assert!(items(&file(&world, "teacher", listed, "?q=%E5%91%A8%E6%9C%AB").await).is_empty());
});

on_both!(lists_and_support_are_kept_by_hand, |world| {
    let student = world.town.student(0, 0, 0);
    let here = format!("/students/{student}/lists");
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let form = browser.get(&here).await.expect(200);
    assert!(form.says("不在任何清单上") && form.says("不会改变任何预警的等级"));
    let wrong = [("list", "disorder"), ("from", "2026-09-01"), ("evidence", "妈妈说的<话>"), ("source", "guardian")];
    let again = browser.post(&form, &here, &wrong).await.expect(422);
    assert!(again.says("这份清单需要来自医院的依据") && again.says("妈妈说的&#60;话&#62;"));
    let fields = [
        ("list", "left_behind"),
        ("from", "2026-09-01"),
        ("evidence", "家访登记"),
        ("source", "staff"),
        ("review_at", "2026-12-01"),
    ];
    assert_eq!(browser.post(&form, &here, &fields).await.leads_to(), here);
    let page = browser.get(&here).await.expect(200);
    assert!(page.says("留守儿童") && page.says("家访登记"));
    let teacher = world.town.person("teacher").to_string();
    let fields = [("target", "周末有人照看"), ("measures", "周五家访"), ("responsible", teacher.as_str())];
    let _ = browser.post(&page, &format!("/students/{student}/support"), &fields).await.leads_to();
    let cases = browser.get("/cases").await.expect(200);
    assert!(cases.says("周末有人照看") && cases.says("赵*然") && !cases.says("赵一然"));
    assert!(!browser.get("/cases?without=support").await.expect(200).says("赵*然"));
    let file = browser.get(&format!("/students/{student}/growth-file")).await.expect(200);
    assert!(file.says("留守儿童"));
    let id =
        world.client("counsellor").await.get(&lists_of(student)).await.items()[0]["id"].as_str().unwrap().to_owned();
    let bad = browser.post(&page, &format!("{here}/{id}/end"), &[("to", "2026-11-30")]).await.expect(422);
    assert!(bad.says("这个日期还没有到") && bad.says(&format!("{id}-end-to-error")));
    let end = [("to", "2026-11-23"), ("reason", "母亲回来了")];
    let _ = browser.post(&bad, &format!("{here}/{id}/end"), &end).await.leads_to();
    assert!(browser.get(&here).await.expect(200).says("已移出"));
    // Whoever only reads is offered no form.
    let reads = Browser::sign_in(&world.base, "teacher").await.get(&here).await.expect(200);
    assert!(reads.says("留守儿童") && !reads.says("name=\"evidence\""));
});
