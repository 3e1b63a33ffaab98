//! Interviews that nobody held in time.

use domain::id::TaskId;
use domain::time::Timestamp;

use crate::row::{at, get};
use crate::{Read, StorageError, Tx};

impl Read<'_> {
    /// The interviews with a clock that were due by `until`, that nobody has held, and of which no alert came yet; one that was
    /// handed on is the one that it was.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn unheld_interviews(&self, until: Timestamp, most: u32) -> Result<Vec<TaskId>, StorageError> {
        let sql = "SELECT t.id FROM task t WHERE t.kind = 'prompt_interview' AND t.state = 'open' AND t.raised_at IS NULL \
                   AND t.due_at <= $1 AND NOT EXISTS (SELECT 1 FROM task b WHERE b.id = t.handed_from AND b.raised_at IS NOT NULL) \
                   ORDER BY t.due_at LIMIT $2";
        let rows = self.all(sql, vec![at(until), i64::from(most).into()]).await?;
        rows.iter().map(|r| Ok(TaskId::new(get(r, "id")?))).collect()
    }
}

impl Tx {
    /// An alert has come of an interview that nobody held; false when it was held, or became one, meanwhile.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn raise_unheld(&mut self, id: TaskId, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "UPDATE task SET raised_at = $2 WHERE id = $1 AND state = 'open' AND raised_at IS NULL";
        Ok(self.run(sql, vec![id.uuid().into(), at(now)]).await? > 0)
    }
}
