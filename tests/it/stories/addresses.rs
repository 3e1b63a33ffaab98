//! Somebody has two numbers, and one of them is dead.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::TimeDelta;
use domain::delivery::{Channel as Carries, Outcome};
use domain::staff::ContactMethod;
use domain::time::Clock;
use notifier::{Channel, Letter, Memory};
use tests::{World, on_both};

const NEWER: &str = "18800000001";

/// A gateway that knows which numbers are dead, and says so at once.
struct Gateway {
    dead: Vec<String>,
    asked: Mutex<Vec<String>>,
    others: Arc<Memory>,
}

#[async_trait]
impl Channel for Gateway {
    fn name(&self) -> &'static str {
        self.others.name()
    }

    fn carries(&self) -> Carries {
        Carries::Sms
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        self.asked.lock().unwrap().push(letter.to.clone());
        if self.dead.contains(&letter.to) {
            return Outcome::BadAddress("no such number".to_owned());
        }
        self.others.send(letter).await
    }
}

impl Gateway {
    /// How often these numbers were asked for.
    fn asked(&self, numbers: &[&str]) -> Vec<usize> {
        let asked = self.asked.lock().unwrap();
        numbers.iter().map(|n| asked.iter().filter(|a| a == n).count()).collect()
    }
}

fn gateway(world: &mut World, dead: &[&str]) -> Arc<Gateway> {
    let dead = dead.iter().map(|n| (*n).to_owned()).collect();
    let gateway = Arc::new(Gateway { dead, asked: Mutex::default(), others: world.sms.clone() });
    world.service.post.channels = vec![world.mail.clone(), gateway.clone(), world.voice.clone()];
    gateway
}

fn number(world: &World, login: &str) -> String {
    let index = world.town.people.iter().position(|(l, _)| l == login).unwrap();
    (19_900_000_000 + index as u64).to_string()
}

/// Somebody verifies a further number, later than the one that he has.
async fn verifies(world: &World, login: &str, address: &str) {
    world.clock.advance(TimeDelta::minutes(1));
    let (person, verified_at) = (world.town.person(login), Some(world.clock.now()));
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.add_contact(&ContactMethod { person, channel: Carries::Sms, address: address.to_owned(), verified_at })
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Which of somebody's numbers a message has reached.
async fn reached(world: &World, login: &str) -> Vec<String> {
    let all = world.service.desk.storage.read().contact_methods(world.town.person(login)).await.unwrap();
    let sms = all.into_iter().filter(|c| c.method.channel == Carries::Sms && c.last_ok_at.is_some());
    sms.map(|c| c.method.address).collect()
}

on_both!(a_red_goes_to_the_older_number_at_once_when_the_newest_is_dead, |world| {
    verifies(&world, "counsellor", NEWER).await;
    let (gateway, older) = (gateway(&mut world, &[NEWER]), number(&world, "counsellor"));
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    assert_eq!(gateway.asked(&[NEWER, &older]), [1, 1], "each once, and without a pause");
    let sms = world.sms.take();
    let hers: Vec<&Letter> = sms.iter().filter(|l| l.to == older).collect();
    assert_eq!((sms.len(), hers.len()), (5, 1), "{sms:#?}");
    world.told_exactly(&["teacher", "grade", "counsellor", "vice", "principal"]);

    // Who asks after the receipt asks about the number that it went to, whatever was verified since.
    verifies(&world, "counsellor", "18800000002").await;
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    let awaited = tx.take_awaited(&["memory"], world.clock.now() + TimeDelta::minutes(2), 50).await.unwrap();
    let about = awaited.iter().find(|a| a.id == hers[0].id).unwrap();
    assert_eq!(about.address.as_deref(), Some(older.as_str()));
    drop(tx);
    casework::record_receipt(&world.service.desk, "memory", &hers[0].id.to_string(), true).await.unwrap();
    assert_eq!(reached(&world, "counsellor").await, [older], "not the dead one, nor the one that nothing was sent to");
});

on_both!(only_where_no_number_is_left_a_message_has_failed_and_the_next_rung_hears, |world| {
    verifies(&world, "teacher", NEWER).await;
    let (teacher, counsellor) = (number(&world, "teacher"), number(&world, "counsellor"));
    let gateway = gateway(&mut world, &[NEWER, &teacher, &counsellor]);
    world.mail.then(vec![Outcome::BadAddress("no such mailbox".to_owned()); 2]);
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    assert_eq!(gateway.asked(&[NEWER, &teacher, &counsellor]), [1, 1, 1], "none twice");
    world.told_exactly(&["grade"]);
    assert!(reached(&world, "teacher").await.is_empty());
    let alert = world.alert_seen_by("counsellor").await;
    let seen = world.client("counsellor").await.get(&format!("/api/v1/alerts/{alert}")).await.expect(200).body;
    let person = world.town.person("teacher").to_string();
    let hers = |m: &&serde_json::Value| m["person"]["id"] == person.as_str() && m["channel"] == "sms";
    let message = seen["messages"].as_array().unwrap().iter().find(hers).unwrap().clone();
    assert_eq!((message["state"].clone(), message["attempts"].clone()), ("failed".into(), 2.into()), "{message}");
});
