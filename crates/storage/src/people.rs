//! The people of an administrator: names, positions, contacts; nothing about children.

use domain::access::Scope;
use domain::id::PersonId;
use domain::org::Unit;
use domain::staff::Role;
use domain::time::Timestamp;

use crate::person::{PersonRecord, person};
use crate::row::Values;
use crate::{Read, StorageError};

/// Which people.
#[derive(Debug, Clone, Default)]
pub struct PeopleFilter {
    /// With a position in this unit.
    pub unit: Option<Unit>,
    /// With this role.
    pub role: Option<Role>,
    /// After this one, in the order of the list: name, id.
    pub after: Option<(String, PersonId)>,
    /// At most so many.
    pub limit: u32,
}

impl Read<'_> {
    /// The people who hold a position in scope now and whose accounts are open; and those who hold none at all, and were proposed there.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn people(
        &self,
        scope: &Scope,
        filter: &PeopleFilter,
        now: Timestamp,
    ) -> Result<Vec<PersonRecord>, StorageError> {
        let mut v = Values::default();
        let schools = v.list(scope.schools.iter().map(|s| s.uuid()));
        let districts = v.list(scope.districts.iter().map(|d| d.uuid()));
        let t = v.push(domain::time::to_micros(now));
        let mut here = format!(
            "x.person_id = p.id AND (x.school_id IN ({schools}) OR x.unit_id IN ({districts}) \
             OR x.school_id IN (SELECT id FROM school WHERE district_id IN ({districts})))"
        );
        if let Some(unit) = filter.unit {
            here = format!("{here} AND x.unit_id = {}", v.push(unit.uuid()));
        }
        if let Some(role) = filter.role {
            here = format!("{here} AND x.role = {}", v.push(role.key()));
        }
        let mut after = String::new();
        if let Some((name, id)) = &filter.after {
            let (name, id) = (v.push(name.clone()), v.push(id.uuid()));
            after = format!(" AND (p.name > {name} OR (p.name = {name} AND p.id > {id}))");
        }
        let sql = format!(
            "SELECT p.id, p.name, p.login FROM person p WHERE p.disabled_at IS NULL \
             AND (EXISTS (SELECT 1 FROM position x WHERE {here} AND x.valid_from <= {t} \
             AND (x.valid_to IS NULL OR x.valid_to > {t})) OR ((EXISTS (SELECT 1 FROM appointment x WHERE {here}) \
             OR EXISTS (SELECT 1 FROM position x WHERE {here} AND x.valid_to <= {t})) AND NOT EXISTS (SELECT 1 FROM position y WHERE y.person_id = p.id \
             AND (y.valid_to IS NULL OR y.valid_to > {t})))){after} ORDER BY p.name, p.id LIMIT {}",
            v.push(i64::from(filter.limit))
        );
        self.all(&sql, v.into_vec()).await?.iter().map(person).collect()
    }
}
