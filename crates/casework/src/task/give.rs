//! Giving a task.

use domain::access::{Place, Right};
use domain::audit::Act;
use domain::delivery::Channel;
use domain::directory::{Directory, Office};
use domain::fault::Fault;
use domain::id::{AlertId, MessageId, PersonId, SchoolId, StudentId, TaskId};
use domain::notice::NoticeKind;
use domain::policy::TaskTerms;
use domain::task::{
    Course, Pace, Task, TaskDraft, TaskKind, TaskState, above, cannot_have_it, unknown_alert, unknown_student,
};
use domain::time::Timestamp;
use storage::{ClassRecord, NewTask, StudentRecord, TaskMessage, TaskRecord, TaskSubject, Tx};
use uuid::Uuid;

use super::hand_on::hears_of_alert;
use super::{can_have, cared_for};
use crate::climbing::units;
use crate::directory_of::directory_of;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// Gives a task to somebody, or to oneself. Gives its id.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::Forbidden`] for whoever opens the file and may not write in it.
pub async fn give_task(
    desk: &Desk,
    by: &Signed,
    draft: &TaskDraft,
    key: Option<&IdempotencyKey>,
) -> Result<TaskId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    if !by.actor.may_somewhere(Right::RecordCare, desk.now()) {
        return Err(if by.actor.may_somewhere(Right::OpenFile, desk.now()) {
            CaseError::Forbidden
        } else {
            CaseError::NotFound
        });
    }
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    let (task, student) = looked_at(desk, &tx, by, draft).await?;
    let wanted = Wanted {
        alert: task.alert,
        record: None,
        kind: task.kind,
        text: task.text,
        restricted: false,
        owner: task.owner,
        from: Some(by.person()),
        due_at: task.due_at,
    };
    let id = give_by_service(desk, &mut tx, &student, wanted).await?;
    tx.audit(&[by.audit(desk, Act::GiveTask, Some(student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Everything that is wrong is named at once, what stands in the draft and what the record says of it.
async fn looked_at(desk: &Desk, tx: &Tx, by: &Signed, draft: &TaskDraft) -> Result<(Task, StudentRecord), CaseError> {
    let (read, looked) = (tx.read()?, draft.validate(desk.now()));
    let mut faults: Vec<Fault> = looked.as_ref().err().cloned().unwrap_or_default();
    let student = match draft.student.trim().parse() {
        Ok(id) => match cared_for(desk, &read, by, id, Right::RecordCare).await {
            Ok(student) => Some(student),
            Err(CaseError::NotFound | CaseError::Forbidden) => {
                faults.push(unknown_student());
                None
            }
            Err(err) => return Err(err),
        },
        Err(_) => None,
    };
    if let Some(student) = &student {
        if let Ok(owner) = draft.owner.trim().parse()
            && !can_have(desk, &read, owner, &student.place()).await?
        {
            faults.push(cannot_have_it());
        }
        let alert = draft.alert.as_deref().and_then(|a| a.trim().parse::<AlertId>().ok());
        if let Some(id) = alert {
            let found = read.alert(&by.scope(desk, Right::SeeAlert), id).await?;
            match (found.filter(|a| a.alert.student == student.id), draft.owner.trim().parse()) {
                (None, _) => faults.push(unknown_alert()),
                (Some(_), Ok(owner)) if !hears_of_alert(desk, &read, id, owner).await? => faults.push(cannot_have_it()),
                (Some(_), Ok(_) | Err(_)) => {}
            }
        }
    }
    match (looked, student) {
        (Ok(task), Some(student)) if faults.is_empty() => Ok((task, student)),
        _ => Err(CaseError::Invalid(faults)),
    }
}

/// A task that is wanted, whoever wants it.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) alert: Option<AlertId>,
    pub(crate) record: Option<Uuid>,
    pub(crate) kind: TaskKind,
    pub(crate) text: String,
    pub(crate) restricted: bool,
    pub(crate) owner: PersonId,
    pub(crate) from: Option<PersonId>,
    pub(crate) due_at: Timestamp,
}

/// Writes a task down, and tells its owner, unless he gave it to himself.
pub(crate) async fn give_by_service(
    desk: &Desk,
    tx: &mut Tx,
    student: &StudentRecord,
    wanted: Wanted,
) -> Result<TaskId, CaseError> {
    give(desk, tx, TaskSubject::student_of(student), wanted).await
}

/// The same about a class: no child is meant, and no alert.
pub(crate) async fn give_about_class(
    desk: &Desk,
    tx: &mut Tx,
    class: &ClassRecord,
    wanted: Wanted,
) -> Result<TaskId, CaseError> {
    let school = tx.read()?.school(class.grade.school).await?.ok_or(CaseError::NotFound)?;
    give(desk, tx, TaskSubject::Class(class.clone(), school.district), wanted).await
}

async fn give(desk: &Desk, tx: &mut Tx, about: TaskSubject, wanted: Wanted) -> Result<TaskId, CaseError> {
    let (now, policy, place) = (desk.now(), desk.policy_in_force().await?.1, about.place());
    let directory = directory_for(desk, tx, &place, wanted.alert, household(wanted.kind, &about)).await?;
    let owner = one_who_is_here(desk, tx, &place, &directory, &wanted).await?;
    let course = Course {
        due_at: wanted.due_at,
        pace: wanted.kind.pace(),
        told: 0,
        above: count_above(&directory, owner, (wanted.kind, wanted.restricted)),
        chased_at: None,
    };
    let new = NewTask {
        id: TaskId::new(desk.ids.uuid()),
        about,
        alert: wanted.alert,
        record: wanted.record,
        kind: wanted.kind,
        text: wanted.text,
        restricted: wanted.restricted,
        owner,
        from: wanted.from,
        given_at: now,
        due_at: wanted.due_at,
        act_at: course.next(now, &policy.tasks, &desk.calendar),
        told: 0,
        handed_from: None,
    };
    tx.add_task(&new).await?;
    if new.from != Some(new.owner) {
        tell_given(desk, tx, &new, place.school, &policy.tasks).await?;
    }
    Ok(new.id)
}

/// How many rungs are above somebody.
pub(crate) fn count_above(directory: &Directory, owner: PersonId, task: (TaskKind, bool)) -> u8 {
    u8::try_from(rungs_above(directory, owner, task).len()).unwrap_or(u8::MAX)
}

/// The rungs above somebody. Who hears of what the law demands, the report's own clock says.
pub(crate) fn rungs_above(directory: &Directory, owner: PersonId, (kind, restricted): (TaskKind, bool)) -> Vec<Office> {
    if kind.is_by_law() {
        return Vec::new();
    }
    let own = directory.entries().iter().filter(|e| e.person == owner && e.deputy_of.is_none());
    let held: Vec<Office> = own.map(|e| e.office).collect();
    above(&held, restricted)
}

/// The student of whose household a task is to decide.
pub(super) fn household(kind: TaskKind, about: &TaskSubject) -> Option<StudentId> {
    about.student_id().filter(|_| kind == TaskKind::GuardianDecision)
}

/// Everybody who can be told of a task: those who may hear of the alert that it stands beside, and of what is decided about
/// the household.
pub(crate) async fn directory_for(
    desk: &Desk,
    tx: &Tx,
    place: &Place,
    alert: Option<AlertId>,
    household: Option<StudentId>,
) -> Result<Directory, CaseError> {
    let read = tx.read()?;
    if let Some(id) = alert
        && let Some(alert) = read.alert_for_service(id).await?
    {
        return directory_of(desk, &read, &alert).await;
    }
    let now = desk.now();
    let mut sources = read.directory_sources(place, now).await?;
    sources.contacts.retain(|c| desk.carried.contains(&c.channel));
    if let Some(student) = household {
        let circle = read.circle_of_household(student).await?;
        (sources.audience, sources.excluded) = (circle.audience, circle.left_out);
    }
    Ok(Directory::of(&sources, &units(place), now))
}

/// Tells the owner of a new task: at once where it is one of an hour, otherwise not in the evening.
pub(crate) async fn tell_given(
    desk: &Desk,
    tx: &mut Tx,
    task: &NewTask,
    school: SchoolId,
    terms: &TaskTerms,
) -> Result<(), CaseError> {
    tell(desk, tx, task, (task.owner, school, NoticeKind::TaskGiven), terms).await
}

/// Tells whose task it was that somebody above gave it to another. `task` is what it is now.
pub(super) async fn tell_taken(
    desk: &Desk,
    tx: &mut Tx,
    task: &NewTask,
    whose: PersonId,
    terms: &TaskTerms,
) -> Result<(), CaseError> {
    tell(desk, tx, task, (whose, task.about.place().school, NoticeKind::TaskTaken), terms).await
}

async fn tell(
    desk: &Desk,
    tx: &mut Tx,
    task: &NewTask,
    (person, school, kind): (PersonId, SchoolId, NoticeKind),
    terms: &TaskTerms,
) -> Result<(), CaseError> {
    let now = desk.now();
    let not_before = if task.kind.pace() == Pace::Hour { now } else { terms.clamp(now, &desk.calendar) };
    for channel in written_channels(desk, tx, person).await? {
        let m = TaskMessage { task: task.id, school, person, channel, kind, count: 1, turn: 0, not_before };
        tx.put_task_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
    }
    Ok(())
}

/// By what somebody can be written to.
pub(crate) async fn written_channels(desk: &Desk, tx: &Tx, person: PersonId) -> Result<Vec<Channel>, CaseError> {
    let contacts = tx.read()?.contacts(person).await?;
    let verified = contacts.iter().filter(|c| c.verified_at.is_some() && desk.carried.contains(&c.channel));
    let mut channels: Vec<Channel> = verified.map(|c| c.channel).filter(|c| c.writes()).collect();
    channels.dedup();
    Ok(channels)
}

/// What a record asked for is over: its open tasks are ended with it.
pub(crate) async fn void_tasks_about(
    desk: &Desk,
    tx: &mut Tx,
    record: Uuid,
    how: TaskState,
    by: Option<PersonId>,
) -> Result<(), CaseError> {
    let open: Vec<TaskRecord> = tx.read()?.open_tasks_about(record).await?;
    for task in open {
        tx.end_task(task.id, how, by, None, desk.now()).await?;
    }
    Ok(())
}

/// Who is asked, or, where he has left or the child is at another school now, the first who stands for the school.
async fn one_who_is_here(
    desk: &Desk,
    tx: &Tx,
    place: &Place,
    directory: &Directory,
    wanted: &Wanted,
) -> Result<PersonId, CaseError> {
    // What the law demands is whoever's who reported, wherever he works.
    if wanted.kind.is_by_law() || can_have(desk, &tx.read()?, wanted.owner, place).await? {
        return Ok(wanted.owner);
    }
    let offices = [Office::Counsellor, Office::VicePrincipal, Office::Principal];
    Ok(directory.people(&offices).first().map_or(wanted.owner, |e| e.person))
}
