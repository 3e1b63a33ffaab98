//! Leaves from school, with their steps.

use chrono::NaiveDate;
use domain::id::{EventId, LeaveId, PersonId, StudentId};
use domain::leave::{Absence, Course, LeaveReason, Step};
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::row::{at, get, instant, json, maybe_instant, number, to_json, word};
use crate::{Read, StorageError, Tx};

/// A leave.
#[derive(Debug, Clone)]
pub struct LeaveRecord {
    /// Its id.
    pub id: LeaveId,
    /// Whose.
    pub student: StudentId,
    /// What was recorded.
    pub absence: Absence,
    /// What the one is called who keeps in touch.
    pub keeper: String,
    /// Who recorded it.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What was done about it, oldest first.
    pub steps: Vec<LeaveStep>,
}

/// One step.
#[derive(Debug, Clone)]
pub struct LeaveStep {
    /// Its id.
    pub id: EventId,
    /// What was done.
    pub step: Step,
    /// By whom.
    pub by: (PersonId, String),
    /// When it was written down.
    pub at: Timestamp,
}

impl LeaveRecord {
    /// How far it has come.
    #[must_use]
    pub fn course(&self) -> Course {
        Course::of(self.steps.iter().map(|s| (s.by.0, &s.step)))
    }
}

impl Tx {
    /// Adds a leave. A student has one that is open.
    ///
    /// # Errors
    /// [`StorageError::Exists`] where there is one; when the database refuses.
    pub async fn add_leave(&mut self, l: &LeaveRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO school_leave (id, student_id, from_day, reason, paper_seen, keeper_id, every_days, note, \
                   recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let a = &l.absence;
        let values = vec![
            l.id.uuid().into(),
            l.student.uuid().into(),
            a.from.to_string().into(),
            a.reason.key().into(),
            a.paper_seen.into(),
            a.keeper.uuid().into(),
            i64::from(a.every_days).into(),
            a.note.clone().into(),
            l.by.0.uuid().into(),
            at(l.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Appends a step. `over` says that the leave ends with it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_leave_step(&mut self, id: LeaveId, s: &LeaveStep, over: bool) -> Result<(), StorageError> {
        let sql = "INSERT INTO leave_step (leave_id, seq, id, body, by_person, taken_at) VALUES \
                   ($1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM leave_step WHERE leave_id = $1), $2, $3, $4, $5)";
        let body = to_json(&s.step)?;
        let values = vec![id.uuid().into(), s.id.uuid().into(), body.into(), s.by.0.uuid().into(), at(s.at)];
        self.run(sql, values).await?;
        if over {
            let sql = "UPDATE school_leave SET ended_at = $2 WHERE id = $1";
            self.run(sql, vec![id.uuid().into(), at(s.at)]).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// The leaves of a student, the latest first. Whoever asks has found the student.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn leaves(&self, student: StudentId) -> Result<Vec<LeaveRecord>, StorageError> {
        let sql = "SELECT l.*, k.name AS keeper_name, p.name AS by_name FROM school_leave l \
                   JOIN person k ON k.id = l.keeper_id JOIN person p ON p.id = l.recorded_by \
                   WHERE l.student_id = $1 ORDER BY l.recorded_at DESC, l.id DESC LIMIT 50";
        let mut out = Vec::new();
        for row in self.all(sql, vec![student.uuid().into()]).await? {
            let mut one = leave(&row)?;
            one.steps = self.leave_steps(one.id).await?;
            out.push(one);
        }
        Ok(out)
    }

    async fn leave_steps(&self, id: LeaveId) -> Result<Vec<LeaveStep>, StorageError> {
        let sql = "SELECT s.id, s.body, s.by_person, s.taken_at, p.name FROM leave_step s \
                   JOIN person p ON p.id = s.by_person WHERE s.leave_id = $1 ORDER BY s.seq";
        let rows = self.all(sql, vec![id.uuid().into()]).await?;
        rows.iter()
            .map(|r| {
                Ok(LeaveStep {
                    id: EventId::new(get(r, "id")?),
                    step: json(r, "body")?,
                    by: (PersonId::new(get(r, "by_person")?), get(r, "name")?),
                    at: instant(r, "taken_at")?,
                })
            })
            .collect()
    }
}

fn leave(r: &QueryResult) -> Result<LeaveRecord, StorageError> {
    let from: String = get(r, "from_day")?;
    Ok(LeaveRecord {
        id: LeaveId::new(get(r, "id")?),
        student: StudentId::new(get(r, "student_id")?),
        absence: Absence {
            from: NaiveDate::parse_from_str(&from, "%Y-%m-%d").map_err(|_| StorageError::Corrupt("day"))?,
            reason: word(r, "reason", LeaveReason::from_key)?,
            paper_seen: get(r, "paper_seen")?,
            keeper: PersonId::new(get(r, "keeper_id")?),
            every_days: number(r, "every_days")?,
            note: get(r, "note")?,
        },
        keeper: get(r, "keeper_name")?,
        by: (PersonId::new(get(r, "recorded_by")?), get(r, "by_name")?),
        at: instant(r, "recorded_at")?,
        ended_at: maybe_instant(r, "ended_at")?,
        steps: Vec::new(),
    })
}
