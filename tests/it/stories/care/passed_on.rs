//! Who may hand on a task that is not his, and who hears of it.

use domain::notice::NoticeKind;
use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::{at, give};

/// Who heard of what since the last look, each once.
fn heard(world: &World) -> Vec<(String, NoticeKind)> {
    let mut all: Vec<_> = world.letters().into_iter().map(|l| (world.login_of(&l.to), l.words.kind)).collect();
    all.sort_by_key(|(login, kind)| (login.clone(), kind.key()));
    all.dedup();
    all
}

on_both!(whoever_does_not_stand_above_takes_nobodys_task_away_and_whose_it_was_hears_it, |world| {
    let id = give(&world, "vice", "counsellor", "2026-11-23 16:00").await;
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    let path = format!("/api/v1/tasks/{id}/hand-on");
    // Neither those below nor those beside him; their pages do not offer it either.
    for login in ["teacher", "grade"] {
        let take = json!({ "to": world.town.person(login), "reason": "我来办" });
        let _ = world.client(login).await.post(&path, take).await.expect(403);
        let page = Browser::sign_in(&world.base, login).await.get(&format!("/tasks/{id}")).await.expect(200);
        assert!(!page.html.contains("hand-on"), "{login}: {}", page.html);
    }
    assert_eq!(world.client("counsellor").await.get("/api/v1/tasks?mine=true").await.expect(200).items().len(), 1);
    let page = Browser::sign_in(&world.base, "vice").await.get(&format!("/tasks/{id}")).await.expect(200);
    assert!(page.html.contains("hand-on"), "{}", page.html);
    let on = json!({ "to": world.town.person("grade"), "reason": "心理老师外出" });
    let _ = world.client("vice").await.post(&path, on).await.expect(201);
    world.settle().await;
    let told = heard(&world).into_iter().map(|(login, kind)| (login, kind.key())).collect::<Vec<_>>();
    assert_eq!(told, [("counsellor".to_owned(), "task_taken"), ("grade".to_owned(), "task_given")]);
    world.silent_until("2026-11-23 16:00", &["grade"]).await;
});

on_both!(the_return_of_a_referral_ends_by_what_is_written_down_and_by_no_word, |world| {
    let student = world.town.student(0, 0, 0);
    let (counsellor, path) = (world.client("counsellor").await, format!("/api/v1/students/{student}/referrals"));
    let referral = json!({ "to": "县医院心理科", "reason": "持续低落", "consent": "guardian", "consent_by": "母亲",
        "escort": "班主任", "appointment_at": at("2026-11-24 15:00") });
    let one = counsellor.post(&path, referral).await.expect(201).str("id");
    let task = counsellor.get("/api/v1/tasks?mine=true").await.expect(200).items().remove(0);
    let here = format!("/api/v1/tasks/{}", task["id"].as_str().unwrap());
    let done = counsellor.post(&format!("{here}/done"), json!({ "note": "应该去了" })).await.expect(409);
    assert_eq!(done.code(), "ends_with_its_record");
    // Nor does it go to somebody who finds no place to write it down.
    let on = |to: &str| json!({ "to": world.town.person(to), "reason": "外出" });
    let refused = counsellor.post(&format!("{here}/hand-on"), on("teacher")).await.expect(422);
    assert_eq!(refused.fields(), ["to"]);
    let page = Browser::sign_in(&world.base, "counsellor").await;
    let page = page.get(&here.replace("/api/v1", "")).await.expect(200);
    assert!(page.html.contains(&format!("/students/{student}/care/referral")), "{}", page.html);
    // It stays owed, and ends when it is known.
    world.silent_until("2026-11-25 15:00", &["counsellor"]).await;
    let went = json!({ "went": true, "at": at("2026-11-24 15:00") });
    let _ = counsellor.post(&format!("{path}/{one}/went"), went).await.expect(200);
    let back = json!({ "at": at("2026-11-25 10:00"), "outcome": "建议复查" });
    let _ = counsellor.post(&format!("{path}/{one}/back"), back).await.expect(200);
    let open: Vec<Value> = counsellor.get("/api/v1/tasks?mine=true").await.expect(200).items();
    assert!(open.is_empty(), "{open:?}");
    world.at("2026-12-15 18:00").await;
    world.told_exactly(&[]);
});
