//! Writing draws, samples and findings.

use domain::id::{PersonId, SampleId, TaskId};
use domain::sample::Why;
use domain::time::Timestamp;

use super::{DrawRecord, FindingRecord, SampleMonth};
use crate::row::{at, maybe_at};
use crate::{StorageError, Tx};

impl Tx {
    /// Keeps the draw of a decision, and when the month of whoever decided is settled.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_draw(&mut self, d: &DrawRecord, settle_at: Option<Timestamp>) -> Result<(), StorageError> {
        let sql = "INSERT INTO decision_draw (id, school_id, student_id, alert_id, entry_id, kind, from_level, to_level, \
                   decided_by, signed_by, decided_at, month, draw, share) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        let values = vec![
            d.id.uuid().into(),
            d.school.uuid().into(),
            d.student.uuid().into(),
            d.alert.uuid().into(),
            d.entry.uuid().into(),
            d.kind.key().into(),
            i64::from(d.from.number()).into(),
            i64::from(d.to.number()).into(),
            d.by.0.uuid().into(),
            d.second.as_ref().map(|s| s.0.uuid()).into(),
            at(d.at),
            d.month.clone().into(),
            i64::from(d.lot.number()).into(),
            i64::from(d.share).into(),
        ];
        self.run(sql, values).await?;
        let sql = "INSERT INTO sample_month (school_id, person_id, month, settle_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (school_id, person_id, month) \
                   DO UPDATE SET settle_at = COALESCE(sample_month.settle_at, excluded.settle_at)";
        let values = vec![d.school.uuid().into(), d.by.0.uuid().into(), d.month.clone().into(), maybe_at(settle_at)];
        self.run(sql, values).await.map(|_| ())
    }

    /// A decision is drawn: once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_sample(&mut self, id: SampleId, why: Why, now: Timestamp) -> Result<(), StorageError> {
        let sql = "INSERT INTO decision_sample (id, why, sampled_at, give_at) VALUES ($1, $2, $3, $3) \
                   ON CONFLICT (id) DO NOTHING";
        self.run(sql, vec![id.uuid().into(), why.key().into(), at(now)]).await.map(|_| ())
    }

    /// A month is settled.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn settle_sample_month(&mut self, m: &SampleMonth) -> Result<(), StorageError> {
        let sql = "UPDATE sample_month SET settle_at = NULL WHERE school_id = $1 AND person_id = $2 AND month = $3";
        let values = vec![m.school.uuid().into(), m.person.uuid().into(), m.month.clone().into()];
        self.run(sql, values).await.map(|_| ())
    }

    /// Somebody has the task of looking, or is looked for again at an instant, or nobody of the school can look any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_looker(
        &mut self,
        id: SampleId,
        task: Option<TaskId>,
        give_at: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE decision_sample SET task_id = $2, give_at = $3 WHERE id = $1";
        self.run(sql, vec![id.uuid().into(), task.map(TaskId::uuid).into(), maybe_at(give_at)]).await.map(|_| ())
    }

    /// Keeps what somebody found.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when somebody has looked already.
    pub async fn add_sample_finding(&mut self, id: SampleId, f: &FindingRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO sample_finding (sample_id, finding, words, found_by, found_at, question_task) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let by: PersonId = f.by.0;
        let values = vec![
            id.uuid().into(),
            f.finding.key().into(),
            f.words.clone().into(),
            by.uuid().into(),
            at(f.at),
            f.question.map(TaskId::uuid).into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}
