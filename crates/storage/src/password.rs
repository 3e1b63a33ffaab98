//! Passwords of accounts: what they are checked against, who chose them, and the sessions that end with one.

use domain::id::PersonId;
use domain::time::Timestamp;

use crate::row::{at, get};
use crate::{Read, StorageError, Tx};

/// Of whom a password is to say nothing, and by what the present one is known.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordRecord {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// PHC string of the present password.
    pub hash: String,
    /// Whether it is the first one, which whoever added the account knows.
    pub first: bool,
    /// The hash of the word that was handed over to its owner.
    pub word: Option<String>,
    /// Whether a position of his waits, or was confirmed.
    pub confirmable: bool,
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
        let sql = "SELECT login, name, password_hash, first_password, hand_over_word, (SELECT COUNT(*) FROM appointment a \
                   WHERE a.person_id = person.id AND a.state IN ('waiting', 'confirmed')) AS offices \
                   FROM person WHERE id = $1";
        let row = self.one(sql, vec![person.uuid().into()]).await?;
        row.map(|r| {
            Ok(PasswordRecord {
                login: get(&r, "login")?,
                name: get(&r, "name")?,
                hash: get(&r, "password_hash")?,
                first: get(&r, "first_password")?,
                word: get(&r, "hand_over_word")?,
                confirmable: get::<i64>(&r, "offices")? > 0,
            })
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
    /// Sets a password in place of what was looked at, with the word that was handed over or without one. Gives whether nothing
    /// of that has changed since.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_password(
        &mut self,
        person: PersonId,
        before: &PasswordRecord,
        (hash, with_word): (&str, bool),
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        // No session begins meanwhile with the one before, and no other word is given.
        self.alone_with(person.uuid()).await?;
        if self.read()?.password_record(person).await?.as_ref() != Some(before) {
            return Ok(false);
        }
        let sql = "UPDATE person SET password_hash = $2, first_password = FALSE, password_set_at = $3, hand_over_word = NULL, \
                   password_vouched = CASE WHEN $4 THEN TRUE ELSE password_vouched END WHERE id = $1";
        Ok(self.run(sql, vec![person.uuid().into(), hash.into(), at(now), with_word.into()]).await? == 1)
    }

    /// Gives an account the word with which its first password ends, in place of any before. Where nobody knows who set the
    /// present one it is the first again. Gives whether it is such an account.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn give_hand_over_word(&mut self, person: PersonId, word_hash: &str) -> Result<bool, StorageError> {
        self.alone_with(person.uuid()).await?;
        let sql =
            "UPDATE person SET first_password = TRUE, hand_over_word = $2 WHERE id = $1 AND password_vouched = FALSE";
        Ok(self.run(sql, vec![person.uuid().into(), word_hash.into()]).await? == 1)
    }

    /// Marks the password of an account as one that somebody else chose.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mark_first_password(&mut self, person: PersonId) -> Result<(), StorageError> {
        let sql = "UPDATE person SET first_password = TRUE, password_vouched = FALSE WHERE id = $1";
        self.run(sql, vec![person.uuid().into()]).await.map(|_| ())
    }
}
