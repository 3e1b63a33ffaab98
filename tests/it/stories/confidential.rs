//! What not everybody may hear of runs beside the student's ordinary alert, and nobody who sees that one sees a change.

use serde_json::{Value, json};
use tests::{World, on_both};

const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];

/// A report that concerns these members of staff.
fn about(world: &World, level: u8, named: &[&str]) -> Value {
    let mut body = world.filing(world.town.student(0, 0, 0), level);
    body["involved_staff"] = named.iter().map(|l| world.town.person(l).to_string()).collect();
    body
}

/// A report that concerns staff without a name.
fn nameless(world: &World, level: u8) -> Value {
    let mut body = world.filing(world.town.student(0, 0, 0), level);
    body["concerns"] = json!({ "kind": "staff" });
    body
}

async fn ids(world: &World, login: &str) -> Vec<String> {
    let items = world.client(login).await.get("/api/v1/alerts").await.expect(200).items();
    items.iter().map(|a| a["id"].as_str().unwrap().to_owned()).collect()
}

async fn seen(world: &World, login: &str, alert: &str) -> tests::Answer {
    world.client(login).await.get(&format!("/api/v1/alerts/{alert}")).await
}

async fn take(world: &World, login: &str, alert: &str) {
    let path = format!("/api/v1/alerts/{alert}/acknowledge");
    let _ = world.client(login).await.post(&path, json!({})).await.expect(200);
}

on_both!(a_later_restricted_report_hides_nothing_of_the_open_alert, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    let alert = world.alert_seen_by("teacher").await;
    take(&world, "teacher", &alert).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "vice"]);
    let before = seen(&world, "teacher", &alert).await.expect(200);

    // A pupil names everybody but the principal, and a member of staff says that it concerns staff.
    let named = ["teacher", "grade", "counsellor", "vice", "duty", "dorm", "nurse", "subject"];
    let _ = world.file("monitor", about(&world, 4, &named)).await;
    world.settle().await;
    world.told_exactly(&["principal"]);
    let _ = world.file("dorm", nameless(&world, 4)).await;
    world.settle().await;
    let _ = world.told();
    for login in RUNG_0 {
        let after = seen(&world, login, &alert).await.expect(200);
        for what in ["level", "state", "owner", "events", "messages", "reasons", "deadline_at"] {
            assert_eq!(after.body[what], before.body[what], "{login}: {what}");
        }
        assert_eq!(after.etag, before.etag, "{login}");
    }
    for login in ["teacher", "vice"] {
        assert_eq!(ids(&world, login).await, std::slice::from_ref(&alert), "{login}");
    }
});

on_both!(a_hidden_report_moves_no_ordinary_level_and_no_reason, |world| {
    for _ in 0..3 {
        let _ = world.file("dorm", about(&world, 1, &["teacher"])).await;
        world.pass(24 * 60).await;
    }
    let _ = world.told();
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 0), 1)).await;
    world.settle().await;
    world.told_exactly(&["teacher"]);
    let ordinary = ids(&world, "teacher").await;
    let shown = seen(&world, "teacher", &ordinary[0]).await.expect(200);
    assert_eq!(shown.body["level"], 1, "{}", shown.text);
    let evidence = shown.body["reasons"].as_array().unwrap().iter().map(|r| r["evidence"].as_array().unwrap().len());
    assert_eq!(evidence.sum::<usize>(), 1, "{}", shown.text);
    let both = ids(&world, "counsellor").await;
    assert_eq!(both.len(), 2, "{both:?}");
    let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    let level = |answer: tests::Answer| answer.expect(200).body["level"].as_u64();
    assert_eq!(level(world.client("teacher").await.get(&file).await), Some(1));
    assert_eq!(level(world.client("counsellor").await.get(&file).await), Some(2), "the highest that he may know of");
});

on_both!(whoever_had_it_in_hand_and_is_named_loses_it_and_the_next_rung_hears_at_once, |world| {
    let _ = world.file("dorm", about(&world, 3, &["teacher"])).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "grade"]);
    let alert = world.alert_seen_by("counsellor").await;
    take(&world, "counsellor", &alert).await;
    world.settle().await;
    world.told_exactly(&["grade"]);
    let _ = world.file("nurse", about(&world, 3, &["counsellor"])).await;
    world.settle().await;
    world.told_exactly(&["grade", "vice"]);
    let _ = seen(&world, "counsellor", &alert).await.expect(404);
    let shown = seen(&world, "grade", &alert).await.expect(200);
    assert_eq!((&shown.body["owner"], &shown.body["state"]), (&Value::Null, &json!("untriaged")), "{}", shown.text);
});

on_both!(an_untaken_one_that_loses_its_whole_rung_goes_on_at_once, |world| {
    let _ = world.file("dorm", about(&world, 3, &["teacher"])).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "grade"]);
    let _ = world.file("nurse", about(&world, 3, &["counsellor", "grade"])).await;
    world.settle().await;
    world.told_exactly(&["vice"]);
});

on_both!(what_concerns_the_principal_is_the_district_s_at_once, |world| {
    let _ = world.file("dorm", about(&world, 4, &["teacher"])).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "vice"]);
    let _ = world.file("nurse", about(&world, 4, &["principal"])).await;
    world.settle().await;
    world.told_exactly(&["district"]);
    assert_eq!(ids(&world, "district").await.len(), 1);
    for login in ["teacher", "grade", "counsellor", "vice", "principal", "duty"] {
        assert_eq!(ids(&world, login).await, [""; 0], "{login}");
    }
});

on_both!(even_a_mood_change_reaches_somebody_when_it_concerns_the_principal, |world| {
    let _ = world.file("dorm", about(&world, 1, &["principal"])).await;
    world.settle().await;
    world.told_exactly(&["district"]);
    assert_eq!(ids(&world, "district").await.len(), 1);
});

on_both!(a_report_that_was_not_put_out_yet_is_not_sent_to_somebody_named_since, from "2026-11-23 22:40", |world| {
    let _ = world.file("dorm", about(&world, 2, &["teacher"])).await;
    world.settle().await;
    world.told_exactly(&[]);
    let _ = world.file("nurse", about(&world, 2, &["counsellor"])).await;
    world.at("2026-11-24 06:31").await;
    assert!(!world.told().contains("counsellor"));
});

on_both!(whoever_filed_learns_nothing_from_his_receipt_of_what_is_hidden_from_him, |world| {
    let mine = world.file("teacher", about(&world, 3, &["grade"])).await;
    world.settle().await;
    let _ = world.told();
    let alert = ids(&world, "counsellor").await.remove(0);
    let teacher = world.client("teacher").await;
    let path = format!("/api/v1/observations/{mine}");
    let before = teacher.get(&path).await.expect(200);
    let browser = tests::Browser::sign_in(&world.base, "teacher").await;
    let receipt = browser.get(&format!("/observations/{mine}/received")).await.expect(200);
    world.pass(1).await;
    let _ = world.file("nurse", about(&world, 4, &["teacher"])).await;
    world.settle().await;
    let _ = world.told();
    let _ = seen(&world, "counsellor", &alert).await.expect(200);
    take(&world, "counsellor", &alert).await;
    world.settle().await;
    let _ = world.told();
    let after = teacher.get(&path).await.expect(200);
    assert_eq!(after.body, before.body);
    let again = browser.get(&format!("/observations/{mine}/received")).await.expect(200);
    let main = |page: &tests::Page| page.html.split_once("<main").unwrap().1.to_owned();
    assert_eq!(main(&again), main(&receipt));
});
