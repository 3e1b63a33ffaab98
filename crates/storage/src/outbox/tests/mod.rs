//! The outbox by itself: one alert, a few people, a clock that is a number of seconds.

mod addresses;
mod beside;
mod claims;
mod receipts;
mod records;
mod waits;
mod wanted;

use chrono::{DateTime, TimeDelta};
use domain::delivery::{Channel, MessageState, Outcome};
use domain::id::{AlertId, MessageId, PersonId, SchoolId};
use domain::level::Level;
use domain::notice::{Address, Lane, Notice, NoticeKind, OtherNotice, RedNotice};
use domain::time::Timestamp;
use sea_orm::Value;
use uuid::Uuid;

use super::{Attempted, Claimed, Lease, Recipient, Taking, Verdict};
use crate::row::{at, get, instant, number};
use crate::{Storage, StorageError, Target};

const ALERT: u128 = 10;
const OTHER: u128 = 11;
const SCHOOL: u128 = 2;
/// A class teacher.
const TEACHER: u128 = 100;
/// A counsellor, with a mail address that was verified later than another one.
const COUNSELLOR: u128 = 101;
/// Stands in for the counsellor from second 50 to second 60.
const DEPUTY: u128 = 102;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn person(n: u128) -> PersonId {
    PersonId::new(uuid(n))
}

fn alert() -> AlertId {
    AlertId::new(uuid(ALERT))
}

fn second(s: i64) -> Timestamp {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(s)
}

fn micro(s: i64, us: i64) -> Timestamp {
    second(s) + TimeDelta::microseconds(us)
}

fn lease(now: i64, until: i64) -> Lease {
    Lease { now: second(now), until: second(until) }
}

/// A database of one's own.
struct Box {
    storage: Storage,
    file: std::path::PathBuf,
}

impl Drop for Box {
    fn drop(&mut self) {
        for tail in ["db", "db-wal", "db-shm"] {
            let _ = std::fs::remove_file(self.file.with_extension(tail));
        }
    }
}

/// A row of the outbox, as far as it moves.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    state: String,
    attempt: u32,
    provider: Option<String>,
    provider_id: Option<String>,
    last_error: Option<String>,
    leased: bool,
    not_before: Timestamp,
    changed_at: Timestamp,
}

impl Box {
    #[expect(clippy::disallowed_methods, reason = "a name that no other test has")]
    async fn open() -> Self {
        let file = std::env::temp_dir().join(format!("xindeng-outbox-{}.db", Uuid::now_v7().simple()));
        let target = Target::Sqlite { file: file.clone(), group_commit: false };
        let storage = Storage::open(&target).await.unwrap();
        let made = Self { storage, file };
        made.found().await;
        made
    }

    async fn found(&self) {
        let (district, grade, class, policy) = (uuid(1), uuid(3), uuid(4), uuid(5));
        self.run("INSERT INTO district (id, name) VALUES ($1, 'd')", [district.into()]).await;
        let sql = "INSERT INTO school (id, district_id, name, duty_phone) VALUES ($1, $2, 's', '0393-1')";
        self.run(sql, [uuid(SCHOOL).into(), district.into()]).await;
        self.run("INSERT INTO policy (id, version, body, activated_at) VALUES ($1, '1', '{}', 0)", [policy.into()])
            .await;
        for (id, student) in [(ALERT, 20), (OTHER, 21)] {
            let sql = "INSERT INTO alert (id, student_id, class_id, grade_id, school_id, district_id, level, peak, state, \
                       audience, opened_at, decision, policy_id, climb_state, climb_version, tier, rung, epoch, repeat_no, \
                       due_at, deadline_at, last_seen, late, custody, assessed, reached) VALUES ($1, $2, $3, $4, $5, $6, 4, \
                       4, 'untriaged', 'everyone', 0, 0, $7, 'open', 1, 'school', 0, 0, 0, 600, 600, 0, FALSE, FALSE, FALSE, '[]')";
            let places = [class, grade, uuid(SCHOOL), district, policy];
            self.run(sql, [uuid(id), uuid(student)].into_iter().chain(places).map(Value::from)).await;
        }
        let offices = [(TEACHER, "class_teacher"), (COUNSELLOR, "counsellor"), (DEPUTY, "nurse")];
        for (who, role) in offices {
            let sql = "INSERT INTO person (id, login, name, password_hash, created_at) VALUES ($1, $2, $2, '', 0)";
            self.run(sql, [uuid(who).into(), role.into()]).await;
            let sql = "INSERT INTO position (id, person_id, role, unit_kind, unit_id, school_id, lead, valid_from, valid_to) \
                       VALUES ($1, $1, $2, 'school', $3, $3, FALSE, 0, $4)";
            self.run(sql, [uuid(who).into(), role.into(), uuid(SCHOOL).into(), at(second(1_000))]).await;
            self.contact(who, "mail", &format!("{role}@s"), Some(second(1))).await;
            self.contact(who, "sms", &format!("sms of {role}"), Some(second(1))).await;
        }
        self.contact(COUNSELLOR, "mail", "later@s", Some(second(2))).await;
        self.contact(COUNSELLOR, "mail", "unverified@s", None).await;
        let sql = "INSERT INTO deputy (id, person_id, deputy_id, from_at, to_at) VALUES ($1, $2, $3, $4, $5)";
        let people = [uuid(7).into(), uuid(COUNSELLOR).into(), uuid(DEPUTY).into()];
        self.run(sql, people.into_iter().chain([at(second(50)), at(second(60))])).await;
    }

