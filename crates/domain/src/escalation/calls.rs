//! Calls about a red that nobody has taken: who is called, and when.

use super::ladder_walk::Walk;
use super::state::{Climb, ClimbState};
use crate::delivery::Channel;
use crate::directory::{Entry, Office};
use crate::level::Level;
use crate::notice::NoticeKind;
use crate::time::{Timestamp, minutes};

/// Calls go out before anything that is written.
const FIRST: u8 = 0;

impl Walk<'_> {
    /// Calls everybody whose time has come since the last calls. Who said that he cannot is not called again.
    pub(super) fn make_calls(&mut self) {
        let offices = self.due_calls();
        for (entry, _) in self.ranked(&offices) {
            if entry.channels.contains(&Channel::Voice) && !self.has_declined(entry.person) {
                self.tell(entry.person, Channel::Voice, NoticeKind::Alarm, FIRST);
            }
        }
    }

    /// Whether somebody is called in these hours: he has a telephone, and an office of his stands in a group that is. To
    /// have a telephone is not enough: nobody may ring it.
    pub(super) fn is_called(&self, entry: &Entry) -> bool {
        let mut groups = self.ground.policy.red.calls.iter().filter(|call| call.after(self.is_off_hours()).is_some());
        let stands = |who: &[Office]| self.ground.directory.people(who).iter().any(|e| e.person == entry.person);
        entry.channels.contains(&Channel::Voice) && groups.any(|call| stands(&call.who))
    }

    /// Whoever is told of a red by night alone hears, once the night has begun, of one that was open before it.
    pub(super) fn night_falls(&mut self, before: &Climb) {
        let open = matches!(self.climb.state, ClimbState::Open { .. }) && self.climb != *before;
        if open && self.is_red_by_night() && !self.ground.calendar.is_off_hours(before.last_seen) {
            self.tell_newcomers();
        }
    }

    /// When somebody is next called, if nobody takes it; and at the latest when the night begins or ends before the next
    /// rung is told, since others are called from then on.
    pub(super) fn next_call(&self, deadline: Timestamp) -> Option<Timestamp> {
        if self.climb.level != Level::Red {
            return None;
        }
        let groups = self.ground.policy.red.calls.iter().filter(|call| self.can_call(&call.who));
        let times = groups.filter_map(|call| Some(self.next_time(call.after(self.is_off_hours())?)));
        times.chain(self.ground.calendar.change_of_hours(self.now, deadline)).min()
    }

    /// The offices whose time has come since the last calls were due, or since the turn began.
    fn due_calls(&self) -> Vec<Office> {
        if self.climb.level != Level::Red {
            return Vec::new();
        }
        let from = self.called_until();
        let came = |after: u32| self.last_time(after).is_some_and(|at| at >= from);
        let groups = self.ground.policy.red.calls.iter();
        let due = groups.filter(|call| call.after(self.is_off_hours()).is_some_and(came));
        due.flat_map(|call| call.who.iter().copied()).collect()
    }

    /// Calls before this were made. When the hours have changed since, others may be called than before: all of them are
    /// looked at anew.
    fn called_until(&self) -> Timestamp {
        let changed = self.ground.calendar.is_off_hours(self.climb.last_seen) != self.is_off_hours();
        match self.climb.state {
            ClimbState::Open { call_at: Some(at), .. } if !changed => at,
            ClimbState::Open { call_at: None, .. } if !changed => self.now,
            ClimbState::Open { .. } | ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => {
                self.climb.turn_at
            }
        }
    }

    /// The last time that a call was to be made, `after` the turn began and every so often since.
    fn last_time(&self, after: u32) -> Option<Timestamp> {
        let first = self.climb.turn_at + minutes(after);
        let every = minutes(self.ground.policy.red.call_again_minutes);
        let since = (self.now - first).num_seconds();
        let times = since.checked_div(every.num_seconds()).filter(|_| since >= 0)?;
        Some(first + every * i32::try_from(times).unwrap_or(i32::MAX))
    }

    fn next_time(&self, after: u32) -> Timestamp {
        let every = minutes(self.ground.policy.red.call_again_minutes);
        self.last_time(after).map_or(self.climb.turn_at + minutes(after), |last| last + every)
    }

    fn can_call(&self, offices: &[Office]) -> bool {
        let called = |person| !self.has_declined(person);
        self.ranked(offices).iter().any(|(e, _)| e.channels.contains(&Channel::Voice) && called(e.person))
    }

    fn is_off_hours(&self) -> bool {
        self.ground.calendar.is_off_hours(self.now)
    }
}
