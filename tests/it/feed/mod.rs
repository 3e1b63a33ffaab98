//! What a school's own systems are told, and what they are not.

mod reaching;

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use domain::time::Clock;
use notifier::{Feed, WebhookEndpoint, WebhookSecret, feed_once};
use serde_json::{Value, json};
use server::seams::SystemIds;
use storage::{DeliveryFate, StorageError};
use tests::fakes::{Receiver, Told};
use tests::{World, on_both};

/// A secret of 32 equal bytes, as it stands in its file.
fn secret(byte: u8) -> String {
    format!("whsec_{}", STANDARD.encode([byte; 32]))
}

fn endpoint(name: &str, url: &str, secrets: &[u8]) -> WebhookEndpoint {
    let secrets = secrets.iter().map(|byte| WebhookSecret::parse(&secret(*byte)).unwrap()).collect();
    WebhookEndpoint::new(name, url, secrets).unwrap()
}

fn unregistered(world: &World, endpoints: Vec<WebhookEndpoint>) -> Feed {
    Feed::new(world.service.post.storage.clone(), world.clock.clone(), Arc::new(SystemIds), endpoints)
}

async fn feed(world: &World, endpoints: Vec<WebhookEndpoint>) -> Feed {
    let feed = unregistered(world, endpoints);
    feed.register().await.unwrap();
    feed
}

/// One system is told.
async fn told_by_feed(world: &World) -> (Receiver, Feed) {
    let receiver = Receiver::start();
    let feed = feed(world, vec![endpoint("oa", &receiver.url, &[7])]).await;
    (receiver, feed)
}

/// Tells until nothing is left that is due.
async fn drain(feed: &Feed) -> usize {
    let mut all = 0;
    loop {
        match feed_once(feed).await.unwrap() {
            0 => return all,
            some => all += some,
        }
    }
}

/// A red about a child of the first class; everybody told has read it. Gives the alert.
async fn red(world: &World) -> String {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    world.alert_seen_by("counsellor").await
}

fn kinds(told: &[Told]) -> Vec<String> {
    let mut kinds: Vec<String> = told.iter().map(Told::kind).collect();
    kinds.sort();
    kinds
}

async fn findings(world: &World) -> Vec<(String, String)> {
    let all = world.service.post.storage.read().open_findings().await.unwrap();
    all.into_iter().filter(|(kind, _)| kind.starts_with("webhook")).collect()
}

on_both!(an_alert_is_told_from_its_opening_to_its_closing_and_nothing_about_the_child, |world| {
    let (receiver, feed) = told_by_feed(&world).await;
    let alert = red(&world).await;
    assert!(drain(&feed).await > 0);
    let first = receiver.take();
    assert_eq!(kinds(&first), ["alert.opened", "alert.rung_told"]);

    let path = format!("/api/v1/alerts/{alert}/acknowledge");
    let _ = world.client("counsellor").await.post(&path, json!({})).await.expect(200);
    world.pass(10).await;
    let _ = world.told();
    drain(&feed).await;
    let later = receiver.take();
    let again = ["alert.reopened", "alert.rung_told", "alert.rung_told", "alert.taken"];
    assert_eq!(kinds(&later), again, "the same rung, and the next");

    let mut tx = world.service.post.storage.begin().await.unwrap();
    let open = tx.read().unwrap().alert_for_service(alert.parse().unwrap()).await.unwrap().unwrap();
    let mut over = open.clone();
    over.state = domain::alert::AlertState::Closed;
    over.climb.state = domain::escalation::ClimbState::Closed;
    over.closed_at = Some(world.clock.now());
    tx.change_alert(&open, &over).await.unwrap();
    tx.commit().await.unwrap();
    drain(&feed).await;
    let last = receiver.take();
    assert_eq!(kinds(&last), ["alert.closed"]);

    let all: Vec<&Told> = first.iter().chain(&later).chain(&last).collect();
    for told in &all {
        let json = told.json();
        let keys: BTreeSet<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["data", "timestamp", "type"].into());
        assert_eq!(json["data"], json!({ "id": alert }));
        let at: chrono::DateTime<chrono::Utc> = json["timestamp"].as_str().unwrap().parse().unwrap();
        assert!(at <= world.clock.now() && at > world.clock.now() - TimeDelta::hours(1));
        assert!(told.body.len() < 200 && told.header("content-type") == "application/json");
    }
    let ids: BTreeSet<&str> = all.iter().map(|t| t.header("webhook-id")).collect();
    assert_eq!(ids.len(), all.len(), "each has an id of its own");
    assert_eq!(drain(&feed).await, 0, "each is told once");
});

on_both!(every_message_is_signed_so_that_another_implementation_accepts_it, |world| {
    let receiver = Receiver::start();
    let mut feed = feed(&world, vec![endpoint("oa", &receiver.url, &[7, 8])]).await;
    feed.real = Arc::new(server::seams::SystemClock);
    let _ = red(&world).await;
    drain(&feed).await;
    for told in receiver.take() {
        let mut headers = reqwest::header::HeaderMap::new();
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            headers.insert(name, told.header(name).parse().unwrap());
        }
        let accepts = |byte: u8, body: &str| {
            standardwebhooks::Webhook::new(&secret(byte)).unwrap().verify(body.as_bytes(), &headers).is_ok()
        };
        assert_eq!([7, 8, 9].map(|byte| accepts(byte, &told.body)), [true, true, false]);
        assert!(!accepts(7, &told.body.replace("alert", "alarm")));
    }
});

