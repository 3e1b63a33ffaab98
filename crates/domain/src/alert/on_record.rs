//! What the record shows, whatever anybody says.

use super::Proof;
use crate::policy::ClosingRules;

/// What the record of an alert shows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnRecord {
    /// Somebody assessed it in this turn.
    pub assessed: bool,
    /// Somebody is recorded as being with the child, or has confirmed the whereabouts.
    pub custody: bool,
    /// Means were asked about since the last new facts.
    pub means_asked: bool,
    /// On so many days it was assessed and not raised, since the last new facts.
    pub clear_days: u32,
    /// For so many days nobody has reported anything.
    pub quiet_days: u32,
}

impl OnRecord {
    /// Whether the record shows it.
    #[must_use]
    pub fn shows(&self, proof: Proof, rules: &ClosingRules) -> bool {
        match proof {
            Proof::MeansAsked => self.means_asked,
            Proof::ClearReviews => self.clear_days >= rules.clear_reviews,
            Proof::QuietDays => self.quiet_days >= rules.quiet_days,
            Proof::StudentSeen
            | Proof::GuardianReached
            | Proof::GuardianWithheld
            | Proof::PlanInPlace
            | Proof::TalkedWith => false,
        }
    }
}
