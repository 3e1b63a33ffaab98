//! Finding drills. Who may see one is asked by whoever looks: a drill tells of staff alone.

use domain::id::{DrillId, PersonId, SchoolId};
use domain::time::Timestamp;

use super::{DrillRecord, drill};
use crate::row::{Values, at};
use crate::{Read, StorageError};

/// A real red of the school that somebody has to see to now, and of which everybody may hear. What runs under a restriction
/// shows itself to nobody, also not by a drill that stops.
const URGENT: &str = "SELECT 1 AS one FROM alert a WHERE a.closed_at IS NULL AND a.level = 4 AND a.confidential = FALSE \
                      AND a.climb_state IN ('open', 'acked')";

/// The same, as a condition on a drill `d`.
pub(crate) fn disturbed() -> String {
    format!("EXISTS ({URGENT} AND a.school_id = d.school_id)")
}

impl Read<'_> {
    /// A drill, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn drill(&self, id: DrillId) -> Result<Option<DrillRecord>, StorageError> {
        self.one("SELECT * FROM drill WHERE id = $1", vec![id.uuid().into()]).await?.as_ref().map(drill).transpose()
    }

    /// The drills that run, of all schools.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn running_drills(&self) -> Result<Vec<DrillRecord>, StorageError> {
        self.all("SELECT * FROM drill WHERE ended_at IS NULL ORDER BY started_at", vec![])
            .await?
            .iter()
            .map(drill)
            .collect()
    }

    /// The drill that runs in a school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn running_drill_of(&self, school: SchoolId) -> Result<Option<DrillRecord>, StorageError> {
        let sql = "SELECT * FROM drill WHERE school_id = $1 AND ended_at IS NULL";
        self.one(sql, vec![school.uuid().into()]).await?.as_ref().map(drill).transpose()
    }

    /// The drills of some schools, the latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn drills_of(
        &self,
        schools: impl IntoIterator<Item = SchoolId>,
        limit: u32,
    ) -> Result<Vec<DrillRecord>, StorageError> {
        let mut v = Values::default();
        let schools = v.list(schools.into_iter().map(SchoolId::uuid));
        let most = v.push(i64::from(limit));
        let sql = format!(
            "SELECT * FROM drill WHERE school_id IN ({schools}) ORDER BY started_at DESC, id DESC LIMIT {most}"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(drill).collect()
    }

    /// The drills after an instant that somebody was told of, the latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn drills_told_to(&self, person: PersonId, since: Timestamp) -> Result<Vec<DrillRecord>, StorageError> {
        let sql = "SELECT * FROM drill d WHERE d.started_at > $2 AND EXISTS (SELECT 1 FROM outbox m \
                   WHERE m.alert_id = d.id AND m.person_id = $1 AND m.lane = 'drill') ORDER BY d.started_at DESC LIMIT 20";
        self.all(sql, vec![person.uuid().into(), at(since)]).await?.iter().map(drill).collect()
    }

    /// Whether something real goes on in a school, beside which there can be no drill.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_urgent_red(&self, school: SchoolId) -> Result<bool, StorageError> {
        let sql = format!("{URGENT} AND a.school_id = $1 LIMIT 1");
        Ok(self.one(&sql, vec![school.uuid().into()]).await?.is_some())
    }
}
