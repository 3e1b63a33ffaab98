//! Whether the file bears out what somebody states for a close, as far as one reader may look.

use std::collections::BTreeSet;

use super::{Proof, Stated};

/// Something in a file that bears out what is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// A talk with the child.
    Talk,
    /// A visit at home at which the child was seen.
    SeenAtHome,
    /// An adult was with the child.
    WithAdult,
    /// A guardian was reached, or answered a notice.
    GuardianReached,
    /// Two have decided not to tell home.
    HomeNotTold,
    /// A plan with all its signatures.
    PlanInForce,
}

/// What one reader finds in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InFile {
    /// What is there.
    pub found: BTreeSet<Trace>,
    /// Where he may not look: nothing is said of it.
    pub hidden: BTreeSet<Trace>,
}

impl Trace {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Talk, Self::SeenAtHome, Self::WithAdult, Self::GuardianReached, Self::HomeNotTold, Self::PlanInForce];
}

impl InFile {
    /// What a reader finds who does not open the file.
    #[must_use]
    pub fn unopened() -> Self {
        Self { found: BTreeSet::new(), hidden: Trace::ALL.into() }
    }

    /// Whether the file bears it out; nothing where he may not know, and of what is read from the record anyway.
    #[must_use]
    pub fn bears_out(&self, stated: &Stated) -> Option<bool> {
        let by: &[Trace] = match stated.proof {
            Proof::StudentSeen => &[Trace::Talk, Trace::SeenAtHome, Trace::WithAdult],
            Proof::TalkedWith => &[Trace::Talk],
            Proof::GuardianReached => &[Trace::GuardianReached],
            Proof::GuardianWithheld => &[Trace::HomeNotTold],
            Proof::PlanInPlace => &[Trace::PlanInForce],
            Proof::MeansAsked | Proof::ClearReviews | Proof::QuietDays => return None,
        };
        // A report that is named can be read beside it.
        let named = stated.observation.is_some() && matches!(stated.proof, Proof::StudentSeen | Proof::TalkedWith);
        if named || by.iter().any(|t| self.found.contains(t)) {
            return Some(true);
        }
        (!by.iter().any(|t| self.hidden.contains(t))).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::{InFile, Trace};
    use crate::alert::{Proof, Stated};
    use crate::id::ObservationId;

    fn stated(proof: Proof) -> Stated {
        Stated { proof, by: Some("周老师".to_owned()), observation: None }
    }

    #[test]
    fn what_is_stated_is_borne_out_by_its_own_traces_alone() {
        for (proof, by) in [
            (Proof::StudentSeen, vec![Trace::Talk, Trace::SeenAtHome, Trace::WithAdult]),
            (Proof::TalkedWith, vec![Trace::Talk]),
            (Proof::GuardianReached, vec![Trace::GuardianReached]),
            (Proof::GuardianWithheld, vec![Trace::HomeNotTold]),
            (Proof::PlanInPlace, vec![Trace::PlanInForce]),
        ] {
            assert_eq!(InFile::default().bears_out(&stated(proof)), Some(false), "{proof:?}");
            for trace in Trace::ALL {
                let found = InFile { found: [trace].into(), ..InFile::default() };
                assert_eq!(found.bears_out(&stated(proof)), Some(by.contains(&trace)), "{proof:?} {trace:?}");
            }
        }
        for proof in Proof::ALL.into_iter().filter(|p| p.is_from_record()) {
            assert_eq!(InFile::default().bears_out(&stated(proof)), None, "the list of the close says it");
        }
    }

    #[test]
    fn where_a_reader_may_not_look_nothing_is_said() {
        for proof in Proof::ALL {
            assert_eq!(InFile::unopened().bears_out(&stated(proof)), None, "{proof:?}");
        }
        let some = InFile { found: [Trace::WithAdult].into(), hidden: [Trace::Talk].into() };
        assert_eq!(some.bears_out(&stated(Proof::StudentSeen)), Some(true), "what he may see is enough");
        assert_eq!(some.bears_out(&stated(Proof::TalkedWith)), None);
    }

    #[test]
    fn a_report_that_is_named_bears_out_who_was_seen_and_nothing_else() {
        let named = |proof| Stated { observation: Some(ObservationId::new(uuid::Uuid::nil())), ..stated(proof) };
        for (proof, said) in [
            (Proof::StudentSeen, true),
            (Proof::TalkedWith, true),
            (Proof::GuardianReached, false),
            (Proof::PlanInPlace, false),
        ] {
            assert_eq!(InFile::default().bears_out(&named(proof)), Some(said), "{proof:?}");
        }
    }
}
