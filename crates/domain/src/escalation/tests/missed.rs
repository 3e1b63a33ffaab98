//! What must hold when the assessment of a red in custody is missed, counted hour by hour.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::invariants::{Holds, Line, Taken};
use crate::delivery::Channel;
use crate::directory::Office;
use crate::escalation::{ClimbState, Finding};
use crate::id::PersonId;
use crate::notice::{Notice, NoticeKind};
use crate::time::minutes;

impl Taken<'_> {
    pub(super) fn called_about(&self, kind: NoticeKind) -> BTreeSet<PersonId> {
        let to = self.tells().map(Notice::to).filter(|to| to.channel == Channel::Voice && to.kind == kind);
        to.map(|to| to.person).collect()
    }

    /// A step by which a red in custody is nobody's again.
    pub(super) fn is_given_up(&self) -> bool {
        self.was_due() && self.waits_for_assessment() && self.is_open()
    }

    /// The first miss reminds those who assess, and calls them by night; the second calls them at any hour and those who
    /// decide about the school with them; at the third nobody has it any more, and all of the ladder up to its top hear.
    pub(super) fn a_missed_assessment_goes_up(&self) -> Holds {
        let (reminded, called) = (self.told(NoticeKind::AssessmentDue), self.called_about(NoticeKind::AssessmentDue));
        if !(self.was_due() && self.waits_for_assessment()) {
            prop_assert!(reminded.is_empty() && called.is_empty());
            return Ok(());
        }
        let (mut misses, mut due) = (self.before.repeat, self.before.state.deadline().unwrap());
        while due <= self.now() && misses < 3 {
            misses += 1;
            due += minutes(self.ground.policy.red.assess_within_minutes);
        }
        if misses == 3 {
            prop_assert!(self.is_open() && self.after.rung == self.top() && self.after.epoch > self.before.epoch);
            prop_assert!(reminded.is_empty() && called.is_empty());
            let alarmed = self.told(NoticeKind::Alarm);
            let everybody = (0..=self.top()).flat_map(|rung| self.rung_lines(rung));
            prop_assert_eq!(alarmed, everybody.collect(), "the whole ladder, below the rung where it stood as well");
            return Ok(());
        }
        prop_assert_eq!(self.after.state, ClimbState::Acked { expires_at: due });
        prop_assert_eq!(self.after.repeat, misses);
        let mut wanted = self.assessing();
        if misses == 2 && !self.ground.directory.district_decides() {
            wanted.extend(self.lines(&[Office::Principal]));
        }
        prop_assert_eq!(wanted.is_empty(), self.found(Finding::NobodyReachable));
        prop_assert_eq!(&reminded, &wanted);
        let rings = misses == 2 || self.off_hours();
        let asked: BTreeSet<PersonId> = wanted.iter().map(|line: &Line| line.0).filter(|_| rings).collect();
        let has_voice = |p: &PersonId| self.ground.directory.of_person(*p).unwrap().channels.contains(&Channel::Voice);
        prop_assert_eq!(called, asked.into_iter().filter(has_voice).collect());
        Ok(())
    }
}
