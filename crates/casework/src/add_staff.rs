//! Adding a member of staff with a position and contact methods.

use domain::access::Right;
use domain::audit::Act;
use domain::delivery::Channel;
use domain::fault::{Fault, Faults};
use domain::id::{PersonId, PositionId, SchoolId};
use domain::org::Unit;
use domain::password::Owner;
use domain::staff::{ContactMethod, Position, Role};
use storage::{AuditEntry, PersonRecord, Tx};

use crate::appointment::{NewPosition, appoint, place_of};
use crate::attempt::hash;
use crate::directory_changed::tell_schools_of;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// A contact method.
#[derive(Debug, Clone)]
pub struct Contact {
    /// By what.
    pub channel: Channel,
    /// The address.
    pub address: String,
}

/// Somebody new.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Where.
    pub unit: Unit,
    /// Heads the unit.
    pub lead: bool,
    /// How to reach the person.
    pub contacts: Vec<Contact>,
    /// The first password.
    pub password: String,
}

/// Adds a member of staff whose position holds at once, and tells nobody: how a demonstration is peopled.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault; [`CaseError::NotFound`] for a unit that there is not; a conflict when the login
/// is taken.
pub async fn add_staff(desk: &Desk, staff: &NewStaff) -> Result<PersonId, CaseError> {
    check(staff, &institutions_at(desk, staff.unit).await?)?;
    let hash = hash(desk, &staff.password).await?;
    let mut tx = desk.storage.begin().await?;
    let (school, _) = place_of(&tx.read()?, staff.unit).await?;
    let id = insert(desk, &mut tx, staff, &hash, school).await?;
    tell_schools_of(desk, &mut tx, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a member of staff on the command line of the machine itself: it is how a school is set up, and the position holds at
/// once. It stands in the list of positions, and nobody is written to.
///
/// # Errors
/// As [`add_staff`].
pub async fn add_staff_on_the_machine(desk: &Desk, staff: &NewStaff) -> Result<PersonId, CaseError> {
    check(staff, &institutions_at(desk, staff.unit).await?)?;
    let hash = hash(desk, &staff.password).await?;
    let mut tx = desk.storage.begin().await?;
    let id = add(desk, &mut tx, None, staff, &hash).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a member of staff for an administrator. What reads anything about children is proposed, and no position until it is
/// confirmed; and until its owner changes the password, the account opens next to nothing. The fingerprint of a key must not
/// let the password be guessed.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault; [`CaseError::NotFound`] for a unit that is not his; a conflict when the login is
/// taken; [`CaseError::KeyReused`] or [`CaseError::InProgress`].
pub async fn add_staff_by(
    desk: &Desk,
    by: &Signed,
    staff: &NewStaff,
    key: Option<&IdempotencyKey>,
) -> Result<PersonId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    check(staff, &institutions_at(desk, staff.unit).await?)?;
    let hash = hash(desk, &staff.password).await?;
    let mut tx = desk.storage.begin().await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    let id = add(desk, &mut tx, Some(by), staff, &hash).await?;
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(id)
}

async fn add(
    desk: &Desk,
    tx: &mut Tx,
    by: Option<&Signed>,
    staff: &NewStaff,
    hash: &str,
) -> Result<PersonId, CaseError> {
    let (school, district) = place_of(&tx.read()?, staff.unit).await?;
    if let Some(by) = by {
        let scope = by.scope(desk, Right::ManageStaff);
        let inside = scope.districts.contains(&district) || school.is_some_and(|s| scope.schools.contains(&s));
        if !inside {
            return Err(CaseError::NotFound);
        }
    }
    let person = account(desk, tx, staff, hash, by).await?;
    if by.is_some() {
        // Whoever added the account knows its password.
        tx.mark_first_password(person).await?;
    }
    let (role, unit, lead) = (staff.role, staff.unit, staff.lead);
    appoint(desk, tx, by, &NewPosition { person, role, unit, lead, school, district }).await?;
    Ok(person)
}

/// Lets those pass who keep accounts anywhere.
///
/// # Errors
/// [`CaseError::NotFound`] for everybody else.
pub fn may_manage_staff(desk: &Desk, by: &Signed) -> Result<(), CaseError> {
    if by.scope(desk, Right::ManageStaff).is_empty() { Err(CaseError::NotFound) } else { Ok(()) }
}

/// The account, with a position that holds at once.
pub(crate) async fn insert(
    desk: &Desk,
    tx: &mut Tx,
    staff: &NewStaff,
    hash: &str,
    school: Option<SchoolId>,
) -> Result<PersonId, CaseError> {
    let id = account(desk, tx, staff, hash, None).await?;
    let position = Position {
        id: PositionId::new(desk.ids.uuid()),
        person: id,
        role: staff.role,
        unit: staff.unit,
        lead: staff.lead,
        valid_from: desk.now(),
        valid_to: None,
    };
    tx.add_position(&position, school).await?;
    Ok(id)
}

/// The account alone, and how its owner is reached.
async fn account(
    desk: &Desk,
    tx: &mut Tx,
    staff: &NewStaff,
    hash: &str,
    by: Option<&Signed>,
) -> Result<PersonId, CaseError> {
    let now = desk.now();
    let id = PersonId::new(desk.ids.uuid());
    let person = PersonRecord { id, name: staff.name.trim().to_owned(), login: staff.login.trim().to_lowercase() };
    tx.add_person(&person, hash, now).await?;
    for contact in &staff.contacts {
        let method = ContactMethod {
            person: id,
            channel: contact.channel,
            address: contact.address.trim().to_owned(),
            verified_at: Some(now),
        };
        tx.add_contact(&method).await?;
    }
    let line = AuditEntry {
        id: desk.ids.uuid(),
        at: now,
        person: by.map(Signed::person),
        act: Act::AddStaff,
        student: None,
        object: Some(id.to_string()),
        detail: Some(staff.role.key().to_owned()),
        request: by.and_then(|b| b.request.clone()),
    };
    tx.audit(&[line]).await?;
    Ok(id)
}

/// The names of a unit's school and district; none where there is no such unit, which is told afterwards.
async fn institutions_at(desk: &Desk, unit: Unit) -> Result<Vec<String>, CaseError> {
    let read = desk.storage.read();
    let (school, district) = match place_of(&read, unit).await {
        Ok(place) => place,
        Err(CaseError::NotFound) => return Ok(Vec::new()),
        Err(err) => return Err(err),
    };
    let school = match school {
        Some(id) => read.school(id).await?.map(|s| s.name),
        None => None,
    };
    Ok(school.into_iter().chain(read.district_name(district).await?).collect())
}

pub(crate) fn check(staff: &NewStaff, institutions: &[String]) -> Result<(), CaseError> {
    let mut faults = Faults::new();
    let login = staff.login.trim();
    let plain = login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'));
    faults.when(!plain || !(2..=64).contains(&login.len()), || {
        Fault::new("login", "bad_login", "登录名为 2–64 个字母、数字或 . - _ @", "2 to 64 letters, digits or . - _ @")
    });
    faults.when(staff.name.trim().is_empty() || staff.name.chars().count() > 100, || {
        Fault::new("name", "required", "请填写姓名（最多 100 字）", "a name of at most 100 characters is required")
    });
    faults.when(domain::text::has_control(&staff.name), || domain::text::control_character("name"));
    faults.when(!staff.role.fits(staff.unit.kind()), || {
        Fault::new("role", "role_does_not_fit", "这个角色不能设在这一级", "this role does not belong to such a unit")
    });
    let contacts: Vec<String> = staff.contacts.iter().map(|c| c.address.trim().to_owned()).collect();
    let owner = Owner { login, name: staff.name.trim(), institutions, contacts: &contacts };
    for fault in domain::password::faults("password", &staff.password, owner) {
        faults.add(fault);
    }
    for (i, contact) in staff.contacts.iter().enumerate() {
        let good = domain::coverage::is_address(contact.channel, contact.address.trim());
        faults.when(!good, || {
            Fault::new(format!("contacts[{i}]"), "bad_address", "联系方式不正确", "this is not an address of that kind")
        });
    }
    faults.or(()).map_err(CaseError::Invalid)
}
