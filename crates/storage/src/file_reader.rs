//! Who has opened the growth file of a student, from the audit log.

use std::collections::BTreeSet;

use domain::access::Scope;
use domain::file_reading::FileReading;
use domain::id::{PersonId, StudentId};
use domain::staff::Position;
use domain::time::{Timestamp, to_micros};
use uuid::Uuid;

use crate::person::position;
use crate::row::{Values, get, instant, word};
use crate::{Read, StorageError};

/// That somebody opened a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReaderRecord {
    /// The id of the line in the audit log.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: (PersonId, String),
    /// What was opened.
    pub what: FileReading,
}

impl Read<'_> {
    /// Those who have opened the file of a student in scope, the newest first; none of before it was sealed to whoever asks.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn file_readers(
        &self,
        scope: &Scope,
        (student, sealed): (StudentId, Option<Timestamp>),
        after: Option<(Timestamp, Uuid)>,
        limit: u32,
    ) -> Result<Vec<FileReaderRecord>, StorageError> {
        if self.student(scope, student).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut v = Values::default();
        let student = v.push(student.uuid());
        // In the words of the index.
        let acts: Vec<String> = FileReading::ALL.iter().map(|r| format!("'{}'", r.act().key())).collect();
        let mut sql = format!(
            "SELECT a.id, a.at, a.act, a.person_id, p.name FROM audit a JOIN person p ON p.id = a.person_id \
             WHERE a.student_id = {student} AND a.act IN ({})",
            acts.join(", ")
        );
        if let Some(since) = sealed {
            sql.push_str(&format!(" AND a.at >= {}", v.push(to_micros(since))));
        }
        if let Some((at, id)) = after {
            let (at, id) = (v.push(to_micros(at)), v.push(id));
            sql.push_str(&format!(" AND (a.at < {at} OR (a.at = {at} AND a.id < {id}))"));
        }
        let limit = v.push(i64::from(limit));
        sql.push_str(&format!(" ORDER BY a.at DESC, a.id DESC LIMIT {limit}"));
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                Ok(FileReaderRecord {
                    id: get(r, "id")?,
                    at: instant(r, "at")?,
                    person: (PersonId::new(get(r, "person_id")?), get(r, "name")?),
                    what: word(r, "act", FileReading::from_act)?,
                })
            })
            .collect()
    }

    /// Every position that these people hold or held.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn positions_ever(&self, people: &BTreeSet<PersonId>) -> Result<Vec<Position>, StorageError> {
        let mut v = Values::default();
        let list = v.list(people.iter().map(|p| p.uuid()));
        let sql = format!("SELECT * FROM position WHERE person_id IN ({list}) ORDER BY valid_from, id");
        self.all(&sql, v.into_vec()).await?.iter().map(position).collect()
    }
}
