//! What must be true, at every moment and in the end.

use chrono::TimeDelta;
use domain::id::{AlertId, MessageId, PersonId, StudentId};
use domain::notice::NoticeKind;
use domain::time::{Clock, Timestamp, from_micros, to_micros};
use notifier::Check;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use uuid::Uuid;

use super::life::{Life, short};
use super::wires::Call;

/// What the auditor must not find when all is well.
const WELL: [Check; 8] = [
    Check::Overdue,
    Check::Timeless,
    Check::Untold,
    Check::PolicyMissing,
    Check::AlertMissing,
    Check::RedWaiting,
    Check::LeaseExpired,
    Check::RedAllFailed,
];

/// A row of the outbox as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) state: String,
    pub(super) attempt: i64,
}

/// An alert as it is.
#[derive(Debug, Clone)]
pub(super) struct Alert {
    pub(super) id: AlertId,
    pub(super) student: StudentId,
    pub(super) decision: u64,
    climb: String,
    level: i64,
    peak: i64,
    rung: i64,
    epoch: i64,
    due_at: Option<i64>,
}

fn get<T: sea_orm::TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).unwrap_or_else(|err| panic!("{column}: {err}"))
}

impl Life {
    async fn all(&self, sql: &str) -> Vec<QueryResult> {
        self.eye.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap()
    }

    pub(super) async fn alerts(&self) -> Vec<Alert> {
        let sql = "SELECT id, student_id, decision, climb_state, level, peak, rung, epoch, due_at FROM alert \
                   ORDER BY opened_at, id";
        let one = |r: &QueryResult| Alert {
            id: AlertId::new(get(r, "id")),
            student: StudentId::new(get(r, "student_id")),
            decision: u64::try_from(get::<i64>(r, "decision")).unwrap(),
            climb: get(r, "climb_state"),
            level: get(r, "level"),
            peak: get(r, "peak"),
            rung: get(r, "rung"),
            epoch: get(r, "epoch"),
            due_at: get(r, "due_at"),
        };
        self.all(sql).await.iter().map(one).collect()
    }

    /// The turn and the counter of the number under which somebody was told of an alert.
    pub(super) async fn code_of(&self, alert: AlertId, person: PersonId) -> Option<(u32, u32)> {
        let sql = "SELECT epoch, code_counter FROM outbox WHERE alert_id = $1 AND person_id = $2 AND kind = 'alarm' \
                   ORDER BY epoch DESC LIMIT 1";
        let values: [sea_orm::Value; 2] = [alert.uuid().into(), person.uuid().into()];
        let found =
            self.eye.query_one_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await.unwrap()?;
        let number = |column| u32::try_from(get::<i64>(&found, column)).unwrap();
        Some((number("epoch"), number("code_counter")))
    }

