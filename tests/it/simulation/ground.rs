//! A town that is built once and copied for each seed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use casework::{Clocks, PasswordCost, SessionRules};
use domain::delivery::Channel as Carries;
use domain::staff::ContactMethod;
use domain::time::{Clock, ManualClock};
use notifier::{Channel, Pace};
use sea_orm::ConnectionTrait;
use server::assemble::{Parts, Service};
use server::seams::SeededIds;
use server::secrets::Keys;
use storage::{Storage, Target};
use tests::Town;
use tests::database::{Scratch, behind};
use tests::world::{shanghai, shipped};

const CALLED: [&str; 6] = ["duty", "counsellor", "vice", "principal", "teacher", "district"];

/// A built town, and where copies of it may lie.
pub(super) struct Ground {
    pub(super) town: Town,
    template: PathBuf,
    scratch: Scratch,
}

impl Ground {
    pub(super) async fn build() -> Self {
        let scratch = Scratch::fast();
        let template = scratch.0.join("template.db");
        let target = target(&template);
        let clock = Arc::new(ManualClock::at(shanghai(tests::world::MONDAY)));
        let storage = Storage::open(&target).await.unwrap();
        let service = service(storage, Arc::clone(&clock), SeededIds::new(0, Arc::clone(&clock)), Vec::new()).await;
        let town = Town::build(&service.desk).await;
        let mut tx = service.desk.storage.begin().await.unwrap();
        for (index, login) in CALLED.into_iter().enumerate() {
            let (person, verified_at) = (town.person(login), Some(clock.now()));
            let address = (13_900_000_000 + index as u64).to_string();
            tx.add_contact(&ContactMethod { person, channel: Carries::Voice, address, verified_at }).await.unwrap();
        }
        tx.commit().await.unwrap();
        behind(&target).await.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
        Self { town, template, scratch }
    }

    /// A fresh copy.
    pub(super) fn copy(&self, seed: u64) -> Target {
        let file = self.scratch.0.join(format!("{seed}.db"));
        std::fs::copy(&self.template, &file).unwrap();
        target(&file)
    }

    /// A copy that has had its time.
    pub(super) fn sweep(&self, seed: u64) {
        for tail in ["db", "db-wal", "db-shm"] {
            let _ = std::fs::remove_file(self.scratch.0.join(format!("{seed}.{tail}")));
        }
    }
}

fn target(file: &Path) -> Target {
    // One commit for each transaction: what befalls one must not depend on how long another takes.
    Target::Sqlite { file: file.to_owned(), group_commit: false }
}

/// The service, over a database that may be among mishaps.
pub(super) async fn service(
    storage: Storage,
    clock: Arc<ManualClock>,
    ids: SeededIds,
    channels: Vec<Arc<dyn Channel>>,
) -> Service {
    let service = Service::of(Parts {
        storage,
        clocks: Clocks::one(clock),
        ids: Arc::new(ids),
        rules: shipped(),
        sessions: SessionRules::default(),
        cost: PasswordCost { memory_kib: 64, passes: 1, at_once: 2, waiting: 500 },
        keys: Keys::of(&[7; 32]),
        channels,
        twilio: None,
        pace: Pace { batch: 1, ..Pace::default() },
        public_url: "http://127.0.0.1:8080".to_owned(),
        address_in_messages: "xd.example.edu.cn/a".to_owned(),
        replies: true,
        demonstration: None,
        watch: None,
        clock: None,
        machine: Arc::new(server::seams::SystemClock),
        feed: None,
    });
    service.await.unwrap()
}
