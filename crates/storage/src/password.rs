//! Passwords of accounts: what they are checked against, who chose them, and the sessions that end with one.

use domain::id::{PersonId, SessionId};
use domain::time::Timestamp;

use crate::row::{at, get};
use crate::{Read, StorageError, Tx};

/// Of whom a password is to say nothing, and by what the present one is known.
#[derive(Clone)]
pub struct PasswordRecord {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// PHC string of the present password.
    pub hash: String,
}

impl std::fmt::Debug for PasswordRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordRecord")
    }
}

impl Read<'_> {
    /// The password of an account.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn password_record(&self, person: PersonId) -> Result<Option<PasswordRecord>, StorageError> {
        let sql = "SELECT login, name, password_hash FROM person WHERE id = $1";
        let row = self.one(sql, vec![person.uuid().into()]).await?;
        row.map(|r| {
            Ok(PasswordRecord { login: get(&r, "login")?, name: get(&r, "name")?, hash: get(&r, "password_hash")? })
        })
        .transpose()
    }

    /// The names of the schools and districts in which somebody has, had or is to have a position.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn institutions_of(&self, person: PersonId) -> Result<Vec<String>, StorageError> {
        let sql = "SELECT name FROM school WHERE id IN (SELECT school_id FROM position WHERE person_id = $1) \
                   OR id IN (SELECT school_id FROM appointment WHERE person_id = $1) \
                   UNION SELECT name FROM district WHERE id IN (SELECT unit_id FROM position WHERE person_id = $1) \
                   OR id IN (SELECT district_id FROM appointment WHERE person_id = $1)";
        let rows = self.all(sql, vec![person.uuid().into()]).await?;
        rows.iter().map(|r| get(r, "name")).collect()
    }
}

impl Tx {
    /// Sets a password that its owner chose, in place of the one that it was checked against. Gives whether that was still
    /// the present one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_password(
        &mut self,
        person: PersonId,
        before: &str,
        hash: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        // No session begins meanwhile with the one before.
        self.alone_with(person.uuid()).await?;
        let sql = "UPDATE person SET password_hash = $3, first_password = FALSE, password_set_at = $4 \
                   WHERE id = $1 AND password_hash = $2";
        Ok(self.run(sql, vec![person.uuid().into(), before.into(), hash.into(), at(now)]).await? == 1)
    }

    /// Marks the password of an account as one that somebody else chose.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mark_first_password(&mut self, person: PersonId) -> Result<(), StorageError> {
        let sql = "UPDATE person SET first_password = TRUE WHERE id = $1";
        self.run(sql, vec![person.uuid().into()]).await.map(|_| ())
    }

    /// Ends every session of somebody but one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revoke_other_sessions(
        &mut self,
        person: PersonId,
        but: SessionId,
        now: Timestamp,
    ) -> Result<u64, StorageError> {
        let sql = "UPDATE session SET revoked_at = $3 WHERE person_id = $1 AND id <> $2 AND revoked_at IS NULL";
        self.run(sql, vec![person.uuid().into(), but.uuid().into(), at(now)]).await
    }
}
