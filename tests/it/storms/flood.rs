//! Very many at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use domain::delivery::{Channel as Carries, Outcome};
use domain::notice::NoticeKind;
use notifier::{Channel, Letter, Limit, Workers};
use sea_orm::{ConnectionTrait, Statement};
use tests::database::behind;
use tests::{World, crowd, on_both};
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

use super::texts;

/// What waits for ever is to fail, not to hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes what is urgent, and holds everything else until it is opened.
struct Gate {
    carries: Carries,
    urgent: mpsc::UnboundedSender<Letter>,
    arrived: Arc<Notify>,
    open: Arc<Semaphore>,
}

#[async_trait]
impl Channel for Gate {
    fn name(&self) -> &'static str {
        "gate"
    }

    fn carries(&self) -> Carries {
        self.carries
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        if letter.urgent {
            self.urgent.send(letter.clone()).unwrap();
        } else {
            self.arrived.notify_one();
            self.open.acquire().await.unwrap().forget();
        }
        Outcome::Accepted { provider_id: None }
    }
}

async fn count(world: &World, what: &str) -> i64 {
    let db = behind(&world.target).await;
    let sql = format!("SELECT COUNT(*) AS n FROM outbox WHERE {what}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by("n").unwrap()
}

on_both!(a_red_goes_before_any_further_message_of_a_thousand_yellows, |world| {
    crowd::thousand_yellows(&world).await;
    let (urgent, mut taken) = mpsc::unbounded_channel();
    let (arrived, open) = (Arc::new(Notify::new()), Arc::new(Semaphore::new(0)));
    let gate = |carries| -> Arc<dyn Channel> {
        Arc::new(Gate { carries, urgent: urgent.clone(), arrived: Arc::clone(&arrived), open: Arc::clone(&open) })
    };
    world.service.post.channels = vec![gate(Carries::Mail), gate(Carries::Sms)];
    let (stop, post) = (CancellationToken::new(), world.service.post.clone());
    let token = stop.clone();
    #[allow(clippy::disallowed_methods, reason = "it is stopped and joined below")]
    let workers = tokio::spawn(async move { notifier::run(&post, Workers::default(), token).await });
    arrived.notified().await;
    let waiting = "lane = 'normal' AND state = 'pending'";
    let before = count(&world, waiting).await;
    assert!(before > 900, "{before}");
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    let mut reached = BTreeSet::new();
    while reached.len() < 10 {
        let letter = tokio::time::timeout(PATIENCE, taken.recv()).await.expect("the red waits").unwrap();
        assert!(reached.insert(letter.to), "each address once");
    }
    let held = 2 * world.service.post.pace.batch;
    let left = count(&world, waiting).await;
    assert!(left >= 1_002 - i64::from(held), "only what its workers can hold was taken meanwhile: {left}");
    stop.cancel();
    open.add_permits(10_000);
    workers.await.unwrap();
});

/// A way out whose provider takes one message a minute to one number, as some do.
struct Narrow(Arc<notifier::Memory>);

#[async_trait]
impl Channel for Narrow {
    fn name(&self) -> &'static str {
        "narrow"
    }

    fn carries(&self) -> Carries {
        self.0.carries()
    }

    fn limits(&self) -> &'static [Limit] {
        const { &[Limit::each(1, 60)] }
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        self.0.send(letter).await
    }
}

/// So many reds within a minute, in one class; everybody gets every one by mail, though SMS are few.
async fn reds_within_a_minute(world: &mut World, reds: usize) {
    world.service.post.channels = vec![world.mail.clone(), Arc::new(Narrow(world.sms.clone()))];
    let students = crowd::students(world, reds).await;
    let nurse = world.client("nurse").await;
    let (mut mails, mut sms): (BTreeMap<String, BTreeSet<String>>, usize) = (BTreeMap::new(), 0);
    for student in students {
        let _ = nurse.post("/api/v1/observations", world.filing(student, 4)).await.expect(201);
        world.clock.advance(TimeDelta::milliseconds(50_000 / reds as i64));
        world.settle().await;
        for letter in world.letters().into_iter().filter(|l| l.words.kind == NoticeKind::Alarm) {
            if letter.to.contains('@') {
                let new = mails.entry(world.login_of(&letter.to)).or_default().insert(letter.words.code.clone());
                assert!(new, "twice: {letter:?}");
            } else {
                sms += 1;
            }
        }
    }
    for login in ["teacher", "grade", "counsellor", "vice", "principal"] {
        assert_eq!(mails[login].len(), reds, "{login}");
    }
    assert_eq!(sms, 5, "one to each number");
    let waits = count(world, "lane = 'red' AND state = 'pending'").await;
    assert_eq!(waits, (reds as i64 - 1) * 5, "what a provider does not take now is kept");
    assert_eq!(count(world, "lane = 'red' AND state IN ('failed', 'cancelled')").await, 0, "nothing is dropped");
    let tries = count(world, "lane = 'red' AND channel = 'sms' AND state = 'pending' AND attempt > 1").await;
    assert_eq!(tries, 0, "and is not tried before there is room");
}

on_both!(forty_reds_within_a_minute_reach_everybody, |world| {
    reds_within_a_minute(&mut world, 40).await;
});

mod three_hundred {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    #[ignore = "long"]
    async fn on_sqlite() {
        reds_within_a_minute(&mut World::sqlite().await, 300).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    #[ignore = "long"]
    async fn on_postgres() {
        reds_within_a_minute(&mut World::postgres().await, 300).await;
    }
}

on_both!(of_a_storm_of_reds_whom_it_strikes_and_the_rung_above_hear_once, |world| {
    let students = crowd::students(&world, 23).await;
    let nurse = world.client("nurse").await;
    for student in &students[..20] {
        let _ = nurse.post("/api/v1/observations", world.filing(*student, 4)).await.expect(201);
    }
    world.settle().await;
    let letters = world.letters();
    assert!(letters.iter().all(|l| l.words.kind == NoticeKind::Alarm), "twenty are no storm yet");
    for student in &students[20..] {
        let _ = nurse.post("/api/v1/observations", world.filing(*student, 4)).await.expect(201);
        world.settle().await;
    }
    let letters = world.letters();
    let (storm, alarms): (Vec<Letter>, Vec<Letter>) =
        letters.into_iter().partition(|l| l.words.kind == NoticeKind::Storm);
    assert_eq!(texts(&world, &alarms, "counsellor").len(), 3, "each red goes out all the same");
    let told: BTreeSet<String> = storm.iter().map(|l| world.login_of(&l.to)).collect();
    let all = ["teacher", "grade", "counsellor", "vice", "principal", "district"];
    assert_eq!(told, all.map(str::to_owned).into(), "those whom it strikes, and the rung above");
    assert_eq!(storm.len(), 12, "once by mail and once by SMS: {storm:#?}");
    assert!(storm.iter().all(|l| l.text.contains("已有21条紧急事项") && l.words.count == 21), "{storm:#?}");
    let school = world.town.schools[0].id;
    let findings = world.service.desk.storage.read().open_findings().await.unwrap();
    assert!(findings.contains(&("red_storm".to_owned(), school.to_string())), "{findings:?}");
});
