//! The six-digit numbers of messages: whose they are, and what was answered under them.

use domain::id::{AlertId, MessageId, PersonId};
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::row::{at, get, maybe_instant, number};
use crate::{Read, StorageError, Tx};

/// A number, without the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRecord {
    /// Whose.
    pub person: PersonId,
    /// For which alert.
    pub alert: AlertId,
    /// In which turn of it.
    pub epoch: u32,
    /// What tells it from one that was taken.
    pub counter: u32,
    /// How many wrong answers it has had.
    pub tries: u32,
    /// What was answered under it.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<Timestamp>,
}

fn record(r: &QueryResult) -> Result<CodeRecord, StorageError> {
    Ok(CodeRecord {
        person: PersonId::new(get(r, "person_id")?),
        alert: AlertId::new(get(r, "alert_id")?),
        epoch: number(r, "epoch")?,
        counter: number(r, "counter")?,
        tries: number(r, "tries")?,
        answer: get(r, "answer")?,
        answered_at: maybe_instant(r, "answered_at")?,
    })
}

impl Read<'_> {
    /// Numbers of this hash that were given out after `since`, latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn codes(&self, hash: &str, since: Timestamp) -> Result<Vec<CodeRecord>, StorageError> {
        let sql =
            "SELECT * FROM message_code WHERE code_hash = $1 AND created_at > $2 ORDER BY created_at DESC LIMIT 10";
        self.all(sql, vec![hash.into(), at(since)]).await?.iter().map(record).collect()
    }

    /// The number in a message.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn code_of_message(&self, message: MessageId) -> Result<Option<CodeRecord>, StorageError> {
        let sql = "SELECT c.* FROM message_code c JOIN outbox m ON m.person_id = c.person_id AND m.alert_id = c.alert_id \
                   AND m.epoch = c.epoch WHERE m.id = $1";
        self.one(sql, vec![message.uuid().into()]).await?.as_ref().map(record).transpose()
    }

    /// Somebody's number for a turn of an alert.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn code_of(
        &self,
        person: PersonId,
        alert: AlertId,
        epoch: u32,
    ) -> Result<Option<CodeRecord>, StorageError> {
        let sql = "SELECT * FROM message_code WHERE person_id = $1 AND alert_id = $2 AND epoch = $3";
        let values = vec![person.uuid().into(), alert.uuid().into(), i64::from(epoch).into()];
        self.one(sql, values).await?.as_ref().map(record).transpose()
    }
}

impl Tx {
    /// Gives out a number.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_code(
        &mut self,
        person: PersonId,
        alert: AlertId,
        (epoch, counter): (u32, u32),
        hash: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO message_code (person_id, alert_id, epoch, counter, code_hash, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            person.uuid().into(),
            alert.uuid().into(),
            i64::from(epoch).into(),
            i64::from(counter).into(),
            hash.into(),
            at(now),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Forgets numbers given out before, of alerts that are closed or that went on to another turn.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_codes(&mut self, before: Timestamp) -> Result<u64, StorageError> {
        let sql = "DELETE FROM message_code WHERE created_at < $1 AND NOT EXISTS (SELECT 1 FROM alert a \
                   WHERE a.id = message_code.alert_id AND a.epoch = message_code.epoch AND a.closed_at IS NULL)";
        self.run(sql, vec![at(before)]).await
    }

    /// Counts a wrong answer.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_try(&mut self, code: &CodeRecord) -> Result<(), StorageError> {
        let sql = "UPDATE message_code SET tries = tries + 1 WHERE person_id = $1 AND alert_id = $2 AND epoch = $3";
        let values = vec![code.person.uuid().into(), code.alert.uuid().into(), i64::from(code.epoch).into()];
        self.run(sql, values).await.map(|_| ())
    }

    /// Writes down what was answered under a number.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn answer_code(&mut self, code: &CodeRecord, answer: &str, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE message_code SET answer = $4, answered_at = $5 \
                   WHERE person_id = $1 AND alert_id = $2 AND epoch = $3";
        let values = vec![
            code.person.uuid().into(),
            code.alert.uuid().into(),
            i64::from(code.epoch).into(),
            answer.into(),
            at(now),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}
