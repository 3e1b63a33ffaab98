//! Two people decide whether home is told.

use domain::access::Right;
use domain::audit::Act;
use domain::care::decided;
use domain::growth_file::{EntryKind, Visibility};
use domain::id::{EventId, StudentId};
use domain::task::TaskState;
use serde_json::json;
use storage::{HouseholdLock, NewGrowthEntry, StudentRecord, Tx};

use crate::task::{cared_for, void_tasks_about};
use crate::{CaseError, Desk, Signed};

/// The lock of a student's household, if there is one. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`], or [`CaseError::Forbidden`] for whoever does not decide.
pub async fn view_household(desk: &Desk, by: &Signed, student: StudentId) -> Result<Option<HouseholdLock>, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::Assess).await?;
    let lock = lock_for(&tx, by, student.id).await?;
    tx.audit(&[by.audit(desk, Act::ReadGrowthFile, Some(student.id), None)]).await?;
    tx.commit().await?;
    Ok(lock)
}

/// The lock, for somebody. Whom a report by law names does not learn of it that anything is locked, and decides nothing.
async fn lock_for(tx: &Tx, by: &Signed, student: StudentId) -> Result<Option<HouseholdLock>, CaseError> {
    let read = tx.read()?;
    if read.is_left_out_about(student, by.person()).await? {
        return Ok(None);
    }
    Ok(read.household_lock(student).await?)
}

async fn locked(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: StudentId,
) -> Result<(StudentRecord, HouseholdLock), CaseError> {
    let student = cared_for(desk, &tx.read()?, by, student, Right::Assess).await?;
    tx.alone_with_student(student.id).await?;
    let lock = lock_for(tx, by, student.id).await?;
    Ok((student, lock.ok_or(CaseError::Conflict("not_locked"))?))
}

/// Proposes whether home is told. Another person signs.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when nothing is
/// locked.
pub async fn propose_household(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    decision: &str,
    reason: &str,
) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    cared_for(desk, &tx.read()?, by, student, Right::Assess).await?;
    let (decision, reason) = decided(decision, reason)?;
    let (student, lock) = locked(desk, &mut tx, by, student).await?;
    tx.propose_household(lock.id, (decision, &reason), by.person(), desk.now()).await?;
    tx.audit(&[by.audit(desk, Act::ProposeHousehold, Some(student.id), Some(lock.id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// Signs what another person proposed. Not telling home is decided as well, and leaves the household locked.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when nothing is proposed, or by the same person.
pub async fn sign_household(desk: &Desk, by: &Signed, student: StudentId) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (student, lock) = locked(desk, &mut tx, by, student).await?;
    let proposal = lock.proposal.filter(|_| lock.signed_at.is_none());
    let (decision, reason, proposer) = proposal.ok_or(CaseError::Conflict("no_proposal"))?;
    // Whoever stands in for the proposer does not sign by the proposer's own position: that would be one signature.
    let own = by.actor.without(|away| away == proposer).scope(Right::Assess, desk.now());
    if proposer == by.person() || !own.covers(&student.place()) {
        return Err(CaseError::Conflict("same_person"));
    }
    let now = desk.now();
    tx.sign_household(lock.id, by.person(), decision.lifts().then_some(now), now).await?;
    void_tasks_about(desk, &mut tx, lock.id.uuid(), TaskState::Done, Some(by.person())).await?;
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(json!({ "what": "decided", "decision": decision.key(), "reason": reason }).to_string()),
        record: Some(lock.id.uuid()),
        visibility: Visibility::Restricted,
        ..NewGrowthEntry::new(EntryKind::GuardianContact, student.id, EventId::new(desk.ids.uuid()), now)
    };
    tx.add_growth_entries(&[entry]).await?;
    tx.audit(&[by.audit(desk, Act::SignHousehold, Some(student.id), Some(lock.id.to_string()))]).await?;
    Ok(tx.commit().await?)
}
