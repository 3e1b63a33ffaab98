//! Who may hand on a task that is not his, and who hears of it.

use domain::notice::NoticeKind;
use serde_json::json;
use tests::{Browser, World, on_both};

use super::give;

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
