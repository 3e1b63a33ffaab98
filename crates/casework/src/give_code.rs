//! Giving out the six-digit number of a message: one for each person and turn of an alert, and for thirty days no other.

use chrono::TimeDelta;
use domain::code::CODE_DAYS;
use domain::id::PersonId;
use storage::{AlertRecord, Tx};

use crate::{CaseError, Desk};

/// So many numbers are tried before one that is taken is given out a second time.
const MOST: u32 = 50;

/// The counter of somebody's number for the present turn of an alert.
pub(crate) async fn give_code(
    desk: &Desk,
    tx: &mut Tx,
    person: PersonId,
    alert: &AlertRecord,
) -> Result<u32, CaseError> {
    let (now, epoch) = (desk.now(), alert.climb.epoch);
    if let Some(known) = tx.read()?.code_of(person, alert.id, epoch).await? {
        return Ok(known.counter);
    }
    let since = now - TimeDelta::days(CODE_DAYS);
    let mut counter = 0;
    let mut hash = desk.codes.hash(&desk.codes.code(person, alert.id, epoch, counter));
    while counter < MOST && !tx.read()?.codes(&hash, since).await?.is_empty() {
        counter += 1;
        hash = desk.codes.hash(&desk.codes.code(person, alert.id, epoch, counter));
    }
    tx.add_code(person, alert.id, (epoch, counter), &hash, now).await?;
    Ok(counter)
}
