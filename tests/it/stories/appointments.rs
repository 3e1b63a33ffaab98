//! An administrator gives nobody, and himself least, an office that reads or signs anything about children.

use casework::{Contact, NewStaff};
use domain::appointment::AppointmentState;
use domain::audit::Act;
use domain::delivery::Channel;
use domain::id::AppointmentId;
use domain::org::Unit;
use domain::staff::Role;
use serde_json::{Value, json};
use storage::AppointmentRecord;
use tests::{Answer, Browser, Client, World, on_both};

const PASSWORD: &str = "a-long-password";

fn somebody(world: &World, login: &str, role: &str) -> Value {
    json!({ "login": login, "name": format!("新来的{login}"), "role": role, "unit": world.town.schools[0].id,
        "contact_methods": [{ "channel": "mail", "address": format!("{login}@school.example") }], "password": PASSWORD })
}

/// An administrator adds somebody.
async fn adds(world: &World, login: &str, role: &str) -> Answer {
    world.client("admin").await.post("/api/v1/people", somebody(world, login, role)).await.expect(201)
}

/// With a password of his own: what the first one opens is another story.
async fn signed_in(world: &World, login: &str) -> Client {
    world.has_own_password(login).await;
    Client::sign_in_with(&world.base, login, PASSWORD).await
}

fn of(added: &Answer, verb: &str) -> String {
    format!("/api/v1/appointments/{}/{verb}", added.body["appointment"]["id"].as_str().unwrap())
}

