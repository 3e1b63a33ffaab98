//! Handing a task on: it ends for the one and begins for the other, due when it was due.

use domain::access::{Actor, Right};
use domain::audit::Act;
use domain::directory::{Circle, Office};
use domain::fault::Fault;
use domain::id::{AlertId, MandatoryId, PersonId, SampleId, SchoolId, TaskId};
use domain::task::{Course, TaskKind, TaskState, cannot_have_it, handed_on, stands_above};
use storage::{NewTask, Read, TaskRecord, Tx};

use super::give::{count_above, directory_for, household, tell_given, tell_taken};
use super::{can_have, reader};
use crate::sample::{may_look, stands_over};
use crate::{CaseError, Desk, Signed};

/// Hands a task on to a colleague. Its owner does, or whoever stands above him and may write in the student's file; whose it was
/// hears of it. Gives the task that it is now.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], [`CaseError::Invalid`], or a conflict when it has ended.
pub async fn hand_on_task(desk: &Desk, by: &Signed, id: TaskId, to: &str, reason: &str) -> Result<TaskId, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let task = tx.read()?.task(&reader(desk, by), id).await?.ok_or(CaseError::NotFound)?;
    if !passes(desk, &tx.read()?, by, &task).await? {
        return Err(CaseError::Forbidden);
    }
    let (to, reason) = handed_on(to, reason)?;
    if to == task.owner.0 || !may_have(desk, &tx, &task, to).await? {
        return Err(CaseError::Invalid(vec![Fault { field: "to".to_owned(), ..cannot_have_it() }]));
    }
    let new = pass(desk, &mut tx, &task, to, Some(by.person()), &reason).await?;
    tx.audit(&[by.audit(desk, Act::HandOnTask, task.about.student_id(), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(new)
}

/// Whether somebody may hand on a task that he sees.
///
/// # Errors
/// When the database refuses.
pub async fn may_hand_on(desk: &Desk, by: &Signed, task: &TaskRecord) -> Result<bool, CaseError> {
    passes(desk, &desk.storage.read(), by, task).await
}

/// Its owner, and whoever stands above him there. A look at a decision, and what the law demands, nobody takes away.
async fn passes(desk: &Desk, read: &Read<'_>, by: &Signed, task: &TaskRecord) -> Result<bool, CaseError> {
    if reader(desk, by).own.contains(&task.owner.0) {
        return Ok(true);
    }
    let place = task.about.place();
    let own_alone = task.kind == TaskKind::DecisionLook || task.kind.is_by_law();
    if own_alone || !by.scope(desk, Right::RecordCare).covers(&place) {
        return Ok(false);
    }
    let owner = read.actor(task.owner.0, desk.now()).await?;
    let away = by.actor.stands_in.iter().flat_map(|s| held(&s.away, place.school));
    let own: Vec<Office> = held(&by.actor, place.school).into_iter().chain(away).collect();
    Ok(stands_above(&own, &held(&owner, place.school)))
}

/// The offices of a school that somebody holds himself, whether he can be reached or not.
fn held(actor: &Actor, school: SchoolId) -> Vec<Office> {
    const OFFICES: [Office; 5] =
        [Office::ClassTeacher, Office::GradeLead, Office::Counsellor, Office::VicePrincipal, Office::Principal];
    let here = actor.positions.iter().filter(|(_, of)| *of == Some(school));
    here.flat_map(|(p, _)| OFFICES.into_iter().filter(move |o| o.held_by(p.role, p.lead))).collect()
}

/// Whether somebody can have this task: he can have one about the student, and may hear of the alert that it stands beside.
async fn may_have(desk: &Desk, tx: &Tx, task: &TaskRecord, to: PersonId) -> Result<bool, CaseError> {
    let read = tx.read()?;
    let left_out = match task.alert {
        Some(alert) => !hears_of_alert(desk, &read, alert, to).await?,
        None => false,
    };
    let named = match task.record.filter(|_| task.kind.is_by_law()) {
        Some(report) => !hears_of(desk, &read, MandatoryId::new(report), to).await?,
        None => false,
    };
    if task.kind == TaskKind::GuardianDecision && !decides(desk, &read, task, to).await? {
        return Ok(false);
    }
    if task.kind.is_of_samples() && !sees_decision(desk, tx, task, to).await? {
        return Ok(false);
    }
    // What ends by being written down is for somebody who finds where to write it.
    let writes = if task.kind.is_interview() {
        Right::Counsel
    } else if task.kind == TaskKind::Referral {
        Right::WritePlan
    } else {
        Right::RecordCare
    };
    let finds = task.kind == TaskKind::DecisionLook
        || !task.kind.ends_with_its_record()
        || read.actor(to, desk.now()).await?.scope(writes, desk.now()).covers(&task.about.place());
    Ok(!left_out && !named && finds && can_have(desk, &read, to, &task.about.place()).await?)
}

/// Whether somebody may have a task about a decision that was drawn: may look at it and stands above those who signed it, or,
/// where something is asked, may sign such decisions himself.
async fn sees_decision(desk: &Desk, tx: &Tx, task: &TaskRecord, to: PersonId) -> Result<bool, CaseError> {
    let read = tx.read()?;
    if task.kind == TaskKind::DecisionQuestion {
        let actor = read.actor(to, desk.now()).await?;
        return Ok(actor.scope(Right::Approve, desk.now()).covers(&task.about.place()));
    }
    let Some(id) = task.record.map(SampleId::new) else { return Ok(false) };
    let Some(found) = read.sample_for_service(id).await? else { return Ok(false) };
    let Some(student) = task.about.student() else { return Ok(false) };
    Ok(may_look(desk, &read, &found.draw, to, student).await?
        && stands_over(desk, tx, &found.draw, to, student).await?)
}

/// Whether somebody may know of a report that the law demands: it does not name him, and he is one of those who hear of it.
async fn hears_of(desk: &Desk, read: &Read<'_>, report: MandatoryId, to: PersonId) -> Result<bool, CaseError> {
    let Some(report) = read.mandatory_for_service(report).await? else { return Ok(false) };
    Ok(admits(&report.circle, &read.actor(to, desk.now()).await?, to))
}

/// Whether somebody may decide whether home is told.
async fn decides(desk: &Desk, read: &Read<'_>, task: &TaskRecord, to: PersonId) -> Result<bool, CaseError> {
    let Some(student) = task.about.student_id() else { return Ok(true) };
    let (circle, actor) = (read.circle_of_household(student).await?, read.actor(to, desk.now()).await?);
    Ok(admits(&circle, &actor, to))
}

/// Whether somebody is in the circle of an alert.
pub(super) async fn hears_of_alert(desk: &Desk, read: &Read<'_>, id: AlertId, to: PersonId) -> Result<bool, CaseError> {
    let Some(alert) = read.alert_for_service(id).await? else { return Ok(false) };
    let circle = Circle { audience: alert.audience, left_out: read.excluded_from(id).await? };
    Ok(admits(&circle, &read.actor(to, desk.now()).await?, to))
}

/// Whether somebody is in a circle.
fn admits(circle: &Circle, actor: &Actor, person: PersonId) -> bool {
    actor.positions.iter().any(|(p, _)| circle.audience.admits(p.role)) && !circle.left_out.contains(&person)
}

/// The first who may have a task: the one who is meant, or else who stands for the school.
pub(crate) async fn first_who_may_have(
    desk: &Desk,
    tx: &Tx,
    task: &TaskRecord,
    meant: Option<PersonId>,
) -> Result<Option<PersonId>, CaseError> {
    let directory = directory_for(desk, tx, &task.about.place(), task.alert, household(task.kind, &task.about)).await?;
    let offices = [Office::Counsellor, Office::VicePrincipal, Office::Principal];
    for person in meant.into_iter().chain(directory.people(&offices).into_iter().map(|e| e.person)) {
        if may_have(desk, tx, task, person).await? {
            return Ok(Some(person));
        }
    }
    Ok(None)
}

async fn pass(
    desk: &Desk,
    tx: &mut Tx,
    task: &TaskRecord,
    to: PersonId,
    by: Option<PersonId>,
    reason: &str,
) -> Result<TaskId, CaseError> {
    let now = desk.now();
    if !tx.end_task(task.id, TaskState::HandedOn, by, Some(reason), now).await? {
        return Err(CaseError::Conflict("task_ended"));
    }
    let policy = desk.policy_in_force().await?.1;
    let directory = directory_for(desk, tx, &task.about.place(), task.alert, household(task.kind, &task.about)).await?;
    let above = count_above(&directory, to, (task.kind, task.restricted));
    // Who has heard of it has heard of it, whoever has it now.
    let told = task.told.min(above);
    let course = Course { due_at: task.due_at, pace: task.kind.pace(), told, above, chased_at: None };
    let new = NewTask {
        id: TaskId::new(desk.ids.uuid()),
        about: task.about.clone(),
        alert: task.alert,
        record: task.record,
        kind: task.kind,
        text: task.text.clone(),
        restricted: task.restricted,
        owner: to,
        // Whoever has what the law demands is whoever reported, or was asked by him: nobody reads who that was.
        from: by.filter(|_| !task.kind.is_by_law()),
        given_at: now,
        due_at: task.due_at,
        act_at: course.next(now, &policy.tasks, &desk.calendar),
        told,
        handed_from: Some(task.id),
    };
    tx.add_task(&new).await?;
    if let Some(id) = task.record.filter(|_| task.kind == TaskKind::DecisionLook).map(SampleId::new) {
        tx.set_looker(id, Some(new.id), None).await?;
    }
    if by != Some(to) {
        tell_given(desk, tx, &new, task.about.place().school, &policy.tasks).await?;
    }
    if by.is_some_and(|by| by != task.owner.0) {
        tell_taken(desk, tx, &new, task.owner.0, &policy.tasks).await?;
    }
    Ok(new.id)
}

/// Whether a successor can have the tasks of somebody who leaves: otherwise whoever ends the position has to find another.
pub(crate) async fn heir_may_have(desk: &Desk, tx: &Tx, task: &TaskRecord, to: PersonId) -> Result<bool, CaseError> {
    may_have(desk, tx, task, to).await
}

/// A task about a student who has gone to somebody else goes to that one. `task` is as it was before.
pub(crate) async fn pass_with_student(
    desk: &Desk,
    tx: &mut Tx,
    task: &TaskRecord,
    to: PersonId,
) -> Result<(), CaseError> {
    pass(desk, tx, task, to, None, "学生已交接").await.map(|_| ())
}

/// A task of somebody who leaves goes to his successor.
pub(crate) async fn rehome_task(desk: &Desk, tx: &mut Tx, task: &TaskRecord, to: PersonId) -> Result<(), CaseError> {
    pass(desk, tx, task, to, None, "责任人离岗").await.map(|_| ())
}
