//! While two have not decided that home is told: what is signed is what was read, nothing else reaches home, and whom a report
//! names does not learn why.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::at;

fn of(world: &World, what: &str) -> String {
    format!("/api/v1/students/{}/{what}", world.town.student(0, 0, 0))
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
