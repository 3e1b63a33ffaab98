//! Writing down a talk with the child, and a visit at home.

use domain::access::Right;
use domain::audit::Act;
use domain::care::{HomeVisitDraft, InterviewDraft};
use domain::growth_file::EntryKind;
use domain::id::{EventId, StudentId};
use serde_json::json;

use super::danger::ask_for_report;
use super::interviewed::interviewed;
use super::lock::refuse_while_locked;
use super::{next_time, write_down};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::cared_for;
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// Writes down a talk. Gives its entry, and whether it has to be reported at once: a note in a file wakes nobody, so
/// that the report is owed within minutes, and those above hear where it is not made.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`].
pub async fn record_interview(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &InterviewDraft,
    key: Option<&IdempotencyKey>,
) -> Result<(EventId, bool), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::Counsel).await?;
    if let Some(done) = answered(&mut tx, by, key).await? {
        return Ok(done);
    }
    let talk = draft.validate(desk.now())?;
    let body = json!({
        "what": "talk", "text": talk.text, "means_asked": talk.means_asked, "wish_to_die": talk.wish_to_die.key(),
        "safe_now": talk.safe_now.key(), "next": talk.next_at.map(|at| wall(desk, at)),
    });
    let id = write_down(desk, &mut tx, by, &student, (EntryKind::Interview, talk.at), &body).await?;
    interviewed(desk, &mut tx, by, student.id, talk.at).await?;
    let owed = talk.is_danger() && ask_for_report(desk, &mut tx, by, &student, (&talk, id)).await?;
    next_time(desk, &mut tx, &student, by.person(), ("约定的下次访谈", true), talk.next_at).await?;
    tx.audit(&[by.audit(desk, Act::RecordInterview, Some(student.id), Some(id.to_string()))]).await?;
    let done = (id, owed);
    remember(&mut tx, by, key, &done, desk.real_now()).await?;
    tx.commit().await?;
    Ok(done)
}

/// Writes down a visit at home. Gives its entry. While nobody of the household may be told nobody visits it either.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict while nobody of
/// the household may be told.
pub async fn record_home_visit(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &HomeVisitDraft,
    key: Option<&IdempotencyKey>,
) -> Result<EventId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::RecordCare).await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    tx.alone_with_student(student.id).await?;
    refuse_while_locked(&tx.read()?, by, student.id).await?;
    let visit = draft.validate(desk.now())?;
    let body = json!({
        "what": "visit", "went": visit.went, "met": visit.met, "seen": visit.seen_child, "text": visit.text,
        "next": visit.next_at.map(|at| wall(desk, at)),
    });
    let id = write_down(desk, &mut tx, by, &student, (EntryKind::HomeVisit, visit.at), &body).await?;
    next_time(desk, &mut tx, &student, by.person(), ("约定的下次家访", false), visit.next_at).await?;
    tx.audit(&[by.audit(desk, Act::RecordHomeVisit, Some(student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(id)
}
