//! The duty roster.

use domain::coverage::{DutyTurn, Period};
use domain::id::{DutyId, PersonId, SchoolId};
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::row::{at, get, instant};
use crate::{Read, StorageError, Tx};

/// A turn of duty, with the name of whoever has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRecord {
    /// The turn.
    pub turn: DutyTurn,
    /// The school.
    pub school: SchoolId,
    /// The name.
    pub name: String,
}

const SELECT: &str = "SELECT d.*, p.name FROM duty d JOIN person p ON p.id = d.person_id";

impl Tx {
    /// Puts a person on duty. `by` is nobody when a demonstration or a test does.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when that turn is set already.
    pub async fn add_duty(
        &mut self,
        school: SchoolId,
        turn: &DutyTurn,
        by: Option<PersonId>,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO duty (id, school_id, person_id, from_at, to_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            turn.id.uuid().into(),
            school.uuid().into(),
            turn.person.uuid().into(),
            at(turn.period.from),
            at(turn.period.to),
            by.map(PersonId::uuid).into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Takes a turn back.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn remove_duty(&mut self, id: DutyId) -> Result<(), StorageError> {
        self.run("DELETE FROM duty WHERE id = $1", vec![id.uuid().into()]).await.map(|_| ())
    }

    /// Ends the turns of somebody who leaves: those to come fall away, the present one ends now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_duties(&mut self, person: PersonId, now: Timestamp) -> Result<(), StorageError> {
        let values = || vec![person.uuid().into(), at(now)];
        self.run("DELETE FROM duty WHERE person_id = $1 AND from_at >= $2", values()).await?;
        self.run("UPDATE duty SET to_at = $2 WHERE person_id = $1 AND to_at > $2", values()).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The turns of a school that touch a period, in order. Whoever's account is closed is not on duty.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn duty(&self, school: SchoolId, period: Period) -> Result<Vec<DutyRecord>, StorageError> {
        let sql = format!(
            "{SELECT} WHERE d.school_id = $1 AND d.to_at > $2 AND d.from_at < $3 AND p.disabled_at IS NULL \
             ORDER BY d.from_at, d.to_at, d.id"
        );
        let values = vec![school.uuid().into(), at(period.from), at(period.to)];
        self.all(&sql, values).await?.iter().map(record).collect()
    }

    /// One turn of a school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn duty_turn(&self, school: SchoolId, id: DutyId) -> Result<Option<DutyRecord>, StorageError> {
        let sql = format!("{SELECT} WHERE d.school_id = $1 AND d.id = $2");
        self.one(&sql, vec![school.uuid().into(), id.uuid().into()]).await?.as_ref().map(record).transpose()
    }

    /// The turns of a person that are not over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn duties_of(&self, person: PersonId, now: Timestamp) -> Result<Vec<DutyRecord>, StorageError> {
        let sql = format!("{SELECT} WHERE d.person_id = $1 AND d.to_at > $2 ORDER BY d.from_at, d.id");
        self.all(&sql, vec![person.uuid().into(), at(now)]).await?.iter().map(record).collect()
    }
}

fn record(r: &QueryResult) -> Result<DutyRecord, StorageError> {
    let period = Period { from: instant(r, "from_at")?, to: instant(r, "to_at")? };
    let turn = DutyTurn { id: DutyId::new(get(r, "id")?), person: PersonId::new(get(r, "person_id")?), period };
    Ok(DutyRecord { turn, school: SchoolId::new(get(r, "school_id")?), name: get(r, "name")? })
}
