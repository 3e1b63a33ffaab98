//! Whoever reported something hears once when nobody has looked at it in time, and whom he may telephone.

use std::collections::BTreeSet;

use domain::notice::NoticeKind;
use notifier::Letter;
use serde_json::json;
use tests::{Browser, World, on_both};

/// Who of the letters since the last look is told that nobody has looked at his report.
fn unread(world: &World) -> (BTreeSet<String>, Vec<Letter>) {
    let mut letters = world.letters();
    letters.retain(|l| l.words.kind == NoticeKind::ReportUnread);
    (letters.iter().map(|l| world.login_of(&l.to)).collect(), letters)
}

/// What somebody files about the first child; everybody who was told has read it.
async fn filed(world: &World, login: &str, level: u8) -> String {
    let id = world.file(login, world.filing(world.town.student(0, 0, 0), level)).await;
    world.settle().await;
    let _ = world.told();
    id
}

async fn looks(world: &World, login: &str) {
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by(login).await);
    let _ = world.client(login).await.get(&path).await.expect(200);
}

on_both!(whoever_reported_hears_once_that_nobody_has_looked_and_whom_he_may_call, |world| {
    world.tells_reporters().await;
    let id = filed(&world, "subject", 2).await;
    world.silent_until("2026-11-24 09:59", &[]).await;
    world.at("2026-11-24 10:00").await;
    let (told, letters) = unread(&world);
    assert!(told.iter().eq(["subject"]), "{told:?}");
    let channels: BTreeSet<&str> = letters.iter().map(|l| l.to.split('@').next().unwrap()).collect();
    assert_eq!((letters.len(), channels.len()), (2, 2), "by each of his own channels, once");
    assert!(letters.iter().all(|l| l.text.contains("0393-5550100") && l.text.contains("上一级")), "{letters:#?}");
    let page = Browser::sign_in(&world.base, "subject").await.get(&format!("/observations/{id}/received")).await;
    assert!(page.expect(200).says("过了时限还没有人查看"));
    // The ladder goes on without him.
    world.at("2026-12-01 10:00").await;
    assert!(!world.told().contains("subject"));
});

on_both!(what_somebody_has_looked_at_is_not_late_and_looking_oneself_is_nobody, |world| {
    world.tells_reporters().await;
    let _ = filed(&world, "teacher", 2).await;
    looks(&world, "teacher").await;
    world.at("2026-11-24 10:00").await;
    assert!(unread(&world).0.iter().eq(["teacher"]), "that he looked himself is no answer to him");
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 1), 2)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    for alert in counsellor.get("/api/v1/alerts").await.expect(200).items() {
        let _ = counsellor.get(&format!("/api/v1/alerts/{}", alert["id"].as_str().unwrap())).await.expect(200);
    }
    world.at("2026-11-25 10:00").await;
    assert!(unread(&world).0.is_empty(), "the counsellor has looked");
});

on_both!(a_later_report_that_joins_is_looked_at_when_somebody_looks_again, |world| {
    world.tells_reporters().await;
    let _ = filed(&world, "teacher", 2).await;
    looks(&world, "counsellor").await;
    world.at("2026-11-23 12:00").await;
    let _ = filed(&world, "nurse", 2).await;
    world.pass(10).await;
    looks(&world, "counsellor").await;
    world.at("2026-11-23 15:00").await;
    assert!(unread(&world).0.is_empty(), "neither of them is late");
});

on_both!(of_a_red_that_nobody_looks_at_its_reporter_hears_at_once_also_at_night, |world| {
    world.tells_reporters().await;
    world.at("2026-11-24 02:00").await;
    let _ = filed(&world, "dorm", 4).await;
    world.at("2026-11-24 02:10").await;
    assert!(unread(&world).0.iter().eq(["dorm"]));
    world.at("2026-11-24 02:50").await;
    assert!(unread(&world).0.is_empty(), "once");
});

on_both!(of_a_yellow_nobody_hears_in_quiet_hours_nor_when_it_was_looked_at_meanwhile, |world| {
    world.tells_reporters().await;
    let _ = filed(&world, "subject", 2).await;
    let _ = world.file("nurse", world.filing(world.town.student(0, 1, 0), 2)).await;
    world.pass(2).await;
    let _ = world.told();
    // The service was down all day.
    world.at("2026-11-24 22:00").await;
    world.told_exactly(&[]);
    let counsellor = world.client("counsellor").await;
    let all = counsellor.get("/api/v1/alerts").await.expect(200).items();
    let other = all.iter().find(|a| a["student"]["id"] == json!(world.town.student(0, 1, 0))).unwrap();
    let _ = counsellor.get(&format!("/api/v1/alerts/{}", other["id"].as_str().unwrap())).await.expect(200);
    world.at("2026-11-25 06:29").await;
    world.told_exactly(&[]);
    world.at("2026-11-25 06:30").await;
    assert!(unread(&world).0.iter().eq(["subject"]), "the nurse's was looked at");
});

on_both!(a_pupil_who_helps_is_told_nothing, |world| {
    world.tells_reporters().await;
    let _ = filed(&world, "monitor", 2).await;
    world.at("2026-11-24 10:00").await;
    assert!(!world.told().contains("monitor"), "he is a child");
    world.at("2026-11-25 12:00").await;
    assert!(!world.told().contains("monitor"));
});
