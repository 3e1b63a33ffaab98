//! What coverage is computed from, and what changes of it have to tell.

use std::collections::BTreeSet;

use domain::coverage::Period;
use domain::directory::Sources;
use domain::id::{AlertId, DistrictId, PersonId, SchoolId};
use domain::org::Unit;
use domain::staff::Position;
use domain::time::Timestamp;
use uuid::Uuid;

use crate::person::position;
use crate::row::{Values, at, get, instant};
use crate::{Read, StorageError, Tx};

impl Read<'_> {
    /// The positions of some units that hold at any time of a period, with the deputies and contact methods of whoever
    /// holds them. `on_duty` stays empty: the roster is read apart.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn coverage_sources(&self, units: &[Unit], period: Period) -> Result<Sources, StorageError> {
        let mut v = Values::default();
        let units = v.list(units.iter().map(|u| u.uuid()));
        let (from, to) = (v.push(domain::time::to_micros(period.from)), v.push(domain::time::to_micros(period.to)));
        let sql = format!(
            "SELECT x.* FROM position x JOIN person p ON p.id = x.person_id WHERE x.unit_id IN ({units}) \
             AND x.valid_from < {to} AND (x.valid_to IS NULL OR x.valid_to > {from}) AND p.disabled_at IS NULL ORDER BY x.id"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        let positions: Vec<Position> = rows.iter().map(position).collect::<Result<_, _>>()?;
        let mut people: BTreeSet<Uuid> = positions.iter().map(|p| p.person.uuid()).collect();
        let mut v = Values::default();
        let ids = v.list(people.iter().copied());
        let (from, to) = (v.push(domain::time::to_micros(period.from)), v.push(domain::time::to_micros(period.to)));
        let sql = format!(
            "SELECT d.* FROM deputy d JOIN person p ON p.id = d.deputy_id WHERE d.person_id IN ({ids}) \
             AND d.from_at < {to} AND d.to_at > {from} AND p.disabled_at IS NULL"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        let deputies: Vec<_> = rows.iter().map(crate::deputy::deputy).collect::<Result<_, _>>()?;
        people.extend(deputies.iter().map(|d| d.deputy.uuid()));
        let contacts = self.contacts_among(&people).await?;
        Ok(Sources { positions, contacts, deputies, ..Sources::default() })
    }

    /// The schools in which somebody holds a position now; a district's people have its schools.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn schools_of(&self, person: PersonId, now: Timestamp) -> Result<Vec<SchoolId>, StorageError> {
        let sql = "SELECT s.id FROM school s WHERE s.id IN (SELECT school_id FROM position x WHERE x.person_id = $1 \
                   AND x.valid_from <= $2 AND (x.valid_to IS NULL OR x.valid_to > $2)) OR s.district_id IN \
                   (SELECT unit_id FROM position x WHERE x.person_id = $1 AND x.unit_kind = 'district' \
                   AND x.valid_from <= $2 AND (x.valid_to IS NULL OR x.valid_to > $2))";
        let rows = self.all(sql, vec![person.uuid().into(), at(now)]).await?;
        rows.iter().map(|r| Ok(SchoolId::new(get(r, "id")?))).collect()
    }

    /// The schools of a district.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn schools_in(&self, district: DistrictId) -> Result<Vec<SchoolId>, StorageError> {
        let rows = self.all("SELECT id FROM school WHERE district_id = $1", vec![district.uuid().into()]).await?;
        rows.iter().map(|r| Ok(SchoolId::new(get(r, "id")?))).collect()
    }

    /// The alerts of a school that are open, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_alerts_of(&self, school: SchoolId) -> Result<Vec<AlertId>, StorageError> {
        let sql = "SELECT id FROM alert WHERE school_id = $1 AND closed_at IS NULL ORDER BY id";
        let rows = self.all(sql, vec![school.uuid().into()]).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "id")?))).collect()
    }

    /// Turns of duty and deputations that began after an instant and not after another: whose, and in which school a
    /// turn is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begun(
        &self,
        after: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(PersonId, Option<SchoolId>, Timestamp)>, StorageError> {
        let sql = "SELECT person_id, school_id, from_at FROM duty WHERE from_at > $1 AND from_at <= $2 \
                   UNION ALL SELECT person_id, NULL, from_at FROM deputy WHERE from_at > $1 AND from_at <= $2";
        let rows = self.all(sql, vec![at(after), at(until)]).await?;
        rows.iter()
            .map(|r| {
                let school = get::<Option<Uuid>>(r, "school_id")?.map(SchoolId::new);
                Ok((PersonId::new(get(r, "person_id")?), school, instant(r, "from_at")?))
            })
            .collect()
    }
}

impl Tx {
    /// Says that those who can be told of an alert have changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn signal_directory(&mut self, id: Uuid, alert: AlertId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "INSERT INTO signal (id, alert_id, kind, epoch, rung, created_at) \
                   VALUES ($1, $2, 'directory_changed', 0, 0, $3)";
        self.run(sql, vec![id.into(), alert.uuid().into(), at(now)]).await.map(|_| ())
    }
}
