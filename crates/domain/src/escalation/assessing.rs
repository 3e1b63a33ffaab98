//! A red in somebody's custody waits for an assessment, and not for ever.

use super::effect::{Effect, Finding};
use super::ladder_walk::{DISTRICT, Walk};
use super::state::ClimbState;
use super::step::{new_turn, note_lateness};
use crate::delivery::Channel;
use crate::directory::Office;
use crate::id::PersonId;
use crate::notice::NoticeKind;
use crate::time::{Timestamp, minutes};

/// From this miss on those who decide about the school hear as well, and whoever is asked is called by day too.
const TOLD_ABOVE: u32 = 2;
/// At this one it is in nobody's hands any more, and climbs to the top.
const OPENS_AGAIN: u32 = 3;

impl Walk<'_> {
    /// The clock of the assessment starts once, when somebody is with the child; what is missed is counted from there.
    pub(super) fn wait_for_assessment(&mut self) {
        self.climb.repeat = 0;
        self.climb.state = ClimbState::Acked { expires_at: self.now + self.assess_within() };
    }

    /// The assessment that was due at `at` was missed, and every further one whose time has come since.
    pub(super) fn assessment_missed(&mut self, at: Timestamp) {
        let (before, within) = (self.climb.repeat, self.assess_within());
        let since = (self.now - at).num_seconds().checked_div(within.num_seconds()).unwrap_or_default();
        let missed = u32::try_from(since).unwrap_or(u32::MAX).saturating_add(1);
        let left = OPENS_AGAIN.saturating_sub(before).max(1);
        if missed >= left {
            note_lateness(self, at);
            return self.give_up();
        }
        self.climb.repeat = before.saturating_add(missed);
        self.remind_of_assessment();
        self.climb.state = ClimbState::Acked { expires_at: at + times(within, missed) };
    }

    /// It is in nobody's hands any more: everybody on the ladder hears, those below as well, for the child is with one of them.
    fn give_up(&mut self) {
        let level = self.climb.level;
        new_turn(self, level);
        self.effects.push(Effect::Reopened);
        self.tell_rungs(0, self.ground.policy.ladder(level).top());
    }

    /// Reminds those who can assess: by night they are called, for a child does not wait for the morning.
    fn remind_of_assessment(&mut self) {
        let above = self.climb.repeat >= TOLD_ABOVE;
        let people = self.reminded(above);
        if people.is_empty() {
            self.effects.push(Effect::Finding(Finding::NobodyReachable));
        }
        if above || self.is_red_by_night() {
            self.ring(&people, NoticeKind::AssessmentDue);
        }
        self.inform(&people, NoticeKind::AssessmentDue);
    }

    fn reminded(&self, above: bool) -> Vec<PersonId> {
        let mut people = self.assessors();
        if above {
            let offices = if self.ground.directory.district_decides() { DISTRICT } else { &[Office::Principal] };
            let more = self.ground.directory.people(offices).into_iter().map(|e| e.person);
            people.extend(more.filter(|p| !people.contains(p)).collect::<Vec<_>>());
        }
        people
    }

    /// Calls people about what they were told in writing.
    fn ring(&mut self, people: &[PersonId], kind: NoticeKind) {
        for person in people {
            let entry = self.ground.directory.of_person(*person);
            if entry.is_some_and(|e| e.channels.contains(&Channel::Voice)) {
                self.tell(*person, Channel::Voice, kind, 0);
            }
        }
    }

    fn assess_within(&self) -> chrono::TimeDelta {
        minutes(self.ground.policy.red.assess_within_minutes)
    }
}

fn times(span: chrono::TimeDelta, n: u32) -> chrono::TimeDelta {
    span * i32::try_from(n).unwrap_or(i32::MAX)
}
