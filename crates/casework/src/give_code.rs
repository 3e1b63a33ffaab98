//! Giving out the six-digit number of a message: one for each person and turn of an alert, and for thirty days no other.

use chrono::TimeDelta;
use domain::code::CODE_DAYS;
use domain::id::{AlertId, PersonId};
use storage::Tx;

use crate::{CaseError, Desk};

/// So many numbers are tried before one that is taken is given out a second time.
const MOST: u32 = 50;

/// The counter of somebody's number for one turn of an alert, or of a drill.
pub(crate) async fn give_code(
    desk: &Desk,
    tx: &mut Tx,
    person: PersonId,
    (alert, epoch): (AlertId, u32),
) -> Result<u32, CaseError> {
    let now = desk.now();
    if let Some(known) = tx.read()?.code_of(person, alert, epoch).await? {
        return Ok(known.counter);
    }
    let since = now - TimeDelta::days(CODE_DAYS);
    let mut counter = 0;
    let mut hash = desk.codes.hash(&desk.codes.code(person, alert, epoch, counter));
    while counter < MOST && !tx.read()?.codes(&hash, since).await?.is_empty() {
        counter += 1;
        hash = desk.codes.hash(&desk.codes.code(person, alert, epoch, counter));
    }
    tx.add_code(person, alert, (epoch, counter), &hash, now).await?;
    Ok(counter)
}
