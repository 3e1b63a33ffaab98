//! What is told of hand-overs of students.

use uuid::Uuid;

use super::Claimed;
use super::work::{ADDRESS, claimed};
use crate::row::Values;
use crate::{StorageError, Tx};

impl Tx {
    /// What asks for an answer about students goes out while somebody has to answer; what was answered goes out as it was.
    pub(super) async fn claimed_of_students(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, 'open' AS climb_state, m.epoch AS alert_epoch, \
             CAST(CASE WHEN t.act_at IS NOT NULL OR m.kind = 'student_answered' OR m.repeat_no > 1 THEN 1 ELSE 0 END \
             AS BIGINT) AS hears, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN student_hand_over t ON t.id = m.alert_id \
             WHERE m.id IN ({list}) AND m.kind IN ('student_waits', 'student_overdue', 'student_answered') \
             ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }
}
