//! Deputies who stand in for each other in a ring stand in for nobody.

use std::collections::BTreeSet;

use crate::id::PersonId;
use crate::staff::Deputy;
use crate::time::Timestamp;

/// Whether with one deputation more there would be an instant at which people stand in for each other in a ring.
#[must_use]
pub fn closes_a_cycle(known: &[Deputy], new: &Deputy) -> bool {
    // Between two beginnings deputations only end: a ring that is ever there is there when one of its links begins.
    let begins = known.iter().map(|d| d.from).filter(|at| new.holds(*at));
    begins.chain([new.from]).any(|at| leads_to(known, new.deputy, new.person, at))
}

fn leads_to(known: &[Deputy], from: PersonId, to: PersonId, at: Timestamp) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(person) = next.pop() {
        if person == to {
            return true;
        }
        if seen.insert(person) {
            next.extend(known.iter().filter(|d| d.person == person && d.holds(at)).map(|d| d.deputy));
        }
    }
    false
}
