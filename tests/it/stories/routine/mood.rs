//! The mood chart over four weeks: who talks with whom, and how often.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{World, on_both};

fn low(student: domain::id::StudentId, since: &str) -> Value {
    json!({ "student": student, "mood": "overcast", "low_since": since })
}

/// Files the report of the first class, and lets everything follow.
async fn report(world: &World, at: &str, students: &[Value], version: u64) {
    world.clock.set(tests::world::shanghai(at));
    let path = format!("/api/v1/classes/{}/report", world.town.schools[0].classes[0].id);
    let teacher = world.client("teacher").await.with("If-Match", &format!("\"{version}\""));
    let body = json!({ "signed": true, "nil": students.is_empty(), "students": students });
    let _ = teacher.send(Method::POST, &path, Some(body)).await.expect(201);
    world.settle().await;
}

/// The open tasks of somebody, as whose they are.
async fn tasks(world: &World, login: &str) -> Vec<Value> {
    let all = world.client(login).await.get("/api/v1/tasks?mine=true").await.expect(200).items();
    all.into_iter().filter(|t| t["owner"]["id"] == json!(world.town.person(login))).collect()
}

async fn about(world: &World, login: &str) -> Vec<String> {
    let mut names: Vec<String> =
        tasks(world, login).await.iter().map(|t| t["student"]["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// Does everything that somebody has to do; without a word of what came of it nothing is done.
async fn talk(world: &World, login: &str) {
    for task in tasks(world, login).await {
        let path = format!("/api/v1/tasks/{}/done", task["id"].as_str().unwrap());
        let by = world.client(login).await;
        assert_eq!(by.post(&path, json!({ "note": "" })).await.expect(422).fields(), ["note"]);
        let _ = by.post(&path, json!({ "note": "谈过了，最近睡得不好" })).await.expect(200);
    }
}

on_both!(three_days_of_low_mood_are_the_teachers_seven_the_counsellors_each_once, |world| {
    let [one, two, three] = [0, 1, 2].map(|n| world.town.student(0, 0, n));
    let cloudy = json!({ "student": three, "mood": "cloudy" });

    // Three days, two days, and a week that was only mixed.
    let first = [low(one, "2026-11-24"), low(two, "2026-11-25"), cloudy];
    report(&world, "2026-11-26 15:00", &first, 0).await;
    assert_eq!(
        (about(&world, "teacher").await, about(&world, "counsellor").await),
        (vec!["赵一然".to_owned()], vec![])
    );
    world.told_exactly(&["teacher"]);
    // A correction that says it again asks nobody again.
    report(&world, "2026-11-26 16:00", &first, 1).await;
    assert_eq!(about(&world, "teacher").await.len(), 1);
    world.told_exactly(&[]);
    talk(&world, "teacher").await;

    // The week after: it goes on, whatever day is written down this time.
    let second = [low(one, "2026-12-01"), low(two, "2026-11-25")];
    report(&world, "2026-12-03 15:00", &second, 0).await;
    assert_eq!(about(&world, "teacher").await, ["赵二鸣"], "he has talked with the first one");
    assert_eq!(about(&world, "counsellor").await, ["赵一然", "赵二鸣"]);
    world.told_exactly(&["counsellor", "teacher"]);
    talk(&world, "teacher").await;
    talk(&world, "counsellor").await;
    report(&world, "2026-12-03 16:00", &second, 1).await;
    world.told_exactly(&[]);

    // A sunny week ends it. What comes then is another time, and begins with the teacher.
    report(&world, "2026-12-10 15:00", &[], 0).await;
    report(&world, "2026-12-17 15:00", &[low(one, "2026-12-16")], 0).await;
    assert!(about(&world, "teacher").await.is_empty());
    world.told_exactly(&[]);
    report(&world, "2026-12-18 15:00", &[low(one, "2026-12-16")], 1).await;
    assert_eq!(
        (about(&world, "teacher").await, about(&world, "counsellor").await),
        (vec!["赵一然".to_owned()], vec![])
    );
    world.told_exactly(&["teacher"]);

    // Nothing of it is an alert.
    assert!(world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items().is_empty());
});
