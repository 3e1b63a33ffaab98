//! Yellow and blue go together: one message to each person by each channel.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::delivery::Outcome;
use domain::notice::Lane;
use futures_util::future::join_all;
use serde_json::json;
use tests::world::shanghai;
use tests::{World, crowd, on_both};

use super::{alert_of, seen, texts};

const NIGHT: &str = "2026-11-23 23:00";
const MORNING: &str = "2026-11-24 06:30";

/// One filing each about children of class 0, at these levels.
async fn file(world: &World, levels: &[u8]) {
    for (n, level) in levels.iter().enumerate() {
        let _ = world.file("dorm", world.filing(world.town.student(0, 0, n), *level)).await;
    }
    world.settle().await;
}

async fn seconds(world: &World, seconds: i64) {
    world.clock.advance(TimeDelta::seconds(seconds));
    world.settle().await;
}

/// Where the SMS to somebody about an alert stands: its own state, and that of what carries it.
async fn sms_to(world: &World, alert: &str, login: &str) -> (String, Option<String>) {
    let person = world.town.person(login).to_string();
    let alert = seen(world, "counsellor", alert).await;
    let ours = |m: &&serde_json::Value| m["person"]["id"] == person.as_str() && m["channel"] == "sms";
    let message = alert["messages"].as_array().unwrap().iter().find(ours).unwrap();
    (message["state"].as_str().unwrap().to_owned(), message["carrier"].as_str().map(str::to_owned))
}

on_both!(what_waited_for_the_morning_comes_as_one_message_to_each_person_by_each_channel, from NIGHT, |world| {
    file(&world, &[2, 2, 1]).await;
    world.clock.set(shanghai(MORNING) - TimeDelta::seconds(1));
    world.settle().await;
    world.told_exactly(&[]);
    world.at(MORNING).await;
    let letters = world.letters();
    assert_eq!(letters.len(), 4, "two people, by mail and by SMS: {letters:#?}");
    let teacher = texts(&world, &letters, "teacher");
    assert!(teacher.len() == 1 && teacher[0].contains("您有3条工作待办"), "{teacher:?}");
    let counsellor = texts(&world, &letters, "counsellor");
    assert!(counsellor.len() == 1 && counsellor[0].contains("您有2条工作待办"), "{counsellor:?}");

    let (first, second) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let (first, second) = (alert_of(&world, "counsellor", first).await, alert_of(&world, "counsellor", second).await);
    assert_eq!(sms_to(&world, &first, "counsellor").await, ("accepted".to_owned(), None));
    assert_eq!(sms_to(&world, &second, "counsellor").await, ("bundled".to_owned(), Some("accepted".to_owned())));
    let carrier = letters.iter().find(|l| l.text == counsellor[0]).unwrap().id.to_string();
    casework::record_receipt(&world.service.desk, "memory", &carrier, true).await.unwrap();
    assert_eq!(sms_to(&world, &second, "counsellor").await, ("bundled".to_owned(), Some("delivered".to_owned())));
    let page = tests::Browser::sign_in(&world.base, "counsellor").await.get(&format!("/alerts/{second}")).await.expect(200);
    assert!(page.says("合并发送"), "{}", page.html);
});

on_both!(of_several_workers_at_once_one_makes_one_message_of_them, from NIGHT, |world| {
    let dorm = world.client("dorm").await;
    for student in crowd::students(&world, 60).await {
        let _ = dorm.post("/api/v1/observations", world.filing(student, 1)).await.expect(201);
    }
    world.clock.set(shanghai(MORNING));
    while casework::escalate_overdue(&world.service.desk).await.unwrap() > 0 {}
    let post = &world.service.post;
    let workers = join_all((0..16).map(|_| notifier::dispatch_once(post, Lane::Normal))).await;
    assert!(workers.iter().all(Result::is_ok), "{workers:?}");
    world.settle().await;
    let letters = world.letters();
    assert!(letters.len() == 2 && letters.iter().all(|l| l.text.contains("您有60条工作待办")), "{letters:#?}");
});

on_both!(more_than_a_worker_takes_at_once_go_together_too, from NIGHT, |world| {
    let dorm = world.client("dorm").await;
    for student in crowd::students(&world, 40).await {
        let _ = dorm.post("/api/v1/observations", world.filing(student, 1)).await.expect(201);
    }
    world.at(MORNING).await;
    let letters = world.letters();
    assert!(letters.len() == 2 && letters.iter().all(|l| l.text.contains("您有40条工作待办")), "{letters:#?}");
});

on_both!(by_day_the_first_goes_at_once_and_those_that_follow_go_together_within_a_minute, |world| {
    file(&world, &[2]).await;
    let letters = world.letters();
    assert!(letters.len() == 4 && letters.iter().all(|l| l.text.contains("您有一条工作待办")), "{letters:#?}");
    for n in [1, 2] {
        seconds(&world, 10).await;
        let _ = world.file("dorm", world.filing(world.town.student(0, 0, n), 2)).await;
        world.settle().await;
    }
    seconds(&world, 39).await;
    world.told_exactly(&[]);
    seconds(&world, 1).await;
    let letters = world.letters();
    assert!(letters.len() == 4 && letters.iter().all(|l| l.text.contains("您有2条工作待办")), "{letters:#?}");
    seconds(&world, 600).await;
    world.told_exactly(&[]);
});

