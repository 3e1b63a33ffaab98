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
    assert_eq!(ids(&world, "teacher").await, std::slice::from_ref(&alert));
    assert_eq!(ids(&world, "vice").await.len(), 2, "the one that names nobody is his as well, and the other is not");
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

on_both!(a_further_report_narrows_nothing_for_those_whom_it_does_not_name, |world| {
    let _ = world.file("dorm", about(&world, 3, &["teacher"])).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "grade"]);
    let first = world.alert_seen_by("counsellor").await;
    take(&world, "counsellor", &first).await;
    world.settle().await;
    world.told_exactly(&["grade"]);
    let before = seen(&world, "counsellor", &first).await.expect(200);
    let _ = world.file("nurse", about(&world, 3, &["counsellor"])).await;
    world.settle().await;
    world.told_exactly(&["grade", "teacher"]);
    let after = seen(&world, "counsellor", &first).await.expect(200);
    assert_eq!((after.body, after.etag), (before.body, before.etag), "he has it in hand, and sees no change");
    assert_eq!(ids(&world, "counsellor").await, std::slice::from_ref(&first));
    let second = world.alert_seen_by("teacher").await;
    assert_ne!(second, first);
    assert_eq!(ids(&world, "grade").await.len(), 2, "whoever is named in neither sees both");
    let _ = seen(&world, "counsellor", &second).await.expect(404);
    let _ = seen(&world, "teacher", &first).await.expect(404);
});

on_both!(reports_that_leave_out_the_same_people_are_one_alert, |world| {
    let _ = world.file("dorm", about(&world, 1, &["teacher", "grade"])).await;
    world.pass(10).await;
    let alert = world.alert_seen_by("vice").await;
    let _ = world.file("nurse", about(&world, 3, &["grade", "teacher"])).await;
    let _ = world.file("nurse", nameless(&world, 1)).await;
    let _ = world.file("dorm", nameless(&world, 1)).await;
    world.settle().await;
    let _ = world.told();
    assert_eq!(ids(&world, "vice").await.len(), 2, "one for these two, one for staff without a name");
    assert_eq!(seen(&world, "vice", &alert).await.expect(200).body["level"], 3);
});

on_both!(what_one_circle_is_told_weighs_nothing_in_another_that_may_not_know_of_it, |world| {
    for _ in 0..2 {
        let _ = world.file("dorm", about(&world, 1, &["teacher"])).await;
        world.pass(24 * 60).await;
    }
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 1)).await;
    world.pass(24 * 60).await;
    let _ = world.told();
    let ordinary = ids(&world, "teacher").await;
    let _ = world.file("nurse", about(&world, 1, &["grade"])).await;
    world.settle().await;
    let _ = world.told();
    let theirs = ids(&world, "teacher").await.into_iter().find(|id| !ordinary.contains(id)).unwrap();
    let shown = seen(&world, "teacher", &theirs).await.expect(200);
    // The ordinary report and this one: two observers. With the hidden ones it would be a third event as well.
    let rules: Vec<&str> =
        shown.body["reasons"].as_array().unwrap().iter().map(|r| r["rule"].as_str().unwrap()).collect();
    assert!(!rules.contains(&"repeated"), "{}", shown.text);
    let evidence = shown.body["reasons"].as_array().unwrap().iter().flat_map(|r| r["evidence"].as_array().unwrap());
    assert_eq!(evidence.map(Value::to_string).collect::<std::collections::BTreeSet<_>>().len(), 2, "{}", shown.text);
});

on_both!(what_concerns_the_principal_is_the_district_s_and_takes_nothing_from_the_school, |world| {
    let _ = world.file("dorm", about(&world, 4, &["teacher"])).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "vice"]);
    let first = world.alert_seen_by("vice").await;
    let _ = world.file("nurse", about(&world, 4, &["principal"])).await;
    world.settle().await;
    world.told_exactly(&["district"]);
    assert_eq!(ids(&world, "district").await.len(), 1);
    for login in ["grade", "counsellor", "vice", "principal", "duty"] {
        assert_eq!(ids(&world, login).await, std::slice::from_ref(&first), "{login}");
    }
    assert_eq!(ids(&world, "teacher").await, [""; 0]);
});

on_both!(even_a_mood_change_reaches_somebody_when_it_concerns_the_principal, |world| {
    let _ = world.file("dorm", about(&world, 1, &["principal"])).await;
    world.settle().await;
    world.told_exactly(&["district"]);
    assert_eq!(ids(&world, "district").await.len(), 1);
});

on_both!(two_reports_of_a_night_each_go_in_the_morning_to_whom_they_do_not_name, from "2026-11-23 22:40", |world| {
    let _ = world.file("dorm", about(&world, 2, &["teacher"])).await;
    let _ = world.file("nurse", about(&world, 2, &["counsellor"])).await;
    world.settle().await;
    world.told_exactly(&[]);
    world.at("2026-11-24 06:30").await;
    let letters = world.letters();
    let told: Vec<String> = letters.iter().map(|l| world.login_of(&l.to)).collect();
    let count = |login: &str| told.iter().filter(|l| *l == login).count();
    assert_eq!((count("teacher"), count("counsellor"), told.len()), (2, 2, 4), "one alert each, by SMS and mail: {told:?}");
});

on_both!(whoever_filed_learns_nothing_from_his_receipt_of_what_is_hidden_from_him, |world| {
    let mine = world.file("teacher", about(&world, 3, &["grade"])).await;
    world.settle().await;
    let _ = world.told();
    let own = ids(&world, "counsellor").await;
    let teacher = world.client("teacher").await;
    let path = format!("/api/v1/observations/{mine}");
    let before = teacher.get(&path).await.expect(200);
    let browser = tests::Browser::sign_in(&world.base, "teacher").await;
    let receipt = browser.get(&format!("/observations/{mine}/received")).await.expect(200);
    world.pass(1).await;
    let _ = world.file("nurse", about(&world, 4, &["teacher"])).await;
    world.settle().await;
    let _ = world.told();
    let hidden = ids(&world, "counsellor").await.into_iter().find(|id| !own.contains(id)).unwrap();
    let _ = seen(&world, "counsellor", &hidden).await.expect(200);
    take(&world, "counsellor", &hidden).await;
    world.settle().await;
    let _ = world.told();
    let after = teacher.get(&path).await.expect(200);
    assert_eq!(after.body, before.body);
    let again = browser.get(&format!("/observations/{mine}/received")).await.expect(200);
    let main = |page: &tests::Page| page.html.split_once("<main").unwrap().1.to_owned();
    assert_eq!(main(&again), main(&receipt));
});
