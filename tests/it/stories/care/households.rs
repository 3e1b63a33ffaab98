//! Whether home is told, where a report by law is why: decided by those who may hear of it, and by nobody whom it names.

use serde_json::{Value, json};
use tests::{Browser, Client, World, on_both};

use super::at;
use super::mandatory::{report, suspicion};

fn household(world: &World) -> String {
    format!("/api/v1/students/{}/household", world.town.student(0, 0, 0))
}

/// What somebody has to decide, and whether it waits still.
async fn asked(client: &Client, query: &str) -> Vec<Value> {
    let all = client.get(&format!("/api/v1/tasks?{query}")).await.expect(200).items();
    all.into_iter().filter(|t| t["kind"] == "guardian_decision").collect()
}

on_both!(whom_a_report_about_the_family_names_does_not_learn_that_the_household_is_locked, |world| {
    let mut body = suspicion("family");
    body["staff"] = json!([world.town.person("counsellor")]);
    let _ = report(&world, "teacher", body).await;
    world.settle().await;
    let path = format!("/api/v1/students/{}/household", world.town.student(0, 0, 0));
    let counsellor = world.client("counsellor").await;
    let seen = counsellor.get(&path).await;
    assert!(!seen.text.contains("family_suspected"), "{}", seen.text);
    let lift = json!({ "decision": "tell", "reason": "家里很好" });
    assert_eq!(counsellor.post(&format!("{path}/propose"), lift).await.expect(409).code(), "not_locked");
    let _ = world.told();
});

on_both!(whom_a_report_names_has_no_part_in_what_the_others_decide, |world| {
    let mut body = suspicion("family");
    body["staff"] = json!([world.town.person("counsellor")]);
    let _ = report(&world, "teacher", body).await;
    world.settle().await;
    // Two decide; where one of the two may not hear of it, the principal is asked in his place.
    world.told_exactly(&["vice", "principal"]);
    let path = household(&world);
    let (vice, principal) = (world.client("vice").await, world.client("principal").await);
    let counsellor = world.client("counsellor").await;
    for (who, count) in [(&vice, 1), (&principal, 1), (&counsellor, 0)] {
        assert_eq!(asked(who, "mine=true").await.len(), count);
    }
    assert!(asked(&counsellor, "").await.is_empty());
    let task = asked(&vice, "mine=true").await.remove(0);
    let on = json!({ "to": world.town.person("counsellor"), "reason": "请代办" });
    let hand_on = format!("/api/v1/tasks/{}/hand-on", task["id"].as_str().unwrap());
    assert_eq!(vice.post(&hand_on, on).await.expect(422).fields(), ["to"]);
    // Nor by standing in for one of them.
    let away = json!({ "deputy": world.town.person("counsellor"), "from": at("2026-11-23 10:00"), "to": at("2026-11-25 10:00") });
    let _ = vice.post("/api/v1/me/deputies", away).await.expect(201);
    world.pass(1).await;
    assert!(asked(&counsellor, "mine=true").await.is_empty());
    let _ = world.told();
    let keep = json!({ "decision": "do_not_tell", "reason": "警方先谈" });
    let _ = vice.post(&format!("{path}/propose"), keep).await.expect(200);
    assert_eq!(vice.post(&format!("{path}/sign"), json!({})).await.expect(409).code(), "same_person");
    assert_eq!(counsellor.post(&format!("{path}/sign"), json!({})).await.expect(409).code(), "not_locked");
    let student = world.town.student(0, 0, 0);
    let (browser, form) =
        (Browser::sign_in(&world.base, "principal").await, format!("/students/{student}/care/household"));
    let page = browser.get(&form).await.expect(200);
    let sign = format!("/students/{student}/care/household-sign");
    assert!(page.html.contains("警方先谈") && page.html.contains(&sign), "{}", page.html);
    let page = browser.get(&sign).await.expect(200);
    let proposal = page.value("proposal");
    let next = browser.post(&page, &sign, &[("proposal", &proposal)]).await.leads_to();
    let _ = browser.get(&next).await.expect(200);
    assert!(vice.get(&path).await.expect(200).body["signed_at"].is_string());
    for state in ["open", "done"] {
        assert!(asked(&counsellor, &format!("state={state}")).await.is_empty());
    }
    // Whoever was not asked decides nothing, and a principal is asked for this one child.
    let other = format!("/api/v1/students/{}/household", world.town.student(0, 0, 1));
    let _ = principal.post(&format!("{other}/sign"), json!({})).await.expect(403);
    let _ = principal.post(&format!("{path}/sign"), json!({})).await.expect(403);
    let _ = world.told();
});

