//! A position is proposed or given, and decided on.

use domain::appointment::AppointmentState;
use domain::id::{AppointmentId, PersonId, SchoolId};
use domain::time::Timestamp;

use super::AppointmentRecord;
use crate::row::at;
use crate::{StorageError, Tx};

impl Tx {
    /// Keeps a position that was proposed or given.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when the same waits already.
    pub async fn add_appointment(&mut self, a: &AppointmentRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO appointment (id, person_id, role, unit_kind, unit_id, school_id, district_id, lead, \
                   proposed_by, proposed_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let values = vec![
            a.id.uuid().into(),
            a.person.0.uuid().into(),
            a.role.key().into(),
            a.unit.kind().key().into(),
            a.unit.uuid().into(),
            a.school.map(SchoolId::uuid).into(),
            a.district.uuid().into(),
            a.lead.into(),
            a.proposed_by.as_ref().map(|(by, _)| by.uuid()).into(),
            at(a.proposed_at),
            a.state.key().into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Somebody confirms or refuses one that waits. Says whether it still did.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn decide_appointment(
        &mut self,
        id: AppointmentId,
        (state, reason): (AppointmentState, Option<&str>),
        by: PersonId,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let sql = "UPDATE appointment SET state = $2, reason = $3, decided_by = $4, decided_at = $5 \
                   WHERE id = $1 AND state = 'waiting'";
        let reason = reason.map(str::to_owned);
        let values = vec![id.uuid().into(), state.key().into(), reason.into(), by.uuid().into(), at(now)];
        Ok(self.run(sql, values).await? > 0)
    }
}
