//! Signed decisions are drawn, and somebody of the tier above looks at what they rested on.

use domain::notice::NoticeKind;
use serde_json::{Value, json};
use tests::{Browser, Client, World, on_both};

use super::{alert, closing, decide, red_ready};

/// A yellow that the counsellor lowered to blue; who was told of the look that was asked for has read it.
async fn lowered(world: &World) -> String {
    let path = alert(world, 2).await;
    let body = json!({ "level": 1, "reason": "与同桌和好了", "means_asked": true });
    let _ = decide(&world.client("counsellor").await, &path, "assess", body).await.expect(200);
    path
}

/// Who was given a task since the last look.
fn given(world: &World) -> Vec<String> {
    let letters = world.letters().into_iter().filter(|l| l.words.kind == NoticeKind::TaskGiven);
    let mut to: Vec<String> = letters.map(|l| world.login_of(&l.to)).collect();
    to.sort();
    to.dedup();
    to
}

/// The one task of a kind that is somebody's own.
async fn task(client: &Client, kind: &str) -> Value {
    let mine = client.get("/api/v1/tasks?mine=true").await.expect(200).items();
    let of_kind: Vec<Value> = mine.into_iter().filter(|t| t["kind"] == kind).collect();
    assert_eq!(of_kind.len(), 1, "{of_kind:?}");
    of_kind[0].clone()
}

/// Where whoever looks reads the decision: the page of his task says it.
pub(super) async fn sample(world: &World, login: &str) -> String {
    let task = task(&world.client(login).await, "decision_look").await;
    let page = Browser::sign_in(&world.base, login).await;
    let html = page.get(&format!("/tasks/{}", task["id"].as_str().unwrap())).await.expect(200).html;
    let (_, rest) = html.split_once("href=\"/decision-samples/").expect("the task leads to the decision");
    format!("/api/v1/decision-samples/{}", rest.split('"').next().unwrap())
}

on_both!(whoever_decided_learns_that_he_was_drawn_when_somebody_has_looked, |world| {
    world.draws(100, false).await;
    let path = lowered(&world).await;
    world.settle().await;
    assert_eq!(given(&world), ["vice"], "nobody else, the decider least of all");
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let sample = sample(&world, "vice").await;
    let look = task(&vice, "decision_look").await["id"].as_str().unwrap().to_owned();
    for login in ["counsellor", "teacher", "grade", "nurse", "admin", "principal-b", "district"] {
        let other = world.client(login).await;
        let _ = other.get(&format!("/api/v1/tasks/{look}")).await.expect(404);
        let _ = other.get(&sample).await.expect(404);
        let _ = other.post(&format!("{sample}/finding"), json!({ "finding": "agrees" })).await.expect(404);
        let tasks = other.get("/api/v1/tasks").await.expect(200);
        assert!(!tasks.text.contains("decision_look"), "{login}: {}", tasks.text);
    }
    let read = vice.get(&sample).await.expect(200);
    assert_eq!((read.str("kind"), read.str("reason")), ("lowering".to_owned(), "与同桌和好了".to_owned()));
    assert_eq!((read.body["from"].clone(), read.body["to"].clone()), (json!(2), json!(1)));
    // It ends by what he finds, and is handed on to nobody who signed it or stands lower.
    let done = vice.post(&format!("/api/v1/tasks/{look}/done"), json!({ "note": "看过" })).await.expect(409);
    assert_eq!(done.code(), "ends_with_its_record");
    for to in ["counsellor", "grade"] {
        let body = json!({ "to": world.town.person(to), "reason": "请代看" });
        let _ = vice.post(&format!("/api/v1/tasks/{look}/hand-on"), body).await.expect(422);
    }
    let principal = world.client("principal").await;
    let _ = principal.get(&sample).await.expect(200);
    let refused = principal.post(&format!("{sample}/finding"), json!({ "finding": "agrees" })).await.expect(403);
    assert!(!refused.text.contains("同桌"));
    let wrong = vice.post(&format!("{sample}/finding"), json!({})).await.expect(422);
    assert_eq!(wrong.fields(), ["finding"]);
    world.settle().await;
    world.told_exactly(&[]);

    let found = vice.with("Idempotency-Key", "f");
    let body = json!({ "finding": "agrees", "words": "依据充分" });
    let first = found.post(&format!("{sample}/finding"), body.clone()).await.expect(201);
    let again = found.post(&format!("{sample}/finding"), body.clone()).await.expect(201);
    assert_eq!(first.body["finding"], again.body["finding"]);
    let late = vice.post(&format!("{sample}/finding"), body).await.expect(409);
    assert_eq!(late.code(), "sample_looked_at");
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let own = counsellor.get(&sample).await.expect(200);
    assert_eq!(own.body["finding"]["words"], "依据充分");
    assert!(counsellor.get(&path).await.expect(200).text.contains("依据充分"));
    let teacher = world.client("teacher").await.get(&path).await.expect(200);
    assert!(!teacher.text.contains("依据充分") && !teacher.text.contains("抽查"), "{}", teacher.text);
});

