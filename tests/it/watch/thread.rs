//! The auditor's thread: whatever blocks the program does not block it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::delivery::Channel as Carries;
use domain::time::ManualClock;
use notifier::Operator;
use server::settings::WatchSettings;
use server::watch::Watch;
use storage::Target;
use tests::database::{Scratch, postgres, sqlite};
use tests::world::{MONDAY, service, shanghai};
use tokio_util::sync::CancellationToken;

use super::Named;

const PATIENCE: Duration = Duration::from_secs(60);

/// The program's own runtime stands still, and with it every loop and on SQLite the one writer.
fn stands_still(target: impl AsyncFnOnce() -> Target, says: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (clock, mail) = (Arc::new(ManualClock::at(shanghai(MONDAY))), Named::new("mail", Carries::Mail));
    let watch = Watch {
        operator: Operator {
            addresses: vec![(Carries::Mail, "operator@it.example".to_owned())],
            ..Operator::default()
        },
        channels: vec![mail.clone()],
        settings: WatchSettings { audit_every_s: 1, ..WatchSettings::default() },
    };
    let mut service = runtime.block_on(async { service(&target().await, clock.clone(), Vec::new()).await });
    service.watch = Some(watch);
    let stop = CancellationToken::new();
    let thread = server::watch::start(&service, &stop).unwrap().unwrap();
    let began = Instant::now();
    let mut said = String::new();
    while !said.contains(says) {
        assert!(began.elapsed() < PATIENCE, "the operator was not called about {says}: {said}");
        clock.advance(TimeDelta::seconds(1));
        std::thread::sleep(Duration::from_millis(50));
        said.extend(mail.take().into_iter().map(|letter| letter.text));
    }
    stop.cancel();
    thread.join().unwrap();
}

#[test]
fn a_program_that_stands_still_does_not_stop_its_auditor_on_sqlite() {
    let scratch = Scratch::new();
    stands_still(async || sqlite(&scratch), "audit_unrecorded ×1");
}

#[test]
fn a_program_that_stands_still_does_not_stop_its_auditor_on_postgres() {
    stands_still(postgres, "tick_stopped ×1");
}
