//! Finding draws and samples, for the service itself: who may look is decided where they are shown.

use domain::id::{AlertId, EventId, PersonId, SampleId, SchoolId, StudentId, TaskId};
use domain::sample::{DecisionKind, Finding, Lot};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{DrawRecord, FindingRecord, SampleMonth, SampleRecord};
use crate::row::{at, get, instant, number, word};
use crate::{Read, StorageError};

const SELECT: &str = "SELECT d.*, x.task_id, f.finding, f.words, f.found_by, f.found_at, f.question_task, \
                      p.name AS by_name, s.name AS second_name, q.name AS found_name FROM decision_sample x \
                      JOIN decision_draw d ON d.id = x.id JOIN person p ON p.id = d.decided_by \
                      LEFT JOIN person s ON s.id = d.signed_by LEFT JOIN sample_finding f ON f.sample_id = x.id \
                      LEFT JOIN person q ON q.id = f.found_by";

impl Read<'_> {
    /// A decision that was drawn.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sample_for_service(&self, id: SampleId) -> Result<Option<SampleRecord>, StorageError> {
        let sql = format!("{SELECT} WHERE x.id = $1");
        self.one(&sql, vec![id.uuid().into()]).await?.as_ref().map(sample).transpose()
    }

    /// Decisions for which somebody who looks is looked for.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn samples_to_give(&self, now: Timestamp, limit: u32) -> Result<Vec<SampleId>, StorageError> {
        let sql =
            "SELECT id FROM decision_sample WHERE give_at IS NOT NULL AND give_at <= $1 ORDER BY give_at LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok(SampleId::new(get(r, "id")?))).collect()
    }

    /// Whether somebody is looked for now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn waits_for_looker(&self, id: SampleId, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "SELECT id FROM decision_sample WHERE id = $1 AND give_at <= $2";
        Ok(self.one(sql, vec![id.uuid().into(), at(now)]).await?.is_some())
    }

    /// Months that are over and not settled.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sample_months_due(&self, now: Timestamp, limit: u32) -> Result<Vec<SampleMonth>, StorageError> {
        let sql =
            "SELECT * FROM sample_month WHERE settle_at IS NOT NULL AND settle_at <= $1 ORDER BY settle_at LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        let month = |r: &QueryResult| {
            let (school, person) = (SchoolId::new(get(r, "school_id")?), PersonId::new(get(r, "person_id")?));
            Ok(SampleMonth { school, person, month: get(r, "month")? })
        };
        rows.iter().map(month).collect()
    }

    /// The lowest lot of somebody in a month, unless one of his decisions was drawn.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn undrawn_in_month(&self, m: &SampleMonth) -> Result<Option<SampleId>, StorageError> {
        let sql = "SELECT d.id FROM decision_draw d WHERE d.school_id = $1 AND d.month = $2 AND d.decided_by = $3 \
                   AND NOT EXISTS (SELECT 1 FROM decision_draw o JOIN decision_sample x ON x.id = o.id \
                   WHERE o.school_id = $1 AND o.month = $2 AND o.decided_by = $3) ORDER BY d.draw, d.id LIMIT 1";
        let values = vec![m.school.uuid().into(), m.month.clone().into(), m.person.uuid().into()];
        self.one(sql, values).await?.map(|r| Ok(SampleId::new(get(&r, "id")?))).transpose()
    }

    /// What an entry of a growth file says, for whoever may read what a decision rested on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn entry_body_for_service(&self, id: EventId) -> Result<Option<String>, StorageError> {
        let row = self.one("SELECT body FROM growth_entry WHERE id = $1", vec![id.uuid().into()]).await?;
        row.map_or(Ok(None), |r| get(&r, "body"))
    }
}

fn sample(r: &QueryResult) -> Result<SampleRecord, StorageError> {
    let task: Option<Uuid> = get(r, "task_id")?;
    let found: Option<Uuid> = get(r, "found_by")?;
    let finding = match found {
        None => None,
        Some(by) => Some(FindingRecord {
            finding: word(r, "finding", Finding::from_key)?,
            words: get(r, "words")?,
            by: (PersonId::new(by), get(r, "found_name")?),
            at: instant(r, "found_at")?,
            question: get::<Option<Uuid>>(r, "question_task")?.map(TaskId::new),
        }),
    };
    Ok(SampleRecord { draw: draw(r)?, task: task.map(TaskId::new), finding })
}

fn draw(r: &QueryResult) -> Result<DrawRecord, StorageError> {
    let (second, name): (Option<Uuid>, Option<String>) = (get(r, "signed_by")?, get(r, "second_name")?);
    Ok(DrawRecord {
        id: SampleId::new(get(r, "id")?),
        school: SchoolId::new(get(r, "school_id")?),
        student: StudentId::new(get(r, "student_id")?),
        alert: AlertId::new(get(r, "alert_id")?),
        entry: EventId::new(get(r, "entry_id")?),
        kind: word(r, "kind", DecisionKind::from_key)?,
        from: crate::alert::level(r, "from_level")?,
        to: crate::alert::level(r, "to_level")?,
        by: (PersonId::new(get(r, "decided_by")?), get(r, "by_name")?),
        second: second.map(|id| (PersonId::new(id), name.unwrap_or_default())),
        at: instant(r, "decided_at")?,
        month: get(r, "month")?,
        lot: Lot::from_number(number(r, "draw")?).ok_or(StorageError::Corrupt("lot"))?,
        share: number(r, "share")?,
    })
}
