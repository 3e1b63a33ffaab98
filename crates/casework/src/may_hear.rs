//! Who may hear of an alert, and who has acted in it.

use std::collections::BTreeSet;

use domain::directory::Audience;
use domain::id::PersonId;
use domain::time::Timestamp;
use storage::Read;

use crate::CaseError;

/// What somebody does who has an alert in hand.
const ACTS: [&str; 3] = ["acknowledged", "custody", "assessed"];
const MOST: u32 = 1_000;

/// Whether an audience admits somebody, by one of the offices that he holds now.
pub(crate) async fn may_hear(
    read: &Read<'_>,
    person: PersonId,
    audience: Audience,
    now: Timestamp,
) -> Result<bool, CaseError> {
    if audience == Audience::Everyone {
        return Ok(true);
    }
    Ok(read.actor(person, now).await?.is_admitted(audience))
}

/// Those who have acted in the present turn of an alert.
pub(crate) async fn acted(read: &Read<'_>, alert: &storage::AlertRecord) -> Result<BTreeSet<PersonId>, CaseError> {
    let events = read.events(alert.id.uuid(), MOST).await?;
    let acts = events.into_iter().filter(|e| e.at >= alert.climb.turn_at && ACTS.contains(&e.kind.as_str()));
    Ok(acts.filter_map(|e| e.by).map(|(person, _)| person).collect())
}
