//! Answers that are given again to the same key.

use domain::id::PersonId;
use domain::time::Timestamp;

use crate::row::{at, get};
use crate::{StorageError, Tx};

/// What is remembered of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// What was asked.
    pub fingerprint: String,
    /// What was answered.
    pub answer: String,
}

impl Tx {
    /// Holds a key until this transaction is over; whoever holds it now is waited for.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn hold_key(&mut self, person: PersonId, key: &str) -> Result<(), StorageError> {
        self.alone_with(subject(person, key)).await
    }

    /// Holds a key until this transaction is over, unless somebody else does: then it says so at once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn try_hold_key(&mut self, person: PersonId, key: &str) -> Result<bool, StorageError> {
        self.try_alone_with(subject(person, key)).await
    }

    /// What was answered to a key before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn remembered(&mut self, person: PersonId, key: &str) -> Result<Option<Remembered>, StorageError> {
        let sql = "SELECT fingerprint, answer FROM idempotency WHERE person_id = $1 AND idempotency_key = $2";
        let row = self.read()?.one(sql, vec![person.uuid().into(), key.into()]).await?;
        row.map(|r| Ok(Remembered { fingerprint: get(&r, "fingerprint")?, answer: get(&r, "answer")? })).transpose()
    }

    /// Remembers an answer.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn remember(
        &mut self,
        person: PersonId,
        key: &str,
        what: &Remembered,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO idempotency (person_id, idempotency_key, fingerprint, answer, created_at) \
                   VALUES ($1, $2, $3, $4, $5)";
        let values = vec![
            person.uuid().into(),
            key.into(),
            what.fingerprint.clone().into(),
            what.answer.clone().into(),
            at(now),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Forgets answers older than `before`; gives how many.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_answers(&mut self, before: Timestamp) -> Result<u64, StorageError> {
        self.run("DELETE FROM idempotency WHERE created_at < $1", vec![at(before)]).await
    }
}

fn subject(person: PersonId, key: &str) -> uuid::Uuid {
    let start = person.uuid().as_u128();
    uuid::Uuid::from_u128(key.bytes().fold(start, |h, b| h.wrapping_mul(31).wrapping_add(u128::from(b))))
}
