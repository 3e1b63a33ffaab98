//! Of whom somebody has reported something, and of whom somebody may read it.

use std::collections::BTreeSet;

use domain::access::Scope;
use domain::id::StudentId;
use domain::time::Timestamp;

use crate::row::{Values, at, get, instant};
use crate::student::in_units;
use crate::{Read, StorageError};

impl Read<'_> {
    /// Of some students, those about whom an observation was filed since. For the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn observed_since(
        &self,
        students: &[StudentId],
        since: Timestamp,
    ) -> Result<Vec<StudentId>, StorageError> {
        let mut v = Values::default();
        let (students, since) = (v.list(students.iter().map(|s| s.uuid())), v.push(at(since)));
        let sql = format!(
            "SELECT DISTINCT student_id FROM growth_entry WHERE student_id IN ({students}) AND at >= {since} \
             AND kind = 'observation'"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok(StudentId::new(get(r, "student_id")?))).collect()
    }

    /// What class teachers' lists said of a student since, and when it was written. For the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn said_in_sweeps(
        &self,
        student: StudentId,
        since: Timestamp,
    ) -> Result<Vec<(Timestamp, String)>, StorageError> {
        let sql = "SELECT at, body FROM growth_entry WHERE student_id = $1 AND at >= $2 AND kind = 'mood' \
                   AND body LIKE '%\"what\":\"sweep\"%' ORDER BY at";
        let rows = self.all(sql, vec![student.uuid().into(), at(since)]).await?;
        rows.iter().map(|r| Ok((instant(r, "at")?, get(r, "body")?))).collect()
    }

    /// Of some students, those who lie in a scope now, wherever they were when something was written of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn still_within(&self, scope: &Scope, ids: &[StudentId]) -> Result<BTreeSet<StudentId>, StorageError> {
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut v = Values::default();
        let list = v.list(ids.iter().map(|s| s.uuid()));
        let sql = format!("SELECT s.id FROM student s WHERE s.id IN ({list}) AND {}", in_units(scope, &mut v, "s"));
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok(StudentId::new(get(r, "id")?))).collect()
    }
}
