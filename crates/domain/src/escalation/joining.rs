//! What a report means to an alert that it joins, and who hears of it there.

use super::event::Event;
use super::ladder_walk::{DISTRICT, REMINDED};
use super::state::{Climb, ClimbState};
use crate::directory::{Directory, Office};
use crate::id::PersonId;
use crate::level::Level;

/// Who hears of a yellow or a blue that has no owner within reach: the first of these that has anybody in it.
const ONE_BY_ONE: [&[Office]; 4] = [
    &[Office::Counsellor],
    &[Office::VicePrincipal],
    &[Office::Principal],
    &[Office::DistrictDuty, Office::DistrictLead],
];

/// What a report does to the climb that it joins. `own` is the level that it leads to by itself; `repeat` says that it is
/// an independent one.
///
/// A custody rests on what was known when it was recorded. A red that comes after it says that the child may not be where
/// the custody says: it climbs again. So does an orange or a red of what was settled at no more than that level.
#[must_use]
pub fn joined(climb: &Climb, own: Level, repeat: bool) -> Event {
    if own > climb.level {
        return Event::Raised { to: own };
    }
    let renews = match climb.state {
        ClimbState::Acked { .. } => own == Level::Red && climb.custody,
        ClimbState::Settled { .. } => own >= climb.level && own >= Level::Orange,
        ClimbState::Open { .. } | ClimbState::Closed => false,
    };
    match (renews, repeat) {
        (true, _) => Event::StillWorried,
        (false, true) => Event::IndependentRepeat,
        (false, false) => Event::NewFacts,
    }
}

/// Who hears, beside those `alarmed` by the step, that a report has joined what somebody had in hand: whoever had it, and
/// those who assess; of a yellow or a blue one office of them. When it climbs again, then of an orange or a red, and only
/// where none of those who assess was alarmed. Never whoever filed it.
#[must_use]
pub fn who_hears(
    directory: &Directory,
    climb: &Climb,
    owner: Option<PersonId>,
    filer: PersonId,
    alarmed: &[PersonId],
) -> Vec<PersonId> {
    let urgent = climb.level >= Level::Orange;
    let groups: &[&[Office]] = match (directory.district_decides(), urgent) {
        (true, _) => &[DISTRICT],
        (false, true) => &REMINDED,
        (false, false) => &ONE_BY_ONE,
    };
    let reached = |offices: &&[Office]| -> Vec<PersonId> {
        let people = directory.people(offices).into_iter().filter(|e| e.channels.iter().any(|c| c.writes()));
        people.map(|e| e.person).filter(|p| *p != filer).collect()
    };
    let assess = groups.iter().map(reached).find(|people| !people.is_empty()).unwrap_or_default();
    let climbs = matches!(climb.state, ClimbState::Open { .. });
    let heard = climbs && (!urgent || assess.iter().any(|p| alarmed.contains(p)));
    let mut people: Vec<PersonId> = owner.into_iter().chain(assess.into_iter().filter(|_| !heard)).collect();
    people.retain(|p| *p != filer && !alarmed.contains(p));
    let mut seen = Vec::new();
    people.retain(|p| {
        let new = !seen.contains(p);
        seen.push(*p);
        new
    });
    people
}
