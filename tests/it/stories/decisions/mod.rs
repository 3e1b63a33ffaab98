//! Signed decisions that end an alert, or give it to somebody else.

mod closing;
mod false_alarm;
mod hand_over;
mod meeting;
mod not_escalating;
mod pages;
mod rechecks;
mod reopened;
mod samples;
mod samples_seen;
mod stated;

use serde_json::{Value, json};
use tests::{Answer, Client, World};

/// Decides on what was read last.
pub(super) async fn decide(client: &Client, path: &str, verb: &str, body: Value) -> Answer {
    let version = client.get(path).await.expect(200).etag.unwrap();
    client.with("If-Match", &version).post(&format!("{path}/{verb}"), body).await
}

/// The alert of the first child of the first class, of a level; everybody who was told has read it.
async fn alert(world: &World, level: u8) -> String {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), level)).await;
    world.settle().await;
    let _ = world.told();
    format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await)
}

/// Somebody assesses it as it is, having asked about means.
async fn assess(client: &Client, path: &str, level: u8) {
    let body = json!({ "level": level, "reason": "面谈后平稳", "means_asked": true });
    let _ = decide(client, path, "assess", body).await.expect(200);
}

async fn custody(world: &World, client: &Client, path: &str) {
    let body = json!({ "adult": "周老师", "since": world.service.desk.now(), "where": "心理咨询室" });
    let _ = client.post(&format!("{path}/custody"), body).await.expect(201);
}

/// Everything that a close of an orange or a red states.
pub(super) fn closing() -> Value {
    json!({
        "outcome": "resolved",
        "reason": "两次面谈平稳，家长知情",
        "evidence": [
            { "code": "student_seen", "by": "心理教师" }, "guardian_reached", { "code": "plan_in_place" },
        ],
    })
}

/// A red that has everything it needs to be closed, on the second day.
pub(super) async fn red_ready(world: &mut World) -> String {
    let path = alert(world, 4).await;
    let counsellor = world.client("counsellor").await;
    custody(world, &counsellor, &path).await;
    assess(&counsellor, &path, 4).await;
    world.at("2026-11-24 10:00").await;
    custody(world, &counsellor, &path).await;
    assess(&counsellor, &path, 4).await;
    world.settle().await;
    let _ = world.told();
    path
}
