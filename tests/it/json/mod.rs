//! The contract, call by call: what clients rely on.

mod bodies;
mod document;
mod faults;
mod idempotency;
mod roster;
mod states;
mod students;

use serde_json::Value;
use tests::{Answer, Client, World};

/// Decides with the tag of the last read.
async fn decide(client: &Client, path: &str, verb: &str, body: Value) -> Answer {
    let tag = client.get(path).await.expect(200).etag.unwrap();
    client.with("If-Match", &tag).post(&format!("{path}/{verb}"), body).await
}

/// Files about a student as the class teacher; gives the address of the alert. Letters count as read.
async fn alert_about(world: &World, n: usize, level: u8) -> String {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, n), level)).await;
    world.settle().await;
    let _ = world.told();
    format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await)
}
