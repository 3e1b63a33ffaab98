//! What two class teachers must not know of moves with the child as if there were nothing, and the counsellor hears that it did.

use serde_json::json;
use tests::{World, on_both};

use super::roster::import;
use super::{LIST, opens};

const MOVED: &str = "姓名,年级,班级,出生日期\n赵一然,七年级,2,2013-01-01\n赵二鸣,七年级,2,2013-02-01\n\
                     赵三原,七年级,2,2013-03-01\n赵四维,七年级,2,2013-04-01\n";

/// The tasks that somebody sees, by the name of the child.
async fn tasks(world: &World, login: &str) -> Vec<String> {
    let all = world.client(login).await.get("/api/v1/tasks").await.expect(200).items();
    let mut names: Vec<String> = all.iter().map(|t| t["student"]["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

on_both!(a_roster_marks_no_child_by_what_the_class_teachers_must_not_know, |world| {
    let [listed, free, confided, named] = [0, 1, 2, 3].map(|n| world.town.student(0, 0, n));
    let counsellor = world.client("counsellor").await;
    let body = json!({ "list": "disorder", "from": "2026-09-01", "evidence": "登记表", "source": "hospital",
        "review_at": "2027-03-01" });
    let _ = counsellor.post(&format!("/api/v1/students/{listed}/lists"), body).await.expect(201);
    let mut about_staff = world.filing(confided, 3);
    about_staff["concerns"] = json!({ "kind": "staff" });
    let _ = world.file("nurse", about_staff).await;
    let mut about_one = world.filing(named, 3);
    about_one["involved_staff"] = json!([world.town.person("teacher1")]);
    let _ = world.file("nurse", about_one).await;
    world.settle().await;
    let _ = world.told();

    let (_, applied) = import(&world, MOVED).await;
    assert_eq!(applied.body["updates"], 4);
    world.settle().await;
    // The counsellor hears that somebody has to see whom the new class teacher needs to be told of; the class teachers hear nothing.
    world.told_exactly(&["counsellor"]);
    for child in [listed, free, confided, named] {
        opens(&world, child, &["teacher1", "grade", "counsellor"], &["teacher"]).await;
        let path = format!("/api/v1/students/{child}/growth-file?kind=hand_over");
        let log = world.client("teacher1").await.get(&path).await.expect(200);
        let entries = log.body["entries"]["items"].as_array().unwrap();
        assert!(entries.len() == 1 && log.text.contains("没有要交接的（系统核对）"), "{}", log.text);
    }
    for login in ["teacher", "teacher1", "grade", "counsellor"] {
        assert!(world.client(login).await.get(LIST).await.expect(200).items().is_empty(), "{login}");
    }
    for login in ["teacher", "teacher1", "grade"] {
        assert!(tasks(&world, login).await.is_empty(), "{login}");
    }
    assert_eq!(tasks(&world, "counsellor").await, ["赵一然", "赵三原", "赵四维"]);
    // Nothing is lost: the list, and both alerts, are where the child is now.
    let lists = counsellor.get(&format!("/api/v1/students/{listed}/lists")).await.expect(200);
    assert!(lists.text.contains("disorder"), "{}", lists.text);
    let alerts = counsellor.get("/api/v1/alerts").await.expect(200).items();
    let class = json!(world.town.schools[0].classes[1].id);
    assert_eq!(alerts.len(), 2);
    for alert in alerts {
        let path = format!("/api/v1/alerts/{}", alert["id"].as_str().unwrap());
        assert_eq!(counsellor.get(&path).await.expect(200).body["class"]["id"], class);
        let _ = world.client("teacher1").await.get(&path).await.expect(404);
    }
});
