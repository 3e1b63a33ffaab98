//! What a class reported week after week, and which runs of the same words were asked about.

use domain::id::{ClassId, TaskId};
use domain::report::{ClassReport, SameRun, Week};
use uuid::Uuid;

use crate::row::{get, json};
use crate::{Read, StorageError, Tx};

impl Tx {
    /// Notes that a run was asked about, or how far it goes now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_same_run(
        &mut self,
        (id, task): (Uuid, TaskId),
        class: ClassId,
        run: SameRun,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO same_run (id, class_id, first_week, last_week, task_id) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (id) DO UPDATE SET first_week = excluded.first_week, last_week = excluded.last_week";
        let (first, last) = (run.first.to_string(), run.last.to_string());
        let values = vec![id.into(), class.uuid().into(), first.into(), last.into(), task.uuid().into()];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// What a class reported from one week to another, each in its newest version.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn newest_reports(
        &self,
        class: ClassId,
        (from, to): (Week, Week),
    ) -> Result<Vec<(Week, ClassReport)>, StorageError> {
        let sql = "SELECT r.week, r.body FROM class_report r WHERE r.class_id = $1 AND r.week >= $2 AND r.week <= $3 \
                   AND r.version = (SELECT MAX(x.version) FROM class_report x WHERE x.class_id = r.class_id AND x.week = r.week)";
        let rows = self.all(sql, vec![class.uuid().into(), from.to_string().into(), to.to_string().into()]).await?;
        rows.iter().map(|r| Ok((week(&get::<String>(r, "week")?)?, json(r, "body")?))).collect()
    }

    /// The run that was asked about and has a week in common with this one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn same_run_like(
        &self,
        class: ClassId,
        run: SameRun,
    ) -> Result<Option<(Uuid, TaskId, SameRun)>, StorageError> {
        let sql = "SELECT * FROM same_run WHERE class_id = $1 AND last_week >= $2 AND first_week <= $3 \
                   ORDER BY last_week DESC LIMIT 1";
        let values = vec![class.uuid().into(), run.first.to_string().into(), run.last.to_string().into()];
        let Some(r) = self.one(sql, values).await? else { return Ok(None) };
        let first = week(&get::<String>(&r, "first_week")?)?;
        let run = SameRun { first, last: week(&get::<String>(&r, "last_week")?)? };
        Ok(Some((get(&r, "id")?, TaskId::new(get(&r, "task_id")?), run)))
    }
}

fn week(text: &str) -> Result<Week, StorageError> {
    Week::read(text).map_err(|_| StorageError::Corrupt("week"))
}
