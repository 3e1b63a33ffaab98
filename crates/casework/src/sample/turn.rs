//! The clock of samples: a month that is over has one decision drawn of everybody who decided any, and whatever was drawn is
//! given to somebody who looks.

use chrono::{Days, NaiveTime};
use domain::directory::{Directory, Office};
use domain::id::{PersonId, SampleId};
use domain::sample::{Why, lookers};
use domain::task::{TaskKind, TaskState};
use domain::time::Timestamp;
use storage::{DrawRecord, SampleMonth, SampleRecord, StudentRecord, TaskRecord, Tx};

use super::may_look;
use crate::task::{Wanted, directory_for, give_by_service};
use crate::{CaseError, Desk};

/// The most that one turn takes up; the next turn takes the rest.
const MOST: u32 = 200;
/// What whoever looks reads in his task.
const TEXT: &str = "请看这项处理决定所依据的材料，写下抽查意见";

/// Draws what the months that are over ask for, and finds somebody for everything that was drawn; gives how much moved.
///
/// # Errors
/// When the database cannot be read at all.
pub(crate) async fn turn_samples(desk: &Desk) -> Result<usize, CaseError> {
    let mut moved = 0;
    for month in desk.storage.read().sample_months_due(desk.now(), MOST).await? {
        match settle(desk, &month).await {
            Ok(()) => moved += 1,
            Err(err) => tracing::error!(person = %month.person, error = %err, "a month of decisions was not settled"),
        }
    }
    for id in desk.storage.read().samples_to_give(desk.now(), MOST).await? {
        match give(desk, id).await {
            Ok(given) => moved += usize::from(given),
            Err(err) => tracing::error!(sample = %id, error = %err, "nobody could be asked to look at a decision"),
        }
    }
    Ok(moved)
}

async fn settle(desk: &Desk, month: &SampleMonth) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    if let Some(id) = tx.read()?.undrawn_in_month(month).await? {
        tx.add_sample(id, Why::Month, desk.now()).await?;
    }
    tx.settle_sample_month(month).await?;
    Ok(tx.commit().await?)
}

async fn give(desk: &Desk, id: SampleId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(found) = tx.read()?.sample_for_service(id).await? else { return Ok(false) };
    tx.alone_with_student(found.draw.student).await?;
    if !tx.read()?.waits_for_looker(id, desk.now()).await? {
        return Ok(false);
    }
    let student = tx.read()?.student_for_service(found.draw.student).await?;
    let Some(student) = student.filter(|s| s.place().school == found.draw.school) else {
        // Of a child of another school nobody here reads anything any more.
        tx.set_looker(id, None, None).await?;
        tx.commit().await?;
        return Ok(true);
    };
    let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
    let given = match looker(desk, &tx, &found, &student).await? {
        Some(owner) => {
            let wanted = Wanted {
                alert: Some(found.draw.alert),
                record: Some(id.uuid()),
                kind: TaskKind::DecisionLook,
                text: TEXT.to_owned(),
                restricted: true,
                owner,
                from: None,
                due_at: policy.sampling.look_within.after(now, &desk.calendar),
            };
            let task = give_by_service(desk, &mut tx, &student, wanted).await?;
            tx.set_looker(id, Some(task), None).await?;
            true
        }
        None => {
            let again = policy.tasks.clamp(tomorrow(desk), &desk.calendar);
            tx.set_looker(id, None, Some(again)).await?;
            false
        }
    };
    tx.commit().await?;
    Ok(given)
}

fn tomorrow(desk: &Desk) -> Timestamp {
    let today = desk.calendar.date(desk.now());
    desk.calendar.instant(today.checked_add_days(Days::new(1)).unwrap_or(today), NaiveTime::MIN)
}

/// Who looks: of the nearest office above that has anybody who may, the one on whom the lot falls.
async fn looker(
    desk: &Desk,
    tx: &Tx,
    s: &SampleRecord,
    student: &StudentRecord,
) -> Result<Option<PersonId>, CaseError> {
    let directory = directory_for(desk, tx, &student.place(), Some(s.draw.alert), None).await?;
    for office in offices(&directory, &s.draw) {
        let mut may = Vec::new();
        let holders = directory.entries().iter().filter(|e| e.office == office && e.deputy_of.is_none());
        for person in holders.map(|e| e.person) {
            if may_look(desk, &tx.read()?, &s.draw, person, student).await? {
                may.push(person);
            }
        }
        if let Some(person) = s.draw.lot.pick(&may) {
            return Ok(Some(*person));
        }
    }
    Ok(None)
}

/// Whether somebody holds an office that looks at a decision: he stands above those who signed it, not beside them.
pub(crate) async fn stands_over(
    desk: &Desk,
    tx: &Tx,
    draw: &DrawRecord,
    person: PersonId,
    student: &StudentRecord,
) -> Result<bool, CaseError> {
    let directory = directory_for(desk, tx, &student.place(), Some(draw.alert), None).await?;
    let (look, own) = (offices(&directory, draw), held(&directory, person));
    Ok(own.iter().any(|office| look.contains(office)))
}

/// The offices that look at a decision, the nearest first.
fn offices(directory: &Directory, draw: &DrawRecord) -> Vec<Office> {
    let second = draw.second.as_ref().map(|p| held(directory, p.0)).unwrap_or_default();
    lookers(&held(directory, draw.by.0), &second)
}

fn held(directory: &Directory, person: PersonId) -> Vec<Office> {
    let own = directory.entries().iter().filter(|e| e.person == person && e.deputy_of.is_none());
    own.map(|e| e.office).collect()
}

/// Whoever was to look cannot any more: his task ends, and somebody else is looked for.
pub(crate) async fn look_anew(desk: &Desk, tx: &mut Tx, task: &TaskRecord) -> Result<(), CaseError> {
    tx.end_task(task.id, TaskState::Void, None, None, desk.now()).await?;
    if let Some(id) = task.record.filter(|_| task.kind == TaskKind::DecisionLook).map(SampleId::new) {
        tx.set_looker(id, None, Some(desk.now())).await?;
    }
    Ok(())
}