/// An orange that is assessed, and a note that the counsellor alone reads; gives alert and file.
async fn case(world: &World) -> (String, String) {
    let student = world.town.student(0, 0, 0);
    let _ = world.file("subject", world.filing(student, 3)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    let counsellor = world.client("counsellor").await;
    let file = format!("/api/v1/students/{student}/growth-file");
    let note = json!({ "kind": "counselling", "at": "2026-11-20", "text": "只给心理教师看的话" });
    let _ = counsellor.post(&format!("{file}/entries"), note).await.expect(201);
    let alert = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    (alert, file)
}

/// The counsellor proposes to lower an alert.
async fn proposes_to_lower(world: &World, alert: &str) {
    let counsellor = world.client("counsellor").await;
    let tag = counsellor.get(alert).await.etag.unwrap();
    let body = json!({ "level": 2, "reason": "面谈过，没有打算", "means_asked": true });
    let _ = counsellor.with("If-Match", &tag).post(&format!("{alert}/assess"), body).await.expect(202);
    world.settle().await;
    let _ = world.told();
}

async fn approve(client: &Client, alert: &str) -> Answer {
    let tag = client.get(alert).await.etag.unwrap_or_else(|| "\"0\"".to_owned());
    client.with("If-Match", &tag).post(&format!("{alert}/approve"), json!({})).await
}

on_both!(two_accounts_that_an_administrator_made_read_and_sign_nothing_before_the_principal_confirms, |world| {
    let (alert, file) = case(&world).await;
    let one = adds(&world, "one", "counsellor").await;
    let two = adds(&world, "two", "vice_principal").await;
    assert_eq!(one.body["appointment"]["state"], "waiting");
    world.settle().await;
    world.told_exactly(&["principal"]);
    proposes_to_lower(&world, &alert).await;

    let admin = world.client("admin").await;
    for login in ["one", "two"] {
        let client = signed_in(&world, login).await;
        assert_eq!(client.get("/api/v1/me").await.expect(200).body["positions"], json!([]));
        assert!(client.get("/api/v1/students").await.expect(200).items().is_empty());
        assert!(client.get("/api/v1/alerts").await.expect(200).items().is_empty());
        for hidden in [&alert, &file] {
            let _ = client.get(hidden).await.expect(404);
        }
        let _ = approve(&client, &alert).await.expect(404);
        for added in [&one, &two] {
            let _ = client.post(&of(added, "confirm"), json!({})).await.expect(404);
        }
    }
    for added in [&one, &two] {
        let _ = admin.post(&of(added, "confirm"), json!({})).await.expect(403);
        let _ = world.client("principal-b").await.post(&of(added, "confirm"), json!({})).await.expect(404);
        let _ = world.client("vice").await.post(&of(added, "confirm"), json!({})).await.expect(404);
        let _ = world.client("district").await.post(&of(added, "confirm"), json!({})).await.expect(403);
    }

    let principal = world.client("principal").await;
    let waiting = principal.get("/api/v1/appointments?state=waiting").await.expect(200).items();
    assert_eq!(
        waiting.iter().map(|a| a["role"].as_str().unwrap()).collect::<Vec<_>>(),
        ["vice_principal", "counsellor"]
    );
    assert_eq!(waiting[0]["may_decide"], true);
    world.pass(1).await;
    let confirmed = principal.post(&of(&one, "confirm"), json!({})).await.expect(200);
    assert_eq!(
        (confirmed.str("state"), confirmed.body["decided_by"]["id"].clone()),
        ("confirmed".to_owned(), json!(world.town.person("principal").to_string()))
    );
    world.settle().await;
    assert!(world.told().contains("counsellor"), "the counsellor hears that there is another one");
    let _ = principal.post(&of(&two, "confirm"), json!({})).await.expect(200);
    world.settle().await;
    assert!(world.told().contains("vice"));
    assert_eq!(principal.post(&of(&two, "confirm"), json!({})).await.expect(409).code(), "already_decided");

    let read = signed_in(&world, "one").await.get(&file).await.expect(200);
    assert!(read.text.contains("只给心理教师看的话"));
    let _ = approve(&signed_in(&world, "two").await, &alert).await.expect(200);
    world.settle().await;
    let _ = world.told();
});

on_both!(a_position_that_was_refused_stays_nothing, |world| {
    let added = adds(&world, "one", "counsellor").await;
    world.settle().await;
    world.told_exactly(&["principal"]);
    let principal = world.client("principal").await;
    let refuse = of(&added, "refuse");
    assert_eq!(principal.post(&refuse, json!({ "reason": " " })).await.expect(422).fields(), ["reason"]);
    let refused = principal.post(&refuse, json!({ "reason": "没有这个人" })).await.expect(200);
    assert_eq!((refused.str("state"), refused.str("reason")), ("refused".to_owned(), "没有这个人".to_owned()));
    for verb in ["confirm", "refuse"] {
        let again = principal.post(&of(&added, verb), json!({ "reason": "没有这个人" })).await.expect(409);
        assert_eq!(again.code(), "already_decided");
    }
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    let client = signed_in(&world, "one").await;
    assert!(client.get("/api/v1/alerts").await.expect(200).items().is_empty());
    let listed = world.client("admin").await.get("/api/v1/appointments").await.expect(200).items();
    assert_eq!((listed[0]["state"].clone(), listed[0]["may_decide"].clone()), (json!("refused"), json!(false)));
});

on_both!(an_account_whose_position_never_held_is_listed_and_closed, |world| {
    let (one, two) = (adds(&world, "one", "counsellor").await, adds(&world, "two", "vice_principal").await);
    world.settle().await;
    world.told_exactly(&["principal"]);
    let (admin, principal) = (world.client("admin").await, world.client("principal").await);
    let _ = principal.post(&of(&two, "refuse"), json!({ "reason": "没有这个人" })).await.expect(200);
    let three = adds(&world, "three", "vice_principal").await;
    let clients = [signed_in(&world, "one").await, signed_in(&world, "two").await];
    world.pass(1).await;
    let _ = world.told();
    let four = adds(&world, "four", "counsellor").await;
    let listed = async |who: &str| {
        let people = world.client(who).await.get("/api/v1/people?limit=200").await.expect(200).items();
        people.into_iter().filter(|p| p["positions"] == json!([])).map(|p| p["login"].clone()).collect::<Vec<_>>()
    };
    let mut found: Vec<String> = listed("admin").await.iter().map(|l| l.as_str().unwrap().to_owned()).collect();
    found.sort();
    assert_eq!(found, ["four", "one", "three", "two"]);
    assert!(listed("admin-b").await.is_empty());

    for added in [&one, &two, &three, &four] {
        let close = format!("/api/v1/people/{}/disable", added.str("id"));
        let _ = world.client("admin-b").await.post(&close, json!({})).await.expect(404);
        let _ = admin.post(&close, json!({})).await.expect(204);
        assert_eq!(admin.post(&close, json!({})).await.expect(409).code(), "already_ended");
    }
    world.settle().await;
    world.told_exactly(&[]);
    for client in clients {
        let _ = client.get("/api/v1/me").await.expect(401);
    }
    let again = json!({ "login": "one", "password": PASSWORD });
    assert_eq!(Client::anonymous(&world.base).post("/api/v1/session", again).await.status, 401);
    assert!(listed("admin").await.is_empty());
    assert!(principal.get("/api/v1/appointments?state=waiting").await.expect(200).items().is_empty());
    assert_eq!(principal.post(&of(&one, "confirm"), json!({})).await.expect(409).code(), "account_closed");
});

on_both!(nobody_confirms_what_he_proposed_nor_what_is_about_himself, |world| {
    // The principal keeps the accounts as well: then it is the district's to confirm.
    let desk = world.service.desk.clone();
    let principal = world.client("principal").await;
    let path = format!("/api/v1/people/{}/positions", world.town.person("principal"));
    let unit = world.town.schools[0].id;
    let keeps = json!({ "role": "administrator", "unit": unit });
    let given = world.client("admin").await.post(&path, keeps).await.expect(201);
    assert_eq!(given.str("state"), "at_once", "it reads nothing about anybody");
    world.pass(1).await;
    let own = principal.post(&path, json!({ "role": "counsellor", "unit": unit })).await.expect(409);
    assert_eq!(own.code(), "not_for_yourself");
    let added = principal.post("/api/v1/people", somebody(&world, "one", "counsellor")).await.expect(201);
    world.settle().await;
    world.told_exactly(&["district", "district-lead"]);
    assert_eq!(principal.post(&of(&added, "confirm"), json!({})).await.expect(409).code(), "same_person");
    let _ = world.client("district").await.post(&of(&added, "confirm"), json!({})).await.expect(200);
    world.settle().await;
    world.told_exactly(&["counsellor"]);

    // Somebody who stands in for the principal decides, but not about himself.
    let (now, nurse) = (desk.now(), world.town.person("nurse"));
    let end = now + chrono::TimeDelta::days(2);
    let body = json!({ "deputy": nurse, "from": now + chrono::TimeDelta::minutes(1), "to": end });
    let _ = principal.post("/api/v1/me/deputies", body).await.expect(201);
    world.pass(5).await;
    let mine = format!("/api/v1/people/{nurse}/positions");
    let about =
        world.client("admin").await.post(&mine, json!({ "role": "counsellor", "unit": unit })).await.expect(201);
    let other = adds(&world, "two", "counsellor").await;
    world.settle().await;
    let _ = world.told();
    let deputy = world.client("nurse").await;
    let confirm = format!("/api/v1/appointments/{}/confirm", about.str("id"));
    assert_eq!(deputy.post(&confirm, json!({})).await.expect(409).code(), "same_person");
    let _ = deputy.post(&of(&other, "confirm"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
});

on_both!(where_nobody_could_confirm_it_holds_at_once_and_whoever_comes_later_hears, |world| {
    let desk = world.service.desk.clone();
    world.pass(1).await;
    let mut tx = desk.storage.begin().await.unwrap();
    for login in ["principal", "district", "district-lead"] {
        let actor = desk.storage.read().actor(world.town.person(login), desk.now()).await.unwrap();
        for (position, _) in actor.positions {
            tx.end_position(position.id, desk.now()).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let added = adds(&world, "one", "counsellor").await;
    assert_eq!(added.body["appointment"]["state"], "at_once");
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let me = signed_in(&world, "one").await.get("/api/v1/me").await.expect(200);
    assert_eq!(me.body["positions"][0]["role"], "counsellor");
    let (admin, since) = (world.town.person("admin"), desk.now() - chrono::TimeDelta::days(1));
    let acts = desk.storage.read().acts_since(admin, &[Act::ProposePosition], since).await.unwrap();
    assert_eq!(acts, 1, "it stands in the audit log");

    // A principal comes, on the machine itself: he hears that there is somebody whom nobody has confirmed.
    let head = NewStaff {
        login: "head".to_owned(),
        name: "新校长".to_owned(),
        role: Role::Principal,
        unit: Unit::School(world.town.schools[0].id),
        lead: false,
        contacts: vec![Contact { channel: Channel::Mail, address: "head@school.example".to_owned() }],
        password: PASSWORD.to_owned(),
    };
    casework::add_staff_on_the_machine(&desk, &head).await.unwrap();
    world.settle().await;
    world.told_exactly(&["head"]);
    let listed = signed_in(&world, "head").await.get("/api/v1/appointments?state=at_once").await.expect(200).items();
    assert_eq!(listed.iter().map(|a| a["role"].as_str().unwrap()).collect::<Vec<_>>(), ["principal", "counsellor"]);
    assert_eq!(listed[0]["proposed_by"], Value::Null);

    // What is given on the machine stands in his list; a school is peopled so, and nobody is written to each time.
    let more = NewStaff {
        login: "more".to_owned(),
        name: "又一位".to_owned(),
        role: Role::GradeLead,
        unit: Unit::Grade(world.town.schools[0].grades[0]),
        contacts: Vec::new(),
        ..head
    };
    casework::add_staff_on_the_machine(&desk, &more).await.unwrap();
    world.settle().await;
    world.told_exactly(&[]);
    let listed = signed_in(&world, "head").await.get("/api/v1/appointments?state=at_once").await.expect(200).items();
    assert_eq!(listed[0]["role"], "grade_lead");
});

on_both!(by_night_nobody_is_woken_for_a_position, |world| {
    world.clock.set(tests::world::shanghai("2026-11-23 23:00"));
    let _ = adds(&world, "one", "counsellor").await;
    world.settle().await;
    world.told_exactly(&[]);
    world.clock.set(tests::world::shanghai("2026-11-24 10:00"));
    world.settle().await;
    world.told_exactly(&["principal"]);
});

on_both!(the_principal_finds_it_on_his_first_page_with_a_yes_and_a_no, |world| {
    let one = adds(&world, "one", "counsellor").await;
    world.settle().await;
    world.told_exactly(&["principal"]);
    let browser = Browser::sign_in(&world.base, "principal").await;
    let home = browser.get("/").await.expect(200);
    assert!(home.says("1 项等您确认") && home.html.contains("href=\"/appointments\""), "{}", home.html);
    let list = browser.get("/appointments").await.expect(200);
    assert!(list.says("新来的one") && list.says("心理教师"), "{}", list.html);
    let id = one.body["appointment"]["id"].as_str().unwrap();
    let no = browser.post(&list, &format!("/appointments/{id}/refuse"), &[]).await.expect(422);
    assert!(no.says("请写明理由"), "{}", no.html);
    let yes = browser.post(&list, &format!("/appointments/{id}/confirm"), &[]).await.expect(200);
    assert!(yes.says("请当面把这个口令告诉本人"), "{}", yes.html);
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    assert!(browser.get("/appointments").await.expect(200).says("已确认"));
});

/// So many positions, as they are kept, that somebody proposed or gave.
async fn kept(world: &World, many: usize, state: AppointmentState) {
    let desk = &world.service.desk;
    let school = world.town.schools[0].id;
    let mut tx = desk.storage.begin().await.unwrap();
    let every = world.town.people.iter().flat_map(|(_, p)| Role::ALL.into_iter().map(move |role| (*p, role)));
    for (person, role) in every.take(many) {
        let record = AppointmentRecord {
            id: AppointmentId::new(desk.ids.uuid()),
            person: (person, String::new()),
            role,
            unit: Unit::School(school),
            school: Some(school),
            district: world.town.district,
            lead: false,
            proposed_by: Some((world.town.person("admin"), String::new())),
            proposed_at: desk.now(),
            state,
            decided: None,
            reason: None,
            first_password: false,
            password_set_at: None,
            vouched: None,
        };
        tx.add_appointment(&record).await.unwrap();
    }
    tx.commit().await.unwrap();
}

on_both!(what_waits_is_shown_however_much_came_after_it, |world| {
    let one = adds(&world, "one", "counsellor").await;
    let yes = format!("/appointments/{}/confirm", one.body["appointment"]["id"].as_str().unwrap());
    world.settle().await;
    world.told_exactly(&["principal"]);
    world.pass(1).await;
    kept(&world, 60, AppointmentState::AtOnce).await;
    let browser = Browser::sign_in(&world.base, "principal").await;
    let list = browser.get("/appointments").await.expect(200);
    assert!(list.html.contains(&yes) && !list.says("另有"), "{}", list.html);
    kept(&world, 201, AppointmentState::Waiting).await;
    let list = browser.get("/appointments").await.expect(200);
    assert!(list.html.contains(&yes) && list.says("另有 2 项"), "{}", list.html);
});
