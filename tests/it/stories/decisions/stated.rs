//! What is stated for a close is held against the file, for whoever signs it and whoever looks at it afterwards.

use serde_json::{Value, json};
use tests::world::shanghai;
use tests::{Browser, World, on_both};

use super::samples::sample;
use super::{closing, decide, red_ready};

fn call(world: &World) -> (String, Value) {
    let body = json!({
        "at": shanghai("2026-11-24 09:50").to_rfc3339(), "guardian": "母亲张某", "relation": "mother", "by": "telephone",
        "told": "孩子情绪低落", "answer": "not_reached", "less_safe": "no",
    });
    (format!("/api/v1/students/{}/guardian-contacts", world.town.student(0, 0, 0)), body)
}

fn in_record(evidence: &Value) -> Vec<(String, Value)> {
    let one = |e: &Value| (e["code"].as_str().unwrap().to_owned(), e["in_record"].clone());
    evidence.as_array().unwrap().iter().map(one).collect()
}

fn expected(guardian: Value, plan: Value) -> Vec<(String, Value)> {
    let said = [("student_seen", json!(true)), ("guardian_reached", guardian), ("plan_in_place", plan)];
    said.map(|(code, said)| (code.to_owned(), said)).into()
}

on_both!(what_the_file_does_not_show_of_a_close_is_said_to_whoever_signs_and_to_whoever_looks, |world| {
    world.draws(100, false).await;
    let path = red_ready(&mut world).await;
    let page = path.replace("/api/v1", "");
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    // Nobody has answered, and that is in the file.
    let (calls, mut call) = call(&world);
    let _ = counsellor.post(&calls, call.clone()).await.expect(201);
    let _ = decide(&counsellor, &path, "close", closing()).await.expect(202);
    world.settle().await;
    let _ = world.told();
    for reader in ["vice", "principal"] {
        let seen = world.client(reader).await.get(&path).await.expect(200).body["proposal"]["evidence"].clone();
        assert_eq!(in_record(&seen), expected(json!(false), json!(false)), "{reader}: an adult was with the child");
        let shown = Browser::sign_in(&world.base, reader).await.get(&page).await.expect(200);
        assert_eq!(shown.html.matches("档案中未见").count(), 2, "{reader}: {}", shown.html);
    }
    let teacher = Browser::sign_in(&world.base, "teacher").await.get(&page).await.expect(200);
    assert!(!teacher.says("档案中未见"), "{}", teacher.html);
    call["answer"] = json!("reached");
    let _ = counsellor.post(&calls, call.clone()).await.expect(201);
    let seen = vice.get(&path).await.expect(200).body["proposal"]["evidence"].clone();
    assert_eq!(in_record(&seen), expected(json!(true), json!(false)));
    let shown = Browser::sign_in(&world.base, "vice").await.get(&page).await.expect(200);
    assert_eq!(shown.html.matches("档案中未见").count(), 1, "{}", shown.html);
    // He may sign it all the same.
    let done = decide(&vice, &path, "approve", json!({})).await.expect(200);
    assert_eq!(in_record(&done.body["closing"]["evidence"])[1].1, json!(null), "decided is decided");
    world.settle().await;
    let _ = world.told();
    let sample = sample(&world, "principal").await;
    let principal = world.client("principal").await;
    let seen = principal.get(&sample).await.expect(200).body["evidence"].clone();
    assert_eq!(in_record(&seen), expected(json!(true), json!(false)));
    let shown = Browser::sign_in(&world.base, "principal").await.get(&sample.replace("/api/v1", "")).await.expect(200);
    assert_eq!(shown.html.matches("档案中未见").count(), 1, "{}", shown.html);
});

on_both!(what_is_written_down_after_a_close_does_not_bear_it_out, |world| {
    world.draws(100, false).await;
    let path = red_ready(&mut world).await;
    let _ = decide(&world.client("counsellor").await, &path, "close", closing()).await.expect(202);
    let _ = decide(&world.client("vice").await, &path, "approve", json!({})).await.expect(200);
    world.pass(1).await;
    let _ = world.told();
    let (calls, mut call) = call(&world);
    call["answer"] = json!("reached");
    let _ = world.client("counsellor").await.post(&calls, call).await.expect(201);
    let sample = sample(&world, "principal").await;
    let seen = world.client("principal").await.get(&sample).await.expect(200).body["evidence"].clone();
    assert_eq!(in_record(&seen), expected(json!(false), json!(false)));
});
