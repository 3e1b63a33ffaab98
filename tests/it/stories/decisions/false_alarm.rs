//! A wrong report ends as a signed outcome and is never counted against the child.

use serde_json::json;
use tests::on_both;

use super::{alert, decide};

on_both!(a_false_alarm_is_signed_by_two_and_counts_for_nothing, |world| {
    let path = alert(&world, 4).await;
    let counsellor = world.client("counsellor").await;
    let mut body = json!({ "outcome": "false_alarm", "reason": "认错了人，本人在班上", "evidence": ["student_seen"] });
    let refused = decide(&counsellor, &path, "close", body.clone()).await.expect(422);
    assert_eq!(refused.fields(), ["evidence.student_seen"], "who saw the child");
    body["evidence"] = json!([{ "code": "student_seen", "by": "班主任周老师" }]);
    let _ = decide(&counsellor, &path, "close", body).await.expect(202);
    let vice = world.client("vice").await;
    let done = decide(&vice, &path, "approve", json!({})).await.expect(200);
    assert_eq!(
        (done.str("state"), done.body["closing"]["recheck_at"].clone()),
        ("false_alarm".to_owned(), json!(null))
    );
    world.settle().await;
    let _ = world.told();

    // A red in the last twelve months would raise it, and so would a second observer within a week.
    world.at("2026-11-25 10:00").await;
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 0), 1)).await;
    let again = counsellor.get(&path).await.expect(200);
    assert_eq!(again.body["level"], 1, "{}", again.text);
    world.settle().await;
    let _ = world.told();
});

on_both!(a_false_alarm_that_is_refused_changes_nothing, |world| {
    let path = alert(&world, 4).await;
    let counsellor = world.client("counsellor").await;
    let seen = json!([{ "code": "student_seen", "by": "班主任周老师" }]);
    let body = json!({ "outcome": "false_alarm", "reason": "认错了人", "evidence": seen });
    let _ = decide(&counsellor, &path, "close", body).await.expect(202);
    let vice = world.client("vice").await;
    let kept = decide(&vice, &path, "reject", json!({ "note": "请再看一次" })).await.expect(200);
    assert_eq!((kept.str("state"), kept.body["proposal"].clone()), ("untriaged".to_owned(), json!(null)));
    world.settle().await;
    let told = world.letters();
    let refused = told.iter().filter(|l| l.text.contains("复核未同意"));
    assert!(refused.count() == 2 && !told.iter().any(|l| l.text.contains("已办结")), "{told:#?}");
    world.pass(10).await;
    assert!(world.told().contains("district"), "it climbs on");
});
