//! Four weeks with the same words: the grade lead asks whether anybody looked.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::nil;

/// Files the report of the first class, and lets everything follow. Gives how many weeks it has said the same.
async fn report(world: &World, at: &str, body: Value, version: u64) -> u64 {
    world.clock.set(tests::world::shanghai(at));
    let path = format!("/api/v1/classes/{}/report", world.town.schools[0].classes[0].id);
    let teacher = world.client("teacher").await.with("If-Match", &format!("\"{version}\""));
    let filed = teacher.send(Method::POST, &path, Some(body)).await.expect(201);
    world.settle().await;
    filed.body["same_weeks"].as_u64().unwrap()
}

/// The open tasks about reports that somebody sees.
async fn tasks(world: &World, login: &str) -> Vec<Value> {
    let mut all = world.client(login).await.get("/api/v1/tasks").await.expect(200).items();
    all.retain(|t| t["kind"] == "same_reports");
    all
}

async fn asked_about(world: &World) -> Value {
    let seen = world.client("grade").await.get("/api/v1/reports").await.expect(200);
    let class = json!(world.town.schools[0].classes[0].id);
    seen.items().into_iter().find(|i| i["class"]["id"] == class).unwrap()["ask"].clone()
}

on_both!(four_weeks_with_the_same_words_are_asked_about_once_and_the_class_teacher_is_not_told, |world| {
    for (n, day) in ["2026-11-26", "2026-12-03", "2026-12-10"].into_iter().enumerate() {
        assert_eq!(report(&world, &format!("{day} 15:00"), nil(), 0).await, n as u64 + 1);
        assert_eq!(asked_about(&world).await, json!(false), "{day}");
        world.told_exactly(&[]);
    }
    assert_eq!(report(&world, "2026-12-17 15:00", nil(), 0).await, 4);
    assert_eq!(asked_about(&world).await, json!(true));
    world.told_exactly(&["grade"]);
    let found = tasks(&world, "grade").await;
    assert_eq!(found.len(), 1);
    let task = &found[0];
    assert_eq!((&task["student"], &task["class"]["name"]), (&Value::Null, &json!("七(1)班")));
    assert_eq!(task["owner"]["id"], json!(world.town.person("grade")));
    assert!(task["text"].as_str().unwrap().contains("连续 4 周内容相同"), "{task}");

    // It is about the teacher: those above see it, he does not, nor does anybody of another grade or school.
    let path = format!("/api/v1/tasks/{}", task["id"].as_str().unwrap());
    for (login, sees) in
        [("vice", true), ("counsellor", true), ("teacher", false), ("grade1", false), ("principal-b", false)]
    {
        assert_eq!(tasks(&world, login).await.len(), usize::from(sees), "{login}");
        assert_eq!(world.client(login).await.get(&path).await.status, if sees { 200 } else { 404 }, "{login}");
    }
    let page = Browser::sign_in(&world.base, "grade").await;
    let list = page.get("/tasks").await;
    assert!(list.html.contains("核实周报") && list.html.contains("七(1)班"), "{}", list.html);
    let one = page.get(&path.replace("/api/v1", "")).await;
    assert!(one.html.contains("七(1)班") && !one.html.contains("growth-file"), "{}", one.html);

    // A correction with the same words, and a fifth week, are the same run.
    assert_eq!(report(&world, "2026-12-18 09:00", nil(), 1).await, 4);
    let _ =
        world.client("grade").await.post(&format!("{path}/done"), json!({ "note": "逐一核实过了" })).await.expect(200);
    assert_eq!(report(&world, "2026-12-24 15:00", nil(), 0).await, 5);
    assert_eq!(asked_about(&world).await, json!(true));
    assert!(tasks(&world, "grade").await.is_empty());
    world.told_exactly(&[]);
});

on_both!(a_new_run_is_asked_about_anew_and_goes_up_when_nobody_asks, |world| {
    let words = |text: &str| json!({ "nil": true, "signed": true, "remarks": text });
    for day in ["2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"] {
        let _ = report(&world, &format!("{day} 15:00"), words("平稳"), 0).await;
    }
    world.told_exactly(&["grade"]);
    let first = tasks(&world, "grade").await[0]["id"].as_str().unwrap().to_owned();

    // Handed on it stays about the class, and whoever has it now hears.
    let to = json!({ "to": world.town.person("counsellor"), "reason": "年级组长外出" });
    let handed = world.client("grade").await.post(&format!("/api/v1/tasks/{first}/hand-on"), to).await.expect(201);
    assert_eq!((&handed.body["student"], &handed.body["class"]["name"]), (&Value::Null, &json!("七(1)班")));
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let path = format!("/api/v1/tasks/{}/done", handed.str("id"));
    let _ = world.client("counsellor").await.post(&path, json!({ "note": "问过了" })).await.expect(200);

    // Other words end the run. Nil returns with other remarks each week are no run at all.
    for (day, text) in [("2026-12-24", "期末复习"), ("2026-12-31", "元旦联欢"), ("2027-01-07", "考试周")] {
        assert_eq!(report(&world, &format!("{day} 15:00"), words(text), 0).await, 1);
    }
    // What was missed is filed late: the weeks beside it are one run then.
    world.told_exactly(&[]);
    let _ = report(&world, "2027-01-21 15:00", words("考试周"), 0).await;
    let _ = report(&world, "2027-01-28 15:00", words("考试周"), 0).await;
    assert!(tasks(&world, "grade").await.is_empty());
    world.told_exactly(&[]);
    let late = json!({ "week": "2027-01-11", "nil": true, "signed": true, "remarks": "考试周" });
    assert_eq!(report(&world, "2027-01-28 16:00", late, 0).await, 4);
    world.told_exactly(&["grade"]);

    // Nobody asks: the grade lead is reminded, then the vice-principal hears, as of every task.
    world.clock.set(tests::world::shanghai("2027-02-22 17:00"));
    world.settle().await;
    world.told_exactly(&["grade"]);
    world.clock.set(tests::world::shanghai("2027-02-24 17:00"));
    world.settle().await;
    world.told_exactly(&["grade", "vice"]);
});
