//! Very many reds to one person.

use std::collections::BTreeSet;

use domain::id::PersonId;
use domain::time::Timestamp;

use crate::row::{Values, at, get, number};
use crate::{Read, StorageError};

impl Read<'_> {
    /// Which of some people were told of more than `most` reds since a time, and of how many.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reds_of(
        &self,
        people: &[PersonId],
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<(PersonId, u32)>, StorageError> {
        let mut v = Values::default();
        let (since, most) = (v.push(at(since)), v.push(i64::from(most)));
        let list = v.list(people.iter().map(|p| p.uuid()));
        let sql = format!(
            "SELECT person_id, COUNT(DISTINCT alert_id) AS n FROM outbox WHERE lane = 'red' AND kind = 'alarm' \
             AND person_id IN ({list}) AND created_at > {since} GROUP BY person_id HAVING COUNT(DISTINCT alert_id) > {most}"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok((PersonId::new(get(r, "person_id")?), number(r, "n")?))).collect()
    }

    /// Which of some people were told of a storm since a time.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn know_of_storm(
        &self,
        people: &[PersonId],
        since: Timestamp,
    ) -> Result<BTreeSet<PersonId>, StorageError> {
        let mut v = Values::default();
        let since = v.push(at(since));
        let list = v.list(people.iter().map(|p| p.uuid()));
        let sql = format!(
            "SELECT DISTINCT person_id FROM outbox WHERE kind = 'storm' AND person_id IN ({list}) AND created_at > {since}"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok(PersonId::new(get(r, "person_id")?))).collect()
    }
}
