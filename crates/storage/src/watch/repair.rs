//! What can be mended without a decision.

use domain::id::{AlertId, StudentId};
use domain::time::Timestamp;

use crate::row::{at, get, number};
use crate::{Read, StorageError, Tx};

impl Tx {
    /// Messages of an alert whose lease has run out wait for another worker again. Whoever held one is fenced by its
    /// attempt.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn release_expired(
        &mut self,
        alert: AlertId,
        now: Timestamp,
        real_now: Timestamp,
    ) -> Result<u64, StorageError> {
        let sql = "UPDATE outbox SET state = 'pending', lease_until = NULL, changed_at = $2 \
                   WHERE alert_id = $1 AND state = 'sending' AND lease_until <= $3";
        let released = self.run(sql, vec![alert.uuid().into(), at(now), at(real_now)]).await?;
        self.fills_outbox();
        Ok(released)
    }

    /// An alert that has lost its time is due now: it is told rather than forgotten.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn restore_clock(&mut self, alert: AlertId, now: Timestamp) -> Result<u64, StorageError> {
        let sql = "UPDATE alert SET due_at = $2, deadline_at = $2 WHERE id = $1 AND climb_state <> 'closed' \
                   AND closed_at IS NULL AND (due_at IS NULL OR deadline_at IS NULL)";
        self.run(sql, vec![alert.uuid().into(), at(now)]).await
    }
}

impl Read<'_> {
    /// Whose alert it is, without reading more of it than that.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn student_of_alert(&self, alert: AlertId) -> Result<Option<StudentId>, StorageError> {
        let row = self.one("SELECT student_id FROM alert WHERE id = $1", vec![alert.uuid().into()]).await?;
        row.map(|r| Ok(StudentId::new(get(&r, "student_id")?))).transpose()
    }

    /// How many alarms a rung's turn has, and how many of them did not arrive or may not have.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn rung_tally(&self, alert: AlertId, epoch: u32, rung: u8) -> Result<(u64, u64), StorageError> {
        let sql = "SELECT COUNT(*) AS n, COUNT(CASE WHEN state IN ('failed', 'unknown') THEN 1 END) AS lost FROM outbox \
                   WHERE alert_id = $1 AND epoch = $2 AND rung = $3 AND kind = 'alarm'";
        let values = vec![alert.uuid().into(), i64::from(epoch).into(), i64::from(rung).into()];
        let Some(row) = self.one(sql, values).await? else { return Ok((0, 0)) };
        Ok((number(&row, "n")?, number(&row, "lost")?))
    }
}
