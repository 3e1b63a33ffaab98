//! Making a referral.

use domain::access::Right;
use domain::audit::Act;
use domain::id::{ReferralId, StudentId};
use domain::policy::Span;
use domain::referral::{Leg, ReferralDraft};
use domain::task::TaskKind;
use serde_json::json;
use storage::{ReferralRecord, StudentRecord};

use super::{ask, write_down};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::cared_for;
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// So long after the appointment somebody has to know whether they went.
const ASKED_AFTER: Span = Span::SchoolDays(1);

/// Refers a student to help outside. Gives the referral's id.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`].
pub async fn refer(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &ReferralDraft,
    key: Option<&IdempotencyKey>,
) -> Result<ReferralId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::WritePlan).await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    let now = desk.now();
    let referral = draft.validate(now)?;
    let record = ReferralRecord {
        id: ReferralId::new(desk.ids.uuid()),
        student: student.id,
        referral,
        by: (by.person(), by.name.clone()),
        leg: Leg { made_at: now, went_at: None, back_at: None },
        outcome: None,
        next_visit: None,
    };
    tx.add_referral(&record).await?;
    let r = &record.referral;
    let body = json!({
        "what": "made", "to": r.to, "reason": r.reason, "consent": r.consent.key(), "consent_by": r.consent_by,
        "escort": r.escort, "appointment": wall(desk, r.appointment_at),
    });
    write_down(desk, &mut tx, by, &record, now, &body).await?;
    let due = ASKED_AFTER.after(r.appointment_at, &desk.calendar);
    ask(desk, &mut tx, &student, &record, (TaskKind::Referral, "确认转介后去了没有"), due).await?;
    tx.audit(&[by.audit(desk, Act::Refer, Some(student.id), Some(record.id.to_string()))]).await?;
    remember(&mut tx, by, key, &record.id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(record.id)
}

/// The referrals of a student, the latest first. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`], or [`CaseError::Forbidden`] for whoever opens the file and may not read what is restricted.
pub async fn list_referrals(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
) -> Result<(StudentRecord, Vec<ReferralRecord>), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::WritePlan).await?;
    let mut all = super::referrals_read(desk, &tx, by, student.id).await?;
    if !by.scope(desk, Right::ReadRestricted).covers(&student.place()) {
        // Whoever refers knows of it; what the counsellor alone reads stays with him, and with who wrote it.
        all.iter_mut().filter(|r| r.by.0 != by.person()).for_each(|r| {
            r.referral.reason.clear();
            r.outcome = r.outcome.take().map(|_| String::new());
        });
    }
    tx.audit(&[by.audit(desk, Act::ReadReferrals, Some(student.id), None)]).await?;
    tx.commit().await?;
    Ok((student, all))
}
