//! What is open about a student, for the service itself: no text, no reader.

use domain::directory::Audience;
use domain::id::{AlertId, PersonId, StudentId};
use domain::staff::Role;
use domain::task::TaskKind;
use domain::time::Timestamp;

use crate::row::{Values, get};
use crate::{Read, StorageError};

/// The words of SQL that say "this alert is open, or somebody is to look at it again".
const LASTS: &str = "(a.closed_at IS NULL OR EXISTS (SELECT 1 FROM closing c WHERE c.alert_id = a.id \
                     AND c.recheck_at IS NOT NULL AND c.rechecked_at IS NULL AND c.reopened_at IS NULL))";
/// The words of SQL that say "everybody may hear of this alert".
const ORDINARY: &str =
    "a.audience = 'everyone' AND NOT EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = a.id)";

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

    /// Whether anything about a student is open of which every class teacher of his may know: neither an alert that leaves
    /// anybody out, nor what stands beside one; of lists these alone. `household` says whether they may know that it is locked.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_openly_open(
        &self,
        student: StudentId,
        lists: &[String],
        household: bool,
    ) -> Result<bool, StorageError> {
        let mut v = Values::default();
        let student = v.push(student.uuid());
        let lists: Vec<String> = lists.iter().map(|code| v.push(code.clone())).collect();
        let lists = if lists.is_empty() { "''".to_owned() } else { lists.join(", ") };
        let kept = [TaskKind::DecisionLook, TaskKind::DecisionQuestion].into_iter().chain(TaskKind::BY_LAW);
        let kept = kept.chain((!household).then_some(TaskKind::GuardianDecision));
        let kept = kept.map(|k| format!("'{}'", k.key())).collect::<Vec<_>>().join(", ");
        let lock = "EXISTS (SELECT 1 FROM household_lock k WHERE k.student_id = s.id AND k.lifted_at IS NULL)";
        let sql = format!(
            "SELECT 1 AS one FROM student s WHERE s.id = {student} AND (\
             EXISTS (SELECT 1 FROM alert a WHERE a.student_id = s.id AND {LASTS} AND {ORDINARY}) \
             OR EXISTS (SELECT 1 FROM task t WHERE t.student_id = s.id AND t.state = 'open' AND t.restricted = FALSE \
             AND t.kind NOT IN ({kept}) AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = t.alert_id AND NOT ({ORDINARY}))) \
             OR EXISTS (SELECT 1 FROM list_membership m WHERE m.student_id = s.id AND m.to_on IS NULL \
             AND m.list IN ({lists}) AND {STANDS}){lock})",
            STANDS = crate::list::STANDS,
            lock = if household { format!(" OR {lock}") } else { String::new() },
        );
        Ok(self.one(&sql, v.into_vec()).await?.is_some())
    }

    /// The alerts of a student that are not over and of which not everybody may hear.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn confided_alerts(&self, student: StudentId) -> Result<Vec<AlertId>, StorageError> {
        let sql =
            format!("SELECT a.id FROM alert a WHERE a.student_id = $1 AND {LASTS} AND NOT ({ORDINARY}) ORDER BY a.id");
        let rows = self.all(&sql, vec![student.uuid().into()]).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "id")?))).collect()
    }

    /// Whether a student is on a list, is referred, or has a plan. For the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_cared_for(&self, student: StudentId) -> Result<bool, StorageError> {
        let sql = format!(
            "SELECT 1 AS one FROM student s WHERE s.id = $1 AND (\
             EXISTS (SELECT 1 FROM referral r WHERE r.student_id = s.id AND r.back_at IS NULL) \
             OR EXISTS (SELECT 1 FROM list_membership m WHERE m.student_id = s.id AND m.to_on IS NULL AND {}) \
             OR EXISTS (SELECT 1 FROM plan q WHERE q.student_id = s.id))",
            crate::list::STANDS
        );
        Ok(self.one(&sql, vec![student.uuid().into()]).await?.is_some())
    }
}
