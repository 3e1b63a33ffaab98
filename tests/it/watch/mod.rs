//! The auditor: each fault is planted behind the service's back and found by the next pass; it is mended, or the operator
//! is called. `XINDENG_TEST_WITHOUT` names a check that is left out, to see its story fail.

mod alerts;
mod banner;
mod canary;
mod clean;
mod loops;
mod nudge;
mod operator;
mod people;
mod plans;
mod thread;
mod versions;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use domain::delivery::{Channel as Carries, Outcome};
use domain::notice::Lane;
use notifier::{AuditReport, Auditor, Channel, Letter, Operator};
use sea_orm::ConnectionTrait;
use server::settings::WatchSettings;
use server::watch::Watch;
use storage::Target;
use tests::World;
use tests::database::behind;

pub(super) const SCHOOL: [&str; 5] = ["teacher", "grade", "counsellor", "vice", "principal"];
pub(super) const OURS: &str = "school_id IN (SELECT id FROM school WHERE name = '示例一中')";

/// A provider with a name, which works until it is broken.
pub(super) struct Named {
    name: &'static str,
    carries: Carries,
    broken: AtomicBool,
    asked: AtomicUsize,
    letters: Mutex<Vec<Letter>>,
}

impl Named {
    pub(super) fn new(name: &'static str, carries: Carries) -> Arc<Self> {
        let (broken, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
        Arc::new(Self { name, carries, broken, asked, letters: Mutex::default() })
    }

    pub(super) fn is_broken(&self, broken: bool) {
        self.broken.store(broken, Ordering::Relaxed);
    }

    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    pub(super) fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.letters.lock().unwrap())
    }
}

#[async_trait::async_trait]
impl Channel for Named {
    fn name(&self) -> &'static str {
        self.name
    }

    fn carries(&self) -> Carries {
        self.carries
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.broken.load(Ordering::Relaxed) {
            return Outcome::Retry("out of order".to_owned());
        }
        self.letters.lock().unwrap().push(letter.clone());
        Outcome::Accepted { provider_id: Some(letter.id.to_string()) }
    }
}

/// Somebody outside who counts how often he is told that all is well.
pub(super) struct Outside {
    pub(super) url: String,
    count: Arc<AtomicUsize>,
}

impl Outside {
    fn listen() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/ping", listener.local_addr().unwrap());
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut bytes = [0; 1024];
                if stream.read(&mut bytes).is_ok_and(|n| bytes[..n].starts_with(b"GET /ping ")) {
                    counted.fetch_add(1, Ordering::SeqCst);
                }
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            }
        });
        Self { url, count }
    }

    pub(super) fn told(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}

/// An auditor over a world, its operator's two letter boxes, and the outside.
pub(super) struct Watched {
    pub(super) auditor: Auditor,
    pub(super) mail: Arc<Named>,
    pub(super) sms: Arc<Named>,
    pub(super) outside: Outside,
}

impl Watched {
    /// The check that `XINDENG_TEST_WITHOUT` names is left out.
    #[allow(clippy::disallowed_methods, reason = "whoever runs the tests says so")]
    pub(super) async fn over(world: &World) -> Self {
        let (mail, sms) = (Named::new("operators-mail", Carries::Mail), Named::new("operators-sms", Carries::Sms));
        let outside = Outside::listen();
        let addresses =
            vec![(Carries::Sms, "19912345678".to_owned()), (Carries::Mail, "operator@it.example".to_owned())];
        let watch = Watch {
            operator: Operator { addresses, service: "http://127.0.0.1:8080".to_owned() },
            channels: vec![mail.clone(), sms.clone()],
            settings: WatchSettings { ping_url: outside.url.clone(), ping_every_s: 30, ..WatchSettings::default() },
        };
        let mut auditor = server::watch::auditor(&world.service, &watch).await.unwrap();
        let without = std::env::var("XINDENG_TEST_WITHOUT").unwrap_or_default();
        auditor.checks.retain(|check| check.kind() != without);
        Self { auditor, mail, sms, outside }
    }

