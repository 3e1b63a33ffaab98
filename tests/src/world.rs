//! The world of a test.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::Arc;

use api::TwilioHook;
use casework::{Clocks, PasswordCost, SessionRules};
use chrono::{NaiveDateTime, TimeDelta};
use domain::delivery::Channel as Carries;
use domain::id::StudentId;
use domain::notice::Lane;
use domain::staff::ContactMethod;
use domain::time::{Clock, ManualClock, Timestamp};
use notifier::{Channel, Letter, Memory, Pace};
use serde_json::{Value, json};
use server::assemble::{Parts, Rules, Service};
use server::seams::SystemIds;
use server::secrets::Keys;
use storage::{Storage, Target};

use crate::database::{Scratch, postgres, sqlite};
use crate::{Client, Town};

/// A Monday morning in term, 10:00 in Shanghai.
pub const MONDAY: &str = "2026-11-23 10:00";

/// A town, a server, a clock and two letter boxes. At the end every letter must have been read.
pub struct World {
    pub service: Service,
    pub clock: Arc<ManualClock>,
    pub mail: Arc<Memory>,
    pub sms: Arc<Memory>,
    pub voice: Arc<Memory>,
    pub town: Town,
    pub base: String,
    pub target: Target,
    handle: actix_web::dev::ServerHandle,
    scratch: Scratch,
}

