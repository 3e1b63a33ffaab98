//! The growth file 一生一档: what is written, by whom it is read, and that it stays.

mod attachments;
mod correction;
mod entries;
mod kept;
mod lists;
mod pages;
mod plan;
mod readers;
mod redaction;
mod search;
pub(super) mod similar_names;
mod weighing;

use domain::id::StudentId;
use serde_json::{Value, json};
use tests::{Client, World};

/// Where the entries of a student are.
fn entries_of(student: StudentId) -> String {
    format!("/api/v1/students/{student}/growth-file/entries")
}

/// The file of a student as somebody reads it.
async fn file(world: &World, login: &str, student: StudentId, query: &str) -> Value {
    let path = format!("/api/v1/students/{student}/growth-file{query}");
    world.client(login).await.get(&path).await.expect(200).body
}

fn items(file: &Value) -> Vec<Value> {
    file["entries"]["items"].as_array().unwrap().clone()
}

/// What stands in a file, newest first, as somebody reads it.
async fn texts(world: &World, login: &str, student: StudentId, query: &str) -> Vec<String> {
    let all = items(&file(world, login, student, query).await);
    all.iter().map(|e| e["text"].as_str().unwrap_or("-").to_owned()).collect()
}

fn life_event(event: &str, at: &str, text: &str) -> Value {
    json!({ "kind": "life_event", "event": event, "at": at, "text": text, "source": "guardian" })
}

fn note(at: &str, text: &str) -> Value {
    json!({ "kind": "counselling", "at": at, "text": text, "source": "child" })
}

/// Writes an entry; gives its id.
async fn write(by: &Client, student: StudentId, body: Value) -> String {
    by.post(&entries_of(student), body).await.expect(201).str("id")
}
