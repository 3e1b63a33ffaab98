//! Deputies.

use domain::id::{DeputyId, PersonId};
use domain::staff::Deputy;
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::row::{at, get, instant};
use crate::{Read, StorageError, Tx};

/// A deputation, with the names of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeputyRecord {
    /// Its id.
    pub id: DeputyId,
    /// Who stands in for whom, and when.
    pub deputy: Deputy,
    /// The name of who is away.
    pub person_name: String,
    /// The name of who stands in.
    pub deputy_name: String,
}

const SELECT: &str = "SELECT d.*, p.name AS person_name, q.name AS deputy_name FROM deputy d \
                      JOIN person p ON p.id = d.person_id JOIN person q ON q.id = d.deputy_id";

/// All deputations are one subject.
const DEPUTIES: uuid::Uuid = uuid::Uuid::from_u128(0x6465_7075_7469_6573);

impl Tx {
    /// Waits for everybody else who names a deputy.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alone_with_deputies(&self) -> Result<(), StorageError> {
        self.alone_with(DEPUTIES).await
    }

    /// Names a deputy.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when he stands in from that time on already.
    pub async fn add_deputy(&mut self, id: DeputyId, d: &Deputy, by: Option<PersonId>) -> Result<(), StorageError> {
        let sql =
            "INSERT INTO deputy (id, person_id, deputy_id, from_at, to_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            id.uuid().into(),
            d.person.uuid().into(),
            d.deputy.uuid().into(),
            at(d.from),
            at(d.to),
            by.map(PersonId::uuid).into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Ends a deputation: one that has not begun falls away.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_deputy(&mut self, id: DeputyId, now: Timestamp) -> Result<(), StorageError> {
        let values = || vec![id.uuid().into(), at(now)];
        self.run("DELETE FROM deputy WHERE id = $1 AND from_at >= $2", values()).await?;
        self.run("UPDATE deputy SET to_at = $2 WHERE id = $1 AND to_at > $2", values()).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The deputations of and by a person that are not over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn deputations_of(&self, person: PersonId, now: Timestamp) -> Result<Vec<DeputyRecord>, StorageError> {
        let sql =
            format!("{SELECT} WHERE (d.person_id = $1 OR d.deputy_id = $1) AND d.to_at > $2 ORDER BY d.from_at, d.id");
        self.all(&sql, vec![person.uuid().into(), at(now)]).await?.iter().map(record).collect()
    }

    /// One deputation that is not over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn deputation(&self, id: DeputyId, now: Timestamp) -> Result<Option<DeputyRecord>, StorageError> {
        let sql = format!("{SELECT} WHERE d.id = $1 AND d.to_at > $2");
        self.one(&sql, vec![id.uuid().into(), at(now)]).await?.as_ref().map(record).transpose()
    }

    /// Every deputation that is not over: a ring may pass through several schools.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn deputations(&self, now: Timestamp) -> Result<Vec<Deputy>, StorageError> {
        self.all("SELECT * FROM deputy WHERE to_at > $1", vec![at(now)]).await?.iter().map(deputy).collect()
    }
}

pub(crate) fn deputy(r: &QueryResult) -> Result<Deputy, StorageError> {
    Ok(Deputy {
        person: PersonId::new(get(r, "person_id")?),
        deputy: PersonId::new(get(r, "deputy_id")?),
        from: instant(r, "from_at")?,
        to: instant(r, "to_at")?,
    })
}

fn record(r: &QueryResult) -> Result<DeputyRecord, StorageError> {
    Ok(DeputyRecord {
        id: DeputyId::new(get(r, "id")?),
        deputy: deputy(r)?,
        person_name: get(r, "person_name")?,
        deputy_name: get(r, "deputy_name")?,
    })
}
