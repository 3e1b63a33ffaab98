//! Locking a household: nobody of it is told of anything before two people have decided.

use std::collections::BTreeSet;

use domain::care::HomeSafety;
use domain::directory::Office;
use domain::growth_file::{EntryKind, Visibility};
use domain::id::{EventId, PersonId, StudentId};
use domain::task::{TaskKind, TaskState};
use domain::time::minutes;
use serde_json::json;
use storage::{MandatoryRecord, NewGrowthEntry, Read, StudentRecord, Tx};

use crate::task::{Wanted, directory_for, give_by_service, void_tasks_about};
use crate::{CaseError, Desk, Signed};

/// How long the decision may take, in minutes.
const DECIDE_WITHIN: u32 = 60;

/// Locks a household, and asks those who decide. Where it is locked already they decide anew. Where a report by law is why,
/// nothing says who reported; nobody whom a report leaves out is asked, and where that leaves nobody at the school, the report's
/// own clock tells the district first, in half an hour.
pub(crate) async fn lock_household(
    desk: &Desk,
    tx: &mut Tx,
    (by, report): (PersonId, Option<&MandatoryRecord>),
    student: &StudentRecord,
    why: HomeSafety,
) -> Result<(), CaseError> {
    let now = desk.now();
    let id = locked_as(desk, tx, by, student, why).await?;
    let entry = NewGrowthEntry {
        by: report.is_none().then_some(by),
        body: Some(json!({ "what": "locked", "why": why.key() }).to_string()),
        record: Some(report.map_or(id.uuid(), |r| r.id.uuid())),
        audience: report.map(|r| r.circle.audience).unwrap_or_default(),
        visibility: Visibility::Restricted,
        ..NewGrowthEntry::new(EntryKind::GuardianContact, student.id, EventId::new(desk.ids.uuid()), now)
    };
    tx.add_growth_entries(&[entry]).await?;
    for owner in deciders(desk, tx, student).await? {
        let wanted = Wanted {
            alert: None,
            record: Some(id.uuid()),
            kind: TaskKind::GuardianDecision,
            text: "一小时内决定是否告知家长（两人签字；有危险时会同公安）".to_owned(),
            restricted: true,
            owner,
            from: Some(by).filter(|p| *p != owner && report.is_none()),
            due_at: now + minutes(DECIDE_WITHIN),
        };
        give_by_service(desk, tx, student, wanted).await?;
    }
    Ok(())
}

/// Refuses whatever would reach home while nobody of the household may be told. Whoever may not hear why is sent to the
/// counsellor in words that say nothing of it.
pub(crate) async fn refuse_while_locked(read: &Read<'_>, by: &Signed, student: StudentId) -> Result<(), CaseError> {
    if read.household_lock(student).await?.is_none() {
        return Ok(());
    }
    let circle = read.circle_of_household(student).await?;
    let admitted = by.actor.positions.iter().any(|(p, _)| circle.audience.admits(p.role));
    let hears = admitted && !circle.left_out.contains(&by.person());
    Err(CaseError::Conflict(if hears { "household_locked" } else { "home_through_counsellor" }))
}

/// Gives the lock's id.
async fn locked_as(
    desk: &Desk,
    tx: &mut Tx,
    by: PersonId,
    student: &StudentRecord,
    why: HomeSafety,
) -> Result<EventId, CaseError> {
    let (standing, id) = (tx.read()?.household_lock(student.id).await?, EventId::new(desk.ids.uuid()));
    let Some(lock) = standing else {
        tx.lock_household(id, student.id, why, by, desk.now()).await?;
        return Ok(id);
    };
    tx.lock_household_anew(lock.id, why).await?;
    void_tasks_about(desk, tx, lock.id.uuid(), TaskState::Void, None).await?;
    Ok(lock.id)
}

/// Vice-principal and counsellor; where there are not two of them, the principal as well.
async fn deciders(desk: &Desk, tx: &Tx, student: &StudentRecord) -> Result<Vec<PersonId>, CaseError> {
    let directory = directory_for(desk, tx, &student.place(), None, Some(student.id)).await?;
    let people = |offices: &[Office]| -> Vec<PersonId> {
        directory.people(offices).into_iter().filter(|e| e.deputy_of.is_none()).map(|e| e.person).collect()
    };
    let first: BTreeSet<PersonId> = people(&[Office::VicePrincipal, Office::Counsellor]).into_iter().collect();
    let more = if first.len() < 2 { people(&[Office::Principal]) } else { Vec::new() };
    Ok(first.into_iter().chain(more).collect())
}
