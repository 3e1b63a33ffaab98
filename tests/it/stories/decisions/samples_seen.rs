//! Who looks at decisions, when, and what is counted of them.

use domain::notice::NoticeKind;
use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::decide;

/// A blue of a child of class 0 that ends the same day as a false alarm: nothing of it is left to do.
async fn false_alarm(world: &World, n: usize) {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, n), 1)).await;
    world.settle().await;
    let counsellor = world.client("counsellor").await;
    let open = counsellor.get("/api/v1/alerts").await.expect(200).items();
    let path = format!("/api/v1/alerts/{}", open[0]["id"].as_str().unwrap());
    let seen = json!([{ "code": "student_seen", "by": "班主任周老师" }]);
    let body = json!({ "outcome": "false_alarm", "reason": "认错了人", "evidence": seen });
    let _ = decide(&counsellor, &path, "close", body).await.expect(200);
    world.settle().await;
    let _ = world.told();
}

/// The row of a level in the summary that somebody reads.
async fn row(world: &World, login: &str, month: &str, level: u8) -> Value {
    let path = format!("/api/v1/decision-samples?month={month}");
    let all = world.client(login).await.get(&path).await.expect(200).items();
    all.into_iter().find(|r| r["level"] == level).unwrap()
}

fn counted(row: &Value) -> [u64; 4] {
    ["decided", "drawn", "looked_at", "agrees"].map(|name| row[name].as_u64().unwrap())
}

on_both!(
    when_a_month_is_over_one_decision_of_everybody_is_looked_at_and_nobody_who_has_not_looked_is_forgotten,
    |world| {
        world.draws(0, true).await;
        false_alarm(&world, 0).await;
        false_alarm(&world, 1).await;
        assert_eq!(counted(&row(&world, "vice", "2026-11", 1).await), [2, 0, 0, 0]);
        world.silent_until("2026-12-01 08:00", &["vice"]).await;
        assert_eq!(counted(&row(&world, "vice", "2026-11", 1).await), [2, 1, 0, 0]);
        // He has three school days; then he is asked each day, and after two more the principal hears.
        world.silent_until("2026-12-04 08:00", &["vice"]).await;
        world.silent_until("2026-12-05 08:00", &["vice"]).await;
        world.silent_until("2026-12-06 08:00", &["vice"]).await;
        world.silent_until("2026-12-07 08:00", &["vice"]).await;
        world.silent_until("2026-12-08 08:00", &["vice", "principal"]).await;
        let vice = world.client("vice").await;
        let task = vice.get("/api/v1/tasks?mine=true").await.expect(200).items()[0].clone();
        let page = Browser::sign_in(&world.base, "vice").await;
        let html = page.get(&format!("/tasks/{}", task["id"].as_str().unwrap())).await.expect(200).html;
        let (_, rest) = html.split_once("/decision-samples/").unwrap();
        let sample = format!("/api/v1/decision-samples/{}", rest.split('"').next().unwrap());
        let _ = vice.post(&format!("{sample}/finding"), json!({ "finding": "agrees" })).await.expect(201);
        world.settle().await;
        world.told_exactly(&["counsellor"]);
        assert_eq!(counted(&row(&world, "principal", "2026-11", 1).await), [2, 1, 1, 1]);
        assert_eq!(counted(&row(&world, "principal-b", "2026-11", 1).await), [0, 0, 0, 0]);
        let shown = page.get("/decision-samples?month=2026-11").await.expect(200);
        assert!(shown.says("2026-11") && shown.says("同意"), "{}", shown.html);
        // A month in which he decided nothing asks for nothing.
        world.pass(60 * 24 * 40).await;
        world.told_exactly(&[]);
    }
);

