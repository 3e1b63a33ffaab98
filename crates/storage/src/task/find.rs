//! Finding tasks. One's own are found; others are found where one opens the student's file, may hear of the alert, and may
//! know that something restricted exists.

use domain::access::Scope;
use domain::id::{AlertId, PersonId, TaskId};
use domain::task::{TaskKind, TaskState};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use super::subject::subject;
use super::{TaskFilter, TaskReader, TaskRecord};
use crate::row::{Values, at, get, instant, maybe_instant, number, word};
use crate::student::{COLUMNS, in_units};
use crate::{Read, StorageError};

const TASK: &str = "t.id AS task_id, t.alert_id, t.record_id, t.kind, t.body, t.restricted, t.owner_id, t.from_person, \
                    t.given_at, t.due_at, t.told, t.chased_at, t.state, t.ended_at, t.note, t.handed_from, \
                    o.name AS owner_name, f.name AS from_name, h.district_id AS home_district, \
                    (SELECT n.id FROM task n WHERE n.handed_from = t.id) AS handed_to";

fn select(wanted: &str) -> String {
    format!(
        "SELECT {TASK}, {COLUMNS} FROM task t LEFT JOIN student s ON s.id = t.student_id \
         JOIN class c ON c.id = COALESCE(s.class_id, t.class_id) JOIN grade g ON g.id = c.grade_id \
         JOIN school h ON h.id = g.school_id JOIN person o ON o.id = t.owner_id \
         LEFT JOIN person f ON f.id = t.from_person WHERE {wanted}"
    )
}

impl Read<'_> {
    /// A task that a reader may see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn task(&self, reader: &TaskReader, id: TaskId) -> Result<Option<TaskRecord>, StorageError> {
        let mut v = Values::default();
        let id = v.push(id.uuid());
        let visible = visible(reader, &mut v);
        self.one(&select(&format!("t.id = {id} AND {visible}")), v.into_vec()).await?.as_ref().map(task).transpose()
    }

    /// Tasks that a reader may see, those due first first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn tasks(&self, reader: &TaskReader, filter: &TaskFilter) -> Result<Vec<TaskRecord>, StorageError> {
        let mut v = Values::default();
        let mut wanted = vec![if filter.mine { own(reader, &mut v) } else { visible(reader, &mut v) }];
        wanted.push(format!("t.state = {}", v.push(filter.state.unwrap_or(TaskState::Open).key())));
        if let Some(student) = filter.student {
            wanted.push(format!("t.student_id = {}", v.push(student.uuid())));
        }
        if let Some((due, id)) = filter.after {
            let (d, i) = (v.push(at(due)), v.push(id.uuid()));
            wanted.push(format!("(t.due_at > {d} OR (t.due_at = {d} AND t.id > {i}))"));
        }
        let limit = v.push(i64::from(filter.limit));
        let sql = format!("{} ORDER BY t.due_at, t.id LIMIT {limit}", select(&wanted.join(" AND ")));
        self.all(&sql, v.into_vec()).await?.iter().map(task).collect()
    }

    /// A task, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn task_for_service(&self, id: TaskId) -> Result<Option<TaskRecord>, StorageError> {
        self.one(&select("t.id = $1"), vec![id.uuid().into()]).await?.as_ref().map(task).transpose()
    }

    /// Whose tasks have come to their time. Looks at the index of what is due, not at what is open.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn owners_of_due_tasks(&self, now: Timestamp, limit: u32) -> Result<Vec<PersonId>, StorageError> {
        let sql = "SELECT DISTINCT owner_id FROM (SELECT owner_id FROM task WHERE act_at IS NOT NULL AND act_at <= $1 \
                   ORDER BY act_at LIMIT $2) AS due";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok(PersonId::new(get(r, "owner_id")?))).collect()
    }

    /// The open tasks of somebody, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_tasks_of(&self, owner: PersonId) -> Result<Vec<TaskRecord>, StorageError> {
        let sql = format!("{} ORDER BY t.due_at, t.id", select("t.owner_id = $1 AND t.state = 'open'"));
        self.all(&sql, vec![owner.uuid().into()]).await?.iter().map(task).collect()
    }

    /// The open tasks about a student, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_tasks_about_student(
        &self,
        student: domain::id::StudentId,
    ) -> Result<Vec<TaskRecord>, StorageError> {
        let sql = format!("{} ORDER BY t.id", select("t.student_id = $1 AND t.state = 'open'"));
        self.all(&sql, vec![student.uuid().into()]).await?.iter().map(task).collect()
    }

    /// The open tasks that a record has made.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_tasks_about(&self, record: Uuid) -> Result<Vec<TaskRecord>, StorageError> {
        let sql = format!("{} ORDER BY t.id", select("t.record_id = $1 AND t.state = 'open'"));
        self.all(&sql, vec![record.into()]).await?.iter().map(task).collect()
    }

    /// When somebody was last reminded of anything.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn last_chase(&self, owner: PersonId) -> Result<Option<Timestamp>, StorageError> {
        let sql = "SELECT MAX(chased_at) AS last FROM task WHERE owner_id = $1";
        let row = self.one(sql, vec![owner.uuid().into()]).await?;
        row.as_ref().map_or(Ok(None), |r| maybe_instant(r, "last"))
    }
}

