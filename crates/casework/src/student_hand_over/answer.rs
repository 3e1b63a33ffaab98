//! What else is done with a hand-over: it is refused, taken back, or the receiver is told by telephone.

use domain::alert::REASON_CHARS;
use domain::audit::Act;
use domain::fault::Faults;
use domain::id::StudentHandOverId;
use domain::notice::NoticeKind;
use domain::student_hand_over::{MoveState, StudentCourse, telephone};
use domain::task::long_text;
use storage::{StudentHandOverRecord, Tx};

use super::entry::{self, Line};
use super::may::{may_answer, may_take_back};
use super::reader;
use super::send::{stored, told_too_late};
use super::sides::Side;
use super::tell::Said;
use crate::{CaseError, Desk, Signed};

/// A hand-over that somebody sees, with nobody else at it.
async fn find(desk: &Desk, by: &Signed, id: StudentHandOverId) -> Result<(Tx, StudentHandOverRecord), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let seen = tx.read()?.student_hand_over(&reader(desk, by), id).await?.ok_or(CaseError::NotFound)?;
    tx.alone_with_student(seen.student.0).await?;
    let h = stored(&tx.read()?, id).await?;
    Ok((tx, h))
}

/// Refuses a student: he stays where he is, the sender hears, and so does the tier above him.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], [`CaseError::Invalid`] without a reason, or a conflict when nothing waits.
pub async fn refuse_student(desk: &Desk, by: &Signed, id: StudentHandOverId, reason: &str) -> Result<(), CaseError> {
    let (mut tx, h) = find(desk, by, id).await?;
    if !may_answer(desk, &tx.read()?, by, &h).await? {
        return Err(CaseError::Forbidden);
    }
    let mut faults = Faults::new();
    let words = ("请写明为什么不接收", "Say why not");
    let reason = long_text(reason, "reason", REASON_CHARS, words, &mut faults);
    let reason = faults.or(reason)?;
    let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
    let due_at = policy.student_hand_over.send_again_within.after(now, &desk.calendar);
    let (said, told, rungs) = told_of_refusal(desk, &tx, &h).await?;
    let course = StudentCourse { due_at, told, above: rungs, chased_at: None };
    let act_at = course.next(now, &policy.tasks, &desk.calendar);
    if !tx.give_student_back(id, by.person(), &reason, (now, due_at, act_at), told).await? {
        return Err(CaseError::Conflict("student_hand_over_ended"));
    }
    let body = entry::body(desk, "refused", &h);
    let line = Line { student: h.student.0, hand_over: Some(id), by: Some(by.person()), body, restricted: false };
    entry::write(desk, &mut tx, line).await?;
    said.put(desk, &mut tx).await?;
    tx.audit(&[by.audit(desk, Act::RefuseStudent, Some(h.student.0), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// The sender, and the first of those above him that has anybody in it. Gives how many rungs have heard, of how many.
async fn told_of_refusal(desk: &Desk, tx: &Tx, h: &StudentHandOverRecord) -> Result<(Said, u8, u8), CaseError> {
    let between = h.is_between_schools() || h.to.is_none();
    let side = Side::sending(desk, &tx.read()?, h.from, between).await?;
    let (senders, rungs) = super::turn::senders(&side, h);
    let mut said = Said::default();
    let mut told = 0_u8;
    for entry in &senders {
        said.add(h.from.school, entry, NoticeKind::StudentAnswered, h.id);
    }
    for office in &rungs {
        told = told.saturating_add(1);
        let people = side.first_of(&[*office], None);
        let people: Vec<_> = people.into_iter().filter(|e| !senders.iter().any(|s| s.person == e.person)).collect();
        if !people.is_empty() {
            people.iter().for_each(|e| said.add(h.from.school, e, NoticeKind::StudentAnswered, h.id));
            break;
        }
    }
    Ok((said, told, u8::try_from(rungs.len()).unwrap_or(u8::MAX)))
}

/// Takes a hand-over back that was not accepted: it never was. `expected` is the version that was read.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], [`CaseError::Stale`], or a conflict when it has ended.
pub async fn withdraw_student(
    desk: &Desk,
    by: &Signed,
    id: StudentHandOverId,
    expected: Option<u64>,
) -> Result<(), CaseError> {
    let (mut tx, h) = find(desk, by, id).await?;
    if !may_take_back(desk, &tx.read()?, by, &h).await? {
        return Err(CaseError::Forbidden);
    }
    if expected.is_some_and(|v| v != h.version) {
        return Err(CaseError::Stale);
    }
    if !tx.end_student_hand_over(id, MoveState::Withdrawn, None, desk.now()).await? {
        return Err(CaseError::Conflict("student_hand_over_ended"));
    }
    let body = entry::body(desk, "withdrawn", &h);
    let line = Line { student: h.student.0, hand_over: Some(id), by: Some(by.person()), body, restricted: false };
    entry::write(desk, &mut tx, line).await?;
    tx.audit(&[by.audit(desk, Act::WithdrawStudent, Some(h.student.0), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// Writes down that the receiver was told by telephone, before the first day.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], [`CaseError::Invalid`] with every fault, or a conflict when it has ended.
pub async fn tell_of_student(
    desk: &Desk,
    by: &Signed,
    id: StudentHandOverId,
    to: &str,
    at: &str,
) -> Result<(), CaseError> {
    let (mut tx, h) = find(desk, by, id).await?;
    if !may_take_back(desk, &tx.read()?, by, &h).await? {
        return Err(CaseError::Forbidden);
    }
    let mut faults = Faults::new();
    let told = telephone(to, at, desk.now(), &mut faults);
    let late = told.as_ref().is_some_and(|(_, at)| h.to.is_some() && desk.calendar.date(*at) >= h.effective_on);
    faults.when(late, told_too_late);
    let Some((to, at)) = told else { return Err(CaseError::Invalid(faults.into_vec())) };
    faults.or(())?;
    if !h.state.is_live() {
        return Err(CaseError::Conflict("student_hand_over_ended"));
    }
    tx.told_of_student(id, &to, at, by.person()).await?;
    tx.audit(&[by.audit(desk, Act::TellOfStudent, Some(h.student.0), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}
