//! The named windows, each on both databases.

use std::sync::Arc;

use tests::letters::Letters;
use tests::site::{Kind, Plan, Site, Smtp, rig};
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, LocalSet};

use super::acts::round;
use super::scene::{LEASE, Scene};

/// So many windows are tried at once: each runs a program of its own.
const AT_ONCE: usize = 4;

/// What is under way when the program dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// A filing and all that follows it, to the provider.
    Filing,
    /// Taking an alert.
    Taking,
    /// A step of the tick.
    Step,
    /// The rung is unreachable: what the notifier learnt is consumed.
    Signal,
    /// A receipt is written down.
    Receipt,
}

/// A place at which the program dies.
#[derive(Debug)]
pub(super) struct Window {
    pub(super) name: &'static str,
    pub(super) moment: &'static str,
    pub(super) nth: fn(u64) -> u64,
    pub(super) act: Act,
    /// How often a message may go out once more.
    pub(super) again: usize,
}

impl Window {
    const fn new(name: &'static str, moment: &'static str, act: Act, again: usize) -> Self {
        Self { name, moment, nth: |_| 1, act, again }
    }

    /// Whether the commit has been, and nobody heard so.
    pub(super) fn is_kept(&self) -> bool {
        self.moment.starts_with("kept:")
    }
}

/// Every window. A message goes out once more only where a provider may have taken what was not written down: after a
/// commit of messages another thread may be at work on them before this one dies, and taking an alert is cut off twice, the
/// second time after the answer.
const WINDOWS: [Window; 19] = [
    Window { nth: |n| 1 + n % 3, ..Window::new("a filing begins", "begin", Act::Filing, 1) },
    Window { nth: |n| 1 + n * 7 % 23, ..Window::new("amid a filing's statements", "writing", Act::Filing, 1) },
    Window::new("before an alert's commit", "commit:open", Act::Filing, 0),
    Window::new("after an alert's commit", "kept:open", Act::Filing, 1),
    Window::new("before a claim's commit", "commit:claim", Act::Filing, 0),
    Window::new("after a claim's commit", "kept:claim", Act::Filing, 0),
    Window::new("before a provider is asked", "call:before", Act::Filing, 0),
    Window::new("while a provider is asked", "call:during", Act::Filing, 1),
    Window::new("after a provider took it", "call:after", Act::Filing, 1),
    Window::new("before a record's commit", "commit:record", Act::Filing, 1),
    Window::new("after a record's commit", "kept:record", Act::Filing, 1),
    Window::new("before the commit of taking over", "commit:change", Act::Taking, 1),
    Window::new("after the commit of taking over", "kept:change", Act::Taking, 1),
    Window::new("before the commit of a step", "commit:change", Act::Step, 0),
    Window::new("after the commit of a step", "kept:change", Act::Step, 1),
    Window {
        nth: |n| 1 + n * 4 % 10,
        ..Window::new("before a signal's consumption", "commit:consume", Act::Signal, 1)
    },
    Window { nth: |n| 1 + n * 4 % 10, ..Window::new("after a signal's consumption", "kept:consume", Act::Signal, 1) },
    Window::new("before a receipt's commit", "commit:receipt", Act::Receipt, 0),
    Window::new("after a receipt's commit", "kept:receipt", Act::Receipt, 0),
];

async fn every_window(kind: Kind, marker: u64, rounds: u64) {
    LocalSet::new().run_until(windows(kind, marker, rounds)).await;
}

/// Some windows need a mail server that nobody else uses.
fn wants_own_mail(window: &Window) -> bool {
    window.moment == "call:during" || window.act == Act::Signal
}

async fn windows(kind: Kind, marker: u64, rounds: u64) {
    let pupils = usize::try_from(rounds).unwrap().max(40);
    let mut site = Site::planned(kind, marker, pupils, Plan::hasty(&rig("XINDENG_TEST_KANNEL"))).await;
    site.kill();
    let (site, room) = (Arc::new(site), Arc::new(Semaphore::new(AT_ONCE)));
    let smtp = Arc::new(Smtp::start(&site.mail_dir, 0));
    let letters = Arc::new(Letters::of(&site.mail_dir));
    let mut all = JoinSet::new();
    let only = setting("XINDENG_TEST_WINDOW").unwrap_or_default();
    for window in WINDOWS.iter().filter(|w| w.name.contains(&only)) {
        let (site, room, smtp, letters) = (site.clone(), room.clone(), smtp.clone(), letters.clone());
        all.spawn_local(async move {
            let _place = room.acquire().await.unwrap();
            let own = wants_own_mail(window).then(|| {
                let folder = site.scratch.0.join(window.moment.replace(':', "-"));
                (Smtp::start(&folder, 0), Arc::new(Letters::of(&folder)))
            });
            let (smtp, letters) = own.as_ref().map_or((&*smtp, &letters), |(smtp, letters)| (smtp, letters));
            let mut scene = Scene::twin(&site, smtp, letters).await;
            for n in 0..rounds {
                round(&mut scene, window, n).await;
                if n + 1 < rounds {
                    scene.site.kill();
                }
            }
            // Whatever would be told again would be told now.
            tokio::time::sleep(LEASE + LEASE / 2).await;
            let (messages, again, slow) = scene.duplicates(window.again).await;
            println!(
                "{kind:?}, {}: {rounds} crashes, 0 lost, {messages} messages, {again} of them once more ({slow} answers \
                 were late), all sent within {} ms of the restart",
                window.name,
                scene.slowest.as_millis(),
            );
        });
    }
    let mut failed = Vec::new();
    while let Some(ended) = all.join_next().await {
        failed.extend(ended.err());
    }
    assert!(failed.is_empty(), "{} windows of {} lose something", failed.len(), WINDOWS.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_window_loses_a_red_on_sqlite() {
    every_window(Kind::Sqlite, 1_380_001_001, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_window_loses_a_red_on_postgres() {
    every_window(Kind::Postgres, 1_380_001_002, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long"]
async fn no_window_loses_a_red_in_many_rounds_on_sqlite() {
    every_window(Kind::Sqlite, 1_380_001_003, long_rounds()).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long"]
async fn no_window_loses_a_red_in_many_rounds_on_postgres() {
    every_window(Kind::Postgres, 1_380_001_004, long_rounds()).await;
}

/// Two hundred, or fewer by `XINDENG_TEST_ROUNDS`.
fn long_rounds() -> u64 {
    setting("XINDENG_TEST_ROUNDS").map_or(200, |n| n.parse().unwrap())
}

#[allow(clippy::disallowed_methods, reason = "whoever looks for something may say so")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
