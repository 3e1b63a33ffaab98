//! People, positions, contact methods, deputies, duty.

use std::collections::BTreeSet;

use domain::access::{Actor, Place, StandIn};
use domain::delivery::Channel;
use domain::directory::Sources;
use domain::id::{ClassId, DistrictId, GradeId, PersonId, PositionId, SchoolId};
use domain::org::Unit;
use domain::staff::{ContactMethod, Deputy, Position, Role};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, maybe_at, maybe_instant, word};
use crate::{Read, StorageError, Tx};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// The id.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The login.
    pub login: String,
}

/// What signing in looks at.
#[derive(Debug, Clone)]
pub struct SignInRecord {
    /// The id.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// PHC string of the password.
    pub password_hash: String,
    /// Whether the account is closed.
    pub disabled: bool,
}

impl Tx {
    /// Adds a person.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when the login is taken.
    pub async fn add_person(
        &mut self,
        person: &PersonRecord,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO person (id, login, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)";
        let values = vec![
            person.id.uuid().into(),
            person.login.clone().into(),
            person.name.clone().into(),
            password_hash.into(),
            at(now),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Closes or opens an account.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_disabled(&mut self, person: PersonId, since: Option<Timestamp>) -> Result<(), StorageError> {
        let sql = "UPDATE person SET disabled_at = $2 WHERE id = $1";
        self.run(sql, vec![person.uuid().into(), maybe_at(since)]).await.map(|_| ())
    }

    /// Adds a position; `school` is the school that its unit lies in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_position(&mut self, p: &Position, school: Option<SchoolId>) -> Result<(), StorageError> {
        let sql = "INSERT INTO position (id, person_id, role, unit_kind, unit_id, school_id, lead, valid_from, valid_to) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let values = vec![
            p.id.uuid().into(),
            p.person.uuid().into(),
            p.role.key().into(),
            p.unit.kind().key().into(),
            p.unit.uuid().into(),
            school.map(SchoolId::uuid).into(),
            p.lead.into(),
            at(p.valid_from),
            maybe_at(p.valid_to),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Ends a position.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_position(&mut self, id: PositionId, when: Timestamp) -> Result<(), StorageError> {
        self.run("UPDATE position SET valid_to = $2 WHERE id = $1", vec![id.uuid().into(), at(when)]).await.map(|_| ())
    }

    /// Adds a contact method.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when the person has it.
    pub async fn add_contact(&mut self, c: &ContactMethod) -> Result<(), StorageError> {
        let sql = "INSERT INTO contact_method (person_id, channel, address, verified_at) VALUES ($1, $2, $3, $4)";
        let values =
            vec![c.person.uuid().into(), c.channel.key().into(), c.address.clone().into(), maybe_at(c.verified_at)];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// What signing in looks at.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sign_in_record(&self, login: &str) -> Result<Option<SignInRecord>, StorageError> {
        let sql = "SELECT id, name, password_hash, disabled_at FROM person WHERE login = $1";
        let row = self.one(sql, vec![login.into()]).await?;
        row.map(|r| {
            Ok(SignInRecord {
                id: PersonId::new(get(&r, "id")?),
                name: get(&r, "name")?,
                password_hash: get(&r, "password_hash")?,
                disabled: get::<Option<i64>>(&r, "disabled_at")?.is_some(),
            })
        })
        .transpose()
    }

    /// A person.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn person(&self, id: PersonId) -> Result<Option<PersonRecord>, StorageError> {
        let row = self.one("SELECT id, name, login FROM person WHERE id = $1", vec![id.uuid().into()]).await?;
        row.as_ref().map(person).transpose()
    }

    /// The members of staff of a school now, for naming whom a report concerns. Peer monitors are children and are not
    /// among them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn staff_of(&self, school: SchoolId, now: Timestamp) -> Result<Vec<PersonRecord>, StorageError> {
        let sql = "SELECT DISTINCT p.id, p.name, p.login FROM person p JOIN position x ON x.person_id = p.id \
                   WHERE x.school_id = $1 AND x.role <> 'peer_monitor' AND p.disabled_at IS NULL \
                   AND x.valid_from <= $2 AND (x.valid_to IS NULL OR x.valid_to > $2) ORDER BY p.name";
        self.all(sql, vec![school.uuid().into(), at(now)]).await?.iter().map(person).collect()
    }

