//! Imports of list memberships.

use domain::id::{ImportId, MembershipId, PersonId, SchoolId, StudentId};
use domain::time::Timestamp;

use crate::row::{at, get, maybe_instant, number};
use crate::{NewImport, Read, StorageError, Tx};

/// A stored import of memberships.
#[derive(Debug, Clone)]
pub struct ListImportRecord {
    /// Its id.
    pub id: ImportId,
    /// For which school.
    pub school: SchoolId,
    /// Its version: the entity tag.
    pub version: u64,
    /// What was done, as JSON; what the file said of its columns before that.
    pub summary: String,
    /// The rows, as JSON; empty once they are applied.
    pub body: String,
    /// When it was applied.
    pub applied_at: Option<Timestamp>,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

impl Tx {
    /// Stores an upload.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_list_import(&mut self, i: &NewImport, now: Timestamp) -> Result<(), StorageError> {
        let sql = "INSERT INTO list_import (id, school_id, uploaded_by, uploaded_at, file_hash, version, summary, body) \
                   VALUES ($1, $2, $3, $4, $5, 1, $6, $7)";
        let values = vec![
            i.id.uuid().into(),
            i.school.uuid().into(),
            i.by.uuid().into(),
            at(now),
            i.file_hash.clone().into(),
            i.summary.clone().into(),
            i.body.clone().into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Marks an import as applied, with what it wrote. Its rows, which hold evidence, are forgotten.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when it changed since it was read.
    pub async fn list_import_applied(
        &mut self,
        import: &ListImportRecord,
        summary: &str,
        wrote: &[(MembershipId, StudentId)],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE list_import SET applied_at = $3, summary = $4, body = '', version = version + 1 \
                   WHERE id = $1 AND version = $2";
        let values = vec![import.id.uuid().into(), version(import), at(now), summary.to_owned().into()];
        if self.run(sql, values).await? == 0 {
            return Err(StorageError::Stale);
        }
        for (membership, student) in wrote {
            let sql = "INSERT INTO list_import_member (import_id, membership_id, student_id) VALUES ($1, $2, $3)";
            let values = vec![import.id.uuid().into(), membership.uuid().into(), student.uuid().into()];
            self.run(sql, values).await?;
        }
        Ok(())
    }

    /// Marks an import as taken back.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when it changed since it was read.
    pub async fn list_import_undone(&mut self, import: &ListImportRecord, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE list_import SET undone_at = $3, version = version + 1 WHERE id = $1 AND version = $2";
        match self.run(sql, vec![import.id.uuid().into(), version(import), at(now)]).await? {
            0 => Err(StorageError::Stale),
            _ => Ok(()),
        }
    }
}

fn version(import: &ListImportRecord) -> sea_orm::Value {
    i64::try_from(import.version).unwrap_or(-1).into()
}

impl Read<'_> {
    /// An import that somebody uploaded himself: the evidence in it is his until he applies it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn list_import(&self, by: PersonId, id: ImportId) -> Result<Option<ListImportRecord>, StorageError> {
        let sql = "SELECT * FROM list_import WHERE id = $1 AND uploaded_by = $2";
        let row = self.one(sql, vec![id.uuid().into(), by.uuid().into()]).await?;
        row.map(|r| {
            Ok(ListImportRecord {
                id: ImportId::new(get(&r, "id")?),
                school: SchoolId::new(get(&r, "school_id")?),
                version: number(&r, "version")?,
                summary: get(&r, "summary")?,
                body: get(&r, "body")?,
                applied_at: maybe_instant(&r, "applied_at")?,
                undone_at: maybe_instant(&r, "undone_at")?,
            })
        })
        .transpose()
    }

    /// What an import wrote, by student.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn list_import_wrote(&self, id: ImportId) -> Result<Vec<(MembershipId, StudentId)>, StorageError> {
        let sql = "SELECT membership_id, student_id FROM list_import_member WHERE import_id = $1 ORDER BY student_id";
        let rows = self.all(sql, vec![id.uuid().into()]).await?;
        let one = |r| Ok((MembershipId::new(get(r, "membership_id")?), StudentId::new(get(r, "student_id")?)));
        rows.iter().map(one).collect()
    }
}