on_both!(what_was_overtaken_by_the_morning_is_not_in_it, from NIGHT, |world| {
    file(&world, &[2, 2, 2]).await;
    let _ = world.file("nurse", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    let taken = alert_of(&world, "counsellor", world.town.student(0, 0, 1)).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("/api/v1/alerts/{taken}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    world.told_exactly(&[]);
    world.at(MORNING).await;
    let letters = world.letters();
    let counsellor = texts(&world, &letters, "counsellor");
    assert!(counsellor.len() == 1 && counsellor[0].contains("您有一条工作待办"), "{counsellor:?}");
    let teacher = texts(&world, &letters, "teacher");
    assert!(teacher.len() == 1 && teacher[0].contains("您有1条工作待办、1条通知"), "{teacher:?}");
});

on_both!(a_bundle_that_is_sent_again_is_the_same, from NIGHT, |world| {
    file(&world, &[2, 2]).await;
    world.clock.set(shanghai(MORNING));
    world.sms.then([Outcome::Retry("busy".to_owned()), Outcome::Retry("busy".to_owned())]);
    world.settle().await;
    let mails = world.letters();
    assert!(mails.len() == 2 && mails.iter().all(|l| l.text.contains("您有2条工作待办")), "{mails:#?}");
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 2), 2)).await;
    // Whoever takes the first of them does not take the other.
    let first = alert_of(&world, "counsellor", world.town.student(0, 0, 0)).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("/api/v1/alerts/{first}/acknowledge"), json!({})).await.expect(200);
    // The third is due by now, and is not put into what was tried before it.
    seconds(&world, 65).await;
    assert_eq!(sms_to(&world, &first, "teacher").await, ("accepted".to_owned(), None));
    let letters = world.letters();
    let said = |login| texts(&world, &letters, login).into_iter().map(|t| t.split("最早").next().unwrap()).collect();
    let counsellor: BTreeSet<&str> = said("counsellor");
    assert_eq!(counsellor.len(), 2, "{counsellor:?}");
    assert!(counsellor.iter().any(|t| t.contains("您有2条工作待办，")), "the same once more: {counsellor:?}");
    assert!(counsellor.iter().any(|t| t.contains("您有一条工作待办")), "{counsellor:?}");
    let teacher: BTreeSet<&str> = said("teacher");
    let want = ["【示例一中】您有2条工作待办，", "【示例一中】您有1条工作待办、1条通知，"];
    assert_eq!(teacher, want.into(), "{letters:#?}");
});

on_both!(of_a_bundle_nobody_wants_any_more_nothing_goes_out, from NIGHT, |world| {
    file(&world, &[2, 2]).await;
    world.clock.set(shanghai(MORNING));
    world.sms.then([Outcome::Retry("busy".to_owned()), Outcome::Retry("busy".to_owned())]);
    world.settle().await;
    let _ = world.letters();
    let counsellor = world.client("counsellor").await;
    for n in [0, 1] {
        let alert = alert_of(&world, "counsellor", world.town.student(0, 0, n)).await;
        let _ = counsellor.post(&format!("/api/v1/alerts/{alert}/acknowledge"), json!({})).await.expect(200);
    }
    seconds(&world, 5).await;
    world.told_exactly(&[]);
    world.pass(1).await;
    let letters = world.letters();
    assert!(letters.iter().all(|l| l.text.contains("您有2条工作通知")), "{letters:#?}");
    assert!(letters.len() == 2 && texts(&world, &letters, "teacher").len() == 1, "{letters:#?}");
});

on_both!(a_bundle_that_does_not_arrive_fails_for_each_of_its_alerts, from NIGHT, |world| {
    file(&world, &[2, 2]).await;
    world.clock.set(shanghai(MORNING));
    let wrong = || Outcome::BadAddress("no such number".to_owned());
    world.sms.then([wrong(), wrong()]);
    world.mail.then([wrong(), wrong()]);
    world.settle().await;
    let letters = world.letters();
    assert!(letters.len() == 2 && letters.iter().all(|l| l.text.contains("您有2条工作待办")), "{letters:#?}");
    assert!(letters.iter().all(|l| world.login_of(&l.to) == "grade"), "the next rung of both: {letters:#?}");
    let second = alert_of(&world, "counsellor", world.town.student(0, 0, 1)).await;
    assert_eq!(sms_to(&world, &second, "teacher").await, ("bundled".to_owned(), Some("failed".to_owned())));
});

on_both!(a_receipt_that_says_no_is_heard_by_each_alert_of_a_bundle, from NIGHT, |world| {
    file(&world, &[2, 2]).await;
    world.clock.set(shanghai(MORNING));
    let wrong = || Outcome::BadAddress("no such mailbox".to_owned());
    world.mail.then([wrong(), wrong()]);
    world.settle().await;
    for letter in world.letters() {
        casework::record_receipt(&world.service.desk, "memory", &letter.id.to_string(), false).await.unwrap();
    }
    world.settle().await;
    let letters = world.letters();
    assert!(letters.len() == 2 && letters.iter().all(|l| l.text.contains("您有2条工作待办")), "{letters:#?}");
    assert!(letters.iter().all(|l| world.login_of(&l.to) == "grade"), "{letters:#?}");
});

on_both!(reds_and_oranges_wait_for_no_company, from NIGHT, |world| {
    file(&world, &[3, 3, 4, 4]).await;
    let letters = world.letters();
    assert!(letters.iter().all(|l| l.words.count == 1 && l.text.contains("编号")), "{letters:#?}");
    assert_eq!(texts(&world, &letters, "counsellor").len(), 4);
    let alert = alert_of(&world, "counsellor", world.town.student(0, 0, 2)).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("/api/v1/alerts/{alert}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let letters = world.letters();
    assert!(!letters.is_empty() && letters.iter().all(|l| l.words.count == 1), "at once, alone: {letters:#?}");
});