on_both!(what_is_overdue_of_a_decision_is_told_to_nobody_whom_the_report_names, |world| {
    let mut body = suspicion("family");
    body["staff"] = json!([world.town.person("counsellor")]);
    let id = report(&world, "nurse", body).await;
    let police =
        json!({ "recipient": "police", "at": at("2026-11-23 10:00"), "office": "派出所", "officer": "王警官" });
    let told = format!("/api/v1/mandatory-reports/{id}/recipients");
    let _ = world.client("nurse").await.post(&told, police).await.expect(201);
    world.settle().await;
    world.told_exactly(&["vice", "principal"]);
    world.at("2026-11-23 16:00").await;
    assert!(!world.told().contains("counsellor"));
});

on_both!(of_a_report_about_the_principal_nobody_of_the_school_is_asked_and_the_district_hears_first, |world| {
    let mut body = suspicion("family");
    body["staff"] = json!([world.town.person("principal")]);
    let _ = report(&world, "nurse", body).await;
    world.at("2026-11-23 10:30").await;
    world.told_exactly(&["nurse", "district", "district-lead"]);
    let (path, counsellor) = (household(&world), world.client("counsellor").await);
    let tell = json!({ "decision": "tell", "reason": "家里很好" });
    assert_eq!(counsellor.post(&format!("{path}/propose"), tell).await.expect(409).code(), "not_locked");
    assert!(asked(&counsellor, "").await.is_empty());
});

on_both!(what_was_proposed_before_the_family_was_reported_is_signed_by_nobody, |world| {
    let calls = format!("/api/v1/students/{}/guardian-contacts", world.town.student(0, 0, 0));
    let unclear = json!({ "less_safe": "unclear" });
    let _ = world.client("teacher").await.post(&calls, unclear).await.expect(409);
    world.settle().await;
    world.told_exactly(&["counsellor", "vice"]);
    let (path, counsellor, vice) = (household(&world), world.client("counsellor").await, world.client("vice").await);
    let tell = json!({ "decision": "tell", "reason": "孩子说可以告诉母亲" });
    let _ = counsellor.post(&format!("{path}/propose"), tell.clone()).await.expect(200);
    let _ = report(&world, "nurse", suspicion("family")).await;
    world.settle().await;
    // They are asked anew, of what is known now; what was asked before is over.
    world.told_exactly(&["counsellor", "vice"]);
    assert_eq!(vice.post(&format!("{path}/sign"), json!({})).await.expect(409).code(), "no_proposal");
    assert_eq!(vice.get(&path).await.expect(200).str("why"), "family_suspected");
    for client in [&counsellor, &vice] {
        assert_eq!(asked(client, "mine=true").await.len(), 1);
        assert_eq!(asked(client, "mine=true&state=void").await.len(), 1);
    }
    // Who proposed before may know nothing of what comes next: the second report names him.
    let _ = counsellor.post(&format!("{path}/propose"), tell).await.expect(200);
    let mut named = suspicion("family");
    named["staff"] = json!([world.town.person("counsellor")]);
    let _ = report(&world, "nurse", named).await;
    world.settle().await;
    world.told_exactly(&["vice", "principal"]);
    assert_eq!(vice.post(&format!("{path}/sign"), json!({})).await.expect(409).code(), "no_proposal");
    assert!(asked(&counsellor, "mine=true").await.is_empty());
});
