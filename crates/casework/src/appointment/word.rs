//! Another word for an account that has its first password, where the one before was lost or there was none.

use domain::appointment::{AppointmentState, needs_confirming};
use domain::audit::Act;
use domain::id::AppointmentId;
use storage::{AppointmentRecord, Read};

use super::decide::{decides, of_somebody_else};
use crate::hand_over_word::give_word;
use crate::{CaseError, Desk, Signed};

/// Whether somebody gives another word for it now: it was confirmed, or held at once, and its account has its first password.
pub(super) async fn may_give_word(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    a: &AppointmentRecord,
) -> Result<bool, CaseError> {
    Ok(a.first_password && holds(a) && decides(desk, read, by, a).await?)
}

fn holds(a: &AppointmentRecord) -> bool {
    match a.state {
        AppointmentState::Confirmed => true,
        AppointmentState::AtOnce => needs_confirming(a.role),
        AppointmentState::Waiting | AppointmentState::Refused => false,
    }
}

/// Gives the word of an account that has its first password anew, where it was lost or never given: the one before is over.
///
/// # Errors
/// As [`super::confirm_appointment`]; a conflict where the position does not hold, and where the account has no first password.
pub async fn give_new_word(desk: &Desk, by: &Signed, id: AppointmentId) -> Result<String, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let found = of_somebody_else(desk, &tx, by, id).await?;
    if !decides(desk, &tx.read()?, by, &found).await? {
        return Err(CaseError::Forbidden);
    }
    if !holds(&found) {
        return Err(CaseError::Conflict("not_confirmed_yet"));
    }
    if tx.read()?.is_disabled(found.person.0).await? {
        return Err(CaseError::Conflict("account_closed"));
    }
    let word = if found.first_password { give_word(desk, &mut tx, found.person.0).await? } else { None };
    let word = word.ok_or(CaseError::Conflict("no_first_password"))?;
    tx.audit(&[by.audit(desk, Act::GiveHandOverWord, None, Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(word)
}