    async fn row(&self, id: MessageId) -> QueryResult {
        let sql = "SELECT m.state, m.attempt, m.kind, a.climb_state FROM outbox m JOIN alert a ON a.id = m.alert_id WHERE m.id = $1";
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, [id.uuid().into()]);
        self.eye.query_one_raw(statement).await.unwrap().unwrap()
    }

    /// Nothing is sent that is not wanted: an alarm goes out only while its alert is open. Gives the attempt.
    pub(super) async fn allowed_out(&self, call: &Call) -> i64 {
        let row = self.row(call.letter.id).await;
        let climb: String = get(&row, "climb_state");
        if call.letter.words.kind == NoticeKind::Alarm {
            assert_eq!(climb, "open", "an alarm about what is {climb} goes out");
        }
        get(&row, "attempt")
    }

    /// Whether what a provider took stands in the outbox as taken, by that attempt.
    pub(super) async fn was_recorded(&self, id: MessageId, attempt: i64) -> bool {
        let row = self.row(id).await;
        let state: String = get(&row, "state");
        matches!(state.as_str(), "accepted" | "delivered") && get::<i64>(&row, "attempt") == attempt
    }

    async fn next_due(&self) -> Option<Timestamp> {
        let now = to_micros(self.clock.now());
        let due = self.alerts().await.iter().filter_map(|a| a.due_at).filter(|at| *at > now).min();
        due.and_then(from_micros)
    }

    /// To whatever is due next, or five minutes on.
    pub(super) async fn move_on(&mut self) {
        let soon = self.clock.now() + TimeDelta::minutes(5);
        let at = self.next_due().await.map_or(soon, |at| at.min(soon));
        self.clock.set(at);
        self.tell("nothing has happened until now");
    }

    /// To a second before, or exactly to, the next time at which something is due.
    pub(super) async fn move_to_next_due(&mut self) {
        let now = self.clock.now();
        let Some(at) = self.next_due().await else { return };
        let early = TimeDelta::seconds(self.dice.between(0, 1));
        self.clock.set((at - early).max(now));
        self.tell("the clock is at what is due next");
    }

    /// What must hold at every moment.
    pub(super) async fn look(&mut self) {
        for r in self.all("SELECT id, state, attempt FROM outbox").await {
            let id = MessageId::new(get::<Uuid>(&r, "id"));
            let new = Row { state: get(&r, "state"), attempt: get(&r, "attempt") };
            if let Some(old) = self.rows.get(&id) {
                assert!(new.attempt >= old.attempt, "{}: {old:?} became {new:?}", short(id));
                assert!(follows(&old.state, &new.state), "{}: {old:?} became {new:?}", short(id));
            }
            self.rows.insert(id, new);
        }
        let mut open: Vec<StudentId> = Vec::new();
        for alert in self.alerts().await.into_iter().filter(|a| a.climb != "closed") {
            assert!(alert.due_at.is_some(), "{alert:?} has no clock");
            assert!(!open.contains(&alert.student), "two open alerts of one student");
            open.push(alert.student);
        }
    }

    /// What must hold when all is well and nobody has said anything for fifty minutes.
    pub(super) async fn nothing_was_lost(&self) {
        let now = to_micros(self.clock.now());
        let kept = self.all("SELECT id FROM observation").await.len();
        assert_eq!(kept, self.filings.len(), "an observation is lost, or kept twice");
        let alerts = self.alerts().await;
        for filing in self.filings.iter().filter(|f| f.level == 4) {
            let peak = alerts.iter().filter(|a| a.student == filing.student).map(|a| a.peak).max();
            assert_eq!(peak, Some(4), "{} is a red, and there is no red alert", filing.key);
        }
        for alert in alerts.iter().filter(|a| a.climb != "closed") {
            assert!(alert.due_at.is_some_and(|at| at > now), "overdue: {alert:?}");
        }
        for alert in alerts.iter().filter(|a| a.climb == "open" && a.level == 4) {
            assert_eq!(alert.rung, 2, "a red that nobody answers is at the top: {alert:?}");
            self.top_was_told(alert).await;
        }
        self.messages_are_true().await;
        let report = notifier::audit_once(&self.auditor()).await;
        for check in WELL {
            assert_eq!(
                report.seen.get(&check).map(Vec::len),
                Some(0),
                "the auditor finds {check:?}: {:?}",
                report.seen
            );
        }
        assert!(self.all("SELECT id FROM signal WHERE consumed_at IS NULL").await.is_empty(), "signals wait");
    }

    async fn top_was_told(&self, alert: &Alert) {
        let sql = "SELECT id FROM outbox WHERE alert_id = $1 AND epoch = $2 AND rung = 2 AND kind = 'alarm'";
        let values: [sea_orm::Value; 2] = [alert.id.uuid().into(), alert.epoch.into()];
        let rows =
            self.eye.query_all_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await.unwrap();
        let told = rows.iter().any(|r| self.wires.times_taken(MessageId::new(get::<Uuid>(r, "id"))) > 0);
        assert!(told, "nobody of the top was told: {alert:?}");
    }

    /// Every message says truly what became of it; none of a red waits; a copy is explained.
    async fn messages_are_true(&self) {
        for r in self.all("SELECT id, state, lane, kind, not_before FROM outbox").await {
            let (id, state) = (MessageId::new(get::<Uuid>(&r, "id")), get::<String>(&r, "state"));
            let lane: String = get(&r, "lane");
            let taken = self.wires.times_taken(id);
            if matches!(state.as_str(), "accepted" | "delivered") {
                assert!(taken > 0, "{} is {state}, and no provider has it", short(id));
            }
            let due = get::<i64>(&r, "not_before") <= to_micros(self.clock.now());
            assert!(
                !due || !matches!(state.as_str(), "pending" | "sending"),
                "{} of lane {lane} is {state}",
                short(id)
            );
            let excused = self.excused.get(&id).copied().unwrap_or_default();
            assert!(taken <= 1 + excused, "{} was sent {taken} times, {excused} copies are explained", short(id));
        }
    }
}

/// Whether a state can come after another.
fn follows(old: &str, new: &str) -> bool {
    match old {
        "pending" | "sending" => true,
        "accepted" => matches!(new, "accepted" | "delivered" | "failed" | "unknown"),
        "unknown" => matches!(new, "unknown" | "delivered" | "failed"),
        "failed" => matches!(new, "failed" | "delivered"),
        other => other == new,
    }
}
