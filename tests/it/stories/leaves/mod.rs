//! Leave and return: nobody is forgotten while he is away, nobody comes back on one person's word, and the return weighs.

mod pages;
mod returns;
mod stays;

use serde_json::{Value, json};
use tests::{Client, World};

/// Where the leaves of the first student are.
fn leaves(world: &World) -> String {
    format!("/api/v1/students/{}/leaves", world.town.student(0, 0, 0))
}

fn on_leave(world: &World, keeper: &str) -> Value {
    json!({
        "from": "2026-11-23", "reason": "health", "paper_seen": true, "keeper": world.town.person(keeper),
        "every_days": 7, "note": "住院治疗",
    })
}

/// The first student is on leave from the Monday on; the class teacher keeps in touch. Gives the path of the leave.
async fn away(world: &World) -> String {
    let path = leaves(world);
    let made = world.client("counsellor").await.post(&path, on_leave(world, "teacher")).await.expect(201);
    world.settle().await;
    world.told_exactly(&["teacher"]);
    format!("{path}/{}", made.str("id"))
}

fn application(world: &World) -> Value {
    let reviewer = world.town.person("grade");
    json!({ "applied_by": "母亲张某", "from": "2026-12-07", "reviewer": reviewer, "note": "状态稳定" })
}

fn papers(hospital: bool, assessor: Value) -> Value {
    let paper = |code: &str, present: bool| json!({ "code": code, "present": present });
    json!({
        "papers": [paper("application", true), paper("hospital_opinion", hospital), paper("guardian_promise", true)],
        "assessor": assessor,
    })
}

fn stages(world: &World) -> Value {
    let owner = world.town.person("teacher");
    json!([
        { "from": "2026-12-07", "until": "2026-12-11", "hours_per_day": 3, "with_whom": "母亲", "watch": "课间状态", "owner": owner },
        { "from": "2026-12-14", "until": "2026-12-18", "hours_per_day": 6, "with_whom": "同学", "watch": "作息", "owner": owner },
    ])
}

fn decision(world: &World, verdict: &str) -> Value {
    json!({
        "verdict": verdict, "reason": "评估后认为合适", "until": "2026-12-21", "stages": stages(world),
        "signer": world.town.person("vice"),
    })
}

/// Takes a step as somebody.
async fn step(client: &Client, leave: &str, verb: &str, body: Value) -> Value {
    client.post(&format!("{leave}/{verb}"), body).await.expect(200).body
}

/// Applied for, papers complete, assessed: a decision is to be proposed. All have read what they were told.
async fn assessed(world: &World) -> String {
    let leave = away(world).await;
    let (counsellor, grade) = (world.client("counsellor").await, world.client("grade").await);
    let _ = step(&counsellor, &leave, "return", application(world)).await;
    world.settle().await;
    world.told_exactly(&["grade"]);
    let _ = step(&grade, &leave, "review", papers(true, json!(world.town.person("counsellor")))).await;
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let found = json!({ "text": "访谈三次，睡眠恢复", "means_asked": true, "advice": "return" });
    let _ = step(&counsellor, &leave, "assessment", found).await;
    leave
}

/// The vice-principal signs what was proposed last, or sends it back.
async fn sign(client: &Client, leave: &str, agrees: bool) -> Value {
    step(
        client,
        leave,
        "sign",
        json!({ "decision": proposed(client, leave).await, "agrees": agrees, "note": "已核对" }),
    )
    .await
}

async fn proposed(client: &Client, leave: &str) -> Value {
    let path = leave.rsplit_once('/').unwrap().0;
    let leaves = client.get(path).await.expect(200).items();
    let steps = leaves[0]["steps"].as_array().unwrap().clone();
    steps.iter().rev().find(|s| s["kind"] == "decision").unwrap()["id"].clone()
}