/// Runs a story on both databases: `on_both!(a_name, |world| { … });`, or
/// `on_both!(a_name, from "2026-09-30 16:30", |world| { … });` when it begins on another day.
#[macro_export]
macro_rules! on_both {
    ($(#[$doc:meta])* $name:ident, |$world:ident| $body:block) => {
        $crate::on_both!($(#[$doc])* $name, from $crate::world::MONDAY, |$world| $body);
    };
    ($(#[$doc:meta])* $name:ident, from $start:expr, |$world:ident| $body:block) => {
        mod $name {
            use super::*;

            async fn story($world: $crate::World) {
                #[allow(unused_mut, reason = "some stories change their world")]
                let mut $world = $world;
                $body
            }

            $(#[$doc])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                story($crate::World::sqlite_from($start).await).await;
            }

            $(#[$doc])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                story($crate::World::postgres_from($start).await).await;
            }
        }
    };
}

/// A local wall clock in Shanghai.
#[must_use]
pub fn shanghai(text: &str) -> Timestamp {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    (wall - TimeDelta::hours(8)).and_utc()
}

impl World {
    pub async fn sqlite() -> Self {
        Self::sqlite_from(MONDAY).await
    }

    pub async fn postgres() -> Self {
        Self::postgres_from(MONDAY).await
    }

    /// A world that begins at a local time.
    pub async fn sqlite_from(start: &str) -> Self {
        let scratch = Scratch::new();
        Self::over_from(sqlite(&scratch), scratch, start).await
    }

    /// A world that begins at a local time.
    pub async fn postgres_from(start: &str) -> Self {
        Self::over_from(postgres().await, Scratch::new(), start).await
    }

    /// A world over a database.
    pub async fn over(target: Target, scratch: Scratch) -> Self {
        Self::over_from(target, scratch, MONDAY).await
    }

    /// A world over a database, from a local time on.
    pub async fn over_from(target: Target, scratch: Scratch, start: &str) -> Self {
        let mail = Arc::new(Memory::new(Carries::Mail));
        let sms = Arc::new(Memory::new(Carries::Sms));
        let voice = Arc::new(Memory::new(Carries::Voice));
        let channels: Vec<Arc<dyn Channel>> = vec![mail.clone(), sms.clone(), voice.clone()];
        let clock = Arc::new(ManualClock::at(shanghai(start)));
        let service = service(&target, clock.clone(), channels).await;
        let town = Town::build(&service.desk).await;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = server::http::listen(&service.api, listener, 1).unwrap();
        let handle = server.handle();
        #[allow(clippy::disallowed_methods, reason = "it is stopped when the world ends")]
        tokio::spawn(server);
        Self { service, clock, mail, sms, voice, town, base, target, handle, scratch }
    }

    /// Where files of this test may lie.
    #[must_use]
    pub fn scratch(&self) -> &std::path::Path {
        &self.scratch.0
    }

    /// These people can be called, under the number that they have for SMS.
    pub async fn give_telephones(&self, logins: &[&str]) {
        let mut tx = self.service.desk.storage.begin().await.unwrap();
        for login in logins {
            let person = self.town.person(login);
            let index = self.town.people.iter().position(|(l, _)| l == login).unwrap();
            let address = (19_900_000_000 + index as u64).to_string();
            let verified_at = Some(self.clock.now());
            tx.add_contact(&ContactMethod { person, channel: Carries::Voice, address, verified_at }).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// From now on so many percent of all decisions are drawn, and one a month or not.
    pub async fn draws(&self, percent: u32, one_a_month: bool) {
        self.goes_by(&policy_text(percent, one_a_month)).await;
    }

    /// From now on whoever reports hears when nobody has looked in time.
    pub async fn tells_reporters(&self) {
        self.goes_by(&policy_text(0, false).replace("tell_when_unread = false", "tell_when_unread = true")).await;
    }

    /// This policy is configured, as at a start.
    pub async fn goes_by(&self, policy: &str) {
        let draft: domain::policy::PolicyDraft = toml::from_str(policy).unwrap();
        let policy = draft.clone().validate().unwrap();
        casework::reconcile_policy(&self.service.desk, &draft, &policy).await.unwrap();
    }

    /// Somebody signed in to the interface.
    pub async fn client(&self, login: &str) -> Client {
        Client::sign_in(&self.base, login).await
    }

    /// Sets the clock to a local time and lets everything that is due happen.
    pub async fn at(&mut self, local: &str) {
        self.clock.set(shanghai(local));
        self.settle().await;
    }

    /// Lets time pass and everything that is due happen.
    pub async fn pass(&mut self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
        self.settle().await;
    }

    /// Nobody is told a second before a local time; at that time exactly these people are.
    pub async fn silent_until(&mut self, local: &str, logins: &[&str]) {
        self.clock.set(shanghai(local) - TimeDelta::seconds(1));
        self.settle().await;
        assert_eq!(self.told(), BTreeSet::new(), "a second before {local}");
        self.at(local).await;
        let want: BTreeSet<String> = logins.iter().map(|l| (*l).to_owned()).collect();
        assert_eq!(self.told(), want, "at {local}");
    }

    /// Ticks and dispatches until nothing more happens.
    pub async fn settle(&self) {
        for _ in 0..50 {
            let escalated = casework::escalate_overdue(&self.service.clockwork).await.unwrap();
            let consumed = casework::consume_signals(&self.service.clockwork).await.unwrap();
            let mut sent = 0;
            let moved = casework::turn_drills(&self.service.desk).await.unwrap()
                + casework::turn_tasks(&self.service.desk).await.unwrap()
                + casework::turn_student_hand_overs(&self.service.desk).await.unwrap();
            for lane in Lane::ALL {
                sent += notifier::dispatch_once(&self.service.post, lane).await.unwrap();
            }
            sent += notifier::send_contact_tests(&self.service.post).await.unwrap();
            if escalated + consumed + moved + sent == 0 {
                return;
            }
        }
        panic!("it never comes to rest");
    }

    /// Everybody who got a letter since the last look, by login; each letter counts as read.
    #[must_use]
    pub fn told(&self) -> BTreeSet<String> {
        self.letters().iter().map(|l| self.login_of(&l.to)).collect()
    }

    /// The letters since the last look.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        self.letters_by_channel().into_iter().map(|(_, letter)| letter).collect()
    }

    /// The letters since the last look, with the channel of each.
    #[must_use]
    pub fn letters_by_channel(&self) -> Vec<(Carries, Letter)> {
        let boxes = [(Carries::Mail, &self.mail), (Carries::Sms, &self.sms), (Carries::Voice, &self.voice)];
        let all =
            boxes.into_iter().flat_map(|(channel, letters)| letters.take().into_iter().map(move |l| (channel, l)));
        let all: Vec<(Carries, Letter)> = all.collect();
        all.iter().for_each(|(_, letter)| self.says_nothing(letter));
        all
    }

    /// No message names a child, a class or a sign, nor any word that tells what it is about.
    #[track_caller]
    fn says_nothing(&self, letter: &Letter) {
        let said = format!("{}\n{}", letter.subject, letter.text);
        let signs = self.service.desk.catalogue.signs().iter().flat_map(|s| [s.zh.clone(), s.en.clone()]);
        let words =
            ["心理", "危机", "筛查", "量表", "自杀", "自伤", "一然", "二鸣", "三原", "四维", "班)", "班）", "年级("];
        for word in signs.chain(words.map(str::to_owned)) {
            assert!(!said.contains(&word), "{word} stands in: {said}");
        }
        let alone = letter.words.count == 1 && !letter.words.kind.is_reminder();
        assert_eq!(
            said.contains("编号"),
            alone,
            "a message has its code; several in one, and reminders, have none: {said}"
        );
    }

    /// Whose address that is.
    #[must_use]
    pub fn login_of(&self, address: &str) -> String {
        if let Some((login, _)) = address.split_once('@') {
            return login.to_owned();
        }
        let index = address.parse::<u64>().unwrap() - 19_900_000_000;
        self.town.people[index as usize].0.clone()
    }

    /// Fails unless exactly these people got a letter since the last look.
    #[track_caller]
    pub fn told_exactly(&self, logins: &[&str]) {
        let want: BTreeSet<String> = logins.iter().map(|l| (*l).to_owned()).collect();
        assert_eq!(self.told(), want);
    }

    /// A filing about one student, ready to be changed.
    #[must_use]
    pub fn filing(&self, student: StudentId, level: u8) -> Value {
        let code = sign(level);
        json!({
            "students": [{ "student": student, "part": "subject" }],
            "observed_at": self.clock.now(),
            "signs": [code],
            "narrative": "",
            "safe_now": "yes",
            "where_now": "school",
        })
    }

    /// Files as somebody; gives the observation's id.
    pub async fn file(&self, login: &str, body: Value) -> String {
        self.client(login).await.post("/api/v1/observations", body).await.expect(201).str("id")
    }

    /// Somebody confirms the position that waits for a person; whoever hears of it has read it.
    /// Gives the word that is to be handed over, if there is one.
    pub async fn confirms(&self, login: &str, person: &str) -> Option<String> {
        let client = self.client(login).await;
        let waiting = client.get("/api/v1/appointments?state=waiting").await.expect(200).items();
        let it = waiting.iter().find(|a| a["person"]["id"] == person).unwrap_or_else(|| panic!("{waiting:?}"));
        let path = format!("/api/v1/appointments/{}/confirm", it["id"].as_str().unwrap());
        let answer = client.post(&path, json!({})).await.expect(200);
        self.settle().await;
        let _ = self.told();
        answer.body["word"].as_str().map(str::to_owned)
    }

    /// Somebody has changed his first password with the word that was handed to him, to the same one: nobody was told.
    pub async fn has_own_password(&self, login: &str) {
        let (storage, now) = (&self.service.desk.storage, self.service.desk.now());
        let record = storage.read().sign_in_record(login).await.unwrap().unwrap();
        let mut tx = storage.begin().await.unwrap();
        let before = tx.read().unwrap().password_record(record.id).await.unwrap().unwrap();
        assert!(tx.set_password(record.id, &before, (&record.password_hash, true), now).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// The one open alert that somebody sees.
    pub async fn alert_seen_by(&self, login: &str) -> String {
        let items = self.client(login).await.get("/api/v1/alerts").await.expect(200).items();
        assert_eq!(items.len(), 1, "{items:?}");
        items[0]["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let unread = self.letters();
        drop(self.handle.stop(false));
        if !std::thread::panicking() {
            assert!(unread.is_empty(), "letters that nobody expected: {unread:#?}");
        }
    }
}

/// The rules that ship with the program, read once; no decision is drawn, so that what a story tells follows from nobody's
/// lot, and no reporter is told that nobody has looked: stories of their own are about both.
#[must_use]
pub fn shipped() -> Rules {
    static SHIPPED: std::sync::LazyLock<Rules> = std::sync::LazyLock::new(|| {
        let draft: domain::policy::PolicyDraft = toml::from_str(&policy_text(0, false)).unwrap();
        let policy = draft.clone().validate().unwrap();
        Rules { draft, policy, ..Rules::shipped().unwrap() }
    });
    SHIPPED.clone()
}

/// The shipped policy, which draws so many percent of the decisions of every level, and one a month or not.
#[must_use]
pub fn policy_text(percent: u32, one_a_month: bool) -> String {
    let shipped =
        include_str!("../../config/policy.toml").replace("tell_when_unread = true", "tell_when_unread = false");
    let (before, rest) = shipped.split_once("[sampling]").unwrap();
    let (_, after) = rest.split_once("look_within").unwrap();
    let shares = ["red", "orange", "yellow", "blue"].map(|level| format!("{level} = {percent}\n")).concat();
    format!("{before}[sampling]\n{shares}one_a_month = {one_a_month}\nlook_within{after}")
}

/// A plain sign of a catalogue level; 0 for a protective one.
#[must_use]
pub fn sign(level: u8) -> String {
    let rules = shipped();
    let wanted = domain::level::Level::try_from(level).ok();
    let plain = |s: &&domain::sign::Sign| {
        s.level == wanted && !s.tags.contains("bereavement") && !s.tags.contains("return_to_school")
    };
    rules.catalogue.signs().iter().find(plain).unwrap().code.clone()
}

/// A service over a database, with cheap passwords and a clock that stands still.
pub async fn service(target: &Target, clock: Arc<ManualClock>, channels: Vec<Arc<dyn Channel>>) -> Service {
    Service::of(Parts {
        storage: Storage::open(target).await.unwrap(),
        clocks: Clocks::one(clock),
        ids: Arc::new(SystemIds),
        rules: shipped(),
        sessions: SessionRules { longest_minutes: 60 * 24 * 400, idle_minutes: 60 * 24 * 400 },
        cost: PasswordCost { memory_kib: 64, passes: 1, at_once: 2, waiting: 500 },
        keys: Keys::of(&[7; 32]),
        channels,
        twilio: Some(TwilioHook { token: crate::fakes::TWILIO_TOKEN.to_owned(), base: crate::fakes::HOOKS.to_owned() }),
        pace: Pace::default(),
        public_url: "http://127.0.0.1:8080".to_owned(),
        address_in_messages: "xd.example.edu.cn/a".to_owned(),
        replies: true,
        demonstration: None,
        watch: None,
        clock: None,
        machine: Arc::new(server::seams::SystemClock),
        feed: None,
    })
    .await
    .unwrap()
}
