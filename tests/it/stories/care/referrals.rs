//! A referral comes back, or is asked for until it does.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::at;

fn to_hospital(appointment: &str) -> Value {
    json!({
        "to": "县医院心理科", "reason": "情绪持续低落", "consent": "guardian", "consent_by": "母亲张某",
        "escort": "班主任", "appointment_at": at(appointment),
    })
}

fn referrals(world: &World) -> String {
    format!("/api/v1/students/{}/referrals", world.town.student(0, 0, 0))
}

on_both!(a_referral_that_never_returns_is_asked_for_and_told_above, |world| {
    let (counsellor, path) = (world.client("counsellor").await, referrals(&world));
    let made = counsellor.post(&path, to_hospital("2026-11-24 15:00")).await.expect(201);
    assert_eq!(made.str("state"), "made");
    world.silent_until("2026-11-25 15:00", &["counsellor"]).await;
    world.silent_until("2026-11-26 08:00", &["counsellor"]).await;
    world.silent_until("2026-11-27 08:00", &["counsellor"]).await;
    world.silent_until("2026-11-27 15:00", &["vice"]).await;
    // The vice-principal sees that it waits, and not what it says.
    let vice = world.client("vice").await;
    let seen = vice.get("/api/v1/tasks").await.expect(200).items();
    assert_eq!((seen.len(), seen[0]["text"].clone()), (1, Value::Null));
    for other in ["teacher", "grade"] {
        let client = world.client(other).await;
        assert!(client.get("/api/v1/tasks").await.expect(200).items().is_empty(), "{other}");
        let _ = client.get(&path).await.expect(403);
    }
    let one = format!("{path}/{}", made.str("id"));
    let not_yet = json!({ "at": at("2026-11-26 10:00"), "outcome": "建议复查" });
    assert_eq!(counsellor.post(&format!("{one}/back"), not_yet).await.expect(422).faults()[0].1, "not_gone_yet");
    let missing = json!({ "went": false });
    assert_eq!(counsellor.post(&format!("{one}/went"), missing).await.expect(422).fields(), ["note"]);
    let _ = counsellor.post(&format!("{one}/went"), json!({ "went": false, "note": "孩子不愿意去" })).await.expect(200);
    world.silent_until("2026-11-30 15:00", &["counsellor"]).await;
    let early = json!({ "went": true, "at": at("2026-11-22 10:00") });
    assert_eq!(counsellor.post(&format!("{one}/went"), early).await.expect(422).faults()[0].1, "before_referral");
    let went = json!({ "went": true, "at": at("2026-11-30 10:00") });
    let gone = counsellor.post(&format!("{one}/went"), went.clone()).await.expect(200);
    assert_eq!(gone.str("state"), "went");
    assert_eq!(counsellor.post(&format!("{one}/went"), went).await.expect(409).code(), "already_went");
    world.silent_until("2026-12-14 15:00", &["counsellor"]).await;
    let wrong = json!({ "at": at("2026-11-29 10:00"), "outcome": "", "next_visit": at("2026-12-01 10:00") });
    let refused = counsellor.post(&format!("{one}/back"), wrong).await.expect(422);
    assert_eq!(refused.fields(), ["at", "outcome", "next_visit"]);
    let back = json!({ "at": at("2026-11-30 16:00"), "outcome": "建议每月复诊", "next_visit": at("2026-12-22 10:00") });
    let done = counsellor.post(&format!("{one}/back"), back.clone()).await.expect(200);
    assert_eq!((done.str("state"), done.str("outcome")), ("back".to_owned(), "建议每月复诊".to_owned()));
    assert_eq!(counsellor.post(&format!("{one}/back"), back).await.expect(409).code(), "already_back");
    world.silent_until("2026-12-22 10:00", &["counsellor"]).await;
    let file = format!("/api/v1/students/{}/growth-file?kind=referral", world.town.student(0, 0, 0));
    assert_eq!(counsellor.get(&file).await.expect(200).body["entries"]["items"].as_array().unwrap().len(), 4);
    let teacher = world.client("teacher").await.get(&file).await.expect(200);
    assert!(teacher.body["entries"]["items"].as_array().unwrap().is_empty() && !teacher.text.contains("县医院"));
});

on_both!(a_referral_is_of_the_right_child_and_says_all_that_is_missing, |world| {
    let (counsellor, path) = (world.client("counsellor").await, referrals(&world));
    let refused = counsellor.post(&path, json!({ "consent": "guardian" })).await.expect(422);
    assert_eq!(refused.fields(), ["to", "reason", "consent_by", "escort", "appointment_at"]);
    let one = counsellor.post(&path, to_hospital("2026-11-24 15:00")).await.expect(201).str("id");
    let other = format!("/api/v1/students/{}/referrals/{one}/went", world.town.student(0, 0, 1));
    let _ = counsellor.post(&other, json!({ "went": true, "at": at("2026-11-23 10:00") })).await.expect(404);
    let _ = world.client("counsellor-b").await.get(&path).await.expect(404);
    let _ = world.client("teacher").await.post(&path, to_hospital("2026-11-24 15:00")).await.expect(403);
});

on_both!(a_referral_is_followed_by_pages, |world| {
    let student = world.town.student(0, 0, 0);
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let form = format!("/students/{student}/care/referral");
    let page = browser.get(&form).await;
    let good = [
        ("to", "县医院心理科"),
        ("reason", "持续低落"),
        ("consent", "student"),
        ("escort", "班主任"),
        ("appointment_at", "2026-11-24T15:00"),
    ];
    assert_eq!(browser.post(&page, &form, &good).await.status, 303);
    let page = browser.get(&form).await;
    assert!(page.html.contains("县医院心理科") && page.html.contains("登记去了没有"), "{}", page.html);
    let went = page.html.split_once(&format!("/students/{student}/care/referral-went?referral=")).unwrap().1;
    let id = went.split('"').next().unwrap().to_owned();
    let form = format!("/students/{student}/care/referral-went");
    let page = browser.get(&format!("{form}?referral={id}")).await;
    let bad = browser.post(&page, &form, &[("referral", &id), ("went", "false")]).await;
    assert!(bad.status == 422 && bad.html.contains("请写为什么没有去"), "{}", bad.html);
    let good = [("referral", id.as_str()), ("went", "true"), ("at", "2026-11-23T10:00")];
    assert_eq!(browser.post(&page, &form, &good).await.status, 303);
    let form = format!("/students/{student}/care/referral-back");
    let page = browser.get(&format!("{form}?referral={id}")).await;
    let good = [("referral", id.as_str()), ("at", "2026-11-23T10:00"), ("outcome", "建议复诊")];
    assert_eq!(browser.post(&page, &form, &good).await.status, 303);
    assert!(browser.get(&format!("/students/{student}/growth-file")).await.html.contains("转介有结果"));
});
