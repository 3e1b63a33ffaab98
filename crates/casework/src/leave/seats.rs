//! Who may take which step, and who may be named for the next.

use domain::access::{Actor, Right};
use domain::fault::Fault;
use domain::id::PersonId;
use domain::leave::{Course, StepKind};
use domain::staff::Role;
use domain::task::cannot_have_it;
use storage::{Read, StudentRecord};

use crate::{CaseError, Desk, Signed};

const VICE: [Role; 2] = [Role::VicePrincipal, Role::ClinicalVicePrincipal];
const HEADS: [Role; 2] = [Role::Principal, Role::PartySecretary];

/// The right that a step asks for.
pub(super) fn right_of(kind: StepKind) -> Right {
    match kind {
        StepKind::Contact | StepKind::Review | StepKind::Stage => Right::RecordCare,
        StepKind::Return | StepKind::Decision | StepKind::Appeal => Right::WritePlan,
        StepKind::Assessment => Right::Counsel,
        StepKind::Sign | StepKind::Answer => Right::Approve,
    }
}

/// Whether somebody may take a step now, beyond the right to it: whoever proposed does not sign, and whoever had a part in
/// a decision does not decide the appeal. A deputy has no other seat than the one whom he stands in for.
pub(super) fn may_take(desk: &Desk, by: &Signed, kind: StepKind, course: &Course, student: &StudentRecord) -> bool {
    seated(desk, &by.actor, kind, course, student).is_ok()
}

/// The same, with why not.
pub(super) fn seated(
    desk: &Desk,
    actor: &Actor,
    kind: StepKind,
    course: &Course,
    student: &StudentRecord,
) -> Result<(), CaseError> {
    let place = student.place();
    let proposer = course.proposed.as_ref().map(|(p, _, _, _)| *p);
    let not_these = |p: PersonId| match kind {
        StepKind::Sign => Some(p) == proposer,
        StepKind::Answer => course.deciders.contains(&p),
        StepKind::Contact
        | StepKind::Return
        | StepKind::Review
        | StepKind::Assessment
        | StepKind::Decision
        | StepKind::Stage
        | StepKind::Appeal => false,
    };
    let whole = actor.scope(right_of(kind), desk.now()).covers(&place);
    if !whole {
        return Err(CaseError::Forbidden);
    }
    let left = actor.without(not_these);
    if not_these(actor.person) || !left.scope(right_of(kind), desk.now()).covers(&place) {
        return Err(CaseError::Conflict(if kind == StepKind::Sign { "same_person" } else { "decided_before" }));
    }
    let school = Some(place.school);
    let others = left.stands_in.iter().flat_map(|s| &s.away.positions);
    let mut roles = left.positions.iter().chain(others).filter(|(_, s)| *s == school).map(|(p, _)| p.role);
    let leads = match kind {
        StepKind::Sign | StepKind::Answer => roles.any(|r| VICE.contains(&r) || HEADS.contains(&r)),
        StepKind::Contact
        | StepKind::Return
        | StepKind::Review
        | StepKind::Assessment
        | StepKind::Decision
        | StepKind::Stage
        | StepKind::Appeal => true,
    };
    if leads { Ok(()) } else { Err(CaseError::Forbidden) }
}

/// What is wrong with those who are named: each writes in the file of this student, so that he finds what he is asked for.
pub(super) async fn may_care(
    desk: &Desk,
    read: &Read<'_>,
    student: &StudentRecord,
    named: &[(String, PersonId)],
) -> Result<Vec<Fault>, CaseError> {
    let mut faults = Vec::new();
    for (field, person) in named {
        let actor = read.actor(*person, desk.now()).await?;
        let may = actor.scope(Right::RecordCare, desk.now()).covers(&student.place());
        if !may || read.is_disabled(*person).await? {
            faults.push(Fault { field: field.clone(), ..cannot_have_it() });
        }
    }
    Ok(faults)
}

/// What was looked at, when nothing is wrong: neither with what was typed nor with who was named.
pub(super) fn all_of<T>(looked: Result<T, Vec<Fault>>, unfit: Vec<Fault>) -> Result<T, CaseError> {
    match looked {
        Ok(whole) if unfit.is_empty() => Ok(whole),
        Ok(_) => Err(CaseError::Invalid(unfit)),
        Err(faults) => Err(CaseError::Invalid(faults.into_iter().chain(unfit).collect())),
    }
}

/// What is wrong with whoever is named for a step: he may take it.
pub(super) async fn may_be_next(
    desk: &Desk,
    read: &Read<'_>,
    student: &StudentRecord,
    (field, person, kind): (&str, PersonId, StepKind),
    course: &Course,
) -> Result<Option<Fault>, CaseError> {
    let actor = read.actor(person, desk.now()).await?;
    if seated(desk, &actor, kind, course, student).is_ok() && !read.is_disabled(person).await? {
        return Ok(None);
    }
    Ok(Some(Fault { field: field.to_owned(), ..cannot_have_it() }))
}
