//! Whoever may hear of something hears, and somebody can end it, however few they are; and nobody whom it is hidden from is told so
//! by what he can see.

use domain::id::StudentId;
use serde_json::{Value, json};
use tests::{Answer, Client, World, on_both};

/// A report that concerns staff without a name.
fn nameless(world: &World, level: u8) -> Value {
    let mut body = world.filing(world.town.student(0, 0, 0), level);
    body["concerns"] = json!({ "kind": "staff" });
    body
}

/// A report that concerns these members of staff.
fn about(world: &World, student: StudentId, level: u8, named: &[&str]) -> Value {
    let mut body = world.filing(student, level);
    body["involved_staff"] = named.iter().map(|l| world.town.person(l).to_string()).collect();
    body
}

/// Somebody holds nothing any more, and every open alert of the school hears so.
async fn gone(world: &World, logins: &[&str]) {
    let desk = &world.service.desk;
    let mut tx = desk.storage.begin().await.unwrap();
    for login in logins {
        for (position, _) in tx.read().unwrap().positions_of(world.town.person(login), desk.now()).await.unwrap() {
            tx.cut_position(&position, desk.now()).await.unwrap();
        }
    }
    for alert in tx.read().unwrap().open_alerts_of(world.town.schools[0].id).await.unwrap() {
        tx.signal_directory(desk.ids.uuid(), alert, desk.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn decide(client: &Client, path: &str, verb: &str, body: Value) -> Answer {
    let version = client.get(path).await.etag.unwrap_or_else(|| "\"0\"".to_owned());
    client.with("If-Match", &version).post(&format!("{path}/{verb}"), body).await
}

fn custody(world: &World) -> Value {
    json!({ "adult": "区教研员", "since": world.service.desk.now(), "where": "校门口" })
}

fn to(level: u8) -> Value {
    json!({ "level": level, "reason": "当面谈过", "means_asked": true })
}

async fn count(world: &World, login: &str) -> usize {
    world.client(login).await.get("/api/v1/alerts").await.expect(200).items().len()
}

on_both!(a_report_about_staff_without_a_name_reaches_the_district_where_the_school_has_no_confidant, |world| {
    gone(&world, &["counsellor", "vice"]).await;
    world.pass(1).await;
    let id = world.file("dorm", nameless(&world, 1)).await;
    world.settle().await;
    world.told_exactly(&["district"]);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("district").await);
    let district = world.client("district").await;
    assert_eq!(district.get(&path).await.expect(200).body["level"], 3);
    for login in ["teacher", "grade", "principal", "duty"] {
        assert_eq!(count(&world, login).await, 0, "{login}");
    }
    // The receipt names who hears, and no office that nobody holds.
    let page = tests::Browser::sign_in(&world.base, "dorm").await.get(&format!("/observations/{id}/received")).await;
    assert!(page.says("区教育局值班员") && !page.says("心理老师"), "{}", page.html);
    // The district ends it: nobody of the school could.
    let settled = decide(&district, &path, "assess", to(3)).await.expect(200);
    assert_eq!(settled.body["state"], "assessed", "{}", settled.text);
    let low = decide(&district, &path, "assess", to(2)).await.expect(422);
    assert_eq!(low.faults(), [("level".to_owned(), "district_alone".to_owned())]);
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(a_report_that_names_everybody_on_its_ladder_goes_up_to_whoever_is_left, |world| {
    let named = ["teacher", "grade", "counsellor", "vice"];
    let _ = world.file("monitor", about(&world, world.town.student(0, 0, 0), 1, &named)).await;
    world.settle().await;
    world.told_exactly(&["principal"]);
    assert_eq!(count(&world, "principal").await, 1);
    assert_eq!(count(&world, "district").await, 1, "nobody of the school could assess it");
    for login in named {
        assert_eq!(count(&world, login).await, 0, "{login}");
    }
});

on_both!(when_the_last_of_the_school_who_may_hear_leaves_it_goes_up_at_once, |world| {
    let _ = world.file("dorm", nameless(&world, 2)).await;
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let _ = world.client("counsellor").await.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.pass(1).await;
    gone(&world, &["vice", "counsellor"]).await;
    world.settle().await;
    world.told_exactly(&["district"]);
    let seen = world.client("district").await.get(&path).await.expect(200);
    assert_eq!((&seen.body["level"], &seen.body["state"]), (&json!(3), &json!("untriaged")), "{}", seen.text);
});

on_both!(what_nobody_of_the_school_can_assess_the_district_decides, |world| {
    let named = ["counsellor", "vice"];
    let _ = world.file("dorm", about(&world, world.town.student(0, 0, 0), 4, &named)).await;
    world.settle().await;
    world.told_exactly(&["grade", "principal", "teacher"]);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("principal").await);
    let (principal, district) = (world.client("principal").await, world.client("district").await);
    let _ = principal.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let _ = principal.post(&format!("{path}/custody"), custody(&world)).await.expect(201);
    world.settle().await;
    world.told_exactly(&["grade", "teacher"]);
    // Whoever is asked to assess can: neither the principal nor anybody whom it is hidden from.
    world.silent_until("2026-11-23 11:00", &["district", "district-lead"]).await;
    let _ = decide(&principal, &path, "assess", to(4)).await.expect(403);
    assert_eq!(district.get(&path).await.expect(200).body["student"]["name"], "赵一然");
    let _ = decide(&district, &path, "assess", to(3)).await.expect(202);
    world.settle().await;
    world.told_exactly(&["district-lead", "principal"]);
    let done = decide(&principal, &path, "approve", json!({})).await.expect(200);
    assert_eq!((&done.body["level"], &done.body["state"]), (&json!(3), &json!("assessed")));
    world.settle().await;
    world.told_exactly(&["district"]);
    for login in named {
        let _ = world.client(login).await.get(&path).await.expect(404);
    }
});

on_both!(the_district_decides_nothing_while_one_of_the_school_can, |world| {
    let _ = world.file("dorm", about(&world, world.town.student(0, 0, 0), 3, &["counsellor"])).await;
    world.settle().await;
    world.told_exactly(&["grade", "teacher"]);
    assert_eq!(count(&world, "district").await, 0);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("vice").await);
    let _ = decide(&world.client("vice").await, &path, "assess", to(3)).await.expect(200);
    world.settle().await;
    world.told_exactly(&["grade", "teacher"]);
});

on_both!(the_measurements_do_not_tell_whoever_is_named_that_he_is, from "2026-11-23 23:00", |world| {
    let _ = world.file("dorm", about(&world, world.town.student(0, 0, 0), 4, &["principal"])).await;
    let _ = world.file("dorm", about(&world, world.town.student(0, 0, 1), 4, &["duty"])).await;
    world.settle().await;
    let _ = world.told();
    let text = Client::anonymous(&world.base).get("/metrics").await.text;
    assert!(!text.contains("xindeng_findings_open{"), "{text}");
});
