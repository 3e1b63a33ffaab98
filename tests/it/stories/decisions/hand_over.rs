//! An alert that is handed over is somebody's at every instant.

use serde_json::{Value, json};
use tests::{Client, World, on_both};

use super::{alert, decide};

async fn owner(client: &Client, path: &str) -> Value {
    client.get(path).await.expect(200).body["owner"]["id"].clone()
}

/// An alert of a level that the counsellor has taken.
async fn taken(world: &World, level: u8) -> String {
    let path = alert(world, level).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    path
}

fn to(world: &World, login: &str) -> Value {
    json!({ "to": world.town.person(login).to_string(), "reason": "下午外出培训" })
}

on_both!(a_hand_over_moves_the_alert_when_it_is_accepted_and_no_clock, |world| {
    let path = taken(&world, 3).await;
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let (me, other) = (world.town.person("counsellor").to_string(), world.town.person("vice").to_string());
    let before = counsellor.get(&path).await.expect(200);
    let offered = decide(&counsellor, &path, "hand-over", to(&world, "vice")).await.expect(202);
    assert_eq!(offered.str("status"), "awaiting_acceptance");
    assert_eq!(offered.body["hand_over"]["to"]["id"], other);
    assert_eq!(owner(&vice, &path).await, me, "it is the sender's until it is accepted");
    assert_eq!(offered.str("deadline_at"), before.str("deadline_at"));
    let twice = decide(&counsellor, &path, "hand-over", to(&world, "principal")).await.expect(409);
    assert_eq!(twice.code(), "hand_over_pending");
    world.settle().await;
    let told = world.letters();
    assert!(told.iter().all(|l| l.text.contains("拟转交给您") && world.login_of(&l.to) == "vice"), "{told:#?}");

    let principal = world.client("principal").await;
    let not_his = principal.post(&format!("{path}/accept"), json!({})).await.expect(409);
    assert_eq!(not_his.code(), "no_hand_over");
    let done = vice.post(&format!("{path}/accept"), json!({})).await.expect(200);
    assert_eq!((done.body["owner"]["id"].clone(), done.body["hand_over"].clone()), (json!(other), json!(null)));
    assert_eq!(done.str("deadline_at"), before.str("deadline_at"));
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    // The answer was lost: who has accepted it may say so again, and nothing happens.
    let again = vice.post(&format!("{path}/accept"), json!({})).await.expect(200);
    assert_eq!((again.body["owner"]["id"].clone(), again.etag), (json!(other), done.etag));
    assert_eq!(again.body["events"], done.body["events"]);
    let late = counsellor.post(&format!("{path}/accept"), json!({})).await.expect(409);
    assert_eq!(late.code(), "no_hand_over", "it was never offered to him");
});

on_both!(a_hand_over_that_is_refused_comes_back_and_is_told_above, |world| {
    let path = taken(&world, 3).await;
    let counsellor = world.client("counsellor").await;
    let _ = decide(&counsellor, &path, "hand-over", to(&world, "grade")).await.expect(202);
    world.settle().await;
    world.told_exactly(&["grade"]);
    let grade = world.client("grade").await;
    let _ = grade.post(&format!("{path}/refuse"), json!({ "note": "我也外出" })).await.expect(200);
    assert_eq!(owner(&grade, &path).await, world.town.person("counsellor").to_string());
    world.settle().await;
    world.told_exactly(&["counsellor", "vice"]);
    world.pass(61).await;
    world.told_exactly(&[]);
});

on_both!(a_hand_over_that_is_forgotten_comes_back_in_an_hour, |world| {
    let path = taken(&world, 3).await;
    let counsellor = world.client("counsellor").await;
    let _ = decide(&counsellor, &path, "hand-over", to(&world, "grade")).await.expect(202);
    world.settle().await;
    world.told_exactly(&["grade"]);
    world.silent_until("2026-11-23 11:00", &["counsellor", "vice"]).await;
    let late = world.client("grade").await.post(&format!("{path}/accept"), json!({})).await.expect(409);
    assert_eq!(late.code(), "no_hand_over");
    assert_eq!(owner(&counsellor, &path).await, world.town.person("counsellor").to_string());
    assert!(counsellor.get(&path).await.expect(200).body["hand_over"].is_null());
});

on_both!(whoever_may_not_hear_cannot_be_given_it_and_nobody_learns_why, |world| {
    let mut body = world.filing(world.town.student(0, 0, 0), 3);
    body["concerns"] = json!({ "kind": "staff", "staff": world.town.person("grade").to_string() });
    let _ = world.file("nurse", body).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let early = decide(&counsellor, &path, "hand-over", to(&world, "vice")).await.expect(409);
    assert_eq!(early.code(), "nobody_has_it");
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let mut answers = Vec::new();
    // Left out by name, of another school, a colleague who sees no alerts, oneself, nobody at all.
    for login in ["grade", "counsellor-b", "nurse", "counsellor"] {
        answers.push(decide(&counsellor, &path, "hand-over", to(&world, login)).await.expect(422).faults());
    }
    let nobody = json!({ "to": format!("per_{}", "0".repeat(32)), "reason": "外出" });
    answers.push(decide(&counsellor, &path, "hand-over", nobody).await.expect(422).faults());
    assert!(answers.iter().all(|a| *a == [("to".to_owned(), "cannot_take_over".to_owned())]), "{answers:?}");
    world.settle().await;
    assert!(!world.told().contains("grade"));
});

on_both!(an_offer_that_the_alert_has_moved_on_from_is_nobodys, |world| {
    let path = taken(&world, 4).await;
    let counsellor = world.client("counsellor").await;
    world.pass(5).await;
    let _ = decide(&counsellor, &path, "hand-over", to(&world, "vice")).await.expect(202);
    // Nobody is with the child: ten minutes after it was taken the red opens again and is nobody's, and so is the offer.
    world.pass(5).await;
    let _ = world.told();
    let vice = world.client("vice").await;
    assert_eq!(vice.post(&format!("{path}/accept"), json!({})).await.expect(409).code(), "no_hand_over");
    assert!(owner(&vice, &path).await.is_null());
    let _ = vice.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    assert_eq!(owner(&vice, &path).await, world.town.person("vice").to_string());
    world.settle().await;
    let _ = world.told();
});
