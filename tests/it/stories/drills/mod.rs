//! Drills: the ladder climbed about nobody.

mod access;
mod answers;
mod ends;
mod night;
mod outside;
mod real;
mod report;
mod starting;
mod traces;

use serde_json::{Value, json};
use tests::{Answer, World};

/// Whom a drill of the school alone tells first.
const SCHOOL: [&str; 3] = ["counsellor", "vice", "principal"];

/// A drill of a red with a note.
fn plain() -> Value {
    json!({ "note": "开学例行演练" })
}

/// The principal starts a drill, and everything that is due happens; gives its id.
async fn start(world: &World, body: Value) -> String {
    let id = world.client("principal").await.post("/api/v1/drills", body).await.expect(201).str("id");
    world.settle().await;
    id
}

/// The drill as somebody sees it.
async fn seen(world: &World, login: &str, id: &str) -> Answer {
    world.client(login).await.get(&format!("/api/v1/drills/{id}")).await
}

/// Somebody does something with a drill.
async fn act(world: &World, login: &str, id: &str, what: &str) -> Answer {
    world.client(login).await.post(&format!("/api/v1/drills/{id}/{what}"), json!({})).await
}

/// Who would be there.
async fn custody(world: &World, login: &str, id: &str) -> Answer {
    let body = json!({ "adult": "周老师", "since": world.service.desk.now(), "where": "办公室" });
    world.client(login).await.post(&format!("/api/v1/drills/{id}/custody"), body).await
}

/// Exactly these people got letters, and every one of the letters says first that it is a drill.
#[track_caller]
fn told_of_a_drill(world: &World, logins: &[&str]) -> Vec<notifier::Letter> {
    let letters = world.letters();
    for l in &letters {
        let first = if l.text.starts_with('【') { "【示例一中】演练" } else { "这是演练" };
        assert!(l.text.starts_with(first), "{}", l.text);
        assert!(l.subject.is_empty() || l.subject.starts_with("【示例一中】演练"), "{}", l.subject);
    }
    let told: std::collections::BTreeSet<String> = letters.iter().map(|l| world.login_of(&l.to)).collect();
    let want: std::collections::BTreeSet<String> = logins.iter().map(|l| (*l).to_owned()).collect();
    assert_eq!(told, want);
    letters
}

/// The last four digits of somebody's telephone.
fn four(world: &World, login: &str) -> String {
    let index = world.town.people.iter().position(|(l, _)| l == login).unwrap();
    (19_900_000_000 + index as u64).to_string()[7..].to_owned()
}
