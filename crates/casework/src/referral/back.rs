//! What came of it?

use domain::audit::Act;
use domain::id::{ReferralId, StudentId};
use domain::referral::Back;
use domain::task::{TaskKind, TaskState};
use serde_json::json;

use super::{ask, found, write_down};
use crate::task::void_tasks_about;
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// Notes what came of a referral. A next visit is a task of whoever made it.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when that is
/// known.
pub async fn refer_back(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, ReferralId),
    at: &str,
    outcome: &str,
    next_visit: Option<&str>,
) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (student, referral) = found(desk, &tx, by, student, id).await?;
    let back = Back::validate(at, outcome, next_visit, referral.leg, desk.now())?;
    if !tx.referral_back(id, &back, by.person()).await? {
        return Err(CaseError::Conflict("already_back"));
    }
    void_tasks_about(desk, &mut tx, id.uuid(), TaskState::Done, Some(by.person())).await?;
    let next = back.next_visit.map(|at| wall(desk, at));
    let body = json!({ "what": "back", "to": referral.referral.to, "outcome": back.outcome, "next_visit": next });
    write_down(desk, &mut tx, by, &referral, back.at, &body).await?;
    if let Some(due) = back.next_visit {
        ask(desk, &mut tx, &student, &referral, (TaskKind::FollowUp, "下次就诊：提醒并确认去了没有"), due).await?;
    }
    tx.audit(&[by.audit(desk, Act::ReferralBack, Some(student.id), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}
