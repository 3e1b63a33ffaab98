//! Closes: how an alert ended, and what that rests on.

use domain::alert::{Outcome, Stated};
use domain::directory::Circle;
use domain::id::{AlertId, EventId, PersonId, StudentId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::{AlertRecord, alert};
use crate::row::{at, get, instant, json, maybe_at, maybe_instant, to_json, word};
use crate::{Read, StorageError, Tx};

/// A close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingRecord {
    /// Its id.
    pub id: EventId,
    /// How it ended.
    pub outcome: Outcome,
    /// Why; empty where the reader does not read reasons.
    pub reason: String,
    /// What was stated.
    pub evidence: Vec<Stated>,
    /// Who closed it, with the name.
    pub by: (PersonId, String),
    /// Who signed as the second, with the name.
    pub second: Option<(PersonId, String)>,
    /// When.
    pub at: Timestamp,
    /// When somebody looks again.
    pub recheck_at: Option<Timestamp>,
    /// When somebody did.
    pub rechecked_at: Option<Timestamp>,
    /// When new facts opened it again.
    pub reopened_at: Option<Timestamp>,
}

const SELECT: &str = "SELECT c.*, p.name AS closed_name, s.name AS signed_name FROM closing c \
                      JOIN person p ON p.id = c.closed_by LEFT JOIN person s ON s.id = c.signed_by";

impl Tx {
    /// Stores a close. Names are not kept with it.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when one is in force.
    pub async fn add_closing(&mut self, alert: AlertId, c: &ClosingRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO closing (id, alert_id, outcome, reason, evidence, closed_by, signed_by, closed_at, \
                   recheck_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let values = vec![
            c.id.uuid().into(),
            alert.uuid().into(),
            c.outcome.key().into(),
            c.reason.clone().into(),
            to_json(&c.evidence)?.into(),
            c.by.0.uuid().into(),
            c.second.as_ref().map(|(id, _)| id.uuid()).into(),
            at(c.at),
            maybe_at(c.recheck_at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// New facts have overtaken the close that was in force.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reopen_closing(&mut self, alert: AlertId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE closing SET reopened_at = $2 WHERE alert_id = $1 AND reopened_at IS NULL";
        self.run(sql, vec![alert.uuid().into(), at(now)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The last close of an alert, whether it is in force or not.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn last_closing(&self, alert: AlertId) -> Result<Option<ClosingRecord>, StorageError> {
        let sql = format!("{SELECT} WHERE c.alert_id = $1 ORDER BY c.closed_at DESC, c.id DESC LIMIT 1");
        let row = self.one(&sql, vec![alert.uuid().into()]).await?;
        row.map(|r| {
            let signed: Option<Uuid> = get(&r, "signed_by")?;
            let name: Option<String> = get(&r, "signed_name")?;
            Ok(ClosingRecord {
                id: EventId::new(get(&r, "id")?),
                outcome: word(&r, "outcome", Outcome::from_key)?,
                reason: get(&r, "reason")?,
                evidence: json(&r, "evidence")?,
                by: (PersonId::new(get(&r, "closed_by")?), get(&r, "closed_name")?),
                second: signed.map(|id| (PersonId::new(id), name.unwrap_or_default())),
                at: instant(&r, "closed_at")?,
                recheck_at: maybe_instant(&r, "recheck_at")?,
                rechecked_at: maybe_instant(&r, "rechecked_at")?,
                reopened_at: maybe_instant(&r, "reopened_at")?,
            })
        })
        .transpose()
    }

    /// The alert of a student, of which exactly this circle may hear, that was closed last, if that was not before an
    /// instant.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn closed_alert_of(
        &self,
        student: StudentId,
        circle: &Circle,
        since: Timestamp,
    ) -> Result<Option<AlertRecord>, StorageError> {
        let sql = "SELECT * FROM alert WHERE student_id = $1 AND closed_at >= $2 ORDER BY closed_at DESC, id LIMIT 50";
        for row in self.all(sql, vec![student.uuid().into(), at(since)]).await? {
            let found = alert(&row)?;
            let left_out = self.excluded_from(found.id).await?;
            if (Circle { audience: found.audience, left_out }) == *circle {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The alerts of a student that ended as false alarms: what was reported then counts for nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn false_alarms_of(&self, student: StudentId) -> Result<Vec<AlertId>, StorageError> {
        let sql = "SELECT id FROM alert WHERE student_id = $1 AND state = 'false_alarm'";
        let rows = self.all(sql, vec![student.uuid().into()]).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "id")?))).collect()
    }
}
