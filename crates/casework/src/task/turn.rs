//! The clock of tasks. It runs beside the tick of alerts, never in it: whatever goes wrong here holds back no alert. What one
//! person has to hear about several tasks he hears once.

use std::collections::BTreeMap;

use chrono::Datelike;
use domain::directory::{Directory, Entry, Office};
use domain::id::{MessageId, PersonId, SchoolId, TaskId};
use domain::notice::NoticeKind;
use domain::task::{Course, Pace};
use domain::time::Timestamp;
use storage::{TaskMessage, TaskRecord, Tx};

use super::give::{directory_for, household, rungs_above, written_channels};
use super::unheld::turn_unheld;
use crate::mandatory::turn_mandatory;
use crate::sample::turn_samples;
use crate::unread_report::turn_unread_reports;
use crate::{CaseError, Desk};

/// The most tasks that one turn takes up; the next turn takes the rest.
const MOST: u32 = 200;

/// Reminds everybody whose tasks are due, and tells those above; gives how many people's tasks moved.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn turn_tasks(desk: &Desk) -> Result<usize, CaseError> {
    // What the law demands comes first, and whatever goes wrong with it holds up no other.
    let mut moved = turn_mandatory(desk).await.unwrap_or_else(|err| {
        tracing::error!(error = %err, "reports by law could not be looked at");
        0
    });
    moved += turn_unheld(desk).await.unwrap_or_else(|err| {
        tracing::error!(error = %err, "interviews that nobody held could not be looked through");
        0
    });
    moved += turn_samples(desk).await.unwrap_or_else(|err| {
        tracing::error!(error = %err, "decisions that were drawn could not be looked at");
        0
    });
    moved += turn_unread_reports(desk).await.unwrap_or_else(|err| {
        tracing::error!(error = %err, "reports that nobody looked at could not be looked through");
        0
    });
    for owner in desk.storage.read().owners_of_due_tasks(desk.now(), MOST).await? {
        match turn(desk, owner).await {
            Ok(changed) => moved += usize::from(changed),
            Err(err) => tracing::error!(person = %owner, error = %err, "the tasks of somebody could not be turned"),
        }
    }
    Ok(moved)
}

/// What the tasks of one person have to say, by whom they say it to.
#[derive(Default)]
struct Said {
    /// Those above, each with the tasks that are new to him.
    above: BTreeMap<PersonId, (SchoolId, Entry, Vec<TaskId>)>,
}

async fn turn(desk: &Desk, owner: PersonId) -> Result<bool, CaseError> {
    let now = desk.now();
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_tasks_of(owner).await?;
    let (tasks, last) = (tx.read()?.open_tasks_of(owner).await?, tx.read()?.last_chase(owner).await?);
    let policy = desk.policy_in_force().await?.1;
    let overdue: Vec<&TaskRecord> = tasks.iter().filter(|t| t.due_at <= now).collect();
    let (mut said, mut chases, mut moves) = (Said::default(), false, Vec::new());
    for task in &tasks {
        let directory =
            directory_for(desk, &tx, &task.about.place(), task.alert, household(task.kind, &task.about)).await?;
        let rungs = rungs_above(&directory, owner, (task.kind, task.restricted));
        let chased_at = if task.kind.pace() == Pace::Hour { task.chased_at } else { last };
        let course = course_of(task, rungs.len(), chased_at);
        let acts = course.acts(now, &policy.tasks, &desk.calendar);
        chases |= acts.chase;
        let mut but = crate::sample::signers(&tx, task).await?;
        but.push(owner);
        let told = tell_above(&mut said, task, &directory, &rungs, (course.told, acts.told), &but);
        moves.push((task, told, rungs.len()));
    }
    for (task, told, above) in moves {
        let chased = if chases && task.due_at <= now { Some(now) } else { task.chased_at };
        let seen = match task.kind.pace() {
            Pace::Hour => chased,
            Pace::Daily if chases => Some(now),
            Pace::Daily => last,
        };
        let course = Course { told, ..course_of(task, above, seen) };
        let next = course.next(now, &policy.tasks, &desk.calendar);
        tx.move_task(task.id, told, chased, after(next, now)).await?;
    }
    if let Some(first) = overdue.first().filter(|_| chases) {
        chase(desk, &mut tx, first, overdue.len()).await?;
    }
    let tells = !said.above.is_empty();
    tell(desk, &mut tx, said, now).await?;
    tx.commit().await?;
    Ok(chases || tells)
}

/// What moves next moves later than now: a turn is taken once.
fn after(next: Timestamp, now: Timestamp) -> Timestamp {
    next.max(now + chrono::TimeDelta::seconds(1))
}

fn course_of(task: &TaskRecord, above: usize, chased_at: Option<Timestamp>) -> Course {
    let above = u8::try_from(above).unwrap_or(u8::MAX);
    Course { due_at: task.due_at, pace: task.kind.pace(), told: task.told.min(above), above, chased_at }
}

/// Those of the rungs that come to hear of it now. A rung with nobody on it but the owner, or whoever must not hear, is passed in the same step. Gives
/// how many rungs have heard.
fn tell_above(
    said: &mut Said,
    task: &TaskRecord,
    directory: &Directory,
    rungs: &[Office],
    (from, to): (u8, u8),
    but: &[PersonId],
) -> u8 {
    let mut told = from;
    while told < to {
        let mut heard = false;
        while !heard && usize::from(told) < rungs.len() {
            if let Some(office) = rungs.get(usize::from(told)) {
                for entry in directory.people(&[*office]).into_iter().filter(|e| !but.contains(&e.person)) {
                    let school = task.about.place().school;
                    let new = || (school, entry.clone(), Vec::new());
                    said.above.entry(entry.person).or_insert_with(new).2.push(task.id);
                    heard = true;
                }
            }
            told = told.saturating_add(1);
        }
        if !heard {
            break;
        }
    }
    told
}

async fn chase(desk: &Desk, tx: &mut Tx, first: &TaskRecord, count: usize) -> Result<(), CaseError> {
    let now = desk.now();
    for channel in written_channels(desk, tx, first.owner.0).await? {
        let m = TaskMessage {
            task: first.id,
            school: first.about.place().school,
            person: first.owner.0,
            channel,
            kind: NoticeKind::TaskDue,
            count: u32::try_from(count).unwrap_or(u32::MAX),
            turn: turn_of(desk, now),
            not_before: now,
        };
        tx.put_task_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
    }
    Ok(())
}

/// A number of its own for each day: what is said once a day is another message the next day.
fn turn_of(desk: &Desk, now: Timestamp) -> u32 {
    u32::try_from(desk.calendar.date(now).num_days_from_ce()).unwrap_or_default()
}

async fn tell(desk: &Desk, tx: &mut Tx, said: Said, now: Timestamp) -> Result<(), CaseError> {
    for (person, (school, entry, tasks)) in said.above {
        let (Some(task), count) = (tasks.first().copied(), u32::try_from(tasks.len()).unwrap_or(u32::MAX)) else {
            continue;
        };
        for channel in entry.channels.into_iter().filter(|c| c.writes()) {
            let (kind, turn) = (NoticeKind::TaskOverdue, turn_of(desk, now));
            let m = TaskMessage { task, school, person, channel, kind, count, turn, not_before: now };
            tx.put_task_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
        }
    }
    Ok(())
}
