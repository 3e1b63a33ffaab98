//! Talks, visits, and calls to guardians; and when home is not told.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::{at, sign_household};

fn of(world: &World, what: &str) -> String {
    format!("/api/v1/students/{}/{what}", world.town.student(0, 0, 0))
}

fn call(less_safe: &str) -> Value {
    json!({
        "at": at("2026-11-23 09:50"), "guardian": "母亲张某", "relation": "mother", "by": "telephone",
        "told": "孩子今天情绪低落，请晚上多陪陪", "answer": "refused", "less_safe": less_safe,
    })
}

on_both!(a_guardian_who_refuses_is_written_down_and_called_again, |world| {
    let teacher = world.client("teacher").await;
    let mut sms = call("no");
    sms["by"] = json!("sms");
    let refused = teacher.post(&of(&world, "guardian-contacts"), sms).await.expect(422);
    assert_eq!(refused.faults(), [("by".to_owned(), "not_by_sms".to_owned())]);
    let mut first = call("no");
    first["next_at"] = json!(at("2026-11-24 09:00"));
    let keyed = teacher.with("Idempotency-Key", "one");
    let one = keyed.post(&of(&world, "guardian-contacts"), first.clone()).await.expect(201).str("id");
    assert_eq!(keyed.post(&of(&world, "guardian-contacts"), first).await.expect(201).str("id"), one);
    let mut carer = call("no");
    (carer["relation"], carer["guardian"], carer["answer"]) = (json!("carer"), json!("奶奶"), json!("reached"));
    let _ = teacher.post(&of(&world, "guardian-contacts"), carer).await.expect(201);
    let file = world.client("grade").await.get(&of(&world, "growth-file?kind=guardian_contact")).await.expect(200);
    let texts = file.body["entries"]["items"].to_string();
    assert!(texts.contains("拒绝配合") && texts.contains("委托照护人") && texts.contains("电话"), "{texts}");
    world.silent_until("2026-11-24 09:00", &["teacher"]).await;
});

on_both!(where_telling_home_makes_a_child_less_safe_nobody_of_the_household_is_told, |world| {
    let (teacher, path) = (world.client("teacher").await, of(&world, "guardian-contacts"));
    let mut half = json!({ "less_safe": "family_suspected", "guardian": "父亲" });
    let locked = teacher.post(&path, half.clone()).await.expect(409);
    assert_eq!(locked.code(), "household_locked");
    world.settle().await;
    let told = world.letters();
    assert!(told.iter().all(|l| l.text.contains("新的工作任务")), "{told:#?}");
    let told: std::collections::BTreeSet<String> = told.iter().map(|l| world.login_of(&l.to)).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), ["counsellor", "vice"]);
    // It is the whole household, whoever asks, and whatever the next one says.
    half["less_safe"] = json!("no");
    for other in [call("no"), half] {
        assert_eq!(world.client("grade").await.post(&path, other).await.expect(409).code(), "household_locked");
    }
    world.settle().await;
    world.told_exactly(&[]);
    let kept = teacher.get(&of(&world, "growth-file")).await.expect(200);
    assert!(!kept.text.contains("父亲") && !kept.text.contains("怀疑"), "{}", kept.text);
    let tasks = teacher.get("/api/v1/tasks").await.expect(200);
    assert!(tasks.items().is_empty(), "{}", tasks.text);
    world.silent_until("2026-11-23 11:00", &["counsellor", "vice", "principal"]).await;

    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let household = of(&world, "household");
    let _ = teacher.get(&household).await.expect(403);
    assert_eq!(counsellor.get(&household).await.expect(200).str("why"), "family_suspected");
    assert_eq!(counsellor.post(&format!("{household}/sign"), json!({})).await.expect(409).code(), "no_proposal");
    let tell = json!({ "decision": "tell_with_police", "reason": "会同派出所告知母亲" });
    let _ = counsellor.post(&format!("{household}/propose"), tell).await.expect(200);
    assert_eq!(counsellor.post(&format!("{household}/sign"), json!({})).await.expect(409).code(), "same_person");
    assert_eq!(teacher.post(&path, call("no")).await.expect(409).code(), "household_locked");
    let signed = sign_household(&vice, &household).await;
    assert_eq!(signed.body["locked"], false);
    let _ = teacher.post(&path, call("no")).await.expect(201);
    world.at("2026-11-24 12:00").await;
    world.told_exactly(&[]);
});

on_both!(not_telling_home_is_decided_by_two_and_leaves_it_locked, |world| {
    let (teacher, path) = (world.client("teacher").await, of(&world, "guardian-contacts"));
    let _ = teacher.post(&path, call("unclear")).await.expect(409);
    world.settle().await;
    world.told_exactly(&["counsellor", "vice"]);
    let household = of(&world, "household");
    let keep = json!({ "decision": "do_not_tell", "reason": "先由心理老师面谈" });
    let _ = world.client("vice").await.post(&format!("{household}/propose"), keep).await.expect(200);
    let signed = sign_household(&world.client("counsellor").await, &household).await;
    assert_eq!((signed.body["locked"].clone(), signed.body["signed_at"].is_string()), (json!(true), true));
    assert_eq!(teacher.post(&path, call("no")).await.expect(409).code(), "household_locked");
    world.at("2026-11-24 12:00").await;
    world.told_exactly(&[]);
});

