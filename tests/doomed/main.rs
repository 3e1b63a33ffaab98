//! The real service, which dies or falls asleep where it is told to. Never part of the product.
//!
//! ```text
//! doomed kill|stop MOMENT NTH SIGN CONFIG
//! ```
//!
//! At the NTH MOMENT after the file SIGN has appeared, the process sends itself SIGKILL or SIGSTOP: no destructor runs, no
//! buffer is flushed, what is on its way stays where it is. Moments: `begin`, `reading`, `writing`, `commit:DEED`,
//! `kept:DEED` (see `storage::Moment`); `call:before` and `call:after` a provider is asked; `call:during`, when a provider
//! that has not answered yet has put something into the folder that SIGN names.
#![allow(
    clippy::unwrap_used,
    clippy::allow_attributes,
    clippy::disallowed_methods,
    reason = "this is a part of the tests"
)]

mod watched;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};
use server::assemble::{Parts, Service};
use server::settings::Settings;
use storage::{Deed, Mishaps, Moment};

use watched::Watched;

/// Where something may happen to the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Storage(Moment),
    BeforeCall,
    DuringCall,
    AfterCall,
}

impl Place {
    fn read(word: &str) -> Option<Self> {
        let plain = [
            ("begin", Self::Storage(Moment::Begin)),
            ("reading", Self::Storage(Moment::Reading)),
            ("writing", Self::Storage(Moment::Writing)),
            ("call:before", Self::BeforeCall),
            ("call:during", Self::DuringCall),
            ("call:after", Self::AfterCall),
        ];
        let deed = |key: &str| Deed::ALL.into_iter().find(|d| d.key() == key);
        let around = |(when, key)| match when {
            "commit" => Some(Self::Storage(Moment::Commit(deed(key)?))),
            "kept" => Some(Self::Storage(Moment::Kept(deed(key)?))),
            _ => None,
        };
        plain.into_iter().find(|(w, _)| *w == word).map(|(_, p)| p).or_else(|| around(word.split_once(':')?))
    }
}

/// What is to befall, and where.
struct Fate {
    signal: Signal,
    place: Place,
    nth: u64,
    sign: PathBuf,
    seen: AtomicU64,
}

impl Fate {
    fn read(args: &[String]) -> Option<(Self, &Path)> {
        let [deed, place, nth, sign, config] = args else { return None };
        let signal = match deed.as_str() {
            "kill" => Signal::KILL,
            "stop" => Signal::STOP,
            _ => return None,
        };
        let (place, nth) = (Place::read(place)?, nth.parse().ok()?);
        Some((Self { signal, place, nth, sign: sign.into(), seen: AtomicU64::new(0) }, Path::new(config)))
    }

    fn meet(&self, place: Place) {
        if place == self.place && self.sign.exists() && self.seen.fetch_add(1, Ordering::SeqCst) + 1 == self.nth {
            kill_process(getpid(), self.signal).unwrap();
            // Another thread may be the one that takes the signal: this one goes no further meanwhile.
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Mishaps for Fate {
    fn befalls(&self, moment: Moment) -> Option<String> {
        self.meet(Place::Storage(moment));
        None
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((fate, config)) = Fate::read(&args) else {
        server::command::say("usage: doomed kill|stop MOMENT NTH SIGN CONFIG");
        return ExitCode::from(2);
    };
    let fate = Arc::new(fate);
    server::command::on_a_runtime(async move {
        let settings = Settings::read(config).unwrap();
        server::telemetry::start(&settings.log.format, &settings.log.filter);
        let mut parts = Parts::from_settings(&settings).await.unwrap();
        parts.storage = parts.storage.among(fate.clone());
        parts.channels = parts.channels.into_iter().map(|c| Watched::around(c, &fate)).collect();
        let service = Service::of(parts).await.unwrap();
        server::command::serve_with(&settings, &service).await.unwrap()
    })
}
