//! One step of a leave.

use domain::audit::Act;
use domain::fault::Fault;
use domain::id::{EventId, LeaveId, PersonId, StudentId};
use domain::leave::{Beside, LeaveState, Step, StepDraft, StepKind};
use storage::{LeaveRecord, LeaveStep, Read, StudentRecord};

use super::seats::{all_of, may_be_next, may_care, right_of, seated};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::cared_for;
use crate::{CaseError, Desk, Signed};

/// Takes a step of a leave. `of` is what a signature is for: the step that proposed.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, one of the order among them; [`CaseError::NotFound`], [`CaseError::Forbidden`],
/// or a conflict when somebody signs or decides on what is his own, or on what has changed.
pub async fn step_leave(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, LeaveId),
    (kind, draft): (StepKind, &StepDraft),
    of: Option<&str>,
    key: Option<&IdempotencyKey>,
) -> Result<(), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, right_of(kind)).await?;
    tx.alone_with_student(student.id).await?;
    let all = tx.read()?.leaves(student.id).await?;
    let mut leave = all.into_iter().find(|l| l.id == id).ok_or(CaseError::NotFound)?;
    if let Some(()) = answered(&mut tx, by, key).await? {
        return Ok(());
    }
    let step = looked_at(desk, by, &tx.read()?, &student, &leave, (kind, draft), of).await?;
    let taken = LeaveStep {
        id: EventId::new(desk.ids.uuid()),
        step: step.clone(),
        by: (by.person(), by.name.clone()),
        at: desk.now(),
    };
    leave.steps.push(taken.clone());
    let course = leave.course();
    tx.add_leave_step(id, &taken, course.state == LeaveState::Done).await?;
    tx.add_growth_entries(&super::entries::taken(desk, &leave, &taken, &course)).await?;
    super::next::go_on(desk, &mut tx, &student, &leave, by.person(), &step).await?;
    tx.audit(&[by.audit(desk, Act::StepLeave, Some(student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &(), desk.real_now()).await?;
    Ok(tx.commit().await?)
}

async fn looked_at(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    student: &StudentRecord,
    leave: &LeaveRecord,
    (kind, draft): (StepKind, &StepDraft),
    of: Option<&str>,
) -> Result<Step, CaseError> {
    let (course, policy) = (leave.course(), desk.policy_in_force().await?.1);
    let beside = Beside {
        course: &course,
        away_from: leave.absence.from,
        terms: &policy.leave,
        calendar: &desk.calendar,
        now: desk.now(),
    };
    let looked = draft.validate(kind, &beside);
    let mut unfit = may_care(desk, read, student, &draft.named(kind)).await?;
    let Ok(step) = looked else { return all_of(looked, unfit) };
    seated(desk, &by.actor, kind, &course, student)?;
    if kind == StepKind::Sign {
        signs_this(leave, of)?;
    }
    let mut after = course.clone();
    after.take(by.person(), &step);
    if let Some(next) = next_of(&step) {
        unfit.extend(may_be_next(desk, read, student, next, &after).await?);
    }
    all_of(Ok(step), unfit)
}

/// Who is named for the step that comes next.
fn next_of(step: &Step) -> Option<(&'static str, PersonId, StepKind)> {
    match step {
        Step::Review { assessor, .. } => assessor.map(|person| ("assessor", person, StepKind::Assessment)),
        Step::Decision { signer, .. } => Some(("signer", *signer, StepKind::Sign)),
        Step::Appeal { decider, .. } => Some(("decider", *decider, StepKind::Answer)),
        Step::Return { .. }
        | Step::Answer { .. }
        | Step::Contact { .. }
        | Step::Assessment { .. }
        | Step::Sign { .. }
        | Step::Stage { .. } => None,
    }
}

/// A signature is for the decision that was read, not for whatever stands there now.
fn signs_this(leave: &LeaveRecord, of: Option<&str>) -> Result<(), CaseError> {
    let last = leave.steps.iter().rev().find(|s| s.step.kind() == StepKind::Decision).map(|s| s.id.to_string());
    let said = of.map(str::trim).filter(|t| !t.is_empty());
    match (said, last) {
        (None, _) => {
            let fault = Fault::new("decision", "required", "请说明签的是哪一项决定", "Say which decision is signed");
            Err(CaseError::Invalid(vec![fault]))
        }
        (Some(said), Some(last)) if said == last => Ok(()),
        (Some(_), _) => Err(CaseError::Conflict("no_proposal")),
    }
}