    async fn contact(&self, who: u128, channel: &str, address: &str, verified: Option<Timestamp>) {
        let sql = "INSERT INTO contact_method (person_id, channel, address, verified_at) VALUES ($1, $2, $3, $4)";
        let verified = crate::row::maybe_at(verified);
        self.run(sql, [uuid(who).into(), channel.into(), address.into(), verified]).await;
    }

    async fn run(&self, sql: &str, values: impl IntoIterator<Item = Value>) {
        let tx = self.storage.begin().await.unwrap();
        tx.run(sql, values.into_iter().collect()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Puts an alarm of a red.
    async fn red(&self, id: u128, to: u128, channel: Channel) -> bool {
        self.put(id, address(to, channel, 0, 0), None, NoticeKind::Alarm).await
    }

    /// Puts a notice: of a red, or of something else that waits until then.
    async fn put(&self, id: u128, to: Address, not_before: Option<i64>, kind: NoticeKind) -> bool {
        let to = Address { kind, ..to };
        let notice = match not_before {
            None => Notice::Red(RedNotice { to }),
            Some(s) => Notice::Other(OtherNotice { to, not_before: second(s), window_seconds: 0 }),
        };
        let recipient = Recipient {
            alert: alert(),
            school: SchoolId::new(uuid(SCHOOL)),
            level: if not_before.is_some() { Level::Yellow } else { Level::Red },
            minutes: 10,
            taken_by: None,
            code_counter: 3,
            late: false,
        };
        let mut tx = self.storage.begin().await.unwrap();
        let new = tx.put_message(MessageId::new(uuid(id)), &recipient, &notice, second(0)).await.unwrap();
        tx.commit().await.unwrap();
        new
    }

    async fn claim(&self, lane: Lane, now: i64, lease: Lease, limit: u32) -> Vec<Claimed> {
        let mut tx = self.storage.begin().await.unwrap();
        let (now, late_before) = (second(now), second(now) - TimeDelta::minutes(2));
        let taking = Taking { lane, channel: None, now, late_before, lease, most: limit };
        let claimed = tx.claim(&taking).await.unwrap();
        tx.commit().await.unwrap();
        claimed
    }

    /// Claims one red at a second, for ten seconds.
    async fn one(&self, now: i64) -> Claimed {
        let mut claimed = self.claim(Lane::Red, now, lease(now, now + 10), 10).await;
        assert_eq!(claimed.len(), 1, "{claimed:#?}");
        claimed.remove(0)
    }

    async fn record(&self, verdict: &Verdict<'_>, now: i64) -> Result<(), StorageError> {
        let mut tx = self.storage.begin().await.unwrap();
        let said = tx.record_attempt(verdict, second(now)).await;
        tx.commit().await.unwrap();
        said
    }

    /// What a provider said of an attempt, and where that leaves the message.
    async fn said(&self, of: &Claimed, provider: &str, outcome: Outcome, state: MessageState, now: i64) {
        let verdict = Verdict { claimed: of, provider, outcome: &outcome, state, not_before: second(now) };
        self.record(&verdict, now).await.unwrap();
    }

    async fn receipt(&self, provider: &str, id: &str, state: MessageState, now: i64) -> bool {
        let mut tx = self.storage.begin().await.unwrap();
        let new = tx.record_receipt(provider, id, state, second(now)).await.unwrap();
        tx.commit().await.unwrap();
        new
    }

    async fn row(&self, id: u128) -> Row {
        let read = self.storage.read();
        let r = read.one("SELECT * FROM outbox WHERE id = $1", vec![uuid(id).into()]).await.unwrap().unwrap();
        Row {
            state: get(&r, "state").unwrap(),
            attempt: number(&r, "attempt").unwrap(),
            provider: get(&r, "provider").unwrap(),
            provider_id: get(&r, "provider_id").unwrap(),
            last_error: get(&r, "last_error").unwrap(),
            leased: get::<Option<i64>>(&r, "lease_until").unwrap().is_some(),
            not_before: instant(&r, "not_before").unwrap(),
            changed_at: instant(&r, "changed_at").unwrap(),
        }
    }

    async fn state(&self, id: u128) -> String {
        self.row(id).await.state
    }

    /// When somebody was last reached under an address.
    async fn reached(&self, address: &str) -> Option<i64> {
        let sql = "SELECT last_ok_at FROM contact_method WHERE address = $1";
        let row = self.storage.read().one(sql, vec![address.into()]).await.unwrap().unwrap();
        get(&row, "last_ok_at").unwrap()
    }
}

fn address(to: u128, channel: Channel, priority: u8, repeat: u32) -> Address {
    Address { person: person(to), channel, kind: NoticeKind::Alarm, epoch: 0, rung: 0, repeat, priority }
}

fn ids(claimed: &[Claimed]) -> Vec<u128> {
    claimed.iter().map(|c| c.id.uuid().as_u128()).collect()
}

fn taken(id: &str) -> Outcome {
    Outcome::Accepted { provider_id: Some(id.to_owned()) }
}

fn busy() -> Outcome {
    Outcome::Retry("busy".to_owned())
}