on_both!(a_talk_is_the_counsellors_and_what_is_grave_in_it_has_to_be_reported, |world| {
    let (counsellor, path) = (world.client("counsellor").await, of(&world, "interviews"));
    let talk = json!({
        "at": at("2026-11-23 09:30"), "text": "说最近睡不好，不想拖累妈妈", "means_asked": false,
        "wish_to_die": "yes", "safe_now": "yes", "next_at": at("2026-11-25 10:00"),
    });
    let refused = counsellor.post(&path, talk.clone()).await.expect(422);
    assert_eq!(refused.faults(), [("means_asked".to_owned(), "must_be_asked".to_owned())]);
    let mut asked = talk;
    asked["means_asked"] = json!(true);
    let written = counsellor.post(&path, asked.clone()).await.expect(201);
    assert_eq!(written.body["report_now"], true);
    let _ = world.client("teacher").await.post(&path, asked).await.expect(403);
    for reader in ["teacher", "vice", "principal"] {
        let client = world.client(reader).await;
        let file = client.get(&of(&world, "growth-file")).await.expect(200);
        assert!(!file.text.contains("睡不好"), "{reader}: {}", file.text);
        let tasks = client.get("/api/v1/tasks").await.expect(200);
        assert!(!tasks.text.contains("访谈"), "{reader}: {}", tasks.text);
    }
    assert!(counsellor.get(&of(&world, "growth-file")).await.expect(200).text.contains("睡不好"));
    world.silent_until("2026-11-23 10:15", &["counsellor", "vice"]).await;
});

on_both!(a_visit_at_home_says_who_went_and_whether_the_child_was_seen, |world| {
    let (teacher, path) = (world.client("teacher").await, of(&world, "home-visits"));
    let refused = teacher.post(&path, json!({ "at": at("2026-11-24 10:00") })).await.expect(422);
    assert_eq!(refused.faults()[0], ("at".to_owned(), "in_the_future".to_owned()));
    assert_eq!(refused.fields(), ["at", "went", "met", "seen_child", "text"]);
    let visit = json!({ "at": at("2026-11-22 18:00"), "went": "班主任、年级主任", "met": "奶奶", "seen_child": true,
        "text": "家中整洁，孩子在写作业" });
    let _ = teacher.post(&path, visit.clone()).await.expect(201);
    let _ = world.client("teacher1").await.post(&path, visit).await.expect(404);
    let file = teacher.get(&of(&world, "growth-file?kind=home_visit")).await.expect(200);
    assert!(file.text.contains("见到孩子：是") && file.text.contains("奶奶"), "{}", file.text);
});

on_both!(calls_talks_and_decisions_are_written_by_pages, |world| {
    let student = world.town.student(0, 0, 0);
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let file = browser.get(&format!("/students/{student}/growth-file")).await;
    for form in ["task", "home-visit", "guardian-contact", "interview", "referral", "household"] {
        let address = format!("/students/{student}/care/{form}");
        assert!(file.html.contains(&address), "{form}");
        assert_eq!(browser.get(&address).await.status, 200, "{form}");
    }
    let _ = browser.get(&format!("/students/{student}/care/nothing")).await.expect(404);
    let form = format!("/students/{student}/care/interview");
    let page = browser.get(&form).await;
    let talk = [
        ("at", "2026-11-23T09:30"),
        ("text", "说不想活"),
        ("means_asked", "true"),
        ("wish_to_die", "yes"),
        ("safe_now", "yes"),
    ];
    let next = browser.post(&page, &form, &talk).await;
    assert_eq!(next.leads_to(), format!("/observations/new?student={student}"));
    let form = format!("/students/{student}/care/guardian-contact");
    let page = browser.get(&form).await;
    assert!(page.html.contains("先单独问孩子"), "{}", page.html);
    let locked = browser.post(&page, &form, &[("less_safe", "yes"), ("guardian", "父亲")]).await;
    assert!(locked.status == 422 && locked.html.contains("先不要联系家里任何人"), "{}", locked.html);
    world.settle().await;
    let _ = world.told();
    let form = format!("/students/{student}/care/household");
    let page = browser.get(&form).await;
    let propose = [("decision", "tell"), ("reason", "与孩子谈过，愿意告诉母亲")];
    assert_eq!(browser.post(&page, &form, &propose).await.status, 303);
    let vice = Browser::sign_in(&world.base, "vice").await;
    let page = vice.get(&form).await;
    let sign = format!("/students/{student}/care/household-sign");
    assert!(page.html.contains(&sign), "{}", page.html);
    let page = vice.get(&sign).await;
    let proposal = page.value("proposal");
    assert_eq!(vice.post(&page, &sign, &[("proposal", &proposal)]).await.status, 303);
    assert!(vice.get(&form).await.html.contains("没有暂停联系这个家庭"));
});
