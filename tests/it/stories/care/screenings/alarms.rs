//! The gravest answers: an alert on the ordinary way, with its ladder and with those who may not hear, and no score in any message.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::{enters, owed, path, sitting, talks};

const RUNG_0: [&str; 3] = ["counsellor", "grade", "teacher"];

async fn alert(world: &World, login: &str, id: &str) -> Value {
    world.client(login).await.get(&format!("/api/v1/alerts/{id}")).await.expect(200).body
}

fn reasons(alert: &Value) -> Vec<&str> {
    alert["reasons"].as_array().unwrap().iter().map(|r| r["rule"].as_str().unwrap()).collect()
}

on_both!(a_critical_answer_of_three_opens_an_orange_alert_on_the_ordinary_way, |world| {
    let kept = enters(&world, sitting(12, 3)).await;
    assert_eq!(kept.body["follow"], "at_once");
    // The first rung of an orange hears, and nobody else: not above, not beside, not the district.
    let letters = world.letters();
    let heard: std::collections::BTreeSet<String> = letters.iter().map(|l| world.login_of(&l.to)).collect();
    assert!(heard.iter().eq(&RUNG_0), "{heard:?}");
    for letter in &letters {
        let said = format!("{} {}", letter.subject, letter.text);
        assert!(!["筛查", "PHQ", "量表", "关键条目"].iter().any(|w| said.contains(w)), "{said}");
    }
    let id = kept.str("alert");
    let seen = alert(&world, "counsellor", &id).await;
    assert_eq!((&seen["level"], reasons(&seen)), (&json!(3), vec!["screening_critical"]));
    // Whoever stands by the child reads that it was a critical item, and nothing of what was answered.
    let seen = alert(&world, "teacher", &id).await.to_string();
    assert!(seen.contains("筛查关键条目"), "{seen}");
    let page = Browser::sign_in(&world.base, "teacher").await.get(&format!("/alerts/{id}")).await.expect(200);
    assert!(page.says("筛查关键条目"));
    for word in ["PHQ", "phq-a", "提不起劲", "总分", "第 9 题"] {
        assert!(!seen.contains(word) && !page.says(word), "{word}");
    }
    for other in ["nurse", "dorm", "subject", "teacher1", "grade1", "district", "admin", "counsellor-b"] {
        let _ = world.client(other).await.get(&format!("/api/v1/alerts/{id}")).await.expect(404);
    }
    let task = owed(&world, "counsellor").await.pop().unwrap();
    assert!(task["due_at"].as_str().unwrap().starts_with("2026-11-23T02:15"), "{task}");
    for words in ["留在学生身边", "立即访谈", "访谈后或无人能访谈时按红色上报"] {
        assert!(task["text"].as_str().unwrap().contains(words), "{task}");
    }
    // Two clocks: the interview's, and the ladder's.
    world.silent_until("2026-11-23 10:15", &["counsellor", "vice"]).await;
    world.silent_until("2026-11-23 11:00", &["vice"]).await;
    world.silent_until("2026-11-23 11:15", &["principal"]).await;
    talks(&world, "2026-11-23 11:10").await;
    assert!(owed(&world, "counsellor").await.is_empty());
    // The talk ends the task and never the alert.
    world.silent_until("2026-11-23 12:00", &["principal"]).await;
    world.silent_until("2026-11-23 13:00", &["district"]).await;
});

on_both!(a_critical_answer_of_two_with_a_high_score_opens_one_as_well, |world| {
    let kept = enters(&world, sitting(20, 2)).await;
    assert_eq!(kept.body["follow"], "at_once");
    world.told_exactly(&RUNG_0);
    talks(&world, "2026-11-23 10:00").await;
});

on_both!(a_second_screening_joins_the_alert_that_is_open, |world| {
    let first = enters(&world, sitting(12, 3)).await.str("alert");
    world.told_exactly(&RUNG_0);
    let second = enters(&world, sitting(14, 3)).await;
    assert_eq!(second.str("alert"), first);
    let seen = alert(&world, "counsellor", &first).await;
    assert_eq!(reasons(&seen), ["screening_critical", "screening_critical"]);
    let story: Vec<&str> = seen["events"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap()).collect();
    assert!(story.contains(&"筛查关键条目并入"), "{story:?}");
    let _ = world.told();
    talks(&world, "2026-11-23 10:00").await;
});

on_both!(a_critical_answer_raises_the_alert_that_is_open, |world| {
    let _ = world.file("counsellor", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let _ = world.told();
    let open = world.alert_seen_by("counsellor").await;
    let kept = enters(&world, sitting(12, 3)).await;
    assert_eq!(kept.str("alert"), open);
    let seen = alert(&world, "counsellor", &open).await;
    assert_eq!((&seen["level"], &seen["state"]), (&json!(3), &json!("untriaged")));
    world.told_exactly(&RUNG_0);
    talks(&world, "2026-11-23 10:00").await;
});

on_both!(beside_what_another_one_saw_it_goes_above_whoever_has_not_acted, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    world.pass(5).await;
    let _ = enters(&world, sitting(12, 3)).await;
    assert!(world.told().contains("vice"), "the next rung hears");
    talks(&world, "2026-11-23 10:05").await;
});

on_both!(a_red_stays_a_red, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    let open = world.alert_seen_by("counsellor").await;
    let _ = enters(&world, sitting(27, 3)).await;
    assert_eq!(alert(&world, "counsellor", &open).await["level"], 4);
    world.settle().await;
    let _ = world.told();
    talks(&world, "2026-11-23 10:00").await;
});

on_both!(what_is_sent_again_with_its_key_is_done_once, |world| {
    let counsellor = world.client("counsellor").await;
    let keyed = counsellor.with("Idempotency-Key", "sitting-1");
    let first = keyed.post(&path(&world), sitting(12, 3)).await.expect(201);
    let again = keyed.post(&path(&world), sitting(12, 3)).await.expect(201);
    assert_eq!(first.body, again.body);
    let other = keyed.post(&path(&world), sitting(13, 3)).await.expect(422);
    assert_eq!(other.code(), "idempotency_key_reused");
    world.settle().await;
    world.told_exactly(&RUNG_0);
    assert_eq!(owed(&world, "counsellor").await.len(), 1);
    let seen = alert(&world, "counsellor", &first.str("alert")).await;
    assert_eq!(reasons(&seen), ["screening_critical"]);
    talks(&world, "2026-11-23 10:00").await;
});
