//! The invisible child: nobody has written about it for weeks, although something was.

use domain::id::StudentId;
use serde_json::{Value, json};
use tests::{World, on_both};

use crate::stories::decisions;

/// Sets the clock, lets the round of the night go, and everything that follows.
async fn night(world: &mut World, local: &str) {
    world.at(local).await;
    while casework::turn_unseen(&world.service.desk).await.unwrap() > 0 {}
    world.settle().await;
}

async fn on_list(world: &World, student: StudentId, list: &str, source: &str) {
    let body = json!({ "list": list, "from": "2026-09-01", "evidence": "登记表", "source": source,
        "review_at": "2027-03-01" });
    let path = format!("/api/v1/students/{student}/lists");
    let _ = world.client("counsellor").await.post(&path, body).await.expect(201);
}

/// The open tasks about children of whom nobody writes that somebody sees, in one state.
async fn seen_by(world: &World, login: &str, query: &str) -> Vec<Value> {
    let mut all = world.client(login).await.get(&format!("/api/v1/tasks{query}")).await.expect(200).items();
    all.retain(|t| t["kind"] == "unseen");
    all
}

async fn names(world: &World, login: &str) -> Vec<String> {
    let all = seen_by(world, login, "?mine=true").await;
    let mut names: Vec<String> = all.iter().map(|t| t["student"]["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

on_both!(of_whom_nobody_writes_for_weeks_somebody_looks_after_once_and_a_quiet_child_is_left_alone, |world| {
    let [listed, kept, low, quiet] = [0, 1, 2, 3].map(|n| world.town.student(0, 0, n));
    on_list(&world, listed, "left_behind", "school").await;
    on_list(&world, kept, "disorder", "hospital").await;
    let report = json!({ "signed": true, "students": [
        { "student": low, "mood": "overcast", "low_since": "2026-11-23" }, { "student": quiet, "mood": "cloudy" }] });
    let path = format!("/api/v1/classes/{}/report", world.town.schools[0].classes[0].id);
    let _ = world.client("teacher").await.post(&path, report).await.expect(201);
    night(&mut world, "2026-11-23 10:00").await;

    // Four weeks of school have not gone by before the 22nd of December; nobody is woken for it.
    night(&mut world, "2026-12-21 08:00").await;
    world.told_exactly(&[]);
    night(&mut world, "2026-12-22 05:00").await;
    night(&mut world, "2026-12-22 07:59").await;
    world.told_exactly(&[]);
    night(&mut world, "2026-12-22 08:00").await;
    world.told_exactly(&["teacher", "counsellor"]);

    // The teacher looks after those of whom he may know; of a hidden list he learns nothing, nor does the grade lead.
    assert_eq!(names(&world, "teacher").await, ["赵一然", "赵三原"]);
    assert_eq!(names(&world, "counsellor").await, ["赵二鸣"]);
    for login in ["teacher", "grade"] {
        let all = seen_by(&world, login, "").await;
        assert!(all.iter().all(|t| t["student"]["name"] != "赵二鸣"), "{login}: {all:?}");
    }
    assert!(seen_by(&world, "teacher1", "").await.is_empty() && seen_by(&world, "counsellor-b", "").await.is_empty());
    // It is no alert.
    assert!(world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items().is_empty());

    // Nobody looks: the task climbs as every task does, and is given no second time meanwhile.
    night(&mut world, "2026-12-24 08:00").await;
    world.told_exactly(&["teacher", "counsellor"]);
    night(&mut world, "2026-12-28 08:00").await;
    world.told_exactly(&["teacher", "counsellor", "grade", "vice"]);
    assert_eq!(names(&world, "teacher").await.len(), 2);

    // What was seen stands in the file, and for four weeks nobody is asked again.
    for task in seen_by(&world, "teacher", "?mine=true").await {
        let path = format!("/api/v1/tasks/{}/done", task["id"].as_str().unwrap());
        let teacher = world.client("teacher").await;
        assert_eq!(teacher.post(&path, json!({ "note": "" })).await.expect(422).fields(), ["note"]);
        let _ = teacher.post(&path, json!({ "note": "一起吃了午饭，话不多，状态还好" })).await.expect(200);
    }
    let task = seen_by(&world, "counsellor", "?mine=true").await.remove(0);
    let path = format!("/api/v1/tasks/{}/done", task["id"].as_str().unwrap());
    let _ = world.client("counsellor").await.post(&path, json!({ "note": "约谈了，按时复诊" })).await.expect(200);
    let file = |login: &'static str, student: StudentId| {
        let world = &world;
        async move {
            let path = format!("/api/v1/students/{student}/growth-file?kind=look_in");
            world.client(login).await.get(&path).await.expect(200).text
        }
    };
    assert!(file("teacher", listed).await.contains("看望：一起吃了午饭"));
    assert!(file("counsellor", kept).await.contains("按时复诊"));
    assert!(
        !file("teacher", kept).await.contains("按时复诊"),
        "what follows from a hidden list is restricted as that is"
    );
    night(&mut world, "2027-01-26 08:00").await;
    world.told_exactly(&[]);
    assert!(names(&world, "teacher").await.is_empty());
    // Then they are unseen again.
    night(&mut world, "2027-01-27 08:00").await;
    world.told_exactly(&["teacher", "counsellor"]);
});

on_both!(of_an_alert_that_somebody_must_not_know_of_he_is_asked_nothing, |world| {
    let (child, other) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    night(&mut world, "2026-11-23 10:00").await;
    // One that everybody knows of, and one that concerns the class teacher himself.
    let _ = world.file("subject", world.filing(child, 3)).await;
    let mut about_him = world.filing(other, 3);
    about_him["involved_staff"] = json!([world.town.person("teacher").to_string()]);
    let _ = world.file("subject", about_him).await;
    night(&mut world, "2026-12-22 08:00").await;
    let _ = world.letters();
    let his = seen_by(&world, "teacher", "").await;
    assert_eq!(his.len(), 1, "{his:?}");
    assert_eq!(his[0]["student"]["id"], json!(child));
    let mut elsewhere = seen_by(&world, "counsellor", "").await;
    elsewhere.retain(|t| t["student"]["id"] == json!(other));
    assert_eq!(elsewhere.len(), 1);
    assert_ne!(elsewhere[0]["owner"]["id"], json!(world.town.person("teacher")));
});

on_both!(what_was_at_the_old_school_is_asked_after_at_the_new_one_and_named_to_nobody, |world| {
    let child = world.town.student(0, 0, 0);
    night(&mut world, "2026-11-23 10:00").await;
    let path = decisions::red_ready(&mut world).await;
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let _ = decisions::decide(&counsellor, &path, "close", decisions::closing()).await.expect(202);
    let _ = decisions::decide(&vice, &path, "approve", json!({})).await.expect(200);
    night(&mut world, "2026-12-08 10:00").await;
    let well = json!({ "well": true, "note": "上课正常" });
    let _ = world.client("counsellor").await.post(&format!("{path}/recheck"), well).await.expect(200);
    let transfer = json!({ "students": [child], "kind": "transfer", "effective_on": "2026-12-09",
        "to": { "class": world.town.schools[1].classes[0].id }, "nothing_to_hand_over": true });
    let sent = world.client("counsellor").await.post("/api/v1/student-hand-overs", transfer).await.expect(201);
    let sent = format!("/api/v1/student-hand-overs/{}/accept", sent.body["items"][0]["id"].as_str().unwrap());
    let _ = world.client("counsellor-b").await.post(&sent, json!({})).await.expect(200);
    world.settle().await;
    let _ = world.letters();

    night(&mut world, "2027-01-13 08:00").await;
    world.told_exactly(&["counsellor-b"]);
    let hers = seen_by(&world, "counsellor-b", "?mine=true").await;
    assert_eq!(hers.len(), 1);
    // That there was an alert she may open by her signature; the task names none, and nobody below her sees it.
    assert_eq!((&hers[0]["alert"], &hers[0]["student"]["id"]), (&Value::Null, &json!(child)));
    for login in ["teacher-b", "grade-b", "teacher", "grade", "counsellor", "vice"] {
        assert!(seen_by(&world, login, "").await.is_empty(), "{login}");
    }
    let done = format!("/api/v1/tasks/{}/done", hers[0]["id"].as_str().unwrap());
    let _ = world.client("counsellor-b").await.post(&done, json!({ "note": "约谈了，适应得不错" })).await.expect(200);
    let file = format!("/api/v1/students/{child}/growth-file");
    assert!(world.client("counsellor-b").await.get(&file).await.expect(200).text.contains("适应得不错"));
    assert!(!world.client("teacher-b").await.get(&file).await.expect(200).text.contains("适应得不错"));
});
