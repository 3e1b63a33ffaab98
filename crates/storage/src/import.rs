//! Roster imports.

use domain::id::{ImportId, PersonId, SchoolId, StudentId};
use domain::time::Timestamp;

use crate::row::{at, get, instant, maybe_instant, number};
use crate::student::NewStudent;
use crate::{Read, StorageError, Tx};

/// An import to be stored.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// Its id.
    pub id: ImportId,
    /// For which school.
    pub school: SchoolId,
    /// By whom.
    pub by: PersonId,
    /// SHA-256 of the file.
    pub file_hash: String,
    /// What the preview says, as JSON.
    pub summary: String,
    /// What will be applied, as JSON; columns that are not needed are not in it.
    pub body: String,
}

/// A stored import.
#[derive(Debug, Clone)]
pub struct ImportRecord {
    /// Its id.
    pub id: ImportId,
    /// For which school.
    pub school: SchoolId,
    /// Its version: the entity tag.
    pub version: u64,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// What the preview says, as JSON.
    pub summary: String,
    /// What will be applied, as JSON.
    pub body: String,
    /// When it was applied.
    pub applied_at: Option<Timestamp>,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

/// What an import replaced.
#[derive(Debug, Clone)]
pub struct StudentBefore {
    /// The student.
    pub student: StudentId,
    /// As the roster had it before; nothing when the import added the student.
    pub was: Option<NewStudent>,
}

impl Tx {
    /// Forgets what was uploaded before and applied by nobody: whole rosters, and the evidence of lists.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_uploads(&mut self, before: Timestamp) -> Result<(), StorageError> {
        for table in ["roster_import", "list_import"] {
            let sql = format!("DELETE FROM {table} WHERE applied_at IS NULL AND uploaded_at < $1");
            self.run(&sql, vec![at(before)]).await?;
        }
        Ok(())
    }

    /// Waits until nobody else changes this school's roster.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alone_with_school(&mut self, school: SchoolId) -> Result<(), StorageError> {
        self.alone_with(school.uuid()).await
    }

    /// Stores an upload.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_import(&mut self, i: &NewImport, now: Timestamp) -> Result<(), StorageError> {
        let sql = "INSERT INTO roster_import (id, school_id, uploaded_by, uploaded_at, file_hash, version, summary, body) \
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

    /// Marks an import as applied, keeping what it replaced. What was to be applied is not needed any more.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when it was applied since it was read.
    pub async fn applied(
        &mut self,
        import: &ImportRecord,
        before: &[StudentBefore],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE roster_import SET applied_at = $3, version = version + 1 WHERE id = $1 AND version = $2";
        let values = vec![import.id.uuid().into(), i64::try_from(import.version).unwrap_or(-1).into(), at(now)];
        if self.run(sql, values).await? == 0 {
            return Err(StorageError::Stale);
        }
        for chunk in before.chunks(200) {
            let mut v = crate::row::Values::default();
            let mut rows = Vec::with_capacity(chunk.len());
            for b in chunk {
                let was = b.was.as_ref().map(crate::row::to_json).transpose()?;
                rows.push(v.row([import.id.uuid().into(), b.student.uuid().into(), was.into()]));
            }
            let sql = format!("INSERT INTO roster_change (import_id, student_id, was) VALUES {}", rows.join(", "));
            self.run(&sql, v.into_vec()).await?;
        }
        Ok(())
    }

    /// Marks an import as taken back.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when it changed since it was read.
    pub async fn undone(&mut self, import: &ImportRecord, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE roster_import SET undone_at = $3, version = version + 1 WHERE id = $1 AND version = $2";
        let values = vec![import.id.uuid().into(), i64::try_from(import.version).unwrap_or(-1).into(), at(now)];
        match self.run(sql, values).await? {
            0 => Err(StorageError::Stale),
            _ => Ok(()),
        }
    }
}

impl Read<'_> {
    /// An import of one of these schools.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn import(
        &self,
        scope: &domain::access::Scope,
        id: ImportId,
    ) -> Result<Option<ImportRecord>, StorageError> {
        let mut v = crate::row::Values::default();
        let id = v.push(id.uuid());
        let schools = v.list(scope.schools.iter().map(|s| s.uuid()));
        let districts = v.list(scope.districts.iter().map(|s| s.uuid()));
        let sql = format!(
            "SELECT i.* FROM roster_import i JOIN school s ON s.id = i.school_id WHERE i.id = {id} \
             AND (i.school_id IN ({schools}) OR s.district_id IN ({districts}))"
        );
        let row = self.one(&sql, v.into_vec()).await?;
        row.map(|r| {
            Ok(ImportRecord {
                id: ImportId::new(get(&r, "id")?),
                school: SchoolId::new(get(&r, "school_id")?),
                version: number(&r, "version")?,
                uploaded_at: instant(&r, "uploaded_at")?,
                summary: get(&r, "summary")?,
                body: get(&r, "body")?,
                applied_at: maybe_instant(&r, "applied_at")?,
                undone_at: maybe_instant(&r, "undone_at")?,
            })
        })
        .transpose()
    }

    /// What an import replaced, less the students whom a later import has touched.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn replaced_by(&self, id: ImportId) -> Result<Vec<StudentBefore>, StorageError> {
        let sql = "SELECT c.student_id, c.was FROM roster_change c JOIN student s ON s.id = c.student_id \
                   WHERE c.import_id = $1 AND s.import_id = $1 AND (c.was IS NOT NULL OR NOT EXISTS \
                   (SELECT 1 FROM growth_entry g WHERE g.student_id = c.student_id))";
        let rows = self.all(sql, vec![id.uuid().into()]).await?;
        rows.iter()
            .map(|r| {
                let was: Option<String> = get(r, "was")?;
                let was =
                    was.map(|w| serde_json::from_str(&w).map_err(|_| StorageError::Corrupt("roster"))).transpose()?;
                Ok(StudentBefore { student: StudentId::new(get(r, "student_id")?), was })
            })
            .collect()
    }
}
