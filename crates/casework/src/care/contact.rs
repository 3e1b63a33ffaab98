//! A call to a guardian. While it may make the child less safe nobody of the household is told: two people decide within the
//! hour.

use domain::access::Right;
use domain::audit::Act;
use domain::care::{GuardianContactDraft, HomeSafety};
use domain::directory::Office;
use domain::growth_file::{EntryKind, Visibility};
use domain::id::{EventId, PersonId, StudentId};
use domain::task::TaskKind;
use domain::time::minutes;
use serde_json::json;
use storage::{NewGrowthEntry, StudentRecord, Tx};

use super::{next_time, write_down};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::{Wanted, cared_for, directory_for, give_by_service};
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// How long the decision may take, in minutes.
const DECIDE_WITHIN: u32 = 60;

/// Writes down a call to a guardian. Gives its entry. Where the child may be less safe for it nothing of the call is kept: the
/// household is locked, and those who decide are told.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict while nobody of
/// the household may be told.
pub async fn record_guardian_contact(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &GuardianContactDraft,
    key: Option<&IdempotencyKey>,
) -> Result<EventId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::RecordCare).await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    tx.alone_with_student(student.id).await?;
    let locked = tx.read()?.household_lock(student.id).await?.is_some();
    if let Some(why) = draft.home().filter(|home| home.locks() && !locked) {
        lock(desk, &mut tx, by, &student, why).await?;
        tx.commit().await?;
        return Err(CaseError::Conflict("household_locked"));
    }
    if locked {
        return Err(CaseError::Conflict("household_locked"));
    }
    let call = draft.validate(desk.now())?;
    let body = json!({
        "what": "contact", "guardian": call.guardian, "relation": call.relation.key(), "by": call.by.key(),
        "told": call.told, "answer": call.answer.key(), "next": call.next_at.map(|at| wall(desk, at)),
    });
    let id = write_down(desk, &mut tx, by, &student, (EntryKind::GuardianContact, call.at), &body).await?;
    next_time(desk, &mut tx, &student, by.person(), ("再次联系家长", false), call.next_at).await?;
    tx.audit(&[by.audit(desk, Act::RecordGuardianContact, Some(student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(id)
}

async fn lock(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: &StudentRecord,
    why: HomeSafety,
) -> Result<(), CaseError> {
    let (id, now) = (EventId::new(desk.ids.uuid()), desk.now());
    tx.lock_household(id, student.id, why, by.person(), now).await?;
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(json!({ "what": "locked", "why": why.key() }).to_string()),
        record: Some(id.uuid()),
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
            from: Some(by.person()).filter(|p| *p != owner),
            due_at: now + minutes(DECIDE_WITHIN),
        };
        give_by_service(desk, tx, student, wanted).await?;
    }
    Ok(tx.audit(&[by.audit(desk, Act::LockHousehold, Some(student.id), Some(id.to_string()))]).await?)
}

/// Vice-principal and counsellor; where there is neither, the principal.
async fn deciders(desk: &Desk, tx: &Tx, student: &StudentRecord) -> Result<Vec<PersonId>, CaseError> {
    let directory = directory_for(desk, tx, student, None).await?;
    let people = |offices: &[Office]| -> Vec<PersonId> {
        directory.people(offices).into_iter().filter(|e| e.deputy_of.is_none()).map(|e| e.person).collect()
    };
    let first = people(&[Office::VicePrincipal, Office::Counsellor]);
    Ok(if first.is_empty() { people(&[Office::Principal]) } else { first })
}
