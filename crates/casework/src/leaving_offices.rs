//! Offices that a successor would come to. Whoever keeps the accounts gives none by way of somebody's leaving that he could not
//! give otherwise: what has to be confirmed, the successor holds already.

use domain::access::Actor;
use domain::appointment::needs_confirming;
use domain::fault::{Fault, Faults};
use domain::id::SchoolId;
use domain::staff::Position;
use storage::Read;

use crate::appointment::{Ground, NewPosition, place_of};
use crate::{CaseError, Desk, Signed};

impl NewPosition {
    /// The same position for a successor.
    pub(crate) async fn taken_over(
        read: &Read<'_>,
        heir: &Actor,
        p: &Position,
        school: Option<SchoolId>,
    ) -> Result<Self, CaseError> {
        let (_, district) = place_of(read, p.unit).await?;
        Ok(Self { person: heir.person, role: p.role, unit: p.unit, lead: p.lead, school, district })
    }
}

/// The offices among these that somebody has to confirm first.
pub(crate) async fn to_be_confirmed(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    heir: &Actor,
    taken: &[(Position, Option<SchoolId>)],
) -> Result<Vec<Fault>, CaseError> {
    let mut faults = Faults::new();
    for (position, school) in taken.iter().filter(|(p, _)| needs_confirming(p.role)) {
        let new = NewPosition::taken_over(read, heir, position, *school).await?;
        let there = Ground::of(desk, read, &new).await?.deciders(new.role, &[by.person(), heir.person]);
        faults.when(!there.is_empty(), || {
            let zh = "接替的人要先担任这个职务：请先为他提出任职，经确认后再办";
            Fault::new("successor", "not_in_office", zh, "propose the position for the successor first")
        });
    }
    Ok(faults.into_vec())
}
