//! Screenings written down by hand: what follows from a critical answer and from a score, at which clock, who is told and who
//! is not.

mod alarms;
mod clocks;
mod config;
mod forms;
mod seen;

use domain::id::StudentId;
use serde_json::{Value, json};
use tests::{Answer, World};

use super::at;

/// Where the screenings of the first student are.
fn path(world: &World) -> String {
    path_of(world.town.student(0, 0, 0))
}

fn path_of(student: StudentId) -> String {
    format!("/api/v1/students/{student}/screenings")
}

/// A sitting with the teen version of the PHQ-9.
fn sitting(total: u8, critical: u8) -> Value {
    json!({
        "at": at("2026-11-23 09:00"), "instrument": "phq-a", "version": "2002", "total": total, "critical": critical,
        "validity": "valid", "reading": "睡眠和食欲不好，对原来喜欢的事提不起劲",
    })
}

/// The counsellor writes it down; whoever is told is told.
async fn enters(world: &World, body: Value) -> Answer {
    let kept = world.client("counsellor").await.post(&path(world), body).await.expect(201);
    world.settle().await;
    kept
}

/// The open tasks that somebody sees, of those that follow from screenings.
async fn owed(world: &World, login: &str) -> Vec<Value> {
    let all = world.client(login).await.get("/api/v1/tasks").await.expect(200).items();
    all.into_iter().filter(|t| t["kind"].as_str().unwrap().contains("interview")).collect()
}

/// The counsellor writes down a talk without danger.
async fn talks(world: &World, when: &str) {
    let talk = json!({
        "at": at(when), "text": "聊了睡觉的事", "means_asked": true, "wish_to_die": "no", "safe_now": "yes",
    });
    let path = format!("/api/v1/students/{}/interviews", world.town.student(0, 0, 0));
    let _ = world.client("counsellor").await.post(&path, talk).await.expect(201);
    world.settle().await;
}
