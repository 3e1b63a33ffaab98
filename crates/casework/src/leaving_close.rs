//! Whose account somebody closes: of whoever holds something in his school or district and nothing elsewhere, or holds nothing at all
//! and was proposed there, or held an office there before. What waits for him then never holds: nobody confirms it, and it stands
//! in no list of what waits.

use domain::access::{Right, Scope};
use domain::id::{DistrictId, PersonId, SchoolId};
use domain::staff::Position;
use storage::Read;

use crate::leaving::covers;
use crate::{CaseError, Desk, Signed};

/// Whether an account is his to close.
pub(crate) async fn may_close(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    person: PersonId,
    held: &[(Position, Option<SchoolId>)],
) -> Result<(), CaseError> {
    let scope = by.scope(desk, Right::ManageStaff);
    let mut mine = 0_usize;
    for (position, school) in held {
        mine += usize::from(covers(read, &scope, position, *school).await?);
    }
    let proposed = held.is_empty() && was_here(desk, read, &scope, person).await?;
    if mine == 0 && !proposed {
        return Err(CaseError::NotFound);
    }
    if mine < held.len() {
        return Err(CaseError::Forbidden);
    }
    if proposed {
        let waits = read.waiting_appointments_of(person).await?;
        let elsewhere = |school: &Option<SchoolId>, district: &DistrictId| {
            !scope.districts.contains(district) && !school.is_some_and(|s| scope.schools.contains(&s))
        };
        if waits.iter().any(|(school, district)| elsewhere(school, district)) {
            return Err(CaseError::Forbidden);
        }
    }
    if by.person() == person {
        return Err(CaseError::Conflict("not_yourself"));
    }
    Ok(())
}

/// Whether somebody who holds nothing was proposed here, or left from here.
async fn was_here(desk: &Desk, read: &Read<'_>, scope: &Scope, person: PersonId) -> Result<bool, CaseError> {
    if read.appointment_of(scope, person).await?.is_some() {
        return Ok(true);
    }
    for (position, school) in read.ended_positions_of(person, desk.now()).await? {
        if covers(read, scope, &position, school).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
