//! The audit log. Append-only; ids only.

use domain::audit::Act;
use domain::id::{PersonId, StudentId};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::row::{Values, at};
use crate::{Read, StorageError, Tx};

/// One line of the audit log.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; nobody when the service acted by itself.
    pub person: Option<PersonId>,
    /// What.
    pub act: Act,
    /// About which student.
    pub student: Option<StudentId>,
    /// The id of what was touched.
    pub object: Option<String>,
    /// A word more, never content.
    pub detail: Option<String>,
    /// The request.
    pub request: Option<String>,
}

impl Tx {
    /// Writes lines of the audit log.
    ///
    /// # Errors
    /// When the database refuses; then the act must not happen either.
    pub async fn audit(&mut self, entries: &[AuditEntry]) -> Result<(), StorageError> {
        for chunk in entries.chunks(200) {
            let mut v = Values::default();
            let rows: Vec<String> = chunk
                .iter()
                .map(|e| {
                    v.row([
                        e.id.into(),
                        at(e.at),
                        e.person.map(PersonId::uuid).into(),
                        e.act.key().into(),
                        e.student.map(StudentId::uuid).into(),
                        e.object.clone().into(),
                        e.detail.clone().into(),
                        e.request.clone().into(),
                    ])
                })
                .collect();
            let sql = format!(
                "INSERT INTO audit (id, at, person_id, act, student_id, object, detail, request_id) VALUES {}",
                rows.join(", ")
            );
            self.run(&sql, v.into_vec()).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// The words more that stand beside some acts about a student since.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn details_since(
        &self,
        student: StudentId,
        acts: &[Act],
        since: Timestamp,
    ) -> Result<Vec<String>, StorageError> {
        let mut v = Values::default();
        let (student, since) = (v.push(student.uuid()), v.push(domain::time::to_micros(since)));
        let words: Vec<String> = acts.iter().map(|a| v.push(a.key())).collect();
        let sql = format!(
            "SELECT detail FROM audit WHERE student_id = {student} AND at >= {since} AND detail IS NOT NULL AND act IN ({}) \
             ORDER BY at, id",
            words.join(", ")
        );
        self.all(&sql, v.into_vec()).await?.iter().map(|r| crate::row::get(r, "detail")).collect()
    }

    /// How often a person has done some acts since.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn acts_since(&self, person: PersonId, acts: &[Act], since: Timestamp) -> Result<u64, StorageError> {
        let mut v = Values::default();
        let (person, since) = (v.push(person.uuid()), v.push(domain::time::to_micros(since)));
        let words: Vec<String> = acts.iter().map(|a| v.push(a.key())).collect();
        let sql = format!(
            "SELECT COUNT(*) AS number FROM audit WHERE person_id = {person} AND at >= {since} AND act IN ({})",
            words.join(", ")
        );
        let row = self.one(&sql, v.into_vec()).await?;
        row.map_or(Ok(0), |r| crate::row::number(&r, "number"))
    }
}
