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
    /// What was answered to a key before. Others with the same key wait until this transaction is over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn remembered(&mut self, person: PersonId, key: &str) -> Result<Option<Remembered>, StorageError> {
        let lock = key.bytes().fold(person.uuid().as_u128(), |h, b| h.wrapping_mul(31).wrapping_add(u128::from(b)));
        self.alone_with(uuid::Uuid::from_u128(lock)).await?;
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
