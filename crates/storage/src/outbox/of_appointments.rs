//! What is told of positions: that one waits only while it does and the account is open, that one was given as it was.

use uuid::Uuid;

use super::Claimed;
use super::address::ADDRESS;
use super::work::claimed;
use crate::row::Values;
use crate::{StorageError, Tx};

impl Tx {
    /// Those that are about positions of the staff.
    pub(super) async fn claimed_of_appointments(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, 'open' AS climb_state, m.epoch AS alert_epoch, \
             CAST(CASE WHEN (t.state = 'waiting' AND w.disabled_at IS NULL) OR m.kind = 'appointment_made' THEN 1 ELSE 0 END AS BIGINT) AS hears, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN appointment t ON t.id = m.alert_id \
             JOIN person w ON w.id = t.person_id \
             WHERE m.id IN ({list}) AND m.kind IN ('appointment_waits', 'appointment_made') \
             ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }
}
