//! A report joins an alert that somebody has in hand: it wakes people again, or they hear of it; and whoever filed it is told
//! what is true.

use domain::notice::NoticeKind;
use serde_json::json;
use tests::{Browser, World, on_both};

const SCHOOL: [&str; 5] = ["teacher", "grade", "counsellor", "vice", "principal"];

async fn files(world: &World, login: &str, level: u8) -> String {
    let id = world.file(login, world.filing(world.town.student(0, 0, 0), level)).await;
    world.settle().await;
    id
}

/// Somebody does something with the one alert, and everybody who was told has read it.
async fn does(world: &World, login: &str, verb: &str, body: serde_json::Value) {
    let client = world.client(login).await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let tag = client.get(&path).await.expect(200).etag.unwrap();
    let done = client.with("If-Match", &tag).post(&format!("{path}/{verb}"), body).await;
    assert!((200..300).contains(&done.status), "{}", done.text);
    world.settle().await;
    let _ = world.told();
}

async fn assesses(world: &World, level: u8) {
    does(world, "counsellor", "assess", json!({ "level": level, "reason": "谈过", "means_asked": true })).await;
}

async fn custody(world: &World) {
    let body = json!({ "adult": "周老师", "since": "2026-11-23T10:00:00+08:00", "where": "教室" });
    does(world, "teacher", "custody", body).await;
}

/// Exactly these hear that something has joined, in words that say nothing, and nobody hears anything else.
fn hear_of_facts(world: &World, people: &[&str]) {
    let letters = world.letters();
    assert!(letters.iter().all(|l| l.words.kind == NoticeKind::NewFacts), "{letters:#?}");
    assert!(letters.iter().all(|l| l.text.contains("有新的情况")), "{letters:#?}");
    let heard: std::collections::BTreeSet<String> = letters.iter().map(|l| world.login_of(&l.to)).collect();
    assert!(heard.iter().eq(people), "{heard:?}");
    assert_eq!(letters.len(), 2 * people.len(), "each by SMS and mail, once");
}

async fn receipt(world: &World, login: &str, id: &str) -> tests::Page {
    Browser::sign_in(&world.base, login).await.get(&format!("/observations/{id}/received")).await.expect(200)
}

on_both!(a_red_on_a_red_in_custody_wakes_everybody_again_at_once, |world| {
    world.tells_reporters().await;
    let _ = files(&world, "subject", 4).await;
    world.told_exactly(&SCHOOL);
    custody(&world).await;
    world.pass(5).await;
    let mut filing = world.filing(world.town.student(0, 0, 0), 4);
    filing["safe_now"] = "no".into();
    filing["where_now"] = "unknown".into();
    let id = world.file("nurse", filing).await;
    world.settle().await;
    let six = ["teacher", "grade", "counsellor", "vice", "principal", "district"];
    world.told_exactly(&six);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let shown = world.client("counsellor").await.get(&path).await.expect(200);
    assert_eq!(shown.str("state"), "untriaged", "nobody has it in hand any more");
    let page = receipt(&world, "nurse", &id).await;
    assert!(page.says("班主任") && page.says("区教育局值班员"), "{}", page.html);
    world.pass(10).await;
    world.told_exactly(&["district-lead"]);
});

on_both!(whoever_has_it_in_hand_and_those_who_assess_hear_of_what_joins, |world| {
    let _ = files(&world, "nurse", 3).await;
    let _ = world.told();
    does(&world, "teacher", "acknowledge", json!({})).await;
    world.pass(1).await;
    let id = files(&world, "nurse", 3).await;
    hear_of_facts(&world, &["counsellor", "teacher", "vice"]);
    let page = receipt(&world, "nurse", &id).await;
    assert!(
        page.says("班主任") && page.says("心理教师") && !page.says("年级组长"),
        "whom this report told: {}",
        page.html
    );
    // Who files it himself needs not be told.
    world.pass(1).await;
    let own = world.filing(world.town.student(0, 0, 0), 2);
    let _ = world.file("teacher", own).await;
    world.settle().await;
    let again = world.letters();
    assert!(!again.iter().any(|l| world.login_of(&l.to) == "teacher" && l.words.kind == NoticeKind::NewFacts));
});

on_both!(what_joins_a_red_that_is_settled_is_told_at_once_also_by_night, |world| {
    let _ = files(&world, "subject", 4).await;
    let _ = world.told();
    custody(&world).await;
    assesses(&world, 4).await;
    world.at("2026-11-23 23:30").await;
    let _ = files(&world, "dorm", 3).await;
    hear_of_facts(&world, &["counsellor", "teacher", "vice"]);
});

on_both!(what_joins_a_yellow_that_is_settled_waits_for_the_morning_and_is_told_once, |world| {
    let _ = files(&world, "subject", 2).await;
    let _ = world.told();
    does(&world, "teacher", "acknowledge", json!({})).await;
    assesses(&world, 2).await;
    world.at("2026-11-23 21:40").await;
    let _ = world.told();
    let _ = files(&world, "subject", 2).await;
    let early = world.letters();
    assert!(early.is_empty(), "{early:#?}");
    world.at("2026-11-24 06:29").await;
    world.told_exactly(&[]);
    world.at("2026-11-24 06:30").await;
    hear_of_facts(&world, &["counsellor", "teacher"]);
});

on_both!(whoever_reported_what_joined_is_not_told_that_it_has_gone_higher_while_it_has_not, |world| {
    world.tells_reporters().await;
    let _ = files(&world, "subject", 3).await;
    let _ = world.told();
    does(&world, "teacher", "acknowledge", json!({})).await;
    assesses(&world, 3).await;
    world.pass(30).await;
    let id = files(&world, "subject", 2).await;
    hear_of_facts(&world, &["counsellor", "teacher", "vice"]);
    world.at("2026-11-24 10:30").await;
    let mut letters = world.letters();
    letters.retain(|l| l.words.kind == NoticeKind::ReportUnread);
    assert!(letters.iter().all(|l| world.login_of(&l.to) == "subject"), "{letters:#?}");
    assert_eq!(letters.len(), 2, "by each of his channels, once");
    for letter in &letters {
        assert!(letter.text.contains("还没有人查看") && letter.text.contains("0393-5550100"), "{}", letter.text);
        assert!(!letter.text.contains("上一级"), "nobody above was told: {}", letter.text);
    }
    let page = receipt(&world, "subject", &id).await;
    assert!(page.says("过了时限还没有人查看，请打电话说明") && !page.says("已报到上一级"), "{}", page.html);
    assert!(page.says("0393-5550100"), "whom to telephone: {}", page.html);
});
