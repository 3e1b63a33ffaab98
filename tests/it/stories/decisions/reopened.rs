//! New facts overtake a close, whether it waits or is done.

use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::on_both;

use super::{alert, assess, closing, decide, red_ready};

on_both!(new_facts_overtake_a_close_that_waits, |world| {
    let path = red_ready(&mut world).await;
    let counsellor = world.client("counsellor").await;
    let _ = decide(&counsellor, &path, "close", closing()).await.expect(202);
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 0), 2)).await;
    let vice = world.client("vice").await;
    let refused = decide(&vice, &path, "approve", json!({})).await.expect(409);
    assert_eq!(refused.code(), "no_proposal");
    let refused = decide(&counsellor, &path, "close", closing()).await.expect(422);
    assert_eq!(refused.fields(), ["evidence.means_asked", "evidence.clear_reviews"], "what was clear is not any more");
    world.settle().await;
    let _ = world.told();
});

on_both!(new_facts_reopen_the_same_alert_and_after_a_month_another_one, |world| {
    let path = alert(&world, 1).await;
    let counsellor = world.client("counsellor").await;
    let close = json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with"] });
    assess(&counsellor, &path, 1).await;
    let _ = decide(&counsellor, &path, "close", close.clone()).await.expect(200);
    world.settle().await;
    let _ = world.told();

    world.at("2026-12-09 10:00").await;
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "teacher"]);
    let again = counsellor.get(&path).await.expect(200);
    assert_eq!((again.str("state"), again.body["level"].clone()), ("untriaged".to_owned(), json!(2)));
    assert!(again.body["closing"]["reopened_at"].is_string() && again.body["owner"].is_null(), "{}", again.text);
    assert_eq!(counsellor.get("/api/v1/alerts").await.expect(200).items().len(), 1, "one alert, and not two");
    let refused = decide(&counsellor, &path, "close", close.clone()).await.expect(422);
    assert!(refused.fields().contains(&"assessment".to_owned()), "a new turn is assessed anew: {:?}", refused.fields());

    assess(&counsellor, &path, 2).await;
    let close = json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with", "student_seen"] });
    let _ = decide(&counsellor, &path, "close", close).await.expect(200);
    world.settle().await;
    let _ = world.told();
    world.at("2027-01-11 10:00").await;
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 2)).await;
    let other = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    assert_ne!(other, path, "after the days of the policy it is another one");
    world.settle().await;
    let _ = world.told();
});

on_both!(still_worried_goes_above_whoever_closed_it, |world| {
    let seen = world.file("dorm", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    assess(&counsellor, &path, 2).await;
    let close = json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with", "student_seen"] });
    let _ = decide(&counsellor, &path, "close", close).await.expect(200);
    world.settle().await;
    let _ = world.told();
    world.pass(5).await;
    let worried = json!({ "reason": "还是不放心" });
    let _ = world
        .client("dorm")
        .await
        .post(&format!("/api/v1/observations/{seen}/still-worried"), worried)
        .await
        .expect(202);
    assert_eq!(counsellor.get(&path).await.expect(200).str("state"), "untriaged");
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "teacher"]);
});

/// A yellow that the dormitory reported and the counsellor closed; gives the report and the alert. All have read that.
async fn closed_yellow(world: &mut tests::World) -> (String, String) {
    let seen = world.file("dorm", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    assess(&counsellor, &path, 2).await;
    let close = json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with", "student_seen"] });
    let _ = decide(&counsellor, &path, "close", close).await.expect(200);
    // What follows within a minute goes together.
    world.pass(2).await;
    let _ = world.told();
    (seen, path)
}

async fn worried(world: &tests::World, seen: &str) {
    let body = json!({ "reason": "还是不放心" });
    let _ =
        world.client("dorm").await.post(&format!("/api/v1/observations/{seen}/still-worried"), body).await.expect(202);
    world.settle().await;
}

on_both!(a_worry_about_a_child_who_has_moved_goes_where_the_child_is_now, |world| {
    let (seen, path) = closed_yellow(&mut world).await;
    let (student, class) = (world.town.student(0, 0, 0), world.town.schools[0].classes[1].id);
    let db = tests::database::behind(&world.target).await;
    let sql = "UPDATE student SET class_id = $1 WHERE id = $2";
    let values: [sea_orm::Value; 2] = [class.uuid().into(), student.uuid().into()];
    let move_it = sea_orm::Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let _ = db.execute_raw(move_it).await.unwrap();
    world.pass(5).await;
    worried(&world, &seen).await;
    world.told_exactly(&["counsellor", "grade", "teacher1"]);
    let counsellor = world.client("counsellor").await;
    let other = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    assert_ne!(other, path);
    assert_eq!(counsellor.get(&path).await.expect(200).str("state"), "closed", "where the child was, nothing is open");
    assert_eq!(counsellor.get(&other).await.expect(200).body["level"], 2);
    let _ = world.client("teacher").await.get(&other).await.expect(404);
    worried(&world, &seen).await;
    world.told_exactly(&[]);
    let _ = counsellor.post(&format!("{other}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
});

on_both!(a_worry_long_after_the_close_is_another_alert, |world| {
    let (seen, path) = closed_yellow(&mut world).await;
    world.at("2026-12-25 10:00").await;
    world.told_exactly(&["counsellor"]);
    worried(&world, &seen).await;
    world.told_exactly(&["counsellor", "grade", "teacher"]);
    let other = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    assert_ne!(other, path, "after the days of the policy it is another one");
    let dorm = world.client("dorm").await.get(&format!("/api/v1/observations/{seen}")).await.expect(200);
    assert!(dorm.body["loop"]["decided_at"].is_string(), "{}", dorm.text);
});
