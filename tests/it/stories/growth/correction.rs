//! What was wrong is corrected by a further entry; both stay.

use serde_json::{Value, json};
use tests::{Answer, Client, on_both};

use super::{entries_of, file, items, life_event, note, texts, write};

async fn correct(by: &Client, path: &str, tag: &str, body: Value) -> Answer {
    by.with("If-Match", tag).post(&format!("{path}/correct"), body).await
}

fn new_text(at: &str, text: &str) -> Value {
    json!({ "at": at, "text": text, "event": "bereavement" })
}

fn versions(answer: &Answer) -> Vec<String> {
    let all = answer.body["versions"].as_array().unwrap();
    all.iter().map(|v| v["text"].as_str().unwrap_or("-").to_owned()).collect()
}

on_both!(a_correction_takes_the_place_and_both_texts_stay, |world| {
    let student = world.town.student(0, 0, 0);
    let (teacher, counsellor) = (world.client("teacher").await, world.client("counsellor").await);
    let id = write(&teacher, student, life_event("bereavement", "2026-11-20", "外婆去世")).await;
    let path = format!("{}/{id}", entries_of(student));
    assert_eq!(teacher.get(&path).await.expect(200).etag.as_deref(), Some("\"1\""));
    world.pass(60).await;
    let _ = teacher.post(&format!("{path}/correct"), new_text("2026-11-19", "奶奶去世")).await.expect(428);
    let kept = correct(&counsellor, &path, "\"1\"", new_text("2026-11-19", "是奶奶，周四去世")).await.expect(201);
    assert_eq!((kept.etag.as_deref(), kept.body["version"].as_u64()), (Some("\"2\""), Some(2)));
    assert_eq!(texts(&world, "teacher", student, "").await, ["亲人去世：是奶奶，周四去世"]);
    // Under either id both are there, with who wrote which when.
    for id in [id.clone(), kept.str("id")] {
        let read = teacher.get(&format!("{}/{id}", entries_of(student))).await.expect(200);
        assert_eq!(versions(&read), ["亲人去世：外婆去世", "亲人去世：是奶奶，周四去世"]);
        let names: Vec<_> = read.body["versions"].as_array().unwrap().iter().map(|v| v["by"]["name"].clone()).collect();
        assert_eq!(names, ["班主任teacher", "心理教师counsellor"]);
        assert_eq!(read.body["versions"][1]["corrects"], json!(read.body["versions"][0]["id"]));
        assert_eq!(read.body["entry"]["id"], kept.body["id"]);
    }
    let shown = items(&file(&world, "teacher", student, "").await);
    assert_eq!(shown[0]["corrects"], id);
});

on_both!(whoever_was_slower_sees_both_texts_and_nothing_of_the_other_is_lost, |world| {
    let student = world.town.student(0, 0, 0);
    let (teacher, grade) = (world.client("teacher").await, world.client("grade").await);
    let id = write(&teacher, student, life_event("bereavement", "2026-11-20", "外婆去世")).await;
    let path = format!("{}/{id}", entries_of(student));
    let _ = correct(&grade, &path, "\"1\"", new_text("2026-11-20", "外公去世")).await.expect(201);
    let mine = new_text("2026-11-20", "外婆去世，父母都在外地");
    let late = correct(&teacher, &path, "\"1\"", mine.clone()).await.expect(412);
    assert_eq!(late.code(), "stale");
    assert_eq!((&late.body["current"]["text"], &late.body["sent"]), (&json!("亲人去世：外公去世"), &mine));
    let _ = correct(&teacher, &path, "\"2\"", mine).await.expect(201);
    let read = teacher.get(&path).await.expect(200);
    assert_eq!(versions(&read), ["亲人去世：外婆去世", "亲人去世：外公去世", "亲人去世：外婆去世，父母都在外地"]);
    // Both send at the same moment: one is kept, the other is told.
    let (a, b) = tokio::join!(
        correct(&teacher, &path, "\"3\"", new_text("2026-11-20", "甲")),
        correct(&grade, &path, "\"3\"", new_text("2026-11-20", "乙")),
    );
    let mut both = [a.status, b.status];
    both.sort_unstable();
    assert_eq!(both, [201, 412]);
    assert_eq!(versions(&teacher.get(&path).await.expect(200)).len(), 4);
});

on_both!(a_correction_narrows_all_that_was_written_and_widens_nothing, |world| {
    let student = world.town.student(0, 0, 0);
    let (teacher, counsellor) = (world.client("teacher").await, world.client("counsellor").await);
    let id = write(&teacher, student, life_event("bereavement", "2026-11-20", "母亲自己走的")).await;
    let path = format!("{}/{id}", entries_of(student));
    let mut body = new_text("2026-11-20", "母亲去世");
    body["restricted"] = json!(true);
    let _ = correct(&counsellor, &path, "\"1\"", body).await.expect(201);
    let _ = teacher.get(&path).await.expect(404);
    assert!(texts(&world, "teacher", student, "").await.is_empty());
    let known = world.client("vice").await.get(&path).await.expect(200);
    assert_eq!(versions(&known), ["-", "-"]);
    assert!(!known.text.contains("母亲"), "{}", known.text);
    let mut body = new_text("2026-11-20", "母亲病故");
    body["restricted"] = json!(false);
    let _ = correct(&counsellor, &path, "\"2\"", body).await.expect(201);
    assert!(texts(&world, "teacher", student, "").await.is_empty(), "what was narrow stays narrow");
    // He may not correct what he may not read.
    let _ = correct(&world.client("vice").await, &path, "\"3\"", new_text("2026-11-20", "改")).await.expect(403);
    let _ = correct(&teacher, &path, "\"3\"", new_text("2026-11-20", "改")).await.expect(404);
});

on_both!(what_comes_about_by_itself_is_not_corrected_as_a_text, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let _ = world.file("subject", world.filing(student, 1)).await;
    world.settle().await;
    let _ = world.told();
    let seen = items(&file(&world, "counsellor", student, "?kind=observation").await);
    let path = format!("{}/{}", entries_of(student), seen[0]["id"].as_str().unwrap());
    assert_eq!(versions(&counsellor.get(&path).await.expect(200)).len(), 1);
    let refused = correct(&counsellor, &path, "\"1\"", new_text("2026-11-20", "改")).await.expect(409);
    assert_eq!(refused.code(), "not_corrected_here");
    // Another child's file does not lead to it.
    let other = format!("{}/{}", entries_of(world.town.student(0, 0, 1)), seen[0]["id"].as_str().unwrap());
    let _ = counsellor.get(&other).await.expect(404);
    let _ = write(&counsellor, student, note("2026-11-23", "谈话")).await;
    let all = items(&file(&world, "counsellor", student, "?kind=counselling").await);
    let path = format!("{}/{}", entries_of(student), all[0]["id"].as_str().unwrap());
    let _ = correct(&world.client("principal").await, &path, "\"1\"", new_text("2026-11-20", "改")).await.expect(403);
});
