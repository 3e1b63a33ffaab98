//! Students pass on: to another class, another stage, another school, or out. Until it is accepted nothing has moved.

mod after;
mod between;
mod class_change;
mod climbs;
mod custody;
mod danger;
mod leaves;
mod life;
mod pages;
mod plans;
mod roster;
mod roster_silent;
mod unheard;

use domain::id::{ClassId, StudentId};
use serde_json::{Value, json};
use tests::{Answer, World};

const LIST: &str = "/api/v1/student-hand-overs";

/// A change of class from the next day on, signed with nothing open.
fn change(student: StudentId, class: ClassId) -> Value {
    json!({ "students": [student], "kind": "class_change", "to": { "class": class }, "effective_on": "2026-11-24",
        "nothing_to_hand_over": true })
}

/// The same with what is open.
fn with(mut body: Value, open: &[&str]) -> Value {
    body["nothing_to_hand_over"] = json!(false);
    body["open_matters"] = json!(open);
    body
}

/// Somebody hands students over.
async fn send(world: &World, login: &str, body: Value) -> Answer {
    world.client(login).await.post(LIST, body).await
}

/// Somebody hands one student over; gives the address of the hand-over.
async fn sent(world: &World, login: &str, body: Value) -> String {
    let sent = send(world, login, body).await.expect(201);
    world.settle().await;
    format!("{LIST}/{}", sent.body["items"][0]["id"].as_str().unwrap())
}

async fn accept(world: &World, login: &str, path: &str) -> Answer {
    world.client(login).await.post(&format!("{path}/accept"), json!({})).await
}

/// Exactly these of the people open the file; to all others it does not exist.
async fn opens(world: &World, student: StudentId, people: &[&str], not: &[&str]) {
    let path = format!("/api/v1/students/{student}/growth-file");
    for login in people {
        let _ = world.client(login).await.get(&path).await.expect(200);
    }
    for login in not {
        let answer = world.client(login).await.get(&path).await;
        assert_eq!(answer.status, 404, "{login}: {}", answer.text);
    }
}

/// An alert of a level about a student, and who was told of it.
async fn alert(world: &World, student: StudentId, level: u8) -> String {
    let _ = world.file("nurse", world.filing(student, level)).await;
    world.settle().await;
    let _ = world.told();
    format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await)
}
