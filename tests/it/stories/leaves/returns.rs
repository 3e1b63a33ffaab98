//! A child comes back by stages, on two signatures, and it weighs for six months.

use domain::lang::Lang;
use domain::leave::LeaveState;
use serde_json::{Value, json};
use tests::{Browser, on_both};

use super::{application, assessed, decision, proposed, sign, stages, step};

on_both!(a_child_comes_back_by_stages_that_somebody_confirms, |world| {
    let leave = assessed(&world).await;
    let (counsellor, vice, teacher) =
        (world.client("counsellor").await, world.client("vice").await, world.client("teacher").await);
    let own = json!({ "verdict": "granted", "reason": "合适", "stages": stages(&world), "signer": world.town.person("counsellor") });
    let mut both = own.clone();
    both["stages"][0]["owner"] = json!(world.town.person("subject"));
    let refused = counsellor.post(&format!("{leave}/decision"), both).await.expect(422);
    assert_eq!(refused.fields(), ["stages[0].owner", "signer"]);
    let refused = counsellor.post(&format!("{leave}/decision"), own).await.expect(422);
    assert_eq!(refused.faults(), [("signer".to_owned(), "cannot_have_it".to_owned())]);
    let _ = step(&counsellor, &leave, "decision", decision(&world, "granted")).await;
    world.settle().await;
    world.told_exactly(&["vice"]);
    let id = proposed(&vice, &leave).await;
    let yes = |id: &Value| json!({ "decision": id, "agrees": true });
    assert_eq!(counsellor.post(&format!("{leave}/sign"), yes(&id)).await.expect(409).code(), "same_person");
    let _ = teacher.post(&format!("{leave}/sign"), yes(&id)).await.expect(403);
    assert_eq!(vice.post(&format!("{leave}/sign"), yes(&json!("evt_0"))).await.expect(409).code(), "no_proposal");
    // Those who sign read what is advised and why, not what the child said.
    let before = vice.get(leave.rsplit_once('/').unwrap().0).await.expect(200);
    assert!(before.text.contains("\"result\":\"return\"") && !before.text.contains("睡眠恢复"), "{}", before.text);
    assert_eq!(sign(&vice, &leave, true).await["state"], "returning");
    world.settle().await;
    world.told_exactly(&["teacher"]);
    let seen = teacher.get(leave.rsplit_once('/').unwrap().0).await.expect(200);
    assert!(seen.text.contains("课间状态") && !seen.text.contains("评估后认为合适") && !seen.text.contains("睡眠恢复"));
    // A stage that nobody confirms is a task, and then the next rung hears of it.
    let well = |n: u32| json!({ "stage": n, "how": "confirmed", "text": "课间和同学在一起" });
    assert_eq!(teacher.post(&format!("{leave}/stage"), well(1)).await.expect(422).faults()[0].1, "not_begun");
    world.silent_until("2026-12-11 16:00", &["teacher"]).await;
    world.silent_until("2026-12-12 08:00", &["teacher"]).await;
    world.silent_until("2026-12-13 08:00", &["teacher"]).await;
    world.silent_until("2026-12-14 08:00", &["teacher"]).await;
    world.silent_until("2026-12-15 08:00", &["teacher"]).await;
    world.silent_until("2026-12-15 16:00", &["grade"]).await;
    let longer = json!({ "stage": 1, "how": "prolonged", "text": "下午困倦", "until": "2026-12-11" });
    assert_eq!(teacher.post(&format!("{leave}/stage"), longer).await.expect(422).faults()[0].1, "in_the_past");
    let _ = step(&teacher, &leave, "stage", well(1)).await;
    assert_eq!(teacher.post(&format!("{leave}/stage"), well(1)).await.expect(422).faults()[0].1, "not_running");
    let back = json!({ "stage": 2, "how": "stepped_back", "text": "中午不想进教室", "until": "2026-12-18" });
    assert_eq!(step(&teacher, &leave, "stage", back).await["stages"][0]["state"], "running");
    let _ = step(&teacher, &leave, "stage", well(1)).await;
    let done = step(&teacher, &leave, "stage", well(2)).await;
    assert_eq!((done["state"].as_str(), done["may"].as_array().map(Vec::len)), (Some("done"), Some(0)));
    world.pass(60 * 24 * 30).await;
    world.told_exactly(&[]);
});

