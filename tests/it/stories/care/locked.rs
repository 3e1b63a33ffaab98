//! While two have not decided that home is told: what is signed is what was read, nothing else reaches home, and whom a report
//! names does not learn why.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::mandatory::{report, suspicion};
use super::{at, sign_household};

fn of(world: &World, what: &str) -> String {
    format!("/api/v1/students/{}/{what}", world.town.student(0, 0, 0))
}

fn visit() -> Value {
    json!({ "at": at("2026-11-22 18:00"), "went": "班主任", "met": "父亲", "seen_child": true, "text": "全都告诉了父亲" })
}

fn call() -> Value {
    json!({ "at": at("2026-11-23 09:50"), "guardian": "父亲", "relation": "father", "by": "telephone", "told": "都说了",
        "answer": "reached", "less_safe": "no" })
}

/// The household is locked by a call that was not made; those who decide have read it.
async fn locked(world: &World) {
    let calls = of(world, "guardian-contacts");
    let _ = world.client("teacher").await.post(&calls, json!({ "less_safe": "unclear" })).await.expect(409);
    world.settle().await;
    world.told_exactly(&["counsellor", "vice"]);
}

on_both!(a_second_signature_is_for_the_proposal_that_was_read_and_for_no_other, |world| {
    locked(&world).await;
    let (path, student) = (of(&world, "household"), world.town.student(0, 0, 0));
    let (vice, counsellor) = (world.client("vice").await, world.client("counsellor").await);
    let keep = json!({ "decision": "do_not_tell", "reason": "父亲打过他" });
    let proposed = vice.post(&format!("{path}/propose"), keep).await.expect(200);
    let read = counsellor.get(&path).await.expect(200);
    assert_eq!((read.str("reason"), read.str("proposal")), ("父亲打过他".to_owned(), proposed.str("proposal")));
    let form = format!("/students/{student}/care/household-sign");
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let page = browser.get(&form).await.expect(200);
    assert!(page.says("暂不告知") && page.says("父亲打过他"), "{}", page.html);

    let tell = json!({ "decision": "tell", "reason": "其实没有事" });
    let _ = vice.post(&format!("{path}/propose"), tell).await.expect(200);
    // Neither the page nor a program signs what it has not read.
    let (sign, old) = (format!("{path}/sign"), read.str("proposal"));
    assert_eq!(counsellor.post(&sign, json!({ "proposal": old })).await.expect(409).code(), "proposal_changed");
    assert_eq!(counsellor.post(&sign, json!({})).await.expect(422).fields(), ["proposal"]);
    let shown = page.value("proposal");
    let again = browser.post(&page, &form, &[("proposal", &shown)]).await.expect(422);
    assert!(again.says("提议已经改了") && again.says("其实没有事") && !again.says("父亲打过他"), "{}", again.html);
    assert_eq!(counsellor.get(&path).await.expect(200).body["locked"], true);
    let calls = of(&world, "guardian-contacts");
    assert_eq!(world.client("teacher").await.post(&calls, call()).await.expect(409).code(), "household_locked");

    // What stands there now is signed when it was read.
    let shown = again.value("proposal");
    let _ = browser.post(&again, &form, &[("proposal", &shown)]).await.leads_to();
    assert_eq!(counsellor.get(&path).await.expect(200).body["locked"], false);
});

on_both!(while_home_is_not_told_no_child_is_given_to_a_guardian_and_nobody_visits, |world| {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    let (teacher, counsellor) = (world.client("teacher").await, world.client("counsellor").await);
    let watch = format!("/api/v1/alerts/{}/watch", world.alert_seen_by("counsellor").await);
    let shift = json!({ "adult": "周老师", "since": at("2026-11-23 10:00"), "until": at("2026-11-23 12:00"), "where": "咨询室" });
    let _ = counsellor.post(&watch, shift).await.expect(201);
    world.settle().await;
    let _ = world.told();
    locked(&world).await;
    let end = |how: &str, to: &str| json!({ "how": how, "to": to, "in_person": true, "reason": "当面交接" });
    let refused = counsellor.post(&format!("{watch}/end"), end("guardian", "父亲")).await.expect(409);
    assert_eq!(refused.code(), "household_locked");
    assert_eq!(counsellor.get(&watch).await.expect(200).items()[0]["ended_at"], Value::Null);
    assert_eq!(teacher.post(&of(&world, "home-visits"), visit()).await.expect(409).code(), "household_locked");
    let file = counsellor.get(&of(&world, "growth-file?kind=home_visit")).await.expect(200);
    assert!(!file.text.contains("父亲"), "{}", file.text);
    // A leave is recorded, and asks for the child alone.
    let leave = json!({ "from": "2026-11-23", "reason": "health", "paper_seen": true, "every_days": 7, "note": "住院",
        "keeper": world.town.person("teacher") });
    let _ = counsellor.post(&of(&world, "leaves"), leave).await.expect(201);
    world.settle().await;
    world.told_exactly(&["teacher"]);
    let task = teacher.get("/api/v1/tasks?mine=true").await.expect(200).items().remove(0);
    assert_eq!(task["text"], "休学期间：联系学生");
    // To a hospital the child goes all the same; and when two have decided, home as well.
    let _ = counsellor.post(&format!("{watch}/end"), end("hospital", "县医院")).await.expect(200);
    let tell = json!({ "decision": "tell", "reason": "与孩子谈过" });
    let household = of(&world, "household");
    let _ = counsellor.post(&format!("{household}/propose"), tell).await.expect(200);
    let _ = sign_household(&world.client("vice").await, &household).await;
    let _ = teacher.post(&of(&world, "home-visits"), visit()).await.expect(201);
    world.settle().await;
    let _ = world.told();
});

on_both!(whom_a_report_names_is_sent_to_the_counsellor_and_hears_of_no_lock, |world| {
    let mut body = suspicion("family");
    body["staff"] = json!([world.town.person("teacher")]);
    let _ = report(&world, "nurse", body).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "vice"]);
    let (teacher, grade) = (world.client("teacher").await, world.client("grade").await);
    let notice = json!({ "guardian": "张某", "relation": "mother", "text": "三天没有说话", "measures": "每周谈一次",
        "asked": "晚上陪伴" });
    for (what, body) in [("guardian-contacts", call()), ("home-visits", visit()), ("notices", notice)] {
        let refused = teacher.post(&of(&world, what), body.clone()).await.expect(409);
        assert_eq!(refused.code(), "home_through_counsellor", "{what}");
        assert!(refused.text.contains("请先与心理老师联系") && !refused.text.contains("不安全"), "{}", refused.text);
        assert_eq!(grade.post(&of(&world, what), body).await.expect(409).code(), "household_locked", "{what}");
    }
    // What he says of the child himself is answered as ever: that tells him nothing.
    let own = teacher.post(&of(&world, "guardian-contacts"), json!({ "less_safe": "yes" })).await.expect(409);
    assert_eq!(own.code(), "household_locked");
    let student = world.town.student(0, 0, 0);
    let form = format!("/students/{student}/care/home-visit");
    let browser = Browser::sign_in(&world.base, "teacher").await;
    let page = browser.get(&form).await.expect(200);
    let fields =
        [("at", "2026-11-22T18:00"), ("went", "班主任"), ("met", "父亲"), ("seen_child", "true"), ("text", "都说了")];
    let page = browser.post(&page, &form, &fields).await.expect(422);
    assert!(page.says("由心理老师安排联系家长") && !page.says("更不安全"), "{}", page.html);
    world.settle().await;
    world.told_exactly(&[]);
});
