//! What is open about a student, for the service itself: no text, no reader.

use domain::directory::Audience;
use domain::id::{PersonId, StudentId};
use domain::staff::Role;
use domain::time::Timestamp;

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

    /// Whether a student has an open orange or red of which all of these people may hear.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_serious(
        &self,
        student: StudentId,
        people: &[PersonId],
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut v = Values::default();
        let (student, people) = (v.push(student.uuid()), v.list(people.iter().map(|p| p.uuid())));
        let t = v.push(domain::time::to_micros(now));
        let confidants = Role::ALL.into_iter().filter(|r| Audience::Confidants.admits(*r));
        let confidants: Vec<String> = confidants.map(|r| format!("'{}'", r.key())).collect();
        let sql = format!(
            "SELECT a.id FROM alert a WHERE a.student_id = {student} AND a.closed_at IS NULL AND a.level >= 3 \
             AND (a.audience = 'everyone' OR (a.audience = 'confidants' AND NOT EXISTS (SELECT 1 FROM person q \
             WHERE q.id IN ({people}) AND NOT EXISTS (SELECT 1 FROM position x WHERE x.person_id = q.id \
             AND x.role IN ({}) AND x.valid_from <= {t} AND (x.valid_to IS NULL OR x.valid_to > {t}))))) AND NOT EXISTS (SELECT 1 FROM alert_exclusion x \
             WHERE x.alert_id = a.id AND x.person_id IN ({people})) LIMIT 1",
            confidants.join(", ")
        );
        Ok(self.one(&sql, v.into_vec()).await?.is_some())
    }
}
