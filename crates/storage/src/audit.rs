//! The audit log. Append-only; ids only.

use domain::audit::Act;
use domain::id::{PersonId, StudentId};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::row::{Values, at};
use crate::{StorageError, Tx};

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
