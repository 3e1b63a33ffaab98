//! What a report says, who adds to it, and that nothing in it is lost.

use reqwest::Method;
use serde_json::json;
use tests::on_both;

use super::{at, nil};

on_both!(a_report_is_signed_corrected_beside_itself_and_found_in_the_childs_file, |world| {
    let school = world.town.schools[0].clone();
    let (class, child) = (school.classes[0].id, world.town.student(0, 0, 0));
    let path = format!("/api/v1/classes/{class}/report");
    at(&mut world, "2026-11-26 15:00").await;
    let teacher = world.client("teacher").await;

    // Everything that is wrong is said at once, and nothing is kept.
    let stranger = world.town.student(0, 1, 0);
    let wrong =
        json!({ "nil": true, "students": [{ "student": child, "mood": "rain" }, { "student": "x", "mood": "sun" }] });
    let faults = teacher.post(&path, wrong).await.expect(422);
    let mut codes: Vec<&str> =
        faults.body["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["bad_id", "nil_with_students", "not_signed", "required", "unknown_mood"]);
    let other = json!({ "signed": true, "students": [{ "student": stranger, "mood": "cloudy" }] });
    assert_eq!(teacher.post(&path, other).await.expect(422).body["errors"][0]["code"], "not_in_class");
    assert_eq!(teacher.get(&path).await.expect(200).body["versions"], json!([]));

    let line = json!({ "student": child, "mood": "overcast", "low_since": "2026-11-24", "note": "午饭一个人吃" });
    let first = json!({ "signed": true, "students": [line], "remarks": "班里准备期中考试" });
    assert_eq!(teacher.post(&path, first).await.expect(201).body["version"], 1);

    // A correction stands beside it, and needs to know what it corrects.
    let second =
        json!({ "signed": true, "students": [line, { "student": world.town.student(0, 0, 1), "mood": "cloudy" }] });
    let _ = teacher.post(&path, second.clone()).await.expect(428);
    let mine = world.client("teacher").await.with("If-Match", "\"1\"");
    assert_eq!(mine.send(Method::POST, &path, Some(second)).await.expect(201).body["version"], 2);
    let read = world.client("grade").await.get(&path).await.expect(200);
    let versions = read.body["versions"].as_array().unwrap();
    assert_eq!((versions.len(), versions[0]["remarks"].as_str()), (2, Some("班里准备期中考试")));
    assert_eq!(versions[1]["students"].as_array().unwrap().len(), 2);

    // What was said of the child is in his file once, and of the other one as well.
    let file = teacher.get(&format!("/api/v1/students/{child}/growth-file?kind=mood")).await.expect(200);
    let entries = file.body["entries"]["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "the same line twice is one entry");
    assert_eq!(entries[0]["text"], "班级周报：阴（自 2026-11-24）：午饭一个人吃");
    assert_eq!(world.client("subject").await.get(&path).await.status, 404);
    world.told_exactly(&[]);
});

on_both!(grade_and_school_add_to_a_week_and_change_nothing_in_it, |world| {
    let school = world.town.schools[0].clone();
    let (class, grade) = (school.classes[0].id, school.grades[0]);
    at(&mut world, "2026-11-26 15:00").await;
    let path = format!("/api/v1/classes/{class}/report");
    let teacher = world.client("teacher").await;
    let _ = teacher.post(&path, nil()).await.expect(201);
    let before = teacher.get(&path).await.expect(200).text;

    let lead = world.client("grade").await;
    let add = format!("/api/v1/grades/{grade}/report");
    let empty = lead.post(&add, json!({})).await.expect(422);
    let codes: Vec<&str> =
        empty.body["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["required", "not_signed"]);
    let words = json!({ "text": "七年级本周平稳", "signed": true });
    assert_eq!(lead.post(&add, words.clone()).await.expect(201).body["version"], 1);
    assert_eq!(
        lead.post(&add, json!({ "text": "补充：1班再看", "signed": true })).await.expect(201).body["version"],
        2
    );
    assert_eq!(world.client("grade1").await.post(&add, words.clone()).await.status, 404);
    let of_school = format!("/api/v1/schools/{}/report", school.id);
    let _ = world.client("vice").await.post(&of_school, words.clone()).await.expect(201);
    assert_eq!(lead.post(&of_school, words).await.status, 404);

    let read = world.client("principal").await.get("/api/v1/reports").await.expect(200);
    let summaries = read.body["summaries"].as_array().unwrap();
    let texts: Vec<&str> = summaries.iter().map(|s| s["text"].as_str().unwrap()).collect();
    assert!(texts.contains(&"补充：1班再看") && texts.contains(&"七年级本周平稳"), "{texts:?}");
    assert_eq!(teacher.get(&path).await.expect(200).text, before);
    world.told_exactly(&[]);
});
