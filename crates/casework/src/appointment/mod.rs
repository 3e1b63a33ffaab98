//! Positions 任职: whoever keeps the accounts proposes one, somebody else confirms it, and until then there is none.

mod decide;
mod glance;
mod ground;
mod list;
mod propose;
mod word;

use domain::appointment::{AppointmentState, needs_confirming};
use domain::audit::Act;
use domain::id::{AppointmentId, DistrictId, PersonId, PositionId, SchoolId};
use domain::notice::NoticeKind;
use domain::org::Unit;
use domain::staff::{Position, Role};
use storage::{AppointmentRecord, AuditEntry, Read, Tx};

pub use decide::{confirm_appointment, refuse_appointment};
pub use glance::{AppointmentsAtAGlance, appointments_at_a_glance, appointments_to_decide};
pub(crate) use ground::Ground;
pub use list::{AppointmentQuery, AppointmentView, appointment_of, list_appointments, view_appointment};
pub use propose::{PositionDraft, propose_position};
pub use word::give_new_word;

use crate::directory_changed::tell_schools_of;
use crate::{CaseError, Desk, Signed};

/// A position that somebody is to have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewPosition {
    pub(crate) person: PersonId,
    pub(crate) role: Role,
    pub(crate) unit: Unit,
    pub(crate) lead: bool,
    pub(crate) school: Option<SchoolId>,
    pub(crate) district: DistrictId,
}

/// The school and the district that a unit lies in.
pub(crate) async fn place_of(read: &Read<'_>, unit: Unit) -> Result<(Option<SchoolId>, DistrictId), CaseError> {
    let (school, district) = match unit {
        Unit::District(id) => (None, read.district_name(id).await?.map(|_| id)),
        Unit::School(id) => (Some(id), None),
        Unit::Grade(id) => (read.grade(id).await?.map(|g| g.school), None),
        Unit::Class(id) => (read.class(id).await?.map(|c| c.grade.school), None),
    };
    let home = match school {
        Some(id) => read.school(id).await?.map(|s| s.district),
        None => district,
    };
    Ok((school, home.ok_or(CaseError::NotFound)?))
}

/// Somebody is to have a position: it waits where there is somebody to confirm it, and holds at once otherwise. `by` is nobody on
/// the machine itself.
pub(crate) async fn appoint(
    desk: &Desk,
    tx: &mut Tx,
    by: Option<&Signed>,
    new: &NewPosition,
) -> Result<AppointmentId, CaseError> {
    let id = AppointmentId::new(desk.ids.uuid());
    let ground = Ground::of(desk, &tx.read()?, new).await?;
    let but: Vec<PersonId> = by.map(Signed::person).into_iter().chain([new.person]).collect();
    let deciders = ground.deciders(new.role, &but);
    let waits = by.is_some() && needs_confirming(new.role) && !deciders.is_empty();
    let state = if waits { AppointmentState::Waiting } else { AppointmentState::AtOnce };
    tx.add_appointment(&record(desk, id, by, new, state)).await?;
    let line = AuditEntry {
        id: desk.ids.uuid(),
        at: desk.now(),
        person: by.map(Signed::person),
        act: Act::ProposePosition,
        student: None,
        object: Some(id.to_string()),
        detail: Some(state.key().to_owned()),
        request: by.and_then(|b| b.request.clone()),
    };
    tx.audit(&[line]).await?;
    if waits {
        ground.tell(desk, tx, id, NoticeKind::AppointmentWaits, (&deciders, &but)).await?;
    } else {
        take_effect(desk, tx, new).await?;
        // On the machine itself a school is peopled, dozens in a row: it stands in the list, and nobody is written to.
        if by.is_some() {
            made_known(desk, tx, id, new, (&deciders, &but)).await?;
        }
    }
    Ok(id)
}

fn record(
    desk: &Desk,
    id: AppointmentId,
    by: Option<&Signed>,
    new: &NewPosition,
    state: AppointmentState,
) -> AppointmentRecord {
    AppointmentRecord {
        id,
        person: (new.person, String::new()),
        role: new.role,
        unit: new.unit,
        school: new.school,
        district: new.district,
        lead: new.lead,
        proposed_by: by.map(|b| (b.person(), b.name.clone())),
        proposed_at: desk.now(),
        state,
        decided: None,
        reason: None,
        first_password: false,
        password_set_at: None,
        vouched: None,
    }
}

/// The position holds from now on. Whoever may confirm positions by it hears that some were never confirmed.
pub(crate) async fn take_effect(desk: &Desk, tx: &mut Tx, new: &NewPosition) -> Result<(), CaseError> {
    let position = Position {
        id: PositionId::new(desk.ids.uuid()),
        person: new.person,
        role: new.role,
        unit: new.unit,
        lead: new.lead,
        valid_from: desk.now(),
        valid_to: None,
    };
    tx.add_position(&position, new.school).await?;
    tell_schools_of(desk, tx, new.person).await?;
    let ground = Ground::of(desk, &tx.read()?, new).await?;
    if let Some(first) = ground.unconfirmed(&tx.read()?, new).await? {
        ground.tell(desk, tx, first, NoticeKind::AppointmentMade, (&[new.person], &[])).await?;
    }
    Ok(())
}

/// Its colleagues hear of a position that reads anything, and these others.
pub(crate) async fn made_known(
    desk: &Desk,
    tx: &mut Tx,
    id: AppointmentId,
    new: &NewPosition,
    (others, but): (&[PersonId], &[PersonId]),
) -> Result<(), CaseError> {
    if !needs_confirming(new.role) {
        return Ok(());
    }
    let ground = Ground::of(desk, &tx.read()?, new).await?;
    let mut told = ground.colleagues(new);
    told.extend(others);
    ground.tell(desk, tx, id, NoticeKind::AppointmentMade, (&told, but)).await
}
