//! One site, its letters and its data, from crash to crash.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::id::{AlertId, MessageId, StudentId};
use domain::time::Clock;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value};
use serde_json::json;
use server::seams::SystemClock;
use tests::gateway::Gateway;
use tests::letters::Letters;
use tests::site::{PASSWORD, Plan, Site, Smtp};
use tests::{Answer, Client};
use tokio::task::JoinSet;

/// The lease of a hasty site.
pub(super) const LEASE: Duration = Duration::from_secs(1);
/// The bar: after a restart all is sent within the lease and so much more.
pub(super) const BAR: Duration = Duration::from_secs(6);

const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(25);

/// A message in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: MessageId,
    pub(super) channel: String,
    pub(super) state: String,
    pub(super) rung: i64,
    pub(super) attempt: i64,
    pub(super) changed_at: i64,
}

/// One site.
pub(super) struct Scene {
    pub(super) site: Site,
    pub(super) letters: Arc<Letters>,
    pub(super) gateway: Gateway,
    pub(super) slowest: Duration,
    pub(super) alerts: Vec<AlertId>,
    teacher: Option<Client>,
    db: DatabaseConnection,
}

pub(super) fn now() -> i64 {
    SystemClock.now().timestamp_micros()
}

impl Scene {
    /// A twin of a site, whose mails go to a server that others may use too.
    pub(super) async fn twin(of: &Site, smtp: &Smtp, letters: &Arc<Letters>) -> Self {
        let gateway = Gateway::start();
        let site = of.twin(Plan::hasty(&gateway.url)).await.mailing_to(smtp);
        Self::at(site, gateway, letters).await
    }

    /// A site that is there.
    pub(super) async fn at(site: Site, gateway: Gateway, letters: &Arc<Letters>) -> Self {
        let (letters, db) = (Arc::clone(letters), site.behind().await);
        Self { site, letters, gateway, slowest: Duration::ZERO, alerts: Vec::new(), teacher: None, db }
    }

    /// Starts the ordinary program.
    pub(super) async fn start(&mut self) {
        self.site.start().await;
        if self.teacher.is_none() {
            self.teacher = Some(self.client("teacher").await);
        }
    }

    pub(super) async fn client(&self, login: &str) -> Client {
        Client::sign_in_with(&self.site.base, login, PASSWORD).await
    }

    /// Starts the service that is told to die, or to fall asleep.
    pub(super) async fn start_doomed(&mut self, deed: &str, moment: &str, nth: u64) {
        self.site.start_doomed(deed, moment, nth).await;
        if self.teacher.is_none() {
            self.teacher = Some(self.client("teacher").await);
        }
    }

    /// From here on filings go to a program beside.
    pub(super) async fn speak_to(&mut self, base: &str) {
        self.teacher = Some(Client::sign_in_with(base, "teacher", PASSWORD).await);
    }

    /// Files a red about a student, always with the same key; nothing when the line is cut.
    pub(super) async fn try_file(&mut self, student: usize) -> Option<Answer> {
        let keyed = self.teacher.as_ref()?.with("Idempotency-Key", &format!("student-{student}"));
        keyed.try_post("/api/v1/observations", self.site.filing(student, 4)).await
    }

    /// Files reds about several students at once, each with the key that it always has.
    pub(super) fn filings(&self, students: std::ops::Range<usize>) -> JoinSet<Option<Answer>> {
        let mut all = JoinSet::new();
        for student in students {
            let keyed = self.teacher.as_ref().unwrap().with("Idempotency-Key", &format!("student-{student}"));
            let filing = self.site.filing(student, 4);
            all.spawn(async move { keyed.try_post("/api/v1/observations", filing).await });
        }
        all
    }

    /// Files a red; gives its only alert.
    pub(super) async fn file(&mut self, student: usize) -> (AlertId, String) {
        let answer = self.try_file(student).await.expect("an answer").expect(201);
        let sql = "SELECT id FROM alert WHERE student_id = $1";
        let id: StudentId = self.site.students[student].parse().unwrap();
        let alerts = self.all(sql, vec![id.uuid().into()]).await;
        assert_eq!(alerts.len(), 1, "one alert for one red");
        let sql =
            "SELECT DISTINCT observation_id FROM growth_entry WHERE student_id = $1 AND observation_id IS NOT NULL";
        assert_eq!(self.all(sql, vec![id.uuid().into()]).await.len(), 1, "filed once");
        let alert = AlertId::new(alerts[0].try_get_by("id").unwrap());
        if !self.alerts.contains(&alert) {
            self.alerts.push(alert);
        }
        let filed = self.count("SELECT COUNT(*) AS n FROM observation", vec![]).await;
        assert_eq!(filed, i64::try_from(self.alerts.len()).unwrap(), "nothing else was filed");
        (alert, answer.str("id"))
    }

    /// Starts the ordinary program again; gives the time from which on it is to make up for what was cut off.
    pub(super) async fn restart(&mut self) -> i64 {
        let at = now();
        self.site.start().await;
        at
    }

