//! Guessing passwords.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;
use tests::{Browser, Client, World, on_both};

async fn guess(world: &World, password: &str) -> tests::Answer {
    let body = json!({ "login": "teacher", "password": password });
    Client::anonymous(&world.base).post("/api/v1/session", body).await
}

/// Guesses many times at once; gives how many were looked at.
async fn guess_at_once(world: &World, times: usize) -> usize {
    let body = json!({ "login": "Teacher ", "password": "guessed-in-vain" });
    let client = Client::anonymous(&world.base);
    let tries: Vec<_> = (0..times)
        .map(|_| {
            let (client, body) = (client.clone(), body.clone());
            #[allow(clippy::disallowed_methods, reason = "many at once")]
            tokio::spawn(async move { client.post("/api/v1/session", body).await.status })
        })
        .collect();
    let mut looked_at = 0;
    for one in tries {
        let status = one.await.unwrap();
        assert!([401, 429, 503].contains(&status), "{status}");
        looked_at += usize::from(status == 401);
    }
    looked_at
}

on_both!(many_guesses_at_once_are_no_more_than_one_after_the_other, |world| {
    assert!(guess_at_once(&world, 60).await <= 4);
    assert_eq!(guess(&world, tests::town::PASSWORD).await.status, 429, "even the right one has to wait");
    world.clock.advance(TimeDelta::seconds(3));
    let _ = guess(&world, tests::town::PASSWORD).await.expect(201);
});

on_both!(of_one_account_no_more_than_a_hundred_guesses_are_looked_at_in_a_day, |world| {
    let mut looked_at = 0;
    let end = world.service.desk.now() + TimeDelta::days(1);
    while world.service.desk.now() < end {
        looked_at += guess_at_once(&world, 6).await;
        let refused = guess(&world, "guessed-in-vain").await;
        looked_at += usize::from(refused.status == 401);
        let wait = refused.headers.get("retry-after").and_then(|v| v.to_str().ok()?.parse().ok()).unwrap_or(1);
        world.clock.advance(TimeDelta::seconds(wait));
    }
    assert!((10..=100).contains(&looked_at), "{looked_at}");
});

on_both!(whoever_is_refused_reads_how_long_and_a_known_device_is_not_slowed, |world| {
    let browser = Browser::sign_in(&world.base, "teacher").await;
    for _ in 0..5 {
        let _ = guess(&world, "guessed-in-vain").await;
    }
    let refused = guess(&world, tests::town::PASSWORD).await.expect(429);
    assert_eq!(refused.headers["retry-after"], "2", "{}", refused.text);
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(guess(&world, "guessed-in-vain").await.expect(429).headers["retry-after"], "1");
    let again = browser.send("/sign-in", &[("login", "teacher"), ("password", tests::town::PASSWORD)], &[]).await;
    assert_eq!(again.status, 303);
    let device = browser.cookie("xindeng-device");
    let body = json!({ "login": "teacher", "password": tests::town::PASSWORD });
    let known = Client::anonymous(&world.base).with("Cookie", &format!("xindeng-device={device}"));
    let _ = known.post("/api/v1/session", body.clone()).await.expect(201);
    let other = json!({ "login": "grade", "password": "guessed-in-vain" });
    let _ = known.post("/api/v1/session", other).await.expect(401);
});

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_names_the_account_that_was_tried_and_old_waits_are_forgotten() {
    let world = World::sqlite().await;
    let _ = guess(&world, "guessed-in-vain").await.expect(401);
    let body = json!({ "login": "nobody-of-that-name", "password": "guessed-in-vain" });
    let _ = Client::anonymous(&world.base).post("/api/v1/session", body).await.expect(401);
    let file = world.scratch().join("test.db");
    let db = Database::connect(format!("sqlite://{}?mode=rw", file.display())).await.unwrap();
    let count = async |sql: String| {
        let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
        db.query_one_raw(statement).await.unwrap().unwrap().try_get::<i64>("", "n").unwrap()
    };
    let refused = "FROM audit WHERE act = 'sign_in_refused' AND person_id IS NULL";
    let teacher = world.town.person("teacher");
    assert_eq!(count(format!("SELECT COUNT(*) AS n {refused} AND object = '{teacher}'")).await, 1);
    assert_eq!(count(format!("SELECT COUNT(*) AS n {refused} AND object IS NULL")).await, 1);
    let waits = "SELECT COUNT(*) AS n FROM sign_in_delay".to_owned();
    assert_eq!(count(waits.clone()).await, 2);
    world.clock.advance(TimeDelta::hours(23));
    casework::tidy(&world.service.desk).await.unwrap();
    assert_eq!(count(waits.clone()).await, 2);
    world.clock.advance(TimeDelta::hours(2));
    casework::tidy(&world.service.desk).await.unwrap();
    assert_eq!(count(waits).await, 0);
}
