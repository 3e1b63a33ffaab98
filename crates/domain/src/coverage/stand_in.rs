//! Who can stand in for whom.

use crate::access::Actor;
use crate::org::Unit;
use crate::staff::Role;

/// Whether somebody can hold the offices of somebody else for a time: a colleague of the same school or the same district
/// office. Neither a peer monitor, who is a child, nor an administrator, who reads nothing about children, is one.
#[must_use]
pub fn may_stand_in(deputy: &Actor, person: &Actor) -> bool {
    let works = |role: Role| !matches!(role, Role::PeerMonitor | Role::Administrator);
    let places = |a: &Actor| {
        let held = a.positions.iter().filter(|(p, _)| works(p.role));
        held.map(|(p, school)| school.map_or(p.unit, Unit::School)).collect::<Vec<_>>()
    };
    let theirs = places(person);
    deputy.person != person.person && places(deputy).iter().any(|place| theirs.contains(place))
}
