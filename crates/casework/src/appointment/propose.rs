//! Whoever keeps the accounts proposes a further position for somebody who has an account.

use domain::access::Right;
use domain::fault::{Fault, Faults};
use domain::id::{AppointmentId, PersonId};
use domain::org::Unit;
use domain::staff::Role;

use super::{NewPosition, appoint, place_of};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::leaving::covers;
use crate::{CaseError, Desk, Signed};

/// A position.
#[derive(Debug, Clone, Copy)]
pub struct PositionDraft {
    /// The role; nothing where the word is not known.
    pub role: Option<Role>,
    /// Where; nothing where it is no unit's id.
    pub unit: Option<Unit>,
    /// Heads the unit.
    pub lead: bool,
}

impl PositionDraft {
    /// Every fault that shows by itself.
    #[must_use]
    pub fn validate(&self) -> Vec<Fault> {
        let mut faults = Faults::new();
        for (field, missing) in [("role", self.role.is_none()), ("unit", self.unit.is_none())] {
            faults.when(missing, || Fault::new(field, "unknown_value", "不认识这个值", "this value is not known"));
        }
        faults.into_vec()
    }
}

/// Proposes a position for somebody of one's own school or district. It holds once it is confirmed, where it has to be.
///
/// # Errors
/// [`CaseError::NotFound`] for a person or a unit that is not his; every fault; a conflict for himself, and when the same is held
/// or waits; [`CaseError::KeyReused`] or [`CaseError::InProgress`].
pub async fn propose_position(
    desk: &Desk,
    by: &Signed,
    person: PersonId,
    draft: &PositionDraft,
    key: Option<&IdempotencyKey>,
) -> Result<AppointmentId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_deputies().await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    let (read, scope) = (tx.read()?, by.scope(desk, Right::ManageStaff));
    let held = read.positions_of(person, desk.now()).await?;
    let mut mine = read.appointment_of(&scope, person).await?.is_some();
    for (position, school) in &held {
        mine |= covers(&read, &scope, position, *school).await?;
    }
    if !mine {
        return Err(CaseError::NotFound);
    }
    let Some((role, unit)) = draft.role.zip(draft.unit) else {
        return Err(CaseError::Invalid(draft.validate()));
    };
    let (school, district) = place_of(&read, unit).await?;
    if !scope.districts.contains(&district) && !school.is_some_and(|s| scope.schools.contains(&s)) {
        return Err(CaseError::NotFound);
    }
    if by.person() == person {
        return Err(CaseError::Conflict("not_for_yourself"));
    }
    if read.is_disabled(person).await? {
        return Err(CaseError::Conflict("account_closed"));
    }
    let mut faults = Faults::new();
    // A peer monitor is a child, and holds nothing else.
    let child = held.iter().any(|(p, _)| p.role == Role::PeerMonitor);
    let grown = !held.is_empty() && role == Role::PeerMonitor;
    faults.when(!role.fits(unit.kind()) || child || grown, || {
        Fault::new(
            "role",
            "role_does_not_fit",
            "这个角色不能设在这一级，或不能给这个人",
            "not for such a unit or person",
        )
    });
    faults.or(())?;
    if held.iter().any(|(p, _)| p.role == role && p.unit == unit) {
        return Err(CaseError::Conflict("already_exists"));
    }
    let new = NewPosition { person, role, unit, lead: draft.lead, school, district };
    let id = appoint(desk, &mut tx, Some(by), &new).await?;
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(id)
}
