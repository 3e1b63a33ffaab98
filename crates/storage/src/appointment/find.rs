//! Which positions were proposed or given.

use domain::access::Scope;
use domain::appointment::AppointmentState;
use domain::id::{AppointmentId, DistrictId, PersonId, SchoolId};
use domain::staff::Role;
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{AppointmentFilter, AppointmentRecord};
use crate::person::unit;
use crate::row::{Values, get, instant, maybe_instant, word};
use crate::{Read, StorageError};

pub(super) const WHOLE: &str = "SELECT t.*, p.name AS person_name, p.first_password, p.password_set_at, p.password_vouched, b.name AS proposed_name, d.name AS decided_name FROM appointment t \
    JOIN person p ON p.id = t.person_id LEFT JOIN person b ON b.id = t.proposed_by LEFT JOIN person d ON d.id = t.decided_by";

impl Read<'_> {
    /// One of them, where it lies in a scope.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn appointment(
        &self,
        scope: &Scope,
        id: AppointmentId,
    ) -> Result<Option<AppointmentRecord>, StorageError> {
        let mut v = Values::default();
        let (within, id) = (within(scope, &mut v), v.push(id.uuid()));
        let row = self.one(&format!("{WHOLE} WHERE t.id = {id} AND {within}"), v.into_vec()).await?;
        row.as_ref().map(appointment).transpose()
    }

    /// Those of a scope, the newest first. What waits for somebody whose account is closed waits no more.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn appointments(
        &self,
        scope: &Scope,
        filter: &AppointmentFilter,
    ) -> Result<Vec<AppointmentRecord>, StorageError> {
        let mut v = Values::default();
        let mut sql = format!("{WHOLE} WHERE {}", within(scope, &mut v));
        if let Some(state) = filter.state {
            sql.push_str(&format!(" AND t.state = {}", v.push(state.key())));
            if state == AppointmentState::Waiting {
                sql.push_str(" AND p.disabled_at IS NULL");
            }
        }
        if let Some((at, id)) = filter.after {
            let (at, id) = (v.push(domain::time::to_micros(at)), v.push(id.uuid()));
            sql.push_str(&format!(" AND (t.proposed_at < {at} OR (t.proposed_at = {at} AND t.id < {id}))"));
        }
        let limit = v.push(i64::from(filter.limit));
        sql.push_str(&format!(" ORDER BY t.proposed_at DESC, t.id DESC LIMIT {limit}"));
        self.all(&sql, v.into_vec()).await?.iter().map(appointment).collect()
    }

    /// The newest one of a person within a scope.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn appointment_of(
        &self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<Option<AppointmentRecord>, StorageError> {
        let mut v = Values::default();
        let (within, person) = (within(scope, &mut v), v.push(person.uuid()));
        let sql =
            format!("{WHOLE} WHERE t.person_id = {person} AND {within} ORDER BY t.proposed_at DESC, t.id DESC LIMIT 1");
        self.one(&sql, v.into_vec()).await?.as_ref().map(appointment).transpose()
    }

    /// Where positions of a person wait.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn waiting_appointments_of(
        &self,
        person: PersonId,
    ) -> Result<Vec<(Option<SchoolId>, DistrictId)>, StorageError> {
        let sql = "SELECT school_id, district_id FROM appointment WHERE person_id = $1 AND state = 'waiting'";
        let rows = self.all(sql, vec![person.uuid().into()]).await?;
        let place = |r: &QueryResult| {
            let school = get::<Option<Uuid>>(r, "school_id")?.map(SchoolId::new);
            Ok((school, DistrictId::new(get(r, "district_id")?)))
        };
        rows.iter().map(place).collect()
    }

    /// The newest one within a scope, of somebody else, that an administrator gave and that held at once though its role is one of these.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn unconfirmed_appointment(
        &self,
        scope: &Scope,
        roles: &[Role],
        but: PersonId,
    ) -> Result<Option<AppointmentId>, StorageError> {
        let mut v = Values::default();
        let (within, but) = (within(scope, &mut v), v.push(but.uuid()));
        let roles: Vec<String> = roles.iter().map(|r| format!("'{}'", r.key())).collect();
        let sql = format!(
            "SELECT t.id FROM appointment t WHERE {within} AND t.state = 'at_once' AND t.proposed_by IS NOT NULL AND t.person_id <> {but} \
             AND t.role IN ({}) ORDER BY t.proposed_at DESC LIMIT 1",
            roles.join(", ")
        );
        let row = self.one(&sql, v.into_vec()).await?;
        row.map(|r| Ok(AppointmentId::new(get(&r, "id")?))).transpose()
    }
}

pub(super) fn within(scope: &Scope, v: &mut Values) -> String {
    let schools = v.list(scope.schools.iter().map(|s| s.uuid()));
    let districts = v.list(scope.districts.iter().map(|d| d.uuid()));
    format!("(t.school_id IN ({schools}) OR t.district_id IN ({districts}))")
}

fn somebody(r: &QueryResult, id: &str, name: &str) -> Result<Option<(PersonId, String)>, StorageError> {
    let Some(id) = get::<Option<Uuid>>(r, id)? else { return Ok(None) };
    Ok(Some((PersonId::new(id), get(r, name)?)))
}

pub(super) fn appointment(r: &QueryResult) -> Result<AppointmentRecord, StorageError> {
    Ok(AppointmentRecord {
        id: AppointmentId::new(get(r, "id")?),
        person: (PersonId::new(get(r, "person_id")?), get(r, "person_name")?),
        role: word(r, "role", Role::from_key)?,
        unit: unit(r)?,
        school: get::<Option<Uuid>>(r, "school_id")?.map(SchoolId::new),
        district: DistrictId::new(get(r, "district_id")?),
        lead: get(r, "lead")?,
        proposed_by: somebody(r, "proposed_by", "proposed_name")?,
        proposed_at: instant(r, "proposed_at")?,
        state: word(r, "state", AppointmentState::from_key)?,
        decided: somebody(r, "decided_by", "decided_name")?.zip(maybe_instant(r, "decided_at")?),
        reason: get(r, "reason")?,
        first_password: get(r, "first_password")?,
        password_set_at: maybe_instant(r, "password_set_at")?,
        vouched: get(r, "password_vouched")?,
    })
}
