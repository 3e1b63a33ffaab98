//! Of whom somebody has reported something.

use domain::id::StudentId;
use domain::time::Timestamp;

use crate::row::{Values, at, get};
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
}
