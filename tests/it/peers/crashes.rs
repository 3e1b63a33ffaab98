//! The program is killed at random while people file, and started again. What was acknowledged is there; every red is
//! mailed; a mail comes twice to one address only where a crash lies between the two.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::time::Clock;
use serde_json::{Value, json};
use tests::Client;

use tests::site::{Kind, PASSWORD, Site, Smtp, await_ok, header};

const CLIENTS: usize = 6;
/// The mail server may keep a mail this long after its sender was killed: all of it had been sent.
const LATE_MICROS: u64 = 2_000_000;

/// One person who files without pause until told to stop, and repeats with the same key what was not answered.
async fn file_on(client: Client, students: Vec<String>, n: usize, round: u64, stop: Arc<AtomicBool>) -> Vec<String> {
    let mut answered = Vec::new();
    for count in 0_usize.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let red = count % 4 == 0;
        // Yellow ones come in pairs: what tells of them goes out together, and then one of them turns red.
        let named = (0..if red { 1 } else { 2 }).map(|next| &students[(n * 5 + count + next) % students.len()]);
        let body = json!({
            "students": named.map(|id| json!({ "student": id, "part": "subject" })).collect::<Value>(),
            "observed_at": "2026-11-20T10:00:00+08:00",
            "signs": [tests::sign(if red { 4 } else { 2 })],
            "narrative": "", "safe_now": "yes", "where_now": "school",
        });
        let keyed = client.with("Idempotency-Key", &format!("r{round}-c{n}-{count}"));
        match keyed.try_post("/api/v1/observations", body).await {
            Some(answer) if answer.status == 201 => answered.push(answer.str("id")),
            Some(answer) => panic!("{} {}", answer.status, answer.text),
            None => break,
        }
    }
    answered
}

/// A number that looks like chance and is the same every time.
fn chance(round: u64, below: u64) -> u64 {
    let z = round.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (z ^ (z >> 29)) % below
}

/// Five people have their mail, and none failed or is under way. While the alert was yellow, a mail may have been cancelled,
/// or carried by that of another alert, or may not be known to have arrived.
fn all_told(messages: &[Value]) -> Result<(), String> {
    let mails = || messages.iter().filter(|m| m["channel"] == "mail");
    let state = |m: &Value| m["carrier"].as_str().or(m["state"].as_str()).unwrap().to_owned();
    let ended = mails().all(|m| matches!(state(m).as_str(), "accepted" | "cancelled" | "unknown"));
    let told = mails().filter(|m| m["state"] == "accepted").map(|m| m["person"]["id"].to_string());
    let told: BTreeSet<String> = told.collect();
    if ended && told.len() >= 5 { Ok(()) } else { Err(format!("{:#}", Value::from_iter(mails().cloned()))) }
}

async fn rounds(kind: Kind, marker: u64, rounds: u64) {
    let mut site = Site::found(kind, marker).await;
    let smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    let (mut acknowledged, mut crashes) = (Vec::new(), Vec::<u64>::new());
    for round in 0..rounds {
        let stop = Arc::new(AtomicBool::new(false));
        let mut people = tokio::task::JoinSet::new();
        for n in 0..CLIENTS {
            let client = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
            people.spawn(file_on(client, site.students.clone(), n, round, Arc::clone(&stop)));
        }
        tokio::time::sleep(Duration::from_millis(30 + chance(round, 370))).await;
        site.kill();
        crashes.push(u64::try_from(server::seams::SystemClock.now().timestamp_micros()).unwrap());
        stop.store(true, Ordering::Relaxed);
        while let Some(answered) = people.join_next().await {
            acknowledged.extend(answered.unwrap());
        }
        site.start().await;
    }
    let teacher = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
    let counsellor = Client::sign_in_with(&site.base, "counsellor", PASSWORD).await;
    for id in &acknowledged {
        let _ = teacher.get(&format!("/api/v1/observations/{id}")).await.expect(200);
    }
    let reds = counsellor.get("/api/v1/alerts?level=4&limit=200").await.expect(200).items();
    assert!(!reds.is_empty() && !acknowledged.is_empty());
    for red in &reds {
        let path = format!("/api/v1/alerts/{}", red["id"].as_str().unwrap());
        await_ok("every mail of every red is with the server", async || {
            let seen = counsellor.get(&path).await.expect(200);
            all_told(seen.body["messages"].as_array().unwrap())
        })
        .await;
    }
    let mut copies: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for mail in smtp.mails() {
        copies
            .entry(header(&mail, "Message-ID"))
            .or_default()
            .push(header(&mail, "X-Rig-Accepted-At").parse().unwrap());
    }
    let mut duplicates = 0;
    for (id, mut times) in copies.clone() {
        times.sort_unstable();
        for pair in times.windows(2) {
            duplicates += 1;
            let crashed = crashes.iter().any(|at| (pair[0].saturating_sub(LATE_MICROS)..=pair[1]).contains(at));
            assert!(crashed, "{id} was sent twice without a crash between");
        }
    }
    println!(
        "{kind:?}: {rounds} crashes, {} observations acknowledged, 0 lost, {} reds, {} mails, {duplicates} duplicates",
        acknowledged.len(),
        reds.len(),
        copies.len(),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn five_crashes_lose_nothing_on_sqlite() {
    rounds(Kind::Sqlite, 1_380_000_011, 5).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_crashes_lose_nothing_on_postgres() {
    rounds(Kind::Postgres, 1_380_000_012, 5).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long"]
async fn fifty_crashes_lose_nothing_on_sqlite() {
    rounds(Kind::Sqlite, 1_380_000_013, 50).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long"]
async fn fifty_crashes_lose_nothing_on_postgres() {
    rounds(Kind::Postgres, 1_380_000_014, 50).await;
}
