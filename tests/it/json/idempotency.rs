//! A request that is sent twice is done once; one that is still under way says so.

use domain::time::Clock;
use serde_json::{Value, json};
use tests::{Answer, Client, World, on_both};

use super::alert_about;

const KEY: &str = "the-same-key";

/// Every call that creates, once.
async fn calls(world: &World) -> Vec<(Client, String, Value)> {
    let observation = world.file("teacher", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    let _ = world.told();
    let alert = world.alert_seen_by("counsellor").await;
    let keyed = async |login: &str| world.client(login).await.with("Idempotency-Key", KEY);
    let custody = json!({ "adult": "周老师", "since": world.clock.now(), "where": "办公室" });
    vec![
        (keyed("subject").await, "/api/v1/observations".to_owned(), world.filing(world.town.student(0, 0, 1), 1)),
        (keyed("counsellor").await, format!("/api/v1/alerts/{alert}/custody"), custody),
        (
            keyed("teacher").await,
            format!("/api/v1/observations/{observation}/still-worried"),
            json!({ "reason": "还是不放心" }),
        ),
        (keyed("admin").await, "/api/v1/roster/imports".to_owned(), Value::Null),
        (keyed("district-admin").await, "/api/v1/people".to_owned(), somebody(world, "newcomer", "a-long-password")),
    ]
}

/// Somebody new, in the order in which the interface reads it.
fn somebody(world: &World, login: &str, password: &str) -> Value {
    json!({ "login": login, "name": "新来的老师", "role": "nurse", "unit": world.town.schools[0].id, "lead": false,
        "contact_methods": [{ "channel": "mail", "address": "newcomer@school.example" }], "password": password })
}

async fn send(world: &World, call: &(Client, String, Value)) -> Answer {
    let (client, path, body) = call;
    if body.is_null() {
        let csv = "姓名,年级,班级\n赵一然,七年级,1\n".as_bytes().to_vec();
        return client.upload(&world.town.schools[0].id.to_string(), "名册.csv", csv).await;
    }
    client.post(path, body.clone()).await
}

fn is_in_progress(answer: &Answer) -> bool {
    let told = answer.status == 409 && answer.code() == "in_progress";
    assert!(!told || answer.header("retry-after") == "1");
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_first_is_under_way_the_second_is_told_so() {
    let world = World::sqlite().await;
    for call in calls(&world).await {
        let held = world.service.desk.storage.begin().await.unwrap();
        let (one, other) = (send(&world, &call), send(&world, &call));
        tokio::pin!(one, other);
        let (first, one_was_first) = tokio::select! {
            a = &mut one => (a, true),
            a = &mut other => (a, false),
        };
        assert!(is_in_progress(&first), "{}: {}", call.1, first.text);
        drop(held);
        let second = if one_was_first { other.await } else { one.await };
        assert!((200..300).contains(&second.status), "{}: {}", call.1, second.text);
        assert_eq!(send(&world, &call).await.body, second.body, "{}", call.1);
        world.settle().await;
        let _ = world.told();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_that_holds_the_key_is_not_waited_for() {
    let world = World::postgres().await;
    for (login, call) in
        ["subject", "counsellor", "teacher", "admin", "district-admin"].into_iter().zip(calls(&world).await)
    {
        let mut held = world.service.desk.storage.begin().await.unwrap();
        assert!(held.try_hold_key(world.town.person(login), KEY).await.unwrap());
        let refused = send(&world, &call).await;
        assert!(is_in_progress(&refused), "{}: {}", call.1, refused.text);
        drop(held);
        let done = loop {
            let answer = send(&world, &call).await;
            if !is_in_progress(&answer) {
                break answer;
            }
        };
        assert!((200..300).contains(&done.status), "{}: {}", call.1, done.text);
        world.settle().await;
        let _ = world.told();
    }
}

on_both!(still_worried_twice_with_one_key_climbs_once, |world| {
    let observation = world.file("teacher", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let _ = world.told();
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let counsellor = world.client("counsellor").await;
    let worried = format!("/api/v1/observations/{observation}/still-worried");
    let teacher = world.client("teacher").await.with("Idempotency-Key", KEY);
    let first = teacher.post(&worried, json!({ "reason": "还是不放心" })).await.expect(202);
    world.settle().await;
    assert!(!world.told().is_empty());
    let once = counsellor.get(&path).await.expect(200).body["events"].clone();
    let again = teacher.post(&worried, json!({ "reason": "还是不放心" })).await.expect(202);
    assert_eq!(again.body, first.body);
    world.settle().await;
    world.told_exactly(&[]);
    let kinds = |events: &Value| events.as_array().unwrap().iter().filter(|e| e["kind"] == "still_worried").count();
    assert_eq!((kinds(&once), kinds(&counsellor.get(&path).await.expect(200).body["events"])), (1, 1));
    let other = teacher.post(&worried, json!({ "reason": "又一件事" })).await.expect(422);
    assert_eq!(other.code(), "idempotency_key_reused");
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(somebody_is_added_once_for_a_key_and_nothing_kept_lets_his_password_be_guessed, |world| {
    let admin = world.client("admin").await.with("Idempotency-Key", KEY);
    let body = somebody(&world, "newcomer", "a-long-password");
    let first = admin.post("/api/v1/people", body.clone()).await.expect(201);
    assert_eq!(admin.post("/api/v1/people", body.clone()).await.expect(201).body, first.body);
    for (login, password) in [("somebody-else", "a-long-password"), ("newcomer", "another-password")] {
        let other = admin.post("/api/v1/people", somebody(&world, login, password)).await.expect(422);
        assert_eq!(other.code(), "idempotency_key_reused");
    }
    let other_key = world.client("admin").await.with("Idempotency-Key", "another");
    assert_eq!(other_key.post("/api/v1/people", body).await.expect(409).code(), "already_exists");

    let mut tx = world.service.desk.storage.begin().await.unwrap();
    let kept = tx.remembered(world.town.person("admin"), KEY).await.unwrap().unwrap();
    assert!(!kept.answer.contains("password"), "{}", kept.answer);
    let school = world.town.schools[0].id;
    let guess = format!(
        r#"{{"login":"newcomer","name":"新来的老师","role":"nurse","unit":"{school}","lead":false,"contact_methods":[{{"channel":"mail","address":"newcomer@school.example"}}],"password":"a-long-password"}}"#
    );
    let guess = casework::IdempotencyKey::new(KEY, "/api/v1/people", guess.as_bytes());
    assert_ne!(kept.fingerprint, guess.fingerprint, "a digest that can be tried on a list of passwords");
});

on_both!(a_session_is_never_given_out_twice_for_a_key, |world| {
    let nobody = Client::anonymous(&world.base).with("Idempotency-Key", KEY);
    let body = json!({ "login": "teacher", "password": tests::town::PASSWORD });
    let first = nobody.post("/api/v1/session", body.clone()).await.expect(201).str("token");
    let second = nobody.post("/api/v1/session", body).await.expect(201).str("token");
    assert_ne!(first, second);
    let _ = alert_about(&world, 0, 1).await;
});
