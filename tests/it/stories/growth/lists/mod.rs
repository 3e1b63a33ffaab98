//! Lists 清单 and one student, one case 一人一案: a school's week.

mod cases;
mod import;
mod kept;
mod knowing;

use domain::id::StudentId;
use serde_json::{Value, json};
use tests::{Answer, Client, World};

use super::file;

fn lists_of(student: StudentId) -> String {
    format!("/api/v1/students/{student}/lists")
}

fn membership(list: &str, source: &str) -> Value {
    json!({ "list": list, "from": "2026-09-01", "evidence": "材料", "source": source, "review_at": "2026-12-01" })
}

async fn put(by: &Client, student: StudentId, body: Value) -> Answer {
    by.post(&lists_of(student), body).await
}

async fn codes(world: &World, login: &str, student: StudentId) -> Vec<String> {
    let all = file(world, login, student, "").await["lists"].as_array().unwrap().clone();
    all.iter().map(|l| l["code"].as_str().unwrap().to_owned()).collect()
}