    /// A person with the positions and duties that hold now, and those for whom he stands in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn actor(&self, id: PersonId, now: Timestamp) -> Result<Actor, StorageError> {
        let mut actor = self.holder(id, now).await?;
        let sql = "SELECT d.person_id, d.set_by FROM deputy d JOIN person p ON p.id = d.person_id WHERE d.deputy_id = $1 \
                   AND d.from_at <= $2 AND d.to_at > $2 AND p.disabled_at IS NULL ORDER BY d.from_at LIMIT 20";
        for row in self.all(sql, vec![id.uuid().into(), at(now)]).await? {
            let away: Uuid = get(&row, "person_id")?;
            let entrusted = get::<Option<Uuid>>(&row, "set_by")? == Some(away);
            actor.stands_in.push(StandIn { away: self.holder(PersonId::new(away), now).await?, entrusted });
        }
        Ok(actor)
    }

    async fn holder(&self, id: PersonId, now: Timestamp) -> Result<Actor, StorageError> {
        let sql = "SELECT * FROM position WHERE person_id = $1 AND valid_from <= $2 \
                   AND (valid_to IS NULL OR valid_to > $2) ORDER BY valid_from, id";
        let rows = self.all(sql, vec![id.uuid().into(), at(now)]).await?;
        let positions = rows
            .iter()
            .map(|r| Ok((position(r)?, get::<Option<Uuid>>(r, "school_id")?.map(SchoolId::new))))
            .collect::<Result<_, StorageError>>()?;
        let sql = "SELECT school_id FROM duty WHERE person_id = $1 AND from_at <= $2 AND to_at > $2";
        let duty = self.all(sql, vec![id.uuid().into(), at(now)]).await?;
        let on_duty =
            duty.iter().map(|r| Ok(SchoolId::new(get(r, "school_id")?))).collect::<Result<_, StorageError>>()?;
        Ok(Actor { person: id, positions, on_duty, stands_in: Vec::new() })
    }

    /// Whether an account is closed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_disabled(&self, id: PersonId) -> Result<bool, StorageError> {
        let sql = "SELECT 1 AS one FROM person WHERE id = $1 AND disabled_at IS NULL";
        Ok(self.one(sql, vec![id.uuid().into()]).await?.is_none())
    }

    /// The contact methods of a person.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn contacts(&self, id: PersonId) -> Result<Vec<ContactMethod>, StorageError> {
        let sql = "SELECT * FROM contact_method WHERE person_id = $1 ORDER BY channel, address";
        self.all(sql, vec![id.uuid().into()]).await?.iter().map(contact).collect()
    }

    /// Who stands in for a person now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn deputies_of(&self, id: PersonId, now: Timestamp) -> Result<Vec<PersonRecord>, StorageError> {
        let sql = "SELECT p.id, p.name, p.login FROM deputy d JOIN person p ON p.id = d.deputy_id \
                   WHERE d.person_id = $1 AND d.from_at <= $2 AND d.to_at > $2";
        self.all(sql, vec![id.uuid().into(), at(now)]).await?.iter().map(person).collect()
    }

    /// Everything that the directory of one alert is made of, less who is excluded and who may hear.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn directory_sources(&self, place: &Place, now: Timestamp) -> Result<Sources, StorageError> {
        let units = [
            Unit::Class(place.class),
            Unit::Grade(place.grade),
            Unit::School(place.school),
            Unit::District(place.district),
        ];
        self.directory_of_units(&units, place.school, now).await
    }

    /// The same for the offices of some units, with whoever is on duty in a school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn directory_of_units(
        &self,
        units: &[Unit],
        school: SchoolId,
        now: Timestamp,
    ) -> Result<Sources, StorageError> {
        let mut v = Values::default();
        let units = v.list(units.iter().map(|u| u.uuid()));
        let t = v.push(domain::time::to_micros(now));
        let live = format!(
            "x.unit_id IN ({units}) AND x.valid_from <= {t} AND (x.valid_to IS NULL OR x.valid_to > {t}) \
             AND p.disabled_at IS NULL"
        );
        let sql = format!("SELECT x.* FROM position x JOIN person p ON p.id = x.person_id WHERE {live} ORDER BY x.id");
        let positions: Vec<Position> =
            self.all(&sql, v.into_vec()).await?.iter().map(position).collect::<Result<_, _>>()?;
        let sql = "SELECT d.person_id FROM duty d JOIN person p ON p.id = d.person_id WHERE d.school_id = $1 \
                   AND d.from_at <= $2 AND d.to_at > $2 AND p.disabled_at IS NULL ORDER BY d.from_at";
        let rows = self.all(sql, vec![school.uuid().into(), at(now)]).await?;
        let on_duty: Vec<PersonId> =
            rows.iter().map(|r| Ok(PersonId::new(get(r, "person_id")?))).collect::<Result<_, StorageError>>()?;
        let mut people: BTreeSet<Uuid> = positions.iter().map(|p| p.person.uuid()).collect();
        people.extend(on_duty.iter().map(|p| p.uuid()));
        let deputies = self.deputies_among(&people, now).await?;
        people.extend(deputies.iter().map(|d| d.deputy.uuid()));
        let contacts = self.contacts_among(&people).await?;
        let chosen = self.channel_choices(&people).await?;
        Ok(Sources { positions, on_duty, contacts, deputies, chosen, ..Sources::default() })
    }

    async fn deputies_among(&self, people: &BTreeSet<Uuid>, now: Timestamp) -> Result<Vec<Deputy>, StorageError> {
        let mut v = Values::default();
        let ids = v.list(people.iter().copied());
        let t = v.push(domain::time::to_micros(now));
        let sql = format!(
            "SELECT d.* FROM deputy d JOIN person p ON p.id = d.deputy_id WHERE d.person_id IN ({ids}) \
             AND d.from_at <= {t} AND d.to_at > {t} AND p.disabled_at IS NULL"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(crate::deputy::deputy).collect()
    }

    pub(crate) async fn contacts_among(&self, people: &BTreeSet<Uuid>) -> Result<Vec<ContactMethod>, StorageError> {
        let mut v = Values::default();
        let ids = v.list(people.iter().copied());
        let sql = format!("SELECT * FROM contact_method WHERE person_id IN ({ids})");
        self.all(&sql, v.into_vec()).await?.iter().map(contact).collect()
    }

    /// The names of people.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn names(&self, people: &[PersonId]) -> Result<Vec<PersonRecord>, StorageError> {
        let mut v = Values::default();
        let ids = v.list(people.iter().map(|p| p.uuid()));
        let sql = format!("SELECT id, name, login FROM person WHERE id IN ({ids})");
        self.all(&sql, v.into_vec()).await?.iter().map(person).collect()
    }

    /// Whether one of these people heads the school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn holds_principal(
        &self,
        people: &[PersonId],
        school: SchoolId,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut v = Values::default();
        let ids = v.list(people.iter().map(|p| p.uuid()));
        let s = v.push(school.uuid());
        let t = v.push(domain::time::to_micros(now));
        let sql = format!(
            "SELECT id FROM position WHERE person_id IN ({ids}) AND unit_id = {s} AND role IN ('principal', 'party_secretary') \
             AND valid_from <= {t} AND (valid_to IS NULL OR valid_to > {t}) LIMIT 1"
        );
        Ok(self.one(&sql, v.into_vec()).await?.is_some())
    }
}

