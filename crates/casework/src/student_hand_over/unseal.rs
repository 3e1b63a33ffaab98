//! A signed, time-boxed look at what is sealed: the counsellor who has the student says what for, and it stands in the file.

use domain::access::Right;
use domain::alert::REASON_CHARS;
use domain::audit::Act;
use domain::fault::{Fault, Faults};
use domain::id::StudentId;
use domain::task::long_text;
use domain::time::{Timestamp, minutes};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::NewUnsealing;

use super::entry::{self, Line};
use crate::file_reader::FileReader;
use crate::idempotency::{answered, remember};
use crate::{CaseError, Desk, IdempotencyKey, Signed};

/// A look that was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsealed {
    /// Until when.
    pub until: Timestamp,
}

/// Opens what is sealed of a file to the one who signs, for the policy's time.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`] for whoever is not the counsellor, [`CaseError::Invalid`] without a purpose or
/// a signature, or a conflict when nothing is sealed.
pub async fn unseal_file(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    purpose: &str,
    signed: bool,
    key: Option<&IdempotencyKey>,
) -> Result<Unsealed, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let reader = FileReader::open(desk, by, &tx.read()?, student).await?;
    // Lent positions do not lend this: it is the counsellor's own signature.
    let own = by.actor.without(|_| true);
    if !own.scope(Right::Counsel, desk.now()).covers(&reader.student.place()) {
        return Err(CaseError::Forbidden);
    }
    if let Some(kept) = answered(&mut tx, by, key).await? {
        return Ok(kept);
    }
    let mut faults = Faults::new();
    let words = ("请写明为什么要看", "Say what for");
    let purpose = long_text(purpose, "purpose", REASON_CHARS, words, &mut faults);
    faults.when(!signed, || Fault::new("signed", "required", "请勾选签字", "Sign it"));
    let purpose = faults.or(purpose)?;
    if tx.read()?.sealed_since(student).await?.is_none() {
        return Err(CaseError::Conflict("nothing_sealed"));
    }
    let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
    let kept = Unsealed { until: now + minutes(policy.student_hand_over.unsealed_minutes) };
    let (id, person) = (desk.ids.uuid(), by.person());
    let body = json!({ "what": "unsealed", "text": purpose, "until": kept.until });
    tx.unseal_file(&NewUnsealing { id, student, person, purpose, from: now, until: kept.until }).await?;
    let line = Line { student, hand_over: None, by: Some(person), body, restricted: true };
    entry::write(desk, &mut tx, line).await?;
    tx.audit(&[by.audit(desk, Act::UnsealFile, Some(student), None)]).await?;
    remember(&mut tx, by, key, &kept, desk.real_now()).await?;
    tx.commit().await?;
    Ok(kept)
}
