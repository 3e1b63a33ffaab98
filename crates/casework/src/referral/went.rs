//! Did they go?

use domain::audit::Act;
use domain::id::{ReferralId, StudentId};
use domain::policy::Span;
use domain::referral::Went;
use domain::task::{TaskKind, TaskState};
use serde_json::json;

use super::{ask, found, write_down};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::void_tasks_about;
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// So long after nobody went it is asked again.
const AGAIN: Span = Span::SchoolDays(1);

/// Notes whether they went. Whoever made the referral is then asked for what came of it, or why nobody went.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when that is
/// known.
pub async fn refer_went(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, ReferralId),
    went: Option<bool>,
    at: Option<&str>,
    note: Option<&str>,
    key: Option<&IdempotencyKey>,
) -> Result<(), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let (mut tx, now) = (desk.storage.begin().await?, desk.now());
    let (student, referral) = found(desk, &tx, by, student, id).await?;
    if let Some(()) = answered(&mut tx, by, key).await? {
        return Ok(());
    }
    let said = Went::validate(went, at, note, referral.leg, now)?;
    if referral.leg.went_at.is_some() {
        return Err(CaseError::Conflict("already_went"));
    }
    void_tasks_about(desk, &mut tx, id.uuid(), TaskState::Done, Some(by.person())).await?;
    let policy = desk.policy_in_force().await?.1;
    match said {
        Went::Yes { at, note } => {
            if !tx.referral_went(id, at, by.person()).await? {
                return Err(CaseError::Conflict("already_went"));
            }
            let body = json!({ "what": "went", "to": referral.referral.to, "at": wall(desk, at), "note": note });
            write_down(desk, &mut tx, by, &referral, at, &body).await?;
            let due = policy.tasks.referral_back.after(now, &desk.calendar);
            ask(desk, &mut tx, &student, &referral, (TaskKind::Referral, "取回转介的结果和下次就诊时间"), due).await?;
        }
        Went::No { note } => {
            let body = json!({ "what": "not_gone", "to": referral.referral.to, "note": note });
            write_down(desk, &mut tx, by, &referral, now, &body).await?;
            let due = AGAIN.after(now, &desk.calendar);
            ask(desk, &mut tx, &student, &referral, (TaskKind::Referral, "转介后没有去：再次联系，确认去了没有"), due)
                .await?;
        }
    }
    tx.audit(&[by.audit(desk, Act::ReferralWent, Some(student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &(), desk.real_now()).await?;
    Ok(tx.commit().await?)
}