pub(crate) fn person(r: &QueryResult) -> Result<PersonRecord, StorageError> {
    Ok(PersonRecord { id: PersonId::new(get(r, "id")?), name: get(r, "name")?, login: get(r, "login")? })
}

pub(crate) fn contact(r: &QueryResult) -> Result<ContactMethod, StorageError> {
    Ok(ContactMethod {
        person: PersonId::new(get(r, "person_id")?),
        channel: word(r, "channel", Channel::from_key)?,
        address: get(r, "address")?,
        verified_at: maybe_instant(r, "verified_at")?,
    })
}

/// The unit of a position.
pub(crate) fn unit(r: &QueryResult) -> Result<Unit, StorageError> {
    let (kind, id): (String, Uuid) = (get(r, "unit_kind")?, get(r, "unit_id")?);
    match kind.as_str() {
        "district" => Ok(Unit::District(DistrictId::new(id))),
        "school" => Ok(Unit::School(SchoolId::new(id))),
        "grade" => Ok(Unit::Grade(GradeId::new(id))),
        "class" => Ok(Unit::Class(ClassId::new(id))),
        _ => Err(StorageError::Corrupt("unit")),
    }
}

pub(crate) fn position(r: &QueryResult) -> Result<Position, StorageError> {
    Ok(Position {
        id: PositionId::new(get(r, "id")?),
        person: PersonId::new(get(r, "person_id")?),
        role: word(r, "role", Role::from_key)?,
        unit: unit(r)?,
        lead: get(r, "lead")?,
        valid_from: instant(r, "valid_from")?,
        valid_to: maybe_instant(r, "valid_to")?,
    })
}
