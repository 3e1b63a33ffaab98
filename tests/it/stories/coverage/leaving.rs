//! Somebody leaves.

use serde_json::{Value, json};
use tests::{Client, World, on_both};

use super::at;

/// What is said of a successor who does not hold the office.
const NOT_IN_OFFICE: [(&str, &str); 1] = [("successor", "not_in_office")];

fn owned((field, code): (&str, &str)) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

/// An administrator proposes an office of the school for somebody; whoever is asked has read it.
async fn becomes(world: &World, login: &str, role: &str) {
    let path = format!("/api/v1/people/{}/positions", world.town.person(login));
    let body = json!({ "role": role, "unit": world.town.schools[0].id });
    let new = world.client("admin").await.post(&path, body).await.expect(201);
    assert_eq!(new.str("state"), "waiting");
    world.settle().await;
    let _ = world.told();
}

/// An orange that is the counsellor's; whoever was told has read it.
async fn assessed(world: &World) -> String {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    let counsellor = world.client("counsellor").await;
    let alert = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let tag = counsellor.get(&alert).await.etag.unwrap();
    let body = json!({ "level": 3, "reason": "面谈过", "means_asked": true });
    let _ = counsellor.with("If-Match", &tag).post(&format!("{alert}/assess"), body).await.expect(200);
    world.settle().await;
    world.told_exactly(&["teacher", "grade"]);
    alert
}