on_both!(what_the_share_has_drawn_is_not_drawn_again_when_the_month_is_over, |world| {
    world.draws(100, true).await;
    false_alarm(&world, 0).await;
    let vice = world.client("vice").await;
    let task = vice.get("/api/v1/tasks?mine=true").await.expect(200).items()[0].clone();
    world.draws(0, true).await;
    // Whoever has the lowest lot of the month is one of these, or the one that was drawn: neither is drawn a second time.
    for n in 1..4 {
        world.pass(1).await;
        false_alarm(&world, n).await;
    }
    let to = json!({ "to": world.town.person("principal"), "reason": "出差" });
    let id = task["id"].as_str().unwrap();
    let _ = vice.post(&format!("/api/v1/tasks/{id}/hand-on"), to).await.expect(201);
    let page = Browser::sign_in(&world.base, "principal").await;
    let mine = world.client("principal").await.get("/api/v1/tasks?mine=true").await.expect(200).items()[0].clone();
    let html = page.get(&format!("/tasks/{}", mine["id"].as_str().unwrap())).await.expect(200).html;
    let (_, rest) = html.split_once("/decision-samples/").unwrap();
    let sample = format!("/api/v1/decision-samples/{}/finding", rest.split('"').next().unwrap());
    let _ = vice.post(&sample, json!({ "finding": "agrees" })).await.expect(403);
    let _ = world.client("principal").await.post(&sample, json!({ "finding": "agrees" })).await.expect(201);
    world.settle().await;
    let _ = world.told();
    world.at("2026-12-20 10:00").await;
    world.told_exactly(&[]);
    assert_eq!(counted(&row(&world, "vice", "2026-11", 1).await), [4, 1, 1, 1]);
});

on_both!(of_what_not_everybody_may_hear_nobody_else_looks_and_nothing_is_counted_for_him, |world| {
    world.draws(100, false).await;
    let mut body = world.filing(world.town.student(0, 0, 0), 2);
    body["concerns"] = json!({ "kind": "staff" });
    let _ = world.file("dorm", body).await;
    world.settle().await;
    let _ = world.told();
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("vice").await);
    let body = json!({ "level": 1, "reason": "已当面核实", "means_asked": true });
    let _ = decide(&world.client("vice").await, &path, "assess", body).await.expect(200);
    world.settle().await;
    // Above the vice-principal nobody of the school may hear of it, and the district is shown no name.
    let letters = world.letters();
    assert!(!letters.iter().any(|l| l.words.kind == NoticeKind::TaskGiven), "{letters:?}");
    assert!(letters.iter().all(|l| world.login_of(&l.to) == "counsellor"), "{letters:?}");
    assert_eq!(counted(&row(&world, "principal", "2026-11", 2).await), [0, 0, 0, 0]);
    assert_eq!(counted(&row(&world, "vice", "2026-11", 2).await), [1, 0, 0, 0], "of his own he learns nothing");
    for login in ["vice", "principal", "counsellor", "district", "district-lead"] {
        let tasks = world.client(login).await.get("/api/v1/tasks").await.expect(200);
        assert!(tasks.items().is_empty(), "{login}: {}", tasks.text);
    }
});

on_both!(whoever_stands_in_for_the_one_who_looks_sees_nothing_of_a_look_at_his_own_decision, |world| {
    world.draws(100, false).await;
    false_alarm(&world, 0).await;
    let vice = world.client("vice").await;
    let id = vice.get("/api/v1/tasks?mine=true").await.expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    let now = world.service.desk.now();
    let far = now + chrono::TimeDelta::days(5);
    let away = json!({ "deputy": world.town.person("counsellor"), "from": now, "to": far });
    let _ = vice.post("/api/v1/me/deputies", away).await.expect(201);
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.get(&format!("/api/v1/tasks/{id}")).await.expect(404);
    assert!(counsellor.get("/api/v1/tasks?mine=true").await.expect(200).items().is_empty());
    let drawn = counted(&row(&world, "counsellor", "2026-11", 1).await);
    assert_eq!(drawn, [1, 0, 0, 0], "what he reads for the other counts nothing of his own");
    let _ = vice.get(&format!("/api/v1/tasks/{id}")).await.expect(200);
});
