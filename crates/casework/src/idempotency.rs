//! A repeated request with the same key and the same body gets the same answer, and is done once.

use domain::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use storage::{Remembered, Tx};

use crate::{CaseError, Signed};

/// A key that makes a repeated request harmless, with a digest of what was asked.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    /// The key, as sent.
    pub key: String,
    /// SHA-256 of the request, in hex.
    pub fingerprint: String,
    /// While the first request is under way, a second one waits for its answer; otherwise it is told so at once.
    pub waits: bool,
}

impl IdempotencyKey {
    /// A key for what was asked: an operation and its body. A second request waits for the first, as a person does
    /// who pressed a button twice.
    #[must_use]
    pub fn new(key: &str, operation: &str, body: &[u8]) -> Self {
        let mut digest = Sha256::new();
        digest.update(operation.as_bytes());
        digest.update([0]);
        digest.update(body);
        Self { key: key.to_owned(), fingerprint: crate::signed::hex(&digest.finalize()), waits: true }
    }

    /// The same key of a program, which is told at once that the first request is not done yet.
    #[must_use]
    pub fn at_once(self) -> Self {
        Self { waits: false, ..self }
    }
}

/// The answer that was given to this key before.
pub(crate) async fn answered<T: DeserializeOwned>(
    tx: &mut Tx,
    by: &Signed,
    key: Option<&IdempotencyKey>,
) -> Result<Option<T>, CaseError> {
    let Some(key) = key else { return Ok(None) };
    if key.waits {
        tx.hold_key(by.person(), &key.key).await?;
    } else if !tx.try_hold_key(by.person(), &key.key).await? {
        return Err(CaseError::InProgress);
    }
    let Some(known) = tx.remembered(by.person(), &key.key).await? else { return Ok(None) };
    if known.fingerprint != key.fingerprint {
        return Err(CaseError::KeyReused);
    }
    serde_json::from_str(&known.answer).map(Some).map_err(|_| CaseError::KeyReused)
}

/// Remembers an answer.
pub(crate) async fn remember<T: Serialize>(
    tx: &mut Tx,
    by: &Signed,
    key: Option<&IdempotencyKey>,
    answer: &T,
    now: Timestamp,
) -> Result<(), CaseError> {
    let Some(key) = key else { return Ok(()) };
    let answer = serde_json::to_string(answer).map_err(|_| CaseError::Conflict("answer"))?;
    let what = Remembered { fingerprint: key.fingerprint.clone(), answer };
    Ok(tx.remember(by.person(), &key.key, &what, now).await?)
}
