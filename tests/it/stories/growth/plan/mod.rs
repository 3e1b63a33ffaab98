//! The plan 一生一策: written, signed, carried out.

mod carried_out;
mod signed;
mod written;

use domain::id::StudentId;
use serde_json::{Value, json};
use tests::{Client, World};

fn plan_of(student: StudentId) -> String {
    format!("/api/v1/students/{student}/plan")
}

/// A plan in which the teacher does one thing and the dormitory another.
fn plan(world: &World, level: u8, problem: &str) -> Value {
    let (teacher, dorm) = (world.town.person("teacher"), world.town.person("dorm"));
    let measure = |text: &str, owner: domain::id::PersonId, per: &str| json!({ "text": text, "owner": owner, "frequency": { "times": 1, "per": per }, "until": "2026-12-31" });
    let mut body = json!({
        "problem": problem,
        "level": level,
        "causes": { "family": "父母在外地", "school": "换了宿舍" },
        "protective_factors": "和姑姑亲",
        "goals": [{ "text": "能睡够", "check": "连续一周八小时" }],
        "measures": [measure("每周谈一次", teacher, "week"), measure("熄灯后看一眼", dorm, "month")],
        "key_dates": [{ "date": "2026-12-20", "text": "父亲忌日" }],
        "review_at": "2026-12-15",
        "responsible": world.town.person("counsellor"),
    });
    if level >= 3 {
        body["safety_plan"] = json!({
            "triggers": "和家里通电话之后", "warning_signs": "不吃饭", "contacts": "姑姑",
            "means_restriction": "药由宿管保管", "escort": "周五由姑姑接"
        });
    }
    body
}

async fn measures(world: &World, login: &str, query: &str) -> Vec<Value> {
    world.client(login).await.get(&format!("/api/v1/measures{query}")).await.expect(200).items()
}

async fn sign(by: &Client, student: StudentId, version: u64) -> tests::Answer {
    by.post(&format!("{}/{version}/sign", plan_of(student)), json!({})).await
}
