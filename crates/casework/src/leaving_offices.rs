//! Offices that a successor would come to. Whoever keeps the accounts gives none by way of somebody's leaving that he could not
//! give otherwise: what has to be confirmed, the successor holds already.

use domain::access::Actor;
use domain::appointment::needs_confirming;
use domain::fault::{Fault, Faults};
use domain::id::SchoolId;
use domain::org::Unit;
use domain::staff::Position;
use storage::Read;

use crate::appointment::{Ground, NewPosition, place_of};
use crate::leaving_needs::counted;
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

/// What lets whoever takes it over read about children, though it is no office: each by the school that it lies in.
pub(crate) struct LeftBehind {
    pub(crate) duties: Vec<SchoolId>,
    pub(crate) alerts: Vec<SchoolId>,
    /// Measures, plans, named support.
    pub(crate) plans: Vec<SchoolId>,
}

impl LeftBehind {
    /// All of it for which the successor holds no office there that somebody confirms. The district's officers take over what lies
    /// in its schools, but for turns of duty.
    pub(crate) async fn not_in_office(
        self,
        read: &Read<'_>,
        heir: &Actor,
        faults: &mut Faults,
    ) -> Result<(), CaseError> {
        let reads = || heir.positions.iter().filter(|(p, _)| needs_confirming(p.role));
        let mut here: Vec<SchoolId> = reads().filter_map(|(_, school)| *school).collect();
        let alien = |all: &[SchoolId], here: &[SchoolId]| all.iter().filter(|s| !here.contains(s)).count();
        let duties = alien(&self.duties, &here);
        for (position, _) in reads() {
            if let Unit::District(id) = position.unit {
                here.extend(read.schools_in(id).await?);
            }
        }
        let named = ("successor", "not_in_office");
        let zh = "接替的人在该校没有须经确认的职务，不能接";
        let en = "the successor holds no office there that somebody confirms, and takes over no";
        let words = [
            (duties, "值班", "turns of duty"),
            (alien(&self.alerts, &here), "预警", "alerts"),
            (alien(&self.plans, &here), "帮扶方案、措施和帮扶对象", "plans, measures and support"),
        ];
        for (count, what, of) in words {
            counted(faults, count, named, (&format!("{zh}{what}"), &format!("{en} {of}")));
        }
        Ok(())
    }
}
