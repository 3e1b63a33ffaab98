//! Two people decide whether home is told.

use domain::access::Right;
use domain::audit::Act;
use domain::care::decided;
use domain::directory::Audience;
use domain::fault::Fault;
use domain::growth_file::{EntryKind, Visibility};
use domain::id::{EventId, StudentId};
use domain::task::{TaskKind, TaskState};
use serde_json::json;
use storage::{HouseholdLock, HouseholdProposal, NewGrowthEntry, Read, StudentRecord, Tx};

use crate::task::{cared_for, void_tasks_about};
use crate::{CaseError, Desk, Signed};

/// The lock of a student's household, if there is one. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`], or [`CaseError::Forbidden`] for whoever does not decide.
pub async fn view_household(desk: &Desk, by: &Signed, student: StudentId) -> Result<Option<HouseholdLock>, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let student = decider(desk, &tx, by, student).await?;
    let lock = lock_for(&tx.read()?, by, student.id).await?;
    tx.audit(&[by.audit(desk, Act::ReadGrowthFile, Some(student.id), None)]).await?;
    tx.commit().await?;
    Ok(lock)
}

/// A student, for the form by which it is decided. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`], or [`CaseError::Forbidden`] for whoever does not decide.
pub async fn student_for_household(desk: &Desk, by: &Signed, id: StudentId) -> Result<StudentRecord, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let student = decider(desk, &tx, by, id).await?;
    tx.audit(&[by.audit(desk, Act::ListStudents, Some(student.id), None)]).await?;
    tx.commit().await?;
    Ok(student)
}

/// The lock, for somebody. Whom a report by law names does not learn of it that anything is locked, and decides nothing.
pub(crate) async fn lock_for(
    read: &Read<'_>,
    by: &Signed,
    student: StudentId,
) -> Result<Option<HouseholdLock>, CaseError> {
    let circle = read.circle_of_household(student).await?;
    if circle.left_out.contains(&by.person()) || circle.audience == Audience::DistrictOnly {
        return Ok(None);
    }
    Ok(read.household_lock(student).await?)
}

/// Whoever assesses decides, and whoever was asked to in place of one who may not hear of it.
async fn decider(desk: &Desk, tx: &Tx, by: &Signed, student: StudentId) -> Result<StudentRecord, CaseError> {
    match cared_for(desk, &tx.read()?, by, student, Right::Assess).await {
        Err(CaseError::Forbidden) if asked(tx, by, student).await? => {
            cared_for(desk, &tx.read()?, by, student, Right::OpenFile).await
        }
        found => found,
    }
}

async fn asked(tx: &Tx, by: &Signed, student: StudentId) -> Result<bool, CaseError> {
    let Some(lock) = lock_for(&tx.read()?, by, student).await? else { return Ok(false) };
    let open = tx.read()?.open_tasks_about(lock.id.uuid()).await?;
    Ok(open.iter().any(|t| t.kind == TaskKind::GuardianDecision && t.owner.0 == by.person()))
}

async fn locked(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: StudentId,
) -> Result<(StudentRecord, HouseholdLock), CaseError> {
    let student = decider(desk, tx, by, student).await?;
    tx.alone_with_student(student.id).await?;
    let lock = lock_for(&tx.read()?, by, student.id).await?;
    Ok((student, lock.ok_or(CaseError::Conflict("not_locked"))?))
}

/// Proposes whether home is told. Another person signs. Gives the lock as it is now.
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
) -> Result<Option<HouseholdLock>, CaseError> {
    let mut tx = desk.storage.begin().await?;
    decider(desk, &tx, by, student).await?;
    let (decision, reason) = decided(decision, reason)?;
    let (student, lock) = locked(desk, &mut tx, by, student).await?;
    let proposal = HouseholdProposal { id: EventId::new(desk.ids.uuid()), decision, reason, by: by.person() };
    tx.propose_household(lock.id, &proposal, desk.now()).await?;
    tx.audit(&[by.audit(desk, Act::ProposeHousehold, Some(student.id), Some(lock.id.to_string()))]).await?;
    let now = lock_for(&tx.read()?, by, student.id).await?;
    tx.commit().await?;
    Ok(now)
}

/// Signs what another person proposed. `of` is the proposal that was read. Not telling home is decided as well, and leaves
/// the household locked. Gives the lock as it is now.
///
/// # Errors
/// [`CaseError::Invalid`] when it is not said which proposal is signed, [`CaseError::NotFound`], [`CaseError::Forbidden`], or
/// a conflict when nothing is proposed, or by the same person, or when something else is proposed by now.
pub async fn sign_household(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    of: &str,
) -> Result<Option<HouseholdLock>, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (student, lock) = locked(desk, &mut tx, by, student).await?;
    let proposal = lock.proposal.filter(|_| lock.signed_at.is_none());
    let proposal = proposal.ok_or(CaseError::Conflict("no_proposal"))?;
    // Whoever stands in for the proposer does not sign by the proposer's own position: that would be one signature.
    let own = by.actor.without(|away| away == proposal.by).scope(Right::Assess, desk.now());
    let himself = own.covers(&student.place()) || asked(&tx, by, student.id).await?;
    if proposal.by == by.person() || !himself {
        return Err(CaseError::Conflict("same_person"));
    }
    signs_this(&proposal, of)?;
    let now = desk.now();
    tx.sign_household(lock.id, by.person(), proposal.decision.lifts().then_some(now), now).await?;
    void_tasks_about(desk, &mut tx, lock.id.uuid(), TaskState::Done, Some(by.person())).await?;
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(
            json!({ "what": "decided", "decision": proposal.decision.key(), "reason": proposal.reason }).to_string(),
        ),
        record: Some(lock.id.uuid()),
        visibility: Visibility::Restricted,
        ..NewGrowthEntry::new(EntryKind::GuardianContact, student.id, EventId::new(desk.ids.uuid()), now)
    };
    tx.add_growth_entries(&[entry]).await?;
    tx.audit(&[by.audit(desk, Act::SignHousehold, Some(student.id), Some(lock.id.to_string()))]).await?;
    let left = lock_for(&tx.read()?, by, student.id).await?;
    tx.commit().await?;
    Ok(left)
}

/// A signature is for the proposal that was read, not for whatever stands there now.
fn signs_this(proposal: &HouseholdProposal, of: &str) -> Result<(), CaseError> {
    let said = of.trim();
    if said.is_empty() {
        let (zh, en) = ("请说明签的是哪一项提议", "Say which proposal is signed");
        return Err(CaseError::Invalid(vec![Fault::new("proposal", "required", zh, en)]));
    }
    if said == proposal.id.to_string() { Ok(()) } else { Err(CaseError::Conflict("proposal_changed")) }
}