    /// Waits until every message of a rung is with its provider; notes how long that took after a restart.
    pub(super) async fn all_sent(&mut self, alert: AlertId, rung: i64, least: usize, since: i64) {
        let began = Instant::now();
        let sent = loop {
            let rows = self.rows(alert).await;
            let of_rung = rows.iter().filter(|r| r.rung == rung && r.state != "cancelled");
            let times: Vec<Option<i64>> = of_rung.clone().map(|r| self.taken(r).into_iter().min()).collect();
            let done = of_rung.clone().all(|r| r.state == "accepted" || r.state == "delivered");
            if let (true, Some(times)) = (done && times.len() >= least, times.into_iter().collect::<Option<Vec<_>>>()) {
                break times.into_iter().max().unwrap_or(since);
            }
            assert!(began.elapsed() < PATIENCE, "not all of rung {rung} is sent: {rows:#?}");
            tokio::time::sleep(LOOK).await;
        };
        self.resumed(alert, since, sent).await;
    }

    /// Holds the time that all took after a restart against the bar. A provider that answers late is no crash.
    pub(super) async fn resumed(&mut self, alert: AlertId, since: i64, at: i64) {
        let took = Duration::from_micros(u64::try_from(at - since).unwrap_or(0));
        let lost = self.lost_answers(alert).await;
        assert!(took <= BAR || lost > 0, "sent {took:?} after the restart; the bar is {BAR:?}, the lease {LEASE:?}");
        self.slowest = self.slowest.max(took);
    }

    /// How many answers of providers were lost or came too late.
    async fn lost_answers(&self, alert: AlertId) -> usize {
        let sql = "SELECT COUNT(*) AS n FROM delivery_attempt d JOIN outbox m ON m.id = d.outbox_id \
                   WHERE m.alert_id = $1 AND d.outcome = 'ambiguous'";
        usize::try_from(self.count(sql, vec![alert.uuid().into()]).await).unwrap()
    }

    /// When a provider took a message, once for each time.
    pub(super) fn taken(&self, row: &Row) -> Vec<i64> {
        let id = row.id.to_string();
        if row.channel == "mail" { self.letters.taken(&id) } else { self.gateway.taken(&id) }
    }

    pub(super) async fn rows(&self, alert: AlertId) -> Vec<Row> {
        let sql = "SELECT id, channel, state, rung, attempt, changed_at FROM outbox WHERE alert_id = $1 ORDER BY id";
        let row = |r: &QueryResult| Row {
            id: MessageId::new(r.try_get_by("id").unwrap()),
            channel: r.try_get_by("channel").unwrap(),
            state: r.try_get_by("state").unwrap(),
            rung: r.try_get_by("rung").unwrap(),
            attempt: r.try_get_by("attempt").unwrap(),
            changed_at: r.try_get_by("changed_at").unwrap(),
        };
        self.all(sql, vec![alert.uuid().into()]).await.iter().map(row).collect()
    }

    /// Makes the clock of an alert come now, or in a far future.
    pub(super) async fn due(&self, alert: AlertId, now_or_never: bool) {
        let at = if now_or_never { now() } else { now() + 90 * 86_400_000_000 };
        let sql = "UPDATE alert SET due_at = $2, deadline_at = $2, resend_at = NULL, call_at = NULL WHERE id = $1";
        self.all(sql, vec![alert.uuid().into(), at.into()]).await;
    }

    pub(super) async fn count(&self, sql: &str, values: Vec<Value>) -> i64 {
        self.all(sql, values).await[0].try_get_by("n").unwrap()
    }

    pub(super) async fn all(&self, sql: &str, values: Vec<Value>) -> Vec<QueryResult> {
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, values);
        self.db.query_all_raw(statement).await.unwrap()
    }

    /// How many messages there are, how often one was sent once more, and how often only because its provider was slow.
    /// None is sent once more more often than `most` and than answers were lost.
    pub(super) async fn duplicates(&self, most: usize) -> (usize, usize, usize) {
        let (mut messages, mut again, mut slow) = (0, 0, 0);
        for alert in &self.alerts {
            for row in self.rows(*alert).await {
                let sql = "SELECT COUNT(*) AS n FROM delivery_attempt WHERE outbox_id = $1 AND outcome = 'ambiguous'";
                let lost = usize::try_from(self.count(sql, vec![row.id.uuid().into()]).await).unwrap();
                let copies = self.taken(&row).len();
                assert!(copies <= 1 + most + lost, "{row:?} was sent {copies} times, {lost} answers were lost");
                messages += usize::from(copies > 0);
                again += copies.saturating_sub(1);
                slow += lost;
            }
        }
        (messages, again, slow)
    }

    /// The counsellor takes an alert; nothing when the line is cut.
    pub(super) async fn try_take(&self, counsellor: &Client, alert: AlertId) -> Option<Answer> {
        counsellor.try_post(&format!("/api/v1/alerts/{alert}/acknowledge"), json!({})).await
    }
}
