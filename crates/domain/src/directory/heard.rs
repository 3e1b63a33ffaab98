//! Where not everybody may hear of something, from which level on somebody does, and who can end it.

use super::{Directory, Office};
use crate::level::Level;
use crate::policy::Policy;

/// Who assesses, in a school.
pub(crate) const ASSESSORS: &[Office] = &[Office::Counsellor, Office::VicePrincipal];

impl Directory {
    /// Whether not everybody may hear of it, and nobody of the school who may is there to assess it: then the district decides.
    #[must_use]
    pub fn district_decides(&self) -> bool {
        self.restricted && self.people(ASSESSORS).iter().all(|e| self.away.contains(&e.person))
    }

    /// Whether somebody is in an office who can be told, be it that he may not hear of this.
    #[must_use]
    pub fn is_staffed(&self, office: Office) -> bool {
        self.staffed.contains(&office)
    }

    /// Whether anybody is on the ladder of a level.
    #[must_use]
    pub fn is_on_ladder(&self, policy: &Policy, level: Level) -> bool {
        policy.ladder(level).rungs.iter().any(|rung| !self.people(&rung.who).is_empty())
    }

    /// The level at which something stands that was found to be of a level. Where not everybody may hear of it, that is the least
    /// one from there on whose ladder calls anybody who may; and where the district has to decide, none below orange: the
    /// ladders of blue and yellow end in the school.
    #[must_use]
    pub fn heard_at(&self, policy: &Policy, level: Level) -> Level {
        if !self.restricted {
            return level;
        }
        let least = if self.district_decides() { level.max(Level::Orange) } else { level };
        let mut from = Level::ALL.into_iter().filter(|l| *l >= least);
        from.find(|l| self.is_on_ladder(policy, *l)).unwrap_or(least)
    }
}