on_both!(a_question_goes_back_to_whoever_decided_and_his_answer_is_read, |world| {
    world.draws(100, false).await;
    let _ = lowered(&world).await;
    world.settle().await;
    let _ = world.told();
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let sample = sample(&world, "vice").await;
    let bare = vice.post(&format!("{sample}/finding"), json!({ "finding": "question" })).await.expect(422);
    assert_eq!(bare.fields(), ["words"]);
    let body = json!({ "finding": "question", "words": "家长知道吗？" });
    let _ = vice.post(&format!("{sample}/finding"), body).await.expect(201);
    world.settle().await;
    assert_eq!(given(&world), ["counsellor"]);
    let asked = task(&counsellor, "decision_question").await;
    assert_eq!(asked["text"], "家长知道吗？");
    for login in ["teacher", "grade"] {
        assert!(!world.client(login).await.get("/api/v1/tasks").await.expect(200).text.contains("家长知道吗"));
    }
    let done = format!("/api/v1/tasks/{}/done", asked["id"].as_str().unwrap());
    let _ = counsellor.post(&done, json!({ "note": "周一已电话告知" })).await.expect(200);
    let read = vice.get(&sample).await.expect(200);
    assert_eq!(read.body["finding"]["answer"], "周一已电话告知");
    let page = Browser::sign_in(&world.base, "vice").await.get(&sample.replace("/api/v1", "")).await.expect(200);
    assert!(page.says("周一已电话告知") && !page.says("签字提交"), "{}", page.html);
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(whoever_does_not_agree_opens_the_alert_again_and_the_decision_stays_as_it_was_signed, |world| {
    world.draws(100, false).await;
    let path = red_ready(&mut world).await;
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let _ = decide(&counsellor, &path, "close", closing()).await.expect(202);
    let closed = decide(&vice, &path, "approve", json!({})).await.expect(200);
    world.settle().await;
    assert_eq!(given(&world), ["principal"], "neither who proposed nor who signed");
    let sample = sample(&world, "principal").await;
    let _ = vice.get(&sample).await.expect(404);
    let page = sample.replace("/api/v1", "");
    let principal = Browser::sign_in(&world.base, "principal").await;
    let shown = principal.get(&page).await.expect(200);
    assert!(shown.says("两次面谈平稳") && shown.says("心理教师"), "{}", shown.html);
    let bare = principal.post(&shown, &format!("{page}/finding"), &[("finding", "disagrees")]).await.expect(422);
    assert!(bare.says("href=\"#words\""), "{}", bare.html);
    let fields = [("finding", "disagrees"), ("words", "没有核实药品是否收走")];
    assert_eq!(principal.post(&shown, &format!("{page}/finding"), &fields).await.leads_to(), page);
    assert!(principal.get(&page).await.expect(200).says("预警已重新打开"));

    let open = vice.get(&path).await.expect(200);
    assert_eq!((open.str("state"), open.body["level"].clone()), ("untriaged".to_owned(), json!(4)));
    assert!(open.body["closing"]["reopened_at"].is_string(), "{}", open.text);
    for kept in ["outcome", "reason", "evidence", "closed_by", "signed_by"] {
        assert_eq!(open.body["closing"][kept], closed.body["closing"][kept], "{kept}");
    }
    world.settle().await;
    let letters = world.letters();
    let looked = letters.iter().filter(|l| l.words.kind == NoticeKind::DecisionLookedAt);
    let looked: std::collections::BTreeSet<String> = looked.map(|l| world.login_of(&l.to)).collect();
    assert!(looked.iter().eq(["counsellor", "vice"]), "{looked:?}");
    let alarmed = letters.iter().filter(|l| l.words.kind == NoticeKind::Alarm).map(|l| world.login_of(&l.to));
    let alarmed: std::collections::BTreeSet<String> = alarmed.collect();
    assert!(alarmed.iter().eq(["counsellor", "grade", "principal", "teacher", "vice"]), "{alarmed:?}");
    let _ = vice.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
});

on_both!(a_lowering_that_is_not_agreed_with_is_raised_again, |world| {
    world.draws(100, false).await;
    let path = lowered(&world).await;
    world.settle().await;
    let _ = world.told();
    let vice = world.client("vice").await;
    let sample = sample(&world, "vice").await;
    let body = json!({ "finding": "disagrees", "words": "还有两次哭泣的记录" });
    let _ = vice.post(&format!("{sample}/finding"), body).await.expect(201);
    let raised = vice.get(&path).await.expect(200);
    assert_eq!((raised.body["level"].clone(), raised.str("state")), (json!(2), "untriaged".to_owned()));
    world.pass(2).await;
    assert!(world.told().is_superset(&["counsellor", "teacher"].map(str::to_owned).into()));
});

on_both!(no_peer_of_whoever_signed_takes_the_look_away_from_the_one_above, |world| {
    world.draws(100, false).await;
    let new = json!({ "login": "clinical", "name": "心理副校长", "role": "clinical_vice_principal",
        "unit": world.town.schools[0].id, "password": "a-long-password" });
    let peer = world.client("admin").await.post("/api/v1/people", new).await.expect(201).str("id");
    let _ = world.confirms("principal", &peer).await;
    world.has_own_password("clinical").await;
    let path = alert(&world, 2).await;
    let body = json!({ "level": 1, "reason": "与同桌和好了", "means_asked": true });
    let _ = decide(&world.client("vice").await, &path, "assess", body).await.expect(200);
    world.settle().await;
    assert_eq!(given(&world), ["principal"], "above the vice-principal who decided");
    let (principal, clinical) =
        (world.client("principal").await, Client::sign_in_with(&world.base, "clinical", "a-long-password").await);
    let look = task(&principal, "decision_look").await["id"].as_str().unwrap().to_owned();
    let sample = sample(&world, "principal").await;
    let hand_on = format!("/api/v1/tasks/{look}/hand-on");
    let to_himself = json!({ "to": peer, "reason": "我来看" });
    let _ = clinical.post(&hand_on, to_himself.clone()).await.expect(403);
    // Nor is it given to him: he stands beside the one who decided.
    assert_eq!(principal.post(&hand_on, to_himself).await.expect(422).fields(), ["to"]);
    let _ = clinical.post(&format!("{sample}/finding"), json!({ "finding": "agrees" })).await.expect(403);
    let _ = principal.post(&format!("{sample}/finding"), json!({ "finding": "agrees" })).await.expect(201);
    world.settle().await;
    world.told_exactly(&["vice"]);
});