/// What the law demands is its owner's, and of those who stand in for him and were chosen by himself; never of whoever it
/// names. That a decision is looked at is nothing for those who signed it, whomever they stand in for.
fn own(reader: &TaskReader, v: &mut Values) -> String {
    let owners = v.list(reader.own.iter().map(|p| p.uuid()));
    let entrusted = v.list(reader.entrusted.iter().map(|p| p.uuid()));
    let (me, by_law) = (v.push(reader.person.uuid()), by_law());
    let hidden = hidden(&me);
    format!(
        "(t.owner_id IN ({owners}) AND {kept} AND NOT {hidden} AND (t.kind NOT IN ({by_law}) OR (t.owner_id IN ({entrusted}) AND NOT EXISTS \
         (SELECT 1 FROM mandatory_exclusion m WHERE m.report_id = t.record_id AND m.person_id = {me}))) AND {unsigned})",
        kept = kept(),
        unsigned = unsigned(&me),
    )
}

/// It is not an ended one of a student whom another school has accepted since.
fn kept() -> &'static str {
    "(t.state = 'open' OR NOT EXISTS \
     (SELECT 1 FROM file_seal k WHERE k.student_id = t.student_id AND k.sealed_at >= t.ended_at))"
}

/// It is not about a decision that this person has signed.
fn unsigned(me: &str) -> String {
    format!(
        "(t.kind <> '{}' OR NOT EXISTS (SELECT 1 FROM decision_draw d WHERE d.id = t.record_id \
         AND {me} IN (d.decided_by, d.signed_by)))",
        TaskKind::DecisionLook.key()
    )
}

/// Whether home is told is decided without those whom a report about the child names; what was asked before it, they know.
fn hidden(me: &str) -> String {
    let decision = TaskKind::GuardianDecision.key();
    format!(
        "(t.kind = '{decision}' AND EXISTS (SELECT 1 FROM mandatory_exclusion m JOIN mandatory_report r \
         ON r.id = m.report_id WHERE r.student_id = t.student_id AND m.person_id = {me} AND r.opened_at <= t.given_at))"
    )
}

fn by_law() -> String {
    TaskKind::BY_LAW.map(|k| format!("'{}'", k.key())).join(", ")
}

/// What is about a class is seen above it: whoever has the class hears of it from a person.
fn visible(reader: &TaskReader, v: &mut Values) -> String {
    let (own, files, knows) = (own(reader, v), in_units(&reader.files, v, "s"), in_units(&reader.knows, v, "s"));
    let above =
        Scope { grades: reader.files.grades.clone(), schools: reader.files.schools.clone(), ..Scope::default() };
    let above = in_units(&above, v, "c");
    let (oversees, me) = (in_units(&reader.oversees, v, "s"), v.push(reader.person.uuid()));
    let people = v.list(reader.own.iter().map(|p| p.uuid()));
    let confidant = if reader.files.confidant_schools.is_empty() { "" } else { ", 'confidants'" };
    let (hidden, decision) = (hidden(&me), TaskKind::GuardianDecision.key());
    format!(
        "({own} OR (t.class_id IS NOT NULL AND {above}) \
         OR (t.kind NOT IN ({by_law}) AND (t.kind NOT IN ({drawn}) OR ({oversees} AND {unsigned})) \
         AND {files} AND (t.restricted = {no} OR {knows}) AND NOT {hidden} \
         AND NOT (t.kind = '{decision}' AND EXISTS (SELECT 1 FROM mandatory_report r WHERE r.student_id = t.student_id \
         AND r.suspected = 'family' AND r.audience NOT IN ('everyone'{confidant}) AND r.opened_at <= t.given_at)) \
         AND {kept} \
         AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = t.alert_id AND a.audience NOT IN ('everyone'{confidant})) \
         AND NOT EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = t.alert_id AND x.person_id IN ({people}))))",
        no = v.push(false),
        kept = kept(),
        by_law = by_law(),
        drawn = [TaskKind::DecisionLook, TaskKind::DecisionQuestion].map(|k| format!("'{}'", k.key())).join(", "),
        unsigned = unsigned(&me),
    )
}

fn task(r: &QueryResult) -> Result<TaskRecord, StorageError> {
    let from: Option<Uuid> = get(r, "from_person")?;
    let from_name: Option<String> = get(r, "from_name")?;
    Ok(TaskRecord {
        id: TaskId::new(get(r, "task_id")?),
        about: subject(r)?,
        alert: get::<Option<Uuid>>(r, "alert_id")?.map(AlertId::new),
        record: get(r, "record_id")?,
        kind: word(r, "kind", TaskKind::from_key)?,
        text: get(r, "body")?,
        restricted: get(r, "restricted")?,
        owner: (PersonId::new(get(r, "owner_id")?), get(r, "owner_name")?),
        from: from.map(|id| (PersonId::new(id), from_name.unwrap_or_default())),
        given_at: instant(r, "given_at")?,
        due_at: instant(r, "due_at")?,
        told: number(r, "told")?,
        chased_at: maybe_instant(r, "chased_at")?,
        state: word(r, "state", TaskState::from_key)?,
        ended_at: maybe_instant(r, "ended_at")?,
        note: get(r, "note")?,
        handed_from: get::<Option<Uuid>>(r, "handed_from")?.map(TaskId::new),
        handed_to: get::<Option<Uuid>>(r, "handed_to")?.map(TaskId::new),
    })
}
