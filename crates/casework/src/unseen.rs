//! The invisible child: nobody has written about it for weeks, although something was. Somebody looks after it: a task, never an
//! alert, once in each such time. The round goes through the school by night, a slice at a time.

use std::collections::BTreeSet;

use domain::directory::Office;
use domain::growth_file::{EntryKind, Source, Visibility};
use domain::id::{EventId, PersonId};
use domain::policy::UnseenTerms;
use domain::task::TaskKind;
use storage::{NewGrowthEntry, StudentRecord, TaskRecord, Tx, UnseenRecord};

use crate::task::{Wanted, directory_for, give_by_service};
use crate::{CaseError, Desk, Signed};

/// So many students are looked at in one transaction.
const SLICE: u32 = 200;
/// So many slices in one turn; the next turn takes the rest.
const MOST: usize = 20;

/// Goes on with the round where it is due; gives how many slices were looked at.
///
/// # Errors
/// When the database refuses.
pub async fn turn_unseen(desk: &Desk) -> Result<usize, CaseError> {
    let mut turned = 0;
    while turned < MOST && is_due(desk).await? && slice(desk).await? {
        turned += 1;
    }
    Ok(turned)
}

/// Whether the round is to go on; one that was never begun begins with the next night.
async fn is_due(desk: &Desk) -> Result<bool, CaseError> {
    if let Some((at, _)) = desk.storage.read().unseen_round().await? {
        return Ok(at <= desk.now());
    }
    let terms = desk.policy_in_force().await?.1.unseen.clone();
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_unseen().await?;
    if tx.read()?.unseen_round().await?.is_none() {
        tx.put_unseen_round(terms.next(desk.now(), &desk.calendar), None).await?;
    }
    tx.commit().await?;
    Ok(false)
}

/// Looks at the next students. Says whether it did: another process may have been faster.
async fn slice(desk: &Desk) -> Result<bool, CaseError> {
    let (now, terms) = (desk.now(), desk.policy_in_force().await?.1.unseen.clone());
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_unseen().await?;
    let Some((_, after)) = tx.read()?.unseen_round().await?.filter(|(at, _)| *at <= now) else { return Ok(false) };
    let students = tx.read()?.students_after(after, SLICE).await?;
    let lists = desk.watch_lists.all().iter().filter(|l| !l.hidden);
    let lists: Vec<String> = lists.map(|l| l.code.clone()).collect();
    for found in tx.read()?.unseen(&students, terms.since(now, &desk.calendar), &lists).await? {
        look_after(desk, &mut tx, &found, &terms).await?;
    }
    let whole = u32::try_from(students.len()).is_ok_and(|n| n == SLICE);
    match students.last().filter(|_| whole) {
        Some(last) => tx.put_unseen_round(now, Some(*last)).await?,
        None => tx.put_unseen_round(terms.next(now, &desk.calendar), None).await?,
    }
    tx.commit().await?;
    Ok(true)
}

/// Gives the task: to the class teacher, as far as he may know of what there was; otherwise to the first who may.
async fn look_after(desk: &Desk, tx: &mut Tx, found: &UnseenRecord, terms: &UnseenTerms) -> Result<(), CaseError> {
    let Some(student) = tx.read()?.student_for_service(found.student).await? else { return Ok(()) };
    let alert = found.alert.filter(|_| !found.known);
    let restricted = !found.known && alert.is_none();
    let Some(owner) = who_looks(desk, tx, &student, found).await? else { return Ok(()) };
    let wanted = Wanted {
        alert,
        record: None,
        kind: TaskKind::Unseen,
        text: format!(
            "已有 {} 周以上没有人写过这名学生的情况：请去看看他、谈一谈，并写下看到的。有危险请立即报告。",
            terms.weeks
        ),
        restricted,
        owner,
        from: None,
        due_at: terms.due.after(desk.now(), &desk.calendar),
    };
    give_by_service(desk, tx, &student, wanted).await.map(|_| ())
}

async fn who_looks(
    desk: &Desk,
    tx: &Tx,
    student: &StudentRecord,
    found: &UnseenRecord,
) -> Result<Option<PersonId>, CaseError> {
    let alert = found.alert.filter(|_| !found.known);
    let directory = directory_for(desk, tx, &student.place(), alert, None).await?;
    let all = [Office::ClassTeacher, Office::GradeLead, Office::Counsellor, Office::VicePrincipal, Office::Principal];
    // Of a hidden list, and of an alert of the school before, nobody below the counsellor learns, not even by being asked to look.
    let above = [Office::Counsellor, Office::VicePrincipal, Office::Principal];
    let tiers: &[Office] = if found.known || alert.is_some() { &all } else { &above };
    let sealed = !found.known && !found.hidden && alert.is_none();
    let left_out = if sealed { tx.read()?.left_out_of_sealed(found.student).await? } else { BTreeSet::new() };
    let mut people = tiers.iter().flat_map(|office| directory.people(&[*office]));
    Ok(people.find(|e| !left_out.contains(&e.person)).map(|e| e.person))
}

/// Somebody looked after the child: what he saw stands in its file, and it is not unseen any more.
pub(crate) async fn looked_after(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    task: &TaskRecord,
    note: &str,
) -> Result<(), CaseError> {
    let (TaskKind::Unseen, Some(student)) = (task.kind, task.about.student_id()) else { return Ok(()) };
    let audience = match task.alert {
        Some(alert) => tx.read()?.alert_for_service(alert).await?.map(|a| a.audience),
        None => None,
    };
    let new = NewGrowthEntry::new(EntryKind::LookIn, student, EventId::new(desk.ids.uuid()), desk.now());
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(serde_json::json!({ "what": "looked_in", "text": note }).to_string()),
        source: Some(Source::Staff),
        alert: task.alert,
        audience: audience.unwrap_or(new.audience),
        visibility: if task.restricted { Visibility::Restricted } else { new.visibility },
        ..new
    };
    Ok(tx.add_growth_entries(&[entry]).await?)
}
