//! A signed decision keeps an alert on its rung for a while: never a red, never without end.

use serde_json::{Value, json};
use tests::{Browser, Client, on_both};

use super::{alert, decide};

fn keep(reason: &str) -> Value {
    json!({ "reason": reason })
}

async fn kinds(client: &Client, path: &str) -> Vec<String> {
    let seen = client.get(path).await.expect(200).body;
    seen["events"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect()
}

on_both!(a_yellow_that_is_kept_on_its_rung_climbs_when_its_time_is_over_and_says_why, |world| {
    let path = alert(&world, 2).await;
    let counsellor = world.client("counsellor").await;
    let done = decide(&counsellor, &path, "not-escalate", keep("班主任今天家访，先由班级跟进")).await.expect(200);
    assert_eq!((done.str("state"), done.str("tier")), ("untriaged".to_owned(), "class".to_owned()));
    assert_eq!(done.str("deadline_at"), "2026-11-26T02:00:00Z", "two school days after its own deadline");
    assert_eq!(done.body["not_escalating"]["until"], "2026-11-26T02:00:00Z");
    let again = decide(&counsellor, &path, "not-escalate", keep("再等等")).await.expect(409);
    assert_eq!(again.code(), "not_escalating_already");
    let seen = world.client("teacher").await.get(&path).await.expect(200);
    assert_eq!(seen.body["not_escalating"]["reason"], json!(null));
    assert!(!seen.text.contains("家访"), "why is not for everybody");

    world.silent_until("2026-11-26 10:00", &["grade"]).await;
    let events = kinds(&counsellor, &path).await;
    let on = events.iter().position(|k| k == "climbs_on").unwrap();
    let grade = events.iter().rposition(|k| k == "rung_told").unwrap();
    assert!(on < grade, "first why, then whom: {events:?}");
    let seen = counsellor.get(&path).await.expect(200).body;
    assert!(seen["not_escalating"].is_null() && seen["tier"] == "grade", "{seen}");
});

on_both!(an_orange_is_kept_on_its_rung_by_two_and_climbs_as_always_until_then, |world| {
    let path = alert(&world, 3).await;
    let counsellor = world.client("counsellor").await;
    let late = json!({ "reason": "孩子在心理室", "until": "2026-11-23T16:00:00+08:00" });
    let refused = decide(&counsellor, &path, "not-escalate", late).await.expect(422);
    assert_eq!(refused.faults(), [("until".to_owned(), "too_late".to_owned())]);
    let early = json!({ "reason": "孩子在心理室", "until": "2026-11-23T11:00:00+08:00" });
    let refused = decide(&counsellor, &path, "not-escalate", early).await.expect(422);
    assert_eq!(refused.faults(), [("until".to_owned(), "no_later".to_owned())]);
    let asked = decide(&counsellor, &path, "not-escalate", keep("孩子在心理室")).await.expect(202);
    assert_eq!(asked.str("status"), "awaiting_second_signature");
    assert_eq!(asked.body["proposal"]["until"], "2026-11-23T05:00:00Z");
    assert_eq!(asked.str("deadline_at"), "2026-11-23T03:00:00Z", "no clock moves by a proposal");
    world.settle().await;
    world.told_exactly(&["principal", "vice"]);
    let own = decide(&counsellor, &path, "approve", json!({})).await.expect(409);
    assert_eq!(own.code(), "same_person");
    world.silent_until("2026-11-23 11:00", &["vice"]).await;

    let vice = world.client("vice").await;
    let done = decide(&vice, &path, "approve", json!({ "note": "同意" })).await.expect(200);
    assert_eq!(done.str("deadline_at"), "2026-11-23T05:00:00Z");
    let kept = &done.body["not_escalating"];
    assert!(kept["signed_by"]["name"].as_str().unwrap().contains("vice"), "{kept}");
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    world.silent_until("2026-11-23 13:00", &["principal"]).await;
});

on_both!(a_red_climbs_whoever_signs_and_what_does_not_climb_is_not_kept, |world| {
    let path = alert(&world, 4).await;
    let counsellor = world.client("counsellor").await;
    let refused = decide(&counsellor, &path, "not-escalate", keep("已在处理")).await.expect(422);
    assert_eq!(refused.faults(), [("level".to_owned(), "red_always_escalates".to_owned())]);
    let bare = decide(&counsellor, &path, "not-escalate", json!({})).await.expect(422);
    assert_eq!(bare.fields(), ["reason"]);
    let _ = counsellor.post(&format!("{path}/not-escalate"), keep("已在处理")).await.expect(428);
    let _ = decide(&world.client("teacher").await, &path, "not-escalate", keep("已在处理")).await.expect(403);
    let _ = decide(&world.client("principal").await, &path, "not-escalate", keep("已在处理")).await.expect(403);
    let page = Browser::sign_in(&world.base, "counsellor").await;
    assert!(!page.get(&path.replace("/api/v1", "")).await.expect(200).says("keep_reason"));
    world.silent_until("2026-11-23 10:10", &["district"]).await;
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
});

on_both!(new_evidence_and_a_worry_end_it_at_once, |world| {
    let student = world.town.student(0, 0, 0);
    let seen = world.file("teacher", world.filing(student, 2)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let before = counsellor.get(&path).await.expect(200).str("deadline_at");
    let _ = decide(&counsellor, &path, "not-escalate", keep("先由班级跟进")).await.expect(200);
    let _ = world.file("teacher", world.filing(student, 1)).await;
    let seen_now = counsellor.get(&path).await.expect(200);
    assert_eq!((seen_now.str("deadline_at"), seen_now.body["level"].clone()), (before, json!(2)));
    assert!(seen_now.body["not_escalating"].is_null(), "{}", seen_now.body);
    assert!(kinds(&counsellor, &path).await.contains(&"climbs_on".to_owned()));
    world.settle().await;
    world.told_exactly(&[]);

    let _ = decide(&counsellor, &path, "not-escalate", keep("先由班级跟进")).await.expect(200);
    let worried = json!({ "reason": "今天没来上课" });
    let _ = world
        .client("teacher")
        .await
        .post(&format!("/api/v1/observations/{seen}/still-worried"), worried)
        .await
        .expect(202);
    assert!(counsellor.get(&path).await.expect(200).body["not_escalating"].is_null());
    world.settle().await;
    world.told_exactly(&["grade"]);
});

on_both!(a_proposal_that_the_alert_has_moved_on_from_keeps_nothing, |world| {
    let path = alert(&world, 3).await;
    let counsellor = world.client("counsellor").await;
    let _ = decide(&counsellor, &path, "not-escalate", keep("孩子在心理室")).await.expect(202);
    let _ = world.client("grade").await.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let vice = world.client("vice").await;
    assert_eq!(decide(&vice, &path, "approve", json!({})).await.expect(409).code(), "does_not_climb");
    // It is in the way of nothing.
    let body = json!({ "level": 3, "reason": "面谈后维持", "means_asked": true });
    let _ = decide(&counsellor, &path, "assess", body).await.expect(200);
    assert!(counsellor.get(&path).await.expect(200).body["proposal"].is_null());
    world.settle().await;
    let _ = world.told();
});

on_both!(it_is_decided_on_the_page_and_nothing_that_was_typed_is_lost, |world| {
    let path = alert(&world, 2).await;
    let (page, counsellor) = (path.replace("/api/v1", ""), Browser::sign_in(&world.base, "counsellor").await);
    let shown = counsellor.get(&page).await.expect(200);
    let version = shown.value("version");
    let wrong = [("version", version.as_str()), ("until", "2027-01-04T10:00"), ("keep_reason", "班主任今天家访")];
    let refused = counsellor.post(&shown, &format!("{page}/not-escalate"), &wrong).await.expect(422);
    assert!(refused.says("href=\"#until\"") && refused.says("班主任今天家访"), "{}", refused.html);
    assert!(refused.says("value=\"2027-01-04T10:00\""), "{}", refused.html);
    let right = wrong.map(|(n, v)| if n == "until" { (n, "2026-11-25T16:00") } else { (n, v) });
    let done = counsellor.post(&shown, &format!("{page}/not-escalate"), &right).await.leads_to();
    let kept = counsellor.get(&done).await.expect(200);
    assert!(kept.says("11-25 16:00 前暂不上报") && kept.says("班主任今天家访"), "{}", kept.html);
    assert!(!kept.says("keep_reason"), "it is kept already");
    let teacher = Browser::sign_in(&world.base, "teacher").await.get(&page).await.expect(200);
    assert!(teacher.says("前暂不上报") && !teacher.says("班主任今天家访"), "{}", teacher.html);
    world.settle().await;
    world.told_exactly(&[]);
});