on_both!(a_report_in_the_six_months_after_a_return_stands_one_level_higher, |world| {
    let leave = assessed(&world).await;
    let _ = step(&world.client("counsellor").await, &leave, "decision", decision(&world, "granted")).await;
    let _ = sign(&world.client("vice").await, &leave, true).await;
    world.settle().await;
    let _ = world.told();
    world.at("2026-12-08 10:00").await;
    let (back, other) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let _ = world.file("subject", world.filing(back, 1)).await;
    let _ = world.file("subject", world.filing(other, 1)).await;
    world.settle().await;
    let _ = world.told();
    let items = world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items();
    let level = |id: domain::id::StudentId| {
        items.iter().find(|a| a["student"]["id"] == id.to_string()).unwrap()["level"].clone()
    };
    assert_eq!((level(back), level(other)), (json!(2), json!(1)));
});

on_both!(an_appeal_is_decided_in_its_time_by_somebody_who_did_not_decide_before, |world| {
    let leave = assessed(&world).await;
    let (counsellor, vice, principal) =
        (world.client("counsellor").await, world.client("vice").await, world.client("principal").await);
    let _ = step(&counsellor, &leave, "decision", decision(&world, "refused")).await;
    world.settle().await;
    world.told_exactly(&["vice"]);
    // Sent back first: whoever proposed it has it again.
    let sent = vice
        .post(&format!("{leave}/sign"), json!({ "decision": proposed(&vice, &leave).await, "agrees": false }))
        .await;
    assert_eq!(sent.expect(422).fields(), ["note"]);
    assert_eq!(sign(&vice, &leave, false).await["state"], "assessed");
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let _ = step(&counsellor, &leave, "decision", decision(&world, "refused")).await;
    assert_eq!(sign(&vice, &leave, true).await["state"], "refused");
    world.settle().await;
    world.told_exactly(&[]);
    // Whoever knows of days and stages alone is not told how it was decided.
    let student = world.town.student(0, 0, 0);
    let told = world.client("teacher").await.get(&format!("/api/v1/students/{student}/leaves")).await.expect(200);
    assert!(told.text.contains("\"away\"") && !told.text.contains("refused"), "{}", told.text);
    let page = Browser::sign_in(&world.base, "teacher").await.get(&format!("/students/{student}/leave")).await;
    assert!(!page.expect(200).says(LeaveState::Refused.name(Lang::Zh)));
    let appeal =
        |to: &str| json!({ "appealed_by": "父亲赵某", "text": "孩子已经恢复", "decider": world.town.person(to) });
    let same = counsellor.post(&format!("{leave}/appeal"), appeal("vice")).await.expect(422);
    assert_eq!(same.faults(), [("decider".to_owned(), "cannot_have_it".to_owned())]);
    let _ = step(&counsellor, &leave, "appeal", appeal("principal")).await;
    world.settle().await;
    world.told_exactly(&["principal"]);
    let yes = json!({ "grants": true, "reason": "补充意见充分", "stages": stages(&world) });
    assert_eq!(vice.post(&format!("{leave}/answer"), yes.clone()).await.expect(409).code(), "decided_before");
    assert_eq!(step(&principal, &leave, "answer", yes).await["state"], "returning");
    world.settle().await;
    world.told_exactly(&["teacher"]);
});

on_both!(an_appeal_that_was_refused_is_not_made_twice_and_a_new_application_begins_anew, |world| {
    let leave = assessed(&world).await;
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let _ = step(&counsellor, &leave, "decision", decision(&world, "postponed")).await;
    let _ = sign(&vice, &leave, true).await;
    let appeal = json!({ "appealed_by": "父亲", "text": "想早些回来", "decider": world.town.person("principal") });
    let _ = step(&counsellor, &leave, "appeal", appeal.clone()).await;
    let no = json!({ "grants": false, "reason": "维持" });
    assert_eq!(step(&world.client("principal").await, &leave, "answer", no).await["state"], "refused");
    assert_eq!(counsellor.post(&format!("{leave}/appeal"), appeal).await.expect(422).faults()[0].1, "appealed_already");
    assert_eq!(step(&counsellor, &leave, "return", application(&world)).await["state"], "applied");
    world.settle().await;
    world.told_exactly(&["grade"]);
});