/// What a refusal names, each by its code.
fn named(answer: &tests::Answer) -> Vec<String> {
    let errors = answer.body["errors"].as_array().unwrap().iter();
    let mut codes: Vec<String> = errors.map(|e| e["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes
}

async fn found(admin: &Client, world: &World, login: &str) -> Value {
    let people = admin.get("/api/v1/people?limit=200").await.expect(200).items();
    let id = world.town.person(login).to_string();
    people.into_iter().find(|p| p["id"] == id).unwrap_or_else(|| panic!("{login} is not listed"))
}

async fn position(admin: &Client, world: &World, login: &str) -> String {
    let person = found(admin, world, login).await;
    format!("/api/v1/positions/{}/end", person["positions"][0]["id"].as_str().unwrap())
}

on_both!(a_position_ends_only_when_all_that_needs_it_is_somebody_else_s, |world| {
    let admin = world.client("admin").await;
    let alert = assessed(&world).await;
    let counsellor = world.client("counsellor").await;
    let turn = json!({ "person": world.town.person("counsellor"), "from": at("2026-11-28 08:00"), "to": at("2026-11-28 20:00") });
    let roster = format!("/api/v1/schools/{}/duty", world.town.schools[0].id);
    let _ = world.client("vice").await.post(&roster, turn).await.expect(201);
    let body = json!({ "deputy": world.town.person("counsellor"), "from": at("2026-11-24 08:00"), "to": at("2026-11-28 20:00") });
    let _ = world.client("grade").await.post("/api/v1/me/deputies", body).await.expect(201);

    world.pass(1).await;
    let end = position(&admin, &world, "counsellor").await;
    let refused = admin.post(&end, json!({})).await.expect(409);
    assert_eq!(refused.code(), "still_needed");
    assert_eq!(named(&refused), ["alert_owned", "deputy_falls_away", "duty_falls_away", "office_empty"]);
    assert!(refused.text.contains("预警：1") && !refused.text.contains("alr_"), "{}", refused.text);
    assert!(!refused.text.contains("一然") && !refused.text.contains("面谈"), "{}", refused.text);
    let _ = counsellor.get(&alert).await.expect(200);
    for nobody in ["admin", "monitor", "nurse-b"] {
        let body = json!({ "successor": world.town.person(nobody) });
        assert_eq!(admin.post(&end, body).await.expect(422).fields(), ["successor"], "{nobody}");
    }
    let _ = world.client("admin-b").await.post(&end, json!({})).await.expect(404);

    // His office, his alert and his turn of duty.
    let unconfirmed = admin.post(&end, json!({ "successor": world.town.person("dorm") })).await.expect(422);
    assert_eq!(unconfirmed.faults(), vec![owned(NOT_IN_OFFICE[0]); 3]);

    becomes(&world, "nurse", "counsellor").await;
    let _ = world.confirms("principal", &world.town.person("nurse").to_string()).await;
    let _ = admin.post(&end, json!({ "successor": world.town.person("nurse") })).await.expect(204);
    assert_eq!(admin.post(&end, json!({})).await.expect(409).code(), "already_ended");
    world.settle().await;
    let _ = world.told();
    let _ = counsellor.get(&alert).await.expect(404);
    let seen = world.client("nurse").await.get(&alert).await.expect(200);
    assert_eq!(seen.body["owner"]["id"], world.town.person("nurse").to_string());
    let turns = world.client("vice").await.get(&roster).await.expect(200).items();
    assert!(turns.iter().any(|t| t["person"]["id"] == world.town.person("nurse").to_string()), "{turns:?}");
    let _ = world.file("subject", world.filing(world.town.student(0, 1, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&["teacher1", "grade", "nurse", "vice", "principal"]);
});

on_both!(whoever_inherits_an_alert_hears_of_it_in_that_minute, |world| {
    let alert = assessed(&world).await;
    becomes(&world, "nurse", "counsellor").await;
    let _ = world.confirms("principal", &world.town.person("nurse").to_string()).await;
    world.pass(1).await;
    let admin = world.client("admin").await;
    let close = format!("/api/v1/people/{}/disable", world.town.person("counsellor"));
    let _ = admin.post(&close, json!({ "successor": world.town.person("nurse") })).await.expect(204);
    world.settle().await;
    world.told_exactly(&["nurse"]);
    let seen = world.client("nurse").await.get(&alert).await.expect(200);
    assert_eq!(seen.body["owner"]["id"], world.town.person("nurse").to_string());
});

on_both!(no_turn_of_duty_goes_to_whoever_holds_no_office_that_somebody_confirms, |world| {
    let admin = world.client("admin").await;
    let new = json!({ "login": "mole", "name": "新来的", "role": "subject_teacher", "unit": world.town.schools[0].id,
        "contact_methods": [{ "channel": "mail", "address": "mole@school.example" }], "password": "a-long-password" });
    let mole = admin.post("/api/v1/people", new).await.expect(201);
    assert_eq!(mole.body["appointment"]["state"], "at_once");
    let nurse = world.town.person("nurse");
    let turn = json!({ "person": nurse, "from": at("2026-11-24 08:00"), "to": at("2026-11-24 20:00") });
    let roster = format!("/api/v1/schools/{}/duty", world.town.schools[0].id);
    let _ = world.client("vice").await.post(&roster, turn).await.expect(201);
    world.pass(1).await;

    let close = format!("/api/v1/people/{nurse}/disable");
    let end = position(&admin, &world, "nurse").await;
    for path in [&close, &end] {
        let refused = admin.post(path, json!({ "successor": mole.str("id") })).await.expect(422);
        let both = [("successor", "not_reachable"), NOT_IN_OFFICE[0]];
        assert_eq!(refused.faults(), both.map(owned), "everything at once");
        let refused = admin.post(path, json!({ "successor": world.town.person("dorm") })).await.expect(422);
        assert_eq!(refused.faults(), NOT_IN_OFFICE.map(owned));
        assert!(refused.text.contains("不能接值班：1"), "{}", refused.text);
    }
    let turns = world.client("vice").await.get(&roster).await.expect(200).items();
    assert!(turns.iter().any(|t| t["person"]["id"] == nurse.to_string()), "{turns:?}");

    // Whoever has the machine may.
    let desk = world.service.desk.clone();
    casework::disable_person(&desk, None, nurse, Some(world.town.person("dorm"))).await.unwrap();
    let turns = world.client("vice").await.get(&roster).await.expect(200).items();
    assert!(turns.iter().any(|t| t["person"]["id"] == world.town.person("dorm").to_string()), "{turns:?}");
});

on_both!(a_closed_account_is_signed_out_and_is_told_nothing_any_more, |world| {
    let admin = world.client("admin").await;
    let subject = world.client("subject").await;
    world.pass(1).await;
    let close = |login: &str| format!("/api/v1/people/{}/disable", world.town.person(login));
    let _ = admin.post(&close("subject"), json!({})).await.expect(204);
    let _ = subject.get("/api/v1/me").await.expect(401);
    assert_eq!(admin.post(&close("subject"), json!({})).await.expect(409).code(), "already_ended");
    let refused = admin.post(&close("principal"), json!({})).await.expect(409);
    assert_eq!(named(&refused), ["office_empty"]);
    assert_eq!(admin.post(&close("admin"), json!({})).await.expect(409).code(), "not_yourself");
    for foreign in ["teacher-b", "district"] {
        let _ = admin.post(&close(foreign), json!({})).await.expect(404);
    }
    becomes(&world, "vice", "principal").await;
    let heir = json!({ "successor": world.town.person("vice") });
    assert_eq!(admin.post(&close("principal"), heir.clone()).await.expect(422).faults(), NOT_IN_OFFICE.map(owned));
    let _ = world.confirms("district", &world.town.person("vice").to_string()).await;
    let _ = admin.post(&close("principal"), heir).await.expect(204);
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor", "vice"]);
    let vice = found(&admin, &world, "vice").await;
    let roles: Vec<&str> = vice["positions"].as_array().unwrap().iter().map(|p| p["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["vice_principal", "principal"]);
});

on_both!(whoever_holds_nothing_any_more_is_listed_where_he_was_and_his_account_is_closed_there, |world| {
    let (admin, elsewhere, subject) =
        (world.client("admin").await, world.client("admin-b").await, world.client("subject").await);
    world.pass(1).await;
    let _ = admin.post(&position(&admin, &world, "subject").await, json!({})).await.expect(204);
    world.pass(1).await;
    assert_eq!(
        found(&admin, &world, "subject").await["positions"],
        json!([]),
        "an account that still signs in is not forgotten"
    );
    let id = world.town.person("subject").to_string();
    let others = elsewhere.get("/api/v1/people?limit=200").await.expect(200).items();
    assert!(others.iter().all(|p| p["id"] != id), "{others:?}");
    let close = format!("/api/v1/people/{id}/disable");
    let _ = elsewhere.post(&close, json!({})).await.expect(404);
    let _ = admin.post(&close, json!({})).await.expect(204);
    let _ = subject.get("/api/v1/me").await.expect(401);
});

on_both!(the_last_administrator_stays_unless_somebody_above_can_add_another, |world| {
    let (school, district) = (world.town.schools[0].id, world.town.district);
    let above = world.client("district-admin").await;
    let last = position(&above, &world, "district-admin").await;
    world.pass(1).await;
    let refused = above.post(&last, json!({})).await.expect(409);
    assert_eq!(refused.code(), "still_needed");
    assert_eq!(refused.faults(), [(format!("administrators.{district}"), "last_administrator".to_owned())]);
    let _ = above.get("/api/v1/people").await.expect(200);

    // A school's goes: the district can add another.
    let (admin, other) = (world.client("admin").await, world.client("admin-b").await);
    let _ = admin.post(&position(&admin, &world, "admin").await, json!({})).await.expect(204);
    let _ = admin.get("/api/v1/people").await.expect(404);
    let new = json!({ "login": "admin-again", "name": "新管理员", "role": "administrator", "unit": school,
        "password": "a-long-password" });
    let _ = above.post("/api/v1/people", new).await.expect(201);

    // Where the district has none either, it stays.
    let desk = &world.service.desk;
    let its = desk.storage.read().actor(world.town.person("district-admin"), desk.now()).await.unwrap();
    let mut tx = desk.storage.begin().await.unwrap();
    tx.end_position(its.positions[0].0.id, desk.now()).await.unwrap();
    tx.commit().await.unwrap();
    let end = position(&other, &world, "admin-b").await;
    let refused = other.post(&end, json!({})).await.expect(409);
    let field = format!("administrators.{}", world.town.schools[1].id);
    assert_eq!(refused.faults(), [(field, "last_administrator".to_owned())]);
    assert!(refused.text.contains("请先添加另一位管理员"), "{}", refused.text);
    let second = json!({ "login": "admin-b-2", "name": "第二位", "role": "administrator",
        "unit": world.town.schools[1].id, "password": "a-long-password" });
    let _ = other.post("/api/v1/people", second).await.expect(201);
    let _ = other.post(&end, json!({})).await.expect(204);
});

on_both!(of_much_that_still_needs_somebody_the_first_is_named_and_the_rest_is_counted, |world| {
    let desk = world.service.desk.clone();
    let mut tx = desk.storage.begin().await.unwrap();
    for day in 1..=60 {
        let from = desk.now() + chrono::TimeDelta::days(day);
        let period = domain::coverage::Period { from, to: from + chrono::TimeDelta::hours(8) };
        let id = domain::id::DutyId::new(desk.ids.uuid());
        let turn = domain::coverage::DutyTurn { id, person: world.town.person("nurse"), period };
        tx.add_duty(world.town.schools[0].id, &turn, None).await.unwrap();
    }
    tx.commit().await.unwrap();
    let admin = world.client("admin").await;
    world.pass(1).await;
    let refused = admin.post(&position(&admin, &world, "nurse").await, json!({})).await.expect(409);
    let faults = refused.body["errors"].as_array().unwrap();
    assert_eq!(faults.len(), 51);
    assert!(faults[..50].iter().all(|f| f["code"] == "duty_falls_away"));
    assert_eq!((&faults[50]["code"], &faults[50]["message"]), (&json!("and_more"), &json!("另有 10 项")));
});

on_both!(an_administrator_lists_and_adds_people_of_his_own_school, |world| {
    let admin = world.client("admin").await;
    let school = world.town.schools[0].id;
    let first = admin.get("/api/v1/people?limit=3").await.expect(200);
    assert_eq!(first.items().len(), 3);
    let next = admin.get(&format!("/api/v1/people?limit=200&cursor={}", first.str("next_cursor"))).await.expect(200);
    assert_eq!(first.items().len() + next.items().len(), 15);
    assert!(!next.text.contains("-b@"), "{}", next.text);
    let counsellors = admin.get(&format!("/api/v1/people?role=counsellor&unit={school}")).await.expect(200).items();
    assert_eq!(counsellors.len(), 1);
    assert!(counsellors[0]["contact_methods"][0]["verified_at"].is_string());
    let monitor = admin.get("/api/v1/people?role=peer_monitor").await.expect(200).items();
    assert_eq!(monitor[0]["contact_methods"], json!([]), "a child's telephone is nobody's here");
    assert_eq!(admin.get("/api/v1/people?role=boss&unit=x").await.expect(422).fields(), ["unit", "role"]);

    assert_eq!(admin.post("/api/v1/people", json!({})).await.expect(422).fields(), ["role", "unit"]);
    let new = json!({ "login": "second", "name": "第二位", "role": "counsellor", "unit": school,
        "contact_methods": [{ "channel": "mail", "address": "second@school.example" }], "password": "a-long-password" });
    for length in [9, 257] {
        let mut wrong = new.clone();
        wrong["password"] = json!("密".repeat(length));
        assert_eq!(admin.post("/api/v1/people", wrong).await.expect(422).fields(), ["password"], "{length}");
    }
    let added = admin.post("/api/v1/people", new.clone()).await.expect(201);
    assert!(added.str("id").starts_with("per_"));
    world.settle().await;
    world.told_exactly(&["principal"]);
    let _ = world.confirms("principal", &added.str("id")).await;
    assert_eq!(admin.post("/api/v1/people", new.clone()).await.expect(409).code(), "already_exists");
    let _ = world.client("admin-b").await.post("/api/v1/people", new).await.expect(404);
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor", "second"]);
});
