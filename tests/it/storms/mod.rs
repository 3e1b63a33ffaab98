//! Very much at once: reds have their own way through, what may wait goes together, and nothing is sent twice.

mod bundles;
mod flood;
mod outage;
mod races;
mod receipts;
mod red_lane;

use domain::id::StudentId;
use notifier::Letter;
use serde_json::{Value, json};
use tests::World;

/// What one person got by SMS.
fn texts<'a>(world: &World, letters: &'a [Letter], login: &str) -> Vec<&'a str> {
    let sms = letters.iter().filter(|l| !l.to.contains('@') && world.login_of(&l.to) == login);
    sms.map(|l| l.text.as_str()).collect()
}

/// An alert as somebody sees it.
async fn seen(world: &World, login: &str, id: &str) -> Value {
    world.client(login).await.get(&format!("/api/v1/alerts/{id}")).await.expect(200).body
}

/// The alert that somebody sees about a child.
async fn alert_of(world: &World, login: &str, student: StudentId) -> String {
    let items = world.client(login).await.get("/api/v1/alerts").await.expect(200).items();
    let found = items.iter().find(|i| i["student"]["id"] == json!(student)).unwrap_or_else(|| panic!("{items:?}"));
    found["id"].as_str().unwrap().to_owned()
}
