//! What somebody leaves behind.

use domain::id::{AlertId, DeputyId, DutyId, PersonId, PositionId, SchoolId};
use domain::org::Unit;
use domain::staff::Position;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::person::position;
use crate::row::{Values, at, get};
use crate::{Read, StorageError, Tx};

impl Read<'_> {
    /// A position, and the school that its unit lies in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn position(&self, id: PositionId) -> Result<Option<(Position, Option<SchoolId>)>, StorageError> {
        let row = self.one("SELECT * FROM position WHERE id = $1", vec![id.uuid().into()]).await?;
        row.as_ref().map(placed).transpose()
    }

    /// The positions of a person that are not over, each with its school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn positions_of(
        &self,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Vec<(Position, Option<SchoolId>)>, StorageError> {
        let sql = "SELECT * FROM position WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2) ORDER BY id";
        self.all(sql, vec![person.uuid().into(), at(now)]).await?.iter().map(placed).collect()
    }

    /// Where somebody held what has ended.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ended_positions_of(
        &self,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Vec<(Position, Option<SchoolId>)>, StorageError> {
        let sql = "SELECT * FROM position WHERE person_id = $1 AND valid_to <= $2 ORDER BY id";
        self.all(sql, vec![person.uuid().into(), at(now)]).await?.iter().map(placed).collect()
    }

    /// The positions of administrators of some units that hold and have no end, of people whose accounts are open.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn administrators(&self, units: &[Unit], now: Timestamp) -> Result<Vec<PositionId>, StorageError> {
        let mut v = Values::default();
        let (units, now) = (v.list(units.iter().map(|u| u.uuid())), v.push(domain::time::to_micros(now)));
        let sql = format!(
            "SELECT x.id FROM position x JOIN person p ON p.id = x.person_id WHERE x.unit_id IN ({units}) \
             AND x.role = 'administrator' AND x.valid_from <= {now} AND x.valid_to IS NULL AND p.disabled_at IS NULL"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok(PositionId::new(get(r, "id")?))).collect()
    }

    /// The open alerts that are somebody's.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn owned_alerts(&self, person: PersonId) -> Result<Vec<AlertId>, StorageError> {
        let sql = "SELECT id FROM alert WHERE owner_id = $1 AND closed_at IS NULL ORDER BY id";
        let rows = self.all(sql, vec![person.uuid().into()]).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "id")?))).collect()
    }
}

impl Tx {
    /// Ends a position now; one that has not begun never does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cut_position(&mut self, p: &Position, now: Timestamp) -> Result<(), StorageError> {
        let soonest = p.valid_from + chrono::TimeDelta::microseconds(1);
        self.end_position(p.id, now.max(soonest)).await
    }

    /// Gives a turn of duty to somebody else.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when he has that turn already.
    pub async fn pass_duty(&mut self, id: DutyId, to: PersonId) -> Result<(), StorageError> {
        let sql = "UPDATE duty SET person_id = $2 WHERE id = $1";
        self.run(sql, vec![id.uuid().into(), to.uuid().into()]).await.map(|_| ())
    }

    /// Ends every deputation of and by a person.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_deputations(&mut self, ids: &[DeputyId], now: Timestamp) -> Result<(), StorageError> {
        for id in ids {
            self.end_deputy(*id, now).await?;
        }
        Ok(())
    }

    /// Ends every session of a person: they are refused from the next request on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revoke_sessions(&mut self, person: PersonId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE session SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL";
        self.run(sql, vec![person.uuid().into(), at(now)]).await.map(|_| ())
    }
}

fn placed(r: &QueryResult) -> Result<(Position, Option<SchoolId>), StorageError> {
    Ok((position(r)?, get::<Option<Uuid>>(r, "school_id")?.map(SchoolId::new)))
}
