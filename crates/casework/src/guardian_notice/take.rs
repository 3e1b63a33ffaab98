//! What became of a notice: signed, refused before a witness, back, a second opinion. Nothing waits for any of it.

use domain::access::Right;
use domain::audit::Act;
use domain::fault::Fault;
use domain::guardian_notice::{NoticeStep, StepDraft, Taken, not_a_witness, not_signed_yet};
use domain::id::{EventId, NoticeId, PersonId, StudentId};
use domain::task::TaskState;
use serde_json::json;
use storage::{NoticeRecord, NoticeStepRecord, StudentRecord, Tx};

use super::{notices_read, write_down};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::{cared_for, void_tasks_about};
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// Writes down what became of a notice.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when it was signed
/// already, or refused already.
pub async fn take_notice_step(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, NoticeId),
    (step, draft): (NoticeStep, &StepDraft),
    key: Option<&IdempotencyKey>,
) -> Result<(), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::RecordCare).await?;
    tx.alone_with_student(student.id).await?;
    let all = notices_read(desk, &tx, by, student.id).await?;
    let notice = all.into_iter().find(|n| n.id == id).ok_or(CaseError::NotFound)?;
    if answered::<bool>(&mut tx, by, key).await?.is_some() {
        return Ok(());
    }
    let (taken, witness) = looked_at(desk, &tx, by, &student, (step, draft), &notice).await?;
    stands(step, &notice)?;
    let record = NoticeStepRecord {
        id: EventId::new(desk.ids.uuid()),
        taken,
        witness: witness.clone(),
        by: (by.person(), by.name.clone()),
        at: desk.now(),
    };
    tx.add_notice_step(id, &record).await?;
    if matches!(step, NoticeStep::Signed | NoticeStep::Refused) {
        void_tasks_about(desk, &mut tx, id.uuid(), TaskState::Done, Some(by.person())).await?;
    }
    let t = &record.taken;
    let body = json!({
        "what": step.key(), "signer": t.by, "witness": witness, "said": t.said, "at": wall(desk, t.at),
        "guardian": notice.notice.guardian,
    });
    write_down(desk, &mut tx, by, &notice, (t.at, &body)).await?;
    tx.audit(&[by.audit(desk, Act::RecordNotice, Some(student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &true, desk.real_now()).await?;
    Ok(tx.commit().await?)
}

/// What was signed stays signed; whoever refused may still sign. What nobody has signed does not come back signed.
fn stands(step: NoticeStep, n: &NoticeRecord) -> Result<(), CaseError> {
    let signed = n.step(NoticeStep::Signed).is_some();
    if step == NoticeStep::Returned && !signed {
        return Err(CaseError::Invalid(vec![not_signed_yet()]));
    }
    let again = match step {
        NoticeStep::Signed => signed,
        NoticeStep::Refused => signed || n.step(NoticeStep::Refused).is_some(),
        NoticeStep::Returned => n.step(NoticeStep::Returned).is_some(),
        NoticeStep::SecondOpinion => false,
    };
    if again {
        return Err(CaseError::Conflict(if signed && step != NoticeStep::Returned {
            "already_signed"
        } else {
            "already_noted"
        }));
    }
    Ok(())
}

/// Everything that is wrong is named at once: what was typed, and who was there.
async fn looked_at(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    student: &StudentRecord,
    (step, draft): (NoticeStep, &StepDraft),
    notice: &NoticeRecord,
) -> Result<(Taken, Option<String>), CaseError> {
    let (now, school) = (desk.now(), student.place().school);
    let looked = draft.validate(step, notice.at, now);
    let mut faults: Vec<Fault> = looked.as_ref().err().cloned().unwrap_or_default();
    let named = draft.witness.trim().parse::<PersonId>().ok().filter(|_| step == NoticeStep::Refused);
    let mut witness = None;
    if let Some(person) = named {
        let staff = tx.read()?.staff_of(school, now).await?;
        witness = staff.into_iter().find(|p| p.id == person && person != by.person()).map(|p| p.name);
        if witness.is_none() {
            faults.push(not_a_witness());
        }
    }
    match looked {
        Ok(taken) if faults.is_empty() => Ok((taken, witness)),
        Ok(_) | Err(_) => Err(CaseError::Invalid(faults)),
    }
}
