//! What nobody answers, and what comes back, is never forgotten.

use serde_json::json;
use tests::on_both;

use super::{accept, change, opens, sent};

on_both!(one_that_nobody_answers_is_asked_for_every_morning_and_climbs, |world| {
    let student = world.town.student(0, 0, 0);
    let path = sent(&world, "teacher", change(student, world.town.schools[0].classes[1].id)).await;
    world.told_exactly(&["teacher1"]);
    // Five school days; then every morning, and after two more the next rung and the sender's vice-principal.
    world.at("2026-11-30 23:59").await;
    world.told_exactly(&[]);
    world.silent_until("2026-12-01 08:00", &["teacher1"]).await;
    world.at("2026-12-01 23:00").await;
    world.told_exactly(&[]);
    world.silent_until("2026-12-02 08:00", &["teacher1"]).await;
    world.at("2026-12-03 08:00").await;
    let mut heard = world.told();
    world.at("2026-12-03 19:00").await;
    heard.extend(world.told());
    assert_eq!(heard.into_iter().collect::<Vec<_>>(), ["grade", "teacher1", "vice"]);
    world.at("2026-12-04 08:00").await;
    world.told_exactly(&["teacher1"]);
    world.at("2026-12-07 19:00").await;
    let heard = world.told();
    assert!(heard.contains("vice") && heard.contains("teacher1") && !heard.contains("grade"), "{heard:?}");
    // Weeks later it still waits, and the sender still has the student.
    world.at("2026-12-30 19:00").await;
    let heard = world.told();
    assert!(heard.contains("teacher1") && heard.contains("principal"), "{heard:?}");
    opens(&world, student, &["teacher"], &["teacher1"]).await;
    let _ = accept(&world, "teacher1", &path).await.expect(200);
    world.settle().await;
    world.told_exactly(&["teacher"]);
    world.at("2027-01-20 19:00").await;
    world.told_exactly(&[]);
});

on_both!(one_that_is_refused_goes_back_is_told_above_and_climbs_until_it_is_sent_again, |world| {
    let student = world.town.student(0, 0, 0);
    let to = world.town.schools[0].classes[1].id;
    let path = sent(&world, "teacher", change(student, to)).await;
    world.told_exactly(&["teacher1"]);
    let receiver = world.client("teacher1").await;
    let empty = receiver.post(&format!("{path}/refuse"), json!({})).await.expect(422);
    assert_eq!(empty.fields(), ["reason"]);
    let _ = world.client("grade").await.post(&format!("{path}/refuse"), json!({ "reason": "满了" })).await.expect(403);
    let refused = receiver.post(&format!("{path}/refuse"), json!({ "reason": "班里已有五十人" })).await.expect(200);
    assert_eq!((refused.str("state"), refused.str("reason")), ("refused".to_owned(), "班里已有五十人".to_owned()));
    opens(&world, student, &["teacher"], &["teacher1"]).await;
    world.settle().await;
    world.told_exactly(&["grade", "teacher"]);
    assert_eq!(accept(&world, "teacher1", &path).await.expect(409).code(), "student_hand_over_ended");
    world.silent_until("2026-11-26 08:00", &["teacher"]).await;
    world.at("2026-11-27 19:00").await;
    world.told_exactly(&["teacher"]);
    world.at("2026-11-30 19:00").await;
    let heard = world.told();
    assert!(heard.contains("vice") && heard.contains("teacher") && !heard.contains("grade"), "{heard:?}");
    // Sent again it is another one, and the old one is over.
    let mut body = change(student, to);
    body["effective_on"] = json!("2026-12-01");
    let again = sent(&world, "teacher", body).await;
    world.told_exactly(&["teacher1"]);
    let old = world.client("teacher").await.get(&path).await.expect(200);
    assert_eq!(old.str("state"), "sent_again");
    let _ = accept(&world, "teacher1", &again).await.expect(200);
    world.settle().await;
    world.told_exactly(&["teacher"]);
    world.at("2026-12-20 19:00").await;
    world.told_exactly(&[]);
});

on_both!(one_that_is_taken_back_never_was, |world| {
    let student = world.town.student(0, 0, 0);
    let path = sent(&world, "teacher", change(student, world.town.schools[0].classes[1].id)).await;
    world.told_exactly(&["teacher1"]);
    let teacher = world.client("teacher").await;
    let read = teacher.get(&path).await.expect(200);
    let withdraw = format!("{path}/withdraw");
    assert_eq!(teacher.post(&withdraw, json!({})).await.expect(428).code(), "precondition_required");
    assert_eq!(teacher.with("If-Match", "\"9\"").post(&withdraw, json!({})).await.expect(412).code(), "stale");
    let tag = read.etag.unwrap();
    let _ = world.client("teacher1").await.with("If-Match", &tag).post(&withdraw, json!({})).await.expect(403);
    let done = teacher.with("If-Match", &tag).post(&withdraw, json!({})).await.expect(200);
    assert_eq!(done.str("state"), "withdrawn");
    opens(&world, student, &["teacher"], &["teacher1"]).await;
    let _ = world.client("teacher1").await.get(&path).await.expect(404);
    let _ = accept(&world, "teacher1", &path).await.expect(404);
    world.at("2026-12-20 19:00").await;
    world.told_exactly(&[]);
});
