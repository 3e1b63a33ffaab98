//! Looking again after a close.

use domain::id::{AlertId, PersonId};
use domain::time::Timestamp;

use crate::row::{at, get, instant, number};
use crate::{Read, StorageError, Tx};

/// A look that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecheckDue {
    /// Who closed it.
    pub owner: PersonId,
    /// How often somebody was reminded.
    pub chased: u32,
}

const DUE: &str = "rechecked_at IS NULL AND reopened_at IS NULL AND recheck_at <= $1 \
                   AND (chase_at IS NULL OR chase_at <= $1)";

impl Tx {
    /// Somebody was reminded so often by now; next at an instant.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn chase_recheck(&mut self, alert: AlertId, next: Timestamp, chased: u32) -> Result<(), StorageError> {
        let sql = "UPDATE closing SET chase_at = $2, chased = $3 WHERE alert_id = $1 AND reopened_at IS NULL";
        self.run(sql, vec![alert.uuid().into(), at(next), i64::from(chased).into()]).await.map(|_| ())
    }

    /// Somebody looked again.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when nobody was to, or somebody did.
    pub async fn recheck(
        &mut self,
        alert: AlertId,
        by: PersonId,
        well: bool,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE closing SET rechecked_at = $2, rechecked_by = $3, well = $4 WHERE alert_id = $1 \
                   AND reopened_at IS NULL AND rechecked_at IS NULL AND recheck_at IS NOT NULL";
        match self.run(sql, vec![alert.uuid().into(), at(now), by.uuid().into(), well.into()]).await? {
            0 => Err(StorageError::Stale),
            _ => Ok(()),
        }
    }
}

impl Read<'_> {
    /// The closed alerts that somebody is to be reminded of, longest overdue first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn due_rechecks(&self, now: Timestamp, limit: u32) -> Result<Vec<AlertId>, StorageError> {
        let sql = format!("SELECT alert_id FROM closing WHERE {DUE} ORDER BY recheck_at LIMIT $2");
        let rows = self.all(&sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "alert_id")?))).collect()
    }

    /// The alerts that somebody closed and is to look at again before an instant, longest due first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn rechecks_of(
        &self,
        owner: PersonId,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<(AlertId, Timestamp)>, StorageError> {
        let sql = "SELECT alert_id, recheck_at FROM closing WHERE rechecked_at IS NULL AND reopened_at IS NULL \
                   AND recheck_at < $1 AND closed_by = $2 ORDER BY recheck_at LIMIT $3";
        let rows = self.all(sql, vec![at(before), owner.uuid().into(), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok((AlertId::new(get(r, "alert_id")?), instant(r, "recheck_at")?))).collect()
    }

    /// Whether the day has come on which somebody looks again at an alert, and nobody has.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn waits_for_recheck(&self, alert: AlertId, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "SELECT id FROM closing WHERE rechecked_at IS NULL AND reopened_at IS NULL AND recheck_at <= $1 \
                   AND alert_id = $2";
        Ok(self.one(sql, vec![at(now), alert.uuid().into()]).await?.is_some())
    }

    /// The look at one alert, if it is due.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn due_recheck(&self, alert: AlertId, now: Timestamp) -> Result<Option<RecheckDue>, StorageError> {
        let sql = format!("SELECT closed_by, chased FROM closing WHERE {DUE} AND alert_id = $2");
        let row = self.one(&sql, vec![at(now), alert.uuid().into()]).await?;
        row.map(|r| Ok(RecheckDue { owner: PersonId::new(get(&r, "closed_by")?), chased: number(&r, "chased")? }))
            .transpose()
    }
}
