//! What is kept for a time goes when the time is over.

use chrono::TimeDelta;
use domain::code::CODE_DAYS;

use crate::{CaseError, Desk};

/// How long wrong passwords are remembered after the wait for them is over, in hours.
const DELAY_HOURS: i64 = 24;
/// How long answers to idempotency keys are kept, in days.
const ANSWER_DAYS: i64 = 7;

/// How long it is remembered what a school's own systems were told, in days.
const DELIVERY_DAYS: i64 = 30;

/// How long a file that was uploaded waits to be applied, in days.
const UPLOAD_DAYS: i64 = 7;

/// Forgets old waits after wrong passwords, old answers, numbers of messages that are long over, what a school's own systems
/// were told, and files that nobody applied.
///
/// # Errors
/// When the database refuses.
pub async fn tidy(desk: &Desk) -> Result<(), CaseError> {
    let now = desk.real_now();
    let mut tx = desk.storage.begin().await?;
    tx.forget_delays(now - TimeDelta::hours(DELAY_HOURS)).await?;
    tx.forget_answers(now - TimeDelta::days(ANSWER_DAYS)).await?;
    tx.forget_codes(desk.now() - TimeDelta::days(2 * CODE_DAYS)).await?;
    tx.forget_uploads(desk.now() - TimeDelta::days(UPLOAD_DAYS)).await?;
    tx.forget_deliveries(now - TimeDelta::days(DELIVERY_DAYS)).await?;
    Ok(tx.commit().await?)
}
