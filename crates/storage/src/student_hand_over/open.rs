//! What is open about a student, for the service itself: no text, no reader.

use domain::id::{PersonId, StudentId};

use crate::row::Values;
use crate::{Read, StorageError};

impl Read<'_> {
    /// Whether anything about a student is not over: an alert, a task, a referral, a list, a plan.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_open_matters(&self, student: StudentId) -> Result<bool, StorageError> {
        let sql = format!(
            "SELECT 1 AS one FROM student s WHERE s.id = $1 AND (\
             EXISTS (SELECT 1 FROM alert a WHERE a.student_id = s.id AND a.closed_at IS NULL) \
             OR EXISTS (SELECT 1 FROM alert a JOIN closing c ON c.alert_id = a.id WHERE a.student_id = s.id \
             AND c.recheck_at IS NOT NULL AND c.rechecked_at IS NULL AND c.reopened_at IS NULL) \
             OR EXISTS (SELECT 1 FROM task t WHERE t.student_id = s.id AND t.state = 'open') \
             OR EXISTS (SELECT 1 FROM referral r WHERE r.student_id = s.id AND r.back_at IS NULL) \
             OR EXISTS (SELECT 1 FROM list_membership m WHERE m.student_id = s.id AND m.to_on IS NULL AND {}) \
             OR EXISTS (SELECT 1 FROM plan q WHERE q.student_id = s.id) \
             OR EXISTS (SELECT 1 FROM household_lock k WHERE k.student_id = s.id AND k.lifted_at IS NULL))",
            crate::list::STANDS
        );
        Ok(self.one(&sql, vec![student.uuid().into()]).await?.is_some())
    }

    /// Whether a student has an open orange or red of which these people may hear.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_serious(&self, student: StudentId, people: &[PersonId]) -> Result<bool, StorageError> {
        let mut v = Values::default();
        let (student, people) = (v.push(student.uuid()), v.list(people.iter().map(|p| p.uuid())));
        let sql = format!(
            "SELECT a.id FROM alert a WHERE a.student_id = {student} AND a.closed_at IS NULL AND a.level >= 3 \
             AND a.audience <> 'district_only' AND NOT EXISTS (SELECT 1 FROM alert_exclusion x \
             WHERE x.alert_id = a.id AND x.person_id IN ({people})) LIMIT 1"
        );
        Ok(self.one(&sql, v.into_vec()).await?.is_some())
    }
}