    pub(super) async fn pass(&self) -> AuditReport {
        let report = notifier::audit_once(&self.auditor).await;
        assert_eq!((&report.blind, report.recorded), (&Vec::new(), true));
        report
    }

    /// The next pass finds exactly this.
    #[track_caller]
    pub(super) fn finds(report: &AuditReport, kinds: &[&str]) {
        let want: BTreeSet<&str> = kinds.iter().copied().collect();
        assert_eq!(report.kinds().into_iter().collect::<BTreeSet<_>>(), want, "{report:?}");
    }

    /// What the operator was told since the last look.
    pub(super) fn pages(&self) -> Vec<Letter> {
        let mut all = self.sms.take();
        all.extend(self.mail.take());
        all
    }

    /// The operator was told of these kinds, by both ways, and of nobody.
    #[track_caller]
    pub(super) fn called_about(&self, kinds: &[&str]) {
        let pages = self.pages();
        assert_eq!(pages.len(), 2, "{pages:#?}");
        for page in pages {
            assert!(kinds.iter().all(|kind| page.text.contains(kind)), "{kinds:?}: {}", page.text);
            assert!(page.text.contains("http://127.0.0.1:8080"), "{}", page.text);
            let ids = ["alr_", "per_", "stu_", "teacher", "一然", "示例一中"];
            assert!(ids.iter().all(|id| !page.text.contains(id)), "{}", page.text);
        }
    }

    #[track_caller]
    pub(super) fn nobody_called(&self) {
        let pages = self.pages();
        assert!(pages.is_empty(), "{pages:#?}");
    }
}

/// Which loops turn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turning {
    pub(super) tick: bool,
    pub(super) dispatcher: bool,
}

pub(super) const ALL: Turning = Turning { tick: true, dispatcher: true };

/// One turn of the loops, as the program makes it.
pub(super) async fn turn(world: &World, turning: Turning) {
    let (desk, post) = (&world.service.desk, &world.service.post);
    let _ = casework::turn_canary(desk, TimeDelta::minutes(5)).await.unwrap();
    if turning.tick {
        let _ = casework::escalate_overdue(desk).await.unwrap();
        let _ = casework::consume_signals(desk).await.unwrap();
        casework::beat(desk).await.unwrap();
    }
    if turning.dispatcher {
        for lane in [Lane::Red, Lane::Normal] {
            let _ = notifier::dispatch_once(post, lane).await.unwrap();
        }
        let mut tx = desk.storage.begin().await.unwrap();
        tx.beat("dispatcher", desk.real_now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// The service runs for so many seconds, and its loops turn every five.
pub(super) async fn runs(world: &World, seconds: i64) {
    runs_with(world, seconds, ALL).await;
}

pub(super) async fn runs_with(world: &World, seconds: i64, turning: Turning) {
    for _ in 0..seconds / 5 {
        world.clock.advance(TimeDelta::seconds(5));
        turn(world, turning).await;
    }
}

/// A red of school 0 that everybody concerned has read, in a service that has run for a while, with its auditor.
pub(super) async fn red(world: &World) -> Watched {
    let watched = Watched::over(world).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    runs(world, 30).await;
    world.told_exactly(&SCHOOL);
    Watched::finds(&watched.pass().await, &[]);
    watched.nobody_called();
    watched
}

/// Something is done to the database behind the service's back.
pub(super) async fn behind_its_back(world: &World, sql: &str) {
    let db = behind(&world.target).await;
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

/// What is written for one database, or for the other.
pub(super) fn worded<'a>(world: &World, sqlite: &'a str, postgres: &'a str) -> &'a str {
    match world.target {
        Target::Sqlite { .. } => sqlite,
        Target::Postgres { .. } => postgres,
    }
}

/// So many micros of the world's clock.
pub(super) fn ago(world: &World, seconds: i64) -> i64 {
    use domain::time::Clock;
    (world.clock.now() - TimeDelta::seconds(seconds)).timestamp_micros()
}

/// Open findings of the auditor, by kind.
pub(super) async fn open(world: &World) -> Vec<String> {
    let all = world.service.desk.storage.read().open_findings().await.unwrap();
    all.into_iter().map(|(kind, _)| kind).collect()
}