/// Nobody is told anything, and nothing is kept to be told.
async fn silence(world: &World, feed: &Feed, receiver: &Receiver) {
    world.settle().await;
    let _ = world.told();
    assert_eq!((drain(feed).await, receiver.take().len()), (0, 0));
}

on_both!(what_not_everybody_may_hear_is_not_told_nor_is_the_canary, |world| {
    let (receiver, feed) = told_by_feed(&world).await;
    let mut hidden = world.filing(world.town.student(0, 0, 0), 4);
    hidden["concerns"] = json!({ "kind": "staff" });
    let _ = world.file("subject", hidden).await;
    silence(&world, &feed, &receiver).await;

    let mut left_out = world.filing(world.town.student(0, 0, 1), 4);
    left_out["involved_staff"] = json!([world.town.person("teacher").to_string()]);
    let _ = world.file("subject", left_out).await;
    silence(&world, &feed, &receiver).await;

    for _ in 0..4 {
        let _ = casework::turn_canary(&world.service.desk, TimeDelta::minutes(5)).await.unwrap();
        silence(&world, &feed, &receiver).await;
    }
});

on_both!(what_has_become_confidential_before_it_was_told_is_kept_in, |world| {
    let (receiver, feed) = told_by_feed(&world).await;
    let alert = red(&world).await.parse().unwrap();
    let mut tx = world.service.post.storage.begin().await.unwrap();
    tx.exclude_from_alert(alert, &[world.town.person("vice")].into(), world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((drain(&feed).await, receiver.take().len()), (2, 0), "taken up, and not told");
    assert_eq!(drain(&feed).await, 0);
});

on_both!(without_an_endpoint_nothing_is_written_and_whoever_comes_later_hears_of_what_comes_later, |world| {
    let nobody = feed(&world, Vec::new()).await;
    let alert = red(&world).await;
    assert_eq!(drain(&nobody).await, 0);
    let (receiver, feed) = told_by_feed(&world).await;
    assert_eq!(drain(&feed).await, 0, "the past is not told");
    let path = format!("/api/v1/alerts/{alert}/acknowledge");
    let _ = world.client("counsellor").await.post(&path, json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    drain(&feed).await;
    assert_eq!(kinds(&receiver.take()), ["alert.taken"]);
});

on_both!(what_is_not_committed_is_not_told_and_what_is_committed_waits_for_whoever_comes, |world| {
    let (receiver, feed) = told_by_feed(&world).await;
    let alert: domain::id::AlertId = red(&world).await.parse().unwrap();
    let storage = world.service.post.storage.clone();
    drain(&feed).await;
    let _ = receiver.take();
    let append = async |commit: bool| {
        let mut tx = storage.begin().await.unwrap();
        tx.append_event(alert.uuid(), "reopened", None, world.clock.now(), None).await.unwrap();
        if commit {
            tx.commit().await.unwrap();
        }
    };
    append(false).await;
    assert_eq!(drain(&feed).await, 0);
    append(true).await;

    // Whoever takes it up and dies loses nothing; whoever only sleeps past his lease changes nothing.
    let (now, lease) = (world.clock.now(), world.clock.now() + TimeDelta::seconds(60));
    let mut tx = storage.begin().await.unwrap();
    let slept = tx.claim_deliveries(now, lease, 10).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((slept.len(), drain(&feed).await), (1, 0), "it is leased");
    world.clock.advance(TimeDelta::seconds(61));
    receiver.then([500]);
    assert_eq!(drain(&feed).await, 1);
    let mut tx = storage.begin().await.unwrap();
    let late = tx.finish_delivery(&slept[0], &DeliveryFate::Delivered, world.clock.now()).await;
    assert!(matches!(late, Err(StorageError::Stale)), "{late:?}");
    drop(tx);
    world.clock.advance(TimeDelta::seconds(19));
    assert_eq!(drain(&feed).await, 1);
    let told = receiver.take();
    assert_eq!(kinds(&told), ["alert.reopened", "alert.reopened"]);
    assert_eq!(told[0].header("webhook-id"), told[1].header("webhook-id"), "the same message");
});

/// As the settings would have them.
fn marks(world: &World, url: &str) -> Feed {
    unregistered(world, vec![endpoint("oa", url, &[7])])
}

fn names(off: Vec<(String, domain::time::Timestamp)>) -> Value {
    off.into_iter().map(|(name, _)| name).collect()
}

on_both!(what_new_facts_open_again_after_a_close_is_told_once, |world| {
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 1)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let alert = world.alert_seen_by("counsellor").await;
    let path = format!("/api/v1/alerts/{alert}");
    for (verb, body) in [
        ("assess", json!({ "level": 1, "reason": "谈过，平稳", "means_asked": true })),
        ("close", json!({ "outcome": "resolved", "reason": "谈过", "evidence": ["talked_with"] })),
    ] {
        let version = counsellor.get(&path).await.expect(200).etag.unwrap();
        let _ = counsellor.with("If-Match", &version).post(&format!("{path}/{verb}"), body).await.expect(200);
    }
    world.settle().await;
    let _ = world.told();
    let (receiver, feed) = told_by_feed(&world).await;
    world.pass(60).await;
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let _ = world.told();
    drain(&feed).await;
    let told = receiver.take();
    assert_eq!(kinds(&told), ["alert.reopened", "alert.rung_told"]);
    assert!(told.iter().all(|t| t.json()["data"] == json!({ "id": alert })), "the same alert");
});
