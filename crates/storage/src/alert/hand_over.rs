//! Hand-overs: an alert that is offered to somebody stays with its owner until it is accepted.

use domain::alert::HandOverAnswer;
use domain::id::{AlertId, EventId, PersonId};
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::row::{at, get, instant};
use crate::{Read, StorageError, Tx};

/// A hand-over that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverRecord {
    /// Its id.
    pub id: EventId,
    /// The alert.
    pub alert: AlertId,
    /// Whose it is, with the name.
    pub from: (PersonId, String),
    /// To whom it is offered, with the name.
    pub to: (PersonId, String),
    /// Who offered it.
    pub offered_by: PersonId,
    /// Why; empty where the reader does not read reasons.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Unanswered, it goes back then.
    pub due_at: Timestamp,
}

const SELECT: &str = "SELECT h.*, f.name AS from_name, t.name AS to_name FROM hand_over h \
                      JOIN person f ON f.id = h.from_person JOIN person t ON t.id = h.to_person";

impl Tx {
    /// Stores a hand-over.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when one waits already.
    pub async fn add_hand_over(&mut self, h: &HandOverRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO hand_over (id, alert_id, from_person, to_person, offered_by, reason, offered_at, due_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            h.id.uuid().into(),
            h.alert.uuid().into(),
            h.from.0.uuid().into(),
            h.to.0.uuid().into(),
            h.offered_by.uuid().into(),
            h.reason.clone().into(),
            at(h.at),
            at(h.due_at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Answers the hand-over that waits, if one does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn answer_hand_over(
        &mut self,
        alert: AlertId,
        answer: HandOverAnswer,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE hand_over SET answered_at = $2, answer = $3 WHERE alert_id = $1 AND answered_at IS NULL";
        self.run(sql, vec![alert.uuid().into(), at(now), answer.key().into()]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The hand-over of an alert that waits.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn pending_hand_over(&self, alert: AlertId) -> Result<Option<HandOverRecord>, StorageError> {
        let sql = format!("{SELECT} WHERE h.alert_id = $1 AND h.answered_at IS NULL");
        self.one(&sql, vec![alert.uuid().into()]).await?.as_ref().map(record).transpose()
    }

    /// Whether somebody accepted an alert in a turn that began at an instant.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn accepted(&self, alert: AlertId, by: PersonId, turn_at: Timestamp) -> Result<bool, StorageError> {
        let sql = "SELECT id FROM hand_over WHERE alert_id = $1 AND to_person = $2 AND answer = 'accepted' \
                   AND answered_at >= $3 LIMIT 1";
        Ok(self.one(sql, vec![alert.uuid().into(), by.uuid().into(), at(turn_at)]).await?.is_some())
    }

    /// The alerts whose hand-over nobody answered in time.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn overdue_hand_overs(&self, now: Timestamp, limit: u32) -> Result<Vec<AlertId>, StorageError> {
        let sql = "SELECT alert_id FROM hand_over WHERE answered_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "alert_id")?))).collect()
    }
}

fn record(r: &QueryResult) -> Result<HandOverRecord, StorageError> {
    Ok(HandOverRecord {
        id: EventId::new(get(r, "id")?),
        alert: AlertId::new(get(r, "alert_id")?),
        from: (PersonId::new(get(r, "from_person")?), get(r, "from_name")?),
        to: (PersonId::new(get(r, "to_person")?), get(r, "to_name")?),
        offered_by: PersonId::new(get(r, "offered_by")?),
        reason: get(r, "reason")?,
        at: instant(r, "offered_at")?,
        due_at: instant(r, "due_at")?,
    })
}
