//! The clocks: by the end of the next school day, before the child leaves school, the interview queue, and when a talk ends them.

use serde_json::{Value, json};
use tests::on_both;

use super::{enters, owed, path, sitting, talks};
use crate::stories::care::at;

on_both!(a_critical_answer_of_one_is_an_interview_by_the_end_of_the_next_school_day, |world| {
    let kept = enters(&world, sitting(6, 1)).await;
    assert_eq!((kept.body["follow"].clone(), kept.body["alert"].clone()), (json!("next_school_day"), Value::Null));
    assert!(kept.str("due_at").starts_with("2026-11-24T09:30"), "{}", kept.text);
    world.told_exactly(&[]);
    let task = owed(&world, "counsellor").await.pop().expect("it is owed");
    assert_eq!((&task["kind"], &task["due_at"]), (&json!("prompt_interview"), &kept.body["due_at"]));
    assert!(task["text"].as_str().unwrap().contains("下一个上课日"), "{task}");
    // Above they see that it waits, and not why; whoever has the child in class or in the dormitory sees nothing.
    assert_eq!(owed(&world, "vice").await.pop().unwrap()["text"], Value::Null);
    for other in ["teacher", "grade", "nurse", "dorm", "subject", "duty"] {
        assert!(owed(&world, other).await.is_empty(), "{other}");
    }
    let id = task["id"].as_str().unwrap();
    let done = json!({ "note": "已处理" });
    let refused = world.client("counsellor").await.post(&format!("/api/v1/tasks/{id}/done"), done).await.expect(409);
    assert_eq!(refused.code(), "ends_with_its_record");
    // A talk from before the sheet was answered is not the one that was asked for.
    talks(&world, "2026-11-23 08:30").await;
    assert_eq!(owed(&world, "counsellor").await.len(), 1);
    world.silent_until("2026-11-24 17:30", &["counsellor", "vice"]).await;
    world.silent_until("2026-11-24 18:30", &["principal"]).await;
    talks(&world, "2026-11-24 18:20").await;
    assert!(owed(&world, "counsellor").await.is_empty() && owed(&world, "vice").await.is_empty());
    world.silent_until("2026-11-25 12:00", &[]).await;
});

on_both!(a_critical_answer_of_two_is_an_interview_before_the_child_leaves_school, |world| {
    let kept = enters(&world, sitting(19, 2)).await;
    assert_eq!((kept.body["follow"].clone(), kept.body["alert"].clone()), (json!("today"), Value::Null));
    world.told_exactly(&[]);
    world.silent_until("2026-11-23 17:30", &["counsellor", "vice"]).await;
    talks(&world, "2026-11-23 17:20").await;
    assert!(owed(&world, "counsellor").await.is_empty());
    // When school is over it is now.
    world.at("2026-11-23 18:00").await;
    let kept = enters(&world, sitting(19, 2)).await;
    assert!(kept.str("due_at").starts_with("2026-11-23T10:15"), "{}", kept.text);
    world.silent_until("2026-11-23 18:15", &["counsellor", "vice"]).await;
    talks(&world, "2026-11-23 18:10").await;
    world.silent_until("2026-11-24 12:00", &[]).await;
});

on_both!(a_score_alone_is_a_place_in_the_interview_queue_and_never_an_alert, |world| {
    let kept = enters(&world, sitting(27, 0)).await;
    assert_eq!((kept.body["follow"].clone(), kept.body["alert"].clone()), (json!("queue"), Value::Null));
    let task = owed(&world, "counsellor").await.pop().expect("a place in the queue");
    assert_eq!(task["kind"], "interview");
    assert_eq!(owed(&world, "vice").await.pop().unwrap()["text"], Value::Null);
    assert!(world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items().is_empty());
    // Nor does it raise anything.
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let _ = world.told();
    let _ = enters(&world, sitting(27, 0)).await;
    world.told_exactly(&[]);
    let alerts = world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items();
    assert_eq!(alerts[0]["level"], 2);
    // One talk is enough for both.
    assert_eq!(owed(&world, "counsellor").await.len(), 2);
    talks(&world, "2026-11-23 09:50").await;
    assert!(owed(&world, "counsellor").await.is_empty());
});

on_both!(a_place_in_the_queue_has_the_clock_of_the_policy, |world| {
    let kept = enters(&world, sitting(10, 0)).await;
    assert!(kept.str("due_at").starts_with("2026-12-07T02:00"), "{}", kept.text);
    world.silent_until("2026-12-07 10:00", &["counsellor"]).await;
});

on_both!(below_the_cut_off_nothing_follows_but_the_next_time, |world| {
    let mut body = sitting(9, 0);
    body["next_at"] = json!(at("2026-11-30 10:00"));
    let kept = enters(&world, body).await;
    assert_eq!((kept.body["follow"].clone(), kept.body["due_at"].clone()), (json!("nothing"), Value::Null));
    assert!(owed(&world, "counsellor").await.is_empty());
    let task = world.client("counsellor").await.get("/api/v1/tasks").await.expect(200).items().pop().unwrap();
    assert_eq!(task["kind"], "follow_up");
    assert!(world.client("teacher").await.get("/api/v1/tasks").await.expect(200).items().is_empty());
    world.silent_until("2026-11-30 10:00", &["counsellor"]).await;
});

on_both!(an_invalid_sheet_has_no_score_that_counts_and_a_child_may_have_meant_its_answer, |world| {
    let mut body = sitting(27, 0);
    body["validity"] = json!("invalid");
    let kept = enters(&world, body.clone()).await;
    assert_eq!(kept.body["follow"], "nothing");
    body["critical"] = json!(2);
    assert_eq!(enters(&world, body.clone()).await.body["follow"], "today", "the score is not looked at");
    body["total"] = Value::Null;
    body["critical"] = Value::Null;
    assert_eq!(enters(&world, body.clone()).await.body["follow"], "nothing", "both may be left out");
    body["validity"] = json!("doubtful");
    let refused = world.client("counsellor").await.post(&path(&world), body).await.expect(422);
    assert_eq!(refused.fields(), ["total", "critical"]);
    let mut body = sitting(10, 1);
    body["validity"] = json!("doubtful");
    assert_eq!(enters(&world, body).await.body["follow"], "next_school_day");
    world.told_exactly(&[]);
    talks(&world, "2026-11-23 09:50").await;
});

on_both!(what_was_answered_long_ago_follows_the_clocks_from_now, |world| {
    let mut body = sitting(8, 1);
    body["at"] = json!(at("2026-10-12 09:00"));
    let kept = enters(&world, body.clone()).await;
    assert!(kept.str("due_at").starts_with("2026-11-24T09:30"), "{}", kept.text);
    body["critical"] = json!(3);
    let kept = enters(&world, body).await;
    assert!(kept.str("due_at").starts_with("2026-11-23T02:15") && kept.body["alert"].is_string(), "{}", kept.text);
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    talks(&world, "2026-11-23 09:50").await;
});
