//! The care of a student: tasks, watches, referrals, talks, and calls to guardians.

mod affected;
mod circles;
mod guardians;
mod households;
mod locked;
mod mandatory;
mod notices;
mod once;
mod papers;
mod passed_on;
mod referrals;
mod screenings;
mod talks;
mod tasks;
mod watches;

use serde_json::{Value, json};
use tests::world::shanghai;
use tests::{Answer, Client, World};

/// A local time, as programs send it.
pub(super) fn at(local: &str) -> String {
    shanghai(local).to_rfc3339()
}

/// A task that one person gives to another about the first student.
async fn give(world: &World, from: &str, to: &str, due: &str) -> String {
    let answer = world.client(from).await.post("/api/v1/tasks", body(world, to, due)).await.expect(201);
    answer.str("id")
}

fn body(world: &World, to: &str, due: &str) -> Value {
    json!({
        "student": world.town.student(0, 0, 0), "kind": "look_in", "text": "课间看看孩子的状态",
        "owner": world.town.person(to), "due_at": at(due),
    })
}

/// Signs what is proposed about telling home, as it was read.
pub(super) async fn sign_household(client: &Client, household: &str) -> Answer {
    let proposal = client.get(household).await.expect(200).body["proposal"].clone();
    client.post(&format!("{household}/sign"), json!({ "proposal": proposal })).await.expect(200)
}
