//! What is kept for a time goes when the time is over.

use chrono::TimeDelta;
use domain::code::CODE_DAYS;

use crate::{CaseError, Desk};

/// How long wrong passwords are remembered after the wait for them is over, in hours.
const DELAY_HOURS: i64 = 24;
/// How long answers to idempotency keys are kept, in days.
const ANSWER_DAYS: i64 = 7;

/// Forgets old waits after wrong passwords, old answers, and numbers of messages that are long over.
///
/// # Errors
/// When the database refuses.
pub async fn tidy(desk: &Desk) -> Result<(), CaseError> {
    let now = desk.real_now();
    let mut tx = desk.storage.begin().await?;
    tx.forget_delays(now - TimeDelta::hours(DELAY_HOURS)).await?;
    tx.forget_answers(now - TimeDelta::days(ANSWER_DAYS)).await?;
    tx.forget_codes(desk.now() - TimeDelta::days(2 * CODE_DAYS)).await?;
    Ok(tx.commit().await?)
}
