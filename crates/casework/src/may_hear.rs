//! Who may hear of an alert, and what follows when somebody who has it in hand may not any more.

use std::collections::BTreeSet;

use domain::directory::Audience;
use domain::id::PersonId;
use domain::time::Timestamp;
use storage::{Read, Tx};

use crate::climbing::Climbing;
use crate::{CaseError, Desk};

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
    Ok(read.actor(person, now).await?.roles().any(|role| audience.admits(role)))
}

/// Those who have acted in the present turn of an alert.
pub(crate) async fn acted(read: &Read<'_>, alert: &storage::AlertRecord) -> Result<BTreeSet<PersonId>, CaseError> {
    let events = read.events(alert.id.uuid(), MOST).await?;
    let acts = events.into_iter().filter(|e| e.at >= alert.climb.turn_at && ACTS.contains(&e.kind.as_str()));
    Ok(acts.filter_map(|e| e.by).map(|(person, _)| person).collect())
}

/// Leaves people out of a confidential alert, and narrows who may hear. What has not gone out to them stays in, and an
/// owner among them is the owner no more. Says whether somebody had it in hand who is now left out.
pub(crate) async fn narrow(
    desk: &Desk,
    tx: &mut Tx,
    climbing: &mut Climbing,
    excluded: &BTreeSet<PersonId>,
    audience: Audience,
) -> Result<bool, CaseError> {
    let id = climbing.alert.id;
    tx.exclude_from_alert(id, excluded, climbing.now).await?;
    climbing.alert.audience = climbing.alert.audience.max(audience);
    climbing.look_again(desk, tx).await?;
    let read = tx.read()?;
    let left_out = read.excluded_from(id).await?;
    let mut hands = acted(&read, &climbing.alert).await?;
    hands.extend(climbing.alert.owner);
    let awaited = read.awaited_by(id).await?;
    let mut gone = BTreeSet::new();
    for person in hands.iter().copied().chain(awaited.iter().copied()) {
        let hears = may_hear(&read, person, climbing.alert.audience, climbing.now).await?;
        if left_out.contains(&person) || !hears {
            gone.insert(person);
        }
    }
    for person in awaited.into_iter().filter(|p| gone.contains(p)) {
        tx.cancel_messages_to(id, person, climbing.now).await?;
    }
    if climbing.alert.owner.is_some_and(|owner| gone.contains(&owner)) {
        climbing.alert.owner = None;
    }
    Ok(!hands.is_disjoint(&gone))
}
