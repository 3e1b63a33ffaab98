//! Sessions, looked up at every request, and delays after wrong passwords.

use domain::id::{PersonId, SessionId};
use domain::time::Timestamp;

use crate::row::{at, get, instant, maybe_instant, number};
use crate::{Read, StorageError, Tx};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// Its id.
    pub id: SessionId,
    /// SHA-256 of its secret, in hex.
    pub token_hash: String,
    /// `page` or `api`.
    pub kind: String,
    /// Whose.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// When it was ended.
    pub revoked_at: Option<Timestamp>,
    /// Whether the account is closed.
    pub disabled: bool,
    /// Whether the account still has its first password.
    pub first_password: bool,
}

/// How long somebody has to wait after wrong passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay {
    /// Wrong passwords in a row.
    pub failures: u32,
    /// When the next attempt is looked at.
    pub free_at: Timestamp,
}

impl Tx {
    /// Begins a session, unless the password that was right is not the account's any more. Gives whether it has begun.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_session(&mut self, s: &SessionRecord, password_hash: &str) -> Result<bool, StorageError> {
        self.alone_with(s.person.uuid()).await?;
        let sql = "SELECT 1 AS one FROM person WHERE id = $1 AND password_hash = $2";
        if self.read()?.one(sql, vec![s.person.uuid().into(), password_hash.into()]).await?.is_none() {
            return Ok(false);
        }
        let sql = "INSERT INTO session (id, token_hash, kind, person_id, created_at, last_seen_at, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = vec![
            s.id.uuid().into(),
            s.token_hash.clone().into(),
            s.kind.clone().into(),
            s.person.uuid().into(),
            at(s.created_at),
            at(s.last_seen_at),
            at(s.expires_at),
        ];
        self.run(sql, values).await.map(|_| true)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revoke_session(&mut self, id: SessionId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE session SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
        self.run(sql, vec![id.uuid().into(), at(now)]).await.map(|_| ())
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn touch_session(&mut self, id: SessionId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2";
        self.run(sql, vec![id.uuid().into(), at(now)]).await.map(|_| ())
    }

    /// Everybody else who tries a password of this subject waits until this transaction is over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alone_with_attempts(&mut self, subject: &str) -> Result<(), StorageError> {
        let lock = subject.bytes().fold(7_u128, |h, b| h.wrapping_mul(31).wrapping_add(u128::from(b)));
        self.alone_with(uuid::Uuid::from_u128(lock)).await
    }

    /// Forgets waits that were over before `before`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_delays(&mut self, before: Timestamp) -> Result<u64, StorageError> {
        self.run("DELETE FROM sign_in_delay WHERE free_at < $1", vec![at(before)]).await
    }

    /// Sets how long a subject has to wait.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_delay(&mut self, subject: &str, delay: Delay) -> Result<(), StorageError> {
        let sql = "INSERT INTO sign_in_delay (subject, failures, free_at) VALUES ($1, $2, $3) \
                   ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, free_at = excluded.free_at";
        self.run(sql, vec![subject.into(), i64::from(delay.failures).into(), at(delay.free_at)]).await.map(|_| ())
    }

    /// Forgets the wrong passwords of a subject.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn clear_delay(&mut self, subject: &str) -> Result<(), StorageError> {
        self.run("DELETE FROM sign_in_delay WHERE subject = $1", vec![subject.into()]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// A session by the hash of its secret.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn session(&self, token_hash: &str) -> Result<Option<SessionRecord>, StorageError> {
        let sql = "SELECT s.*, p.name, p.disabled_at, p.first_password FROM session s JOIN person p ON p.id = s.person_id \
                   WHERE s.token_hash = $1";
        let row = self.one(sql, vec![token_hash.into()]).await?;
        row.map(|r| {
            Ok(SessionRecord {
                id: SessionId::new(get(&r, "id")?),
                token_hash: get(&r, "token_hash")?,
                kind: get(&r, "kind")?,
                person: PersonId::new(get(&r, "person_id")?),
                name: get(&r, "name")?,
                created_at: instant(&r, "created_at")?,
                last_seen_at: instant(&r, "last_seen_at")?,
                expires_at: instant(&r, "expires_at")?,
                revoked_at: maybe_instant(&r, "revoked_at")?,
                disabled: get::<Option<i64>>(&r, "disabled_at")?.is_some(),
                first_password: get(&r, "first_password")?,
            })
        })
        .transpose()
    }

    /// How long a subject has to wait.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delay(&self, subject: &str) -> Result<Option<Delay>, StorageError> {
        let row =
            self.one("SELECT failures, free_at FROM sign_in_delay WHERE subject = $1", vec![subject.into()]).await?;
        row.map(|r| Ok(Delay { failures: number(&r, "failures")?, free_at: instant(&r, "free_at")? })).transpose()
    }
}
