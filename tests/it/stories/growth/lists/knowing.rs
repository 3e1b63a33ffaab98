//! Who learns who is on which list, and what a list wants.

use serde_json::json;
use tests::{Answer, on_both};

use super::super::texts;
use super::{codes, lists_of, membership, put};

on_both!(a_child_is_on_several_lists_and_who_may_not_know_of_one_does_not, |world| {
    let student = world.town.student(0, 0, 0);
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    assert!(codes(&world, "counsellor", student).await.is_empty(), "the roster puts nobody on a list");
    let _ = put(&counsellor, student, membership("left_behind", "guardian")).await.expect(201);
    let mut opinion = membership("disorder", "hospital");
    opinion["evidence"] = json!("市二院门诊病历，家长出示");
    let _ = put(&vice, student, opinion).await.expect(201);
    assert_eq!(codes(&world, "counsellor", student).await.len(), 2);
    for login in ["vice", "principal"] {
        assert_eq!(codes(&world, login, student).await.len(), 2, "{login}");
    }
    for login in ["teacher", "grade"] {
        assert_eq!(codes(&world, login, student).await, ["left_behind"], "{login}");
        let listed = world.client(login).await.get(&lists_of(student)).await.expect(200);
        assert!(!listed.text.contains("disorder") && !listed.text.contains("病历"), "{}", listed.text);
        let _ = world.client(login).await.get("/api/v1/lists/disorder").await.expect(404);
        assert!(!world.client(login).await.get("/api/v1/lists").await.expect(200).text.contains("disorder"));
        assert_eq!(texts(&world, login, student, "").await, ["列入「留守儿童」（自 2026-09-01）：材料"], "{login}");
    }
    // What the hospital wrote is the counsellor's to read.
    let evidence = |answer: &Answer| {
        let all = answer.items();
        all.iter().find(|m| m["list"]["code"] == "disorder").map(|m| m["evidence"].clone()).unwrap()
    };
    assert_eq!(evidence(&counsellor.get(&lists_of(student)).await), "市二院门诊病历，家长出示");
    assert_eq!(evidence(&vice.get(&lists_of(student)).await), json!(null));
    assert!(!vice.get("/api/v1/cases").await.expect(200).text.contains("病历"));
    // Nobody hears of it.
    world.settle().await;
    assert!(world.letters().is_empty());
});

on_both!(a_list_wants_its_evidence_and_everything_wrong_is_said_at_once, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let said = put(&counsellor, student, membership("disorder", "staff")).await.expect(422);
    assert_eq!(said.faults(), [("source".to_owned(), "evidence_needed".to_owned())]);
    let bad = json!({ "list": "poor", "from": "2026-11-24", "evidence": "", "review_at": "2026-11-23" });
    let said = put(&counsellor, student, bad).await.expect(422);
    assert_eq!(said.fields(), ["list", "from", "evidence", "review_at"]);
    for login in ["teacher", "grade", "principal"] {
        let _ = put(&world.client(login).await, student, membership("difficulty", "staff")).await.expect(403);
    }
    let _ = put(&world.client("counsellor-b").await, student, membership("difficulty", "staff")).await.expect(404);
    let _ = put(&counsellor, student, membership("difficulty", "staff")).await.expect(201);
    let twice = put(&counsellor, student, membership("difficulty", "staff")).await.expect(409);
    assert_eq!(twice.code(), "already_on_list");
    let keyed = counsellor.with("Idempotency-Key", "list-1");
    let first = put(&keyed, student, membership("migrant", "staff")).await.expect(201);
    assert_eq!(put(&keyed, student, membership("migrant", "staff")).await.expect(201).body, first.body);
    assert_eq!(codes(&world, "teacher", student).await.len(), 2);
});
