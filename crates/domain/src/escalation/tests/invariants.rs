//! What must hold of every step, said without looking at how the step does it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::world::{Key, key};
use crate::delivery::Channel;
use crate::directory::Office;
use crate::escalation::{Climb, ClimbState, Effect, Event, Finding, Ground, step};
use crate::id::PersonId;
use crate::level::{BelowRed, Level};
use crate::notice::{Notice, NoticeKind};
use crate::policy::Call;
use crate::time::{Timestamp, minutes};

pub(super) type Holds = Result<(), TestCaseError>;
/// A person and a channel.
pub(super) type Line = (PersonId, Channel);

/// A step that was taken.
pub(super) struct Taken<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) before: &'a Climb,
    pub(super) event: Event,
    pub(super) clock: Timestamp,
    pub(super) after: &'a Climb,
    pub(super) effects: &'a [Effect],
}

impl Taken<'_> {
    /// Everything that can be seen in one step.
    pub(super) fn holds(&self) -> Holds {
        self.every_climb_has_a_clock_ahead_of_it_until_it_is_closed()?;
        self.time_and_versions_only_go_on()?;
        self.deadlines_never_move_later()?;
        self.nothing_is_kept_from_climbing_for_ever()?;
        self.a_red_needs_custody_and_assessment()?;
        self.turns_and_rungs_only_go_on()?;
        self.notices_are_what_their_level_says()?;
        self.nobody_is_written_to_twice_or_behind_a_cancellation()?;
        self.exactly_those_hear_who_must()?;
        self.calls_are_made_when_the_policy_says()?;
        self.nobody_new_hears_while_somebody_has_it()?;
        self.empty_rungs_are_passed_and_found()?;
        self.a_late_step_goes_as_far_as_punctual_ones()?;
        self.said_twice_it_does_nothing()
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.max(self.before.last_seen)
    }

    pub(super) fn tells(&self) -> impl Iterator<Item = &Notice> {
        self.effects.iter().filter_map(|effect| match effect {
            Effect::Tell(notice) => Some(notice),
            Effect::CancelAlarms
            | Effect::Reached { .. }
            | Effect::Reopened
            | Effect::ClimbsOn { .. }
            | Effect::Finding(_) => None,
        })
    }

    pub(super) fn told(&self, kind: NoticeKind) -> BTreeSet<Line> {
        let written = self.tells().map(Notice::to).filter(|to| to.kind == kind && to.channel != Channel::Voice);
        written.map(|to| (to.person, to.channel)).collect()
    }

    fn called(&self) -> BTreeSet<PersonId> {
        self.called_about(NoticeKind::Alarm)
    }

    pub(super) fn off_hours(&self) -> bool {
        self.ground.calendar.is_off_hours(self.now())
    }

    fn can_be_called(&self, person: PersonId) -> bool {
        self.ground.directory.of_person(person).is_some_and(|e| e.channels.contains(&Channel::Voice))
    }

    /// Somebody's telephone is rung in these hours, sooner or later: one of his offices is called then.
    fn is_rung(&self, person: PersonId) -> bool {
        let night = self.off_hours();
        let minutes = |c: &Call| if night { c.by_night_after_minutes } else { c.by_day_after_minutes };
        let called = self.ground.policy.red.calls.iter().filter(|c| minutes(c).is_some()).flat_map(|c| c.who.clone());
        let offices: Vec<Office> = called.collect();
        self.can_be_called(person) && self.ground.directory.people(&offices).iter().any(|e| e.person == person)
    }

    pub(super) fn found(&self, finding: Finding) -> bool {
        self.effects.contains(&Effect::Finding(finding))
    }

    pub(super) fn top(&self) -> u8 {
        self.ground.policy.ladder(self.after.level).top()
    }

    fn was_open(&self) -> bool {
        matches!(self.before.state, ClimbState::Open { .. })
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.after.state, ClimbState::Open { .. })
    }

    pub(super) fn was_due(&self) -> bool {
        let current = matches!(self.event, Event::Due { version } if version == self.before.version);
        current && self.before.state.due_at().is_some_and(|at| at <= self.now())
    }

    pub(super) fn waits_for_assessment(&self) -> bool {
        matches!(self.before.state, ClimbState::Acked { .. }) && self.before.custody && self.before.level == Level::Red
    }

    /// By what some offices can be written to.
    pub(super) fn lines(&self, offices: &[Office]) -> BTreeSet<Line> {
        let people = self.ground.directory.people(offices);
        let lines = people.into_iter().flat_map(|e| e.channels.iter().map(|c| (e.person, *c)));
        lines.filter(|line| line.1 != Channel::Voice).collect()
    }

    /// By what people can be written to.
    fn lines_of(&self, people: impl Iterator<Item = PersonId>) -> BTreeSet<Line> {
        let entries = people.filter_map(|p| self.ground.directory.of_person(p));
        let lines = entries.flat_map(|e| e.channels.iter().map(|c| (e.person, *c)));
        lines.filter(|line| line.1 != Channel::Voice).collect()
    }

    /// By what those can be written to who can assess: the first group with anybody in it.
    pub(super) fn assessing(&self) -> BTreeSet<Line> {
        let district: &[Office] = &[Office::DistrictDuty, Office::DistrictLead];
        let groups: [&[Office]; 3] = [&[Office::Counsellor, Office::VicePrincipal], &[Office::Principal], district];
        if self.ground.directory.district_decides() {
            return self.lines(district);
        }
        groups.iter().map(|g| self.lines(g)).find(|g| !g.is_empty()).unwrap_or_default()
    }

    fn is_first_custody_of_a_red(&self) -> bool {
        let said = matches!(self.event, Event::Custody { .. }) && self.before.level == Level::Red;
        said && self.after.custody && !self.before.custody && !matches!(self.before.state, ClimbState::Settled { .. })
    }

    /// Whoever has yet to assess a red is not sent to rest, unless one of them is with the child himself.
    fn is_needed_after(&self, by: PersonId, person: PersonId) -> bool {
        let assessing: BTreeSet<PersonId> = self.assessing().into_iter().map(|line| line.0).collect();
        !self.before.assessed && !assessing.contains(&by) && assessing.contains(&person)
    }

    /// By what a rung of the ladder can be reached now.
    pub(super) fn rung_lines(&self, rung: u8) -> BTreeSet<Line> {
        self.lines(&self.offices(rung))
    }

    fn offices(&self, rung: u8) -> Vec<Office> {
        let ladder = self.ground.policy.ladder(self.after.level);
        let mut offices = ladder.rung(rung).unwrap().who.clone();
        if rung == 0 && self.after.level == Level::Red && self.ground.calendar.is_off_hours(self.now()) {
            offices.push(Office::DutyLeader);
        }
        offices
    }

    /// R1, R5, and no step sets a clock to the past.
    fn every_climb_has_a_clock_ahead_of_it_until_it_is_closed(&self) -> Holds {
        let closed = self.after.state == ClimbState::Closed;
        let was = self.before.state == ClimbState::Closed;
        prop_assert_eq!(closed, self.event == Event::Closed || (was && self.event != Event::Reopened));
        let untouched = self.after.state == self.before.state;
        match self.after.state.due_at() {
            None => prop_assert!(closed),
            Some(at) => prop_assert!(!closed && (at > self.now() || untouched), "due at {at}, now {}", self.now()),
        }
        if let (ClimbState::Open { resend_at, .. }, false) = (self.after.state, untouched) {
            let wakes = self.after.level == Level::Red && self.ground.calendar.is_off_hours(self.now());
            let called = self.callable().iter().all(|line| self.is_rung(line.0));
            let runs = matches!(self.before.state, ClimbState::Open { resend_at: old, .. } if old == resend_at);
            prop_assert!(resend_at.is_some() == (wakes && (self.callable().is_empty() || !called)) || runs);
            let soon = self.now() + minutes(self.ground.policy.red.night_repeat_minutes);
            prop_assert!(resend_at.is_none_or(|at| at <= soon));
        }
        Ok(())
    }

    /// R11 and optimistic locking.
    fn time_and_versions_only_go_on(&self) -> Holds {
        let stale = matches!(self.event, Event::Due { version } if version != self.before.version);
        let stale = stale || (matches!(self.event, Event::RungUnreachable { .. }) && !self.rung_failed());
        prop_assert!(!stale || self.after == self.before, "R9");
        prop_assert_eq!(self.found(Finding::ClockWentBack), self.clock < self.before.last_seen);
        let changed = self.after != self.before;
        let (version, seen) =
            if changed { (self.before.version + 1, self.now()) } else { (self.before.version, self.before.last_seen) };
        prop_assert_eq!((self.after.version, self.after.last_seen), (version, seen));
        let said = self.effects.iter().filter(|e| **e != Effect::Finding(Finding::ClockWentBack)).count();
        let nudged = self.event == Event::AuditorNudge;
        prop_assert!(changed || said == 0 || nudged, "effects of nothing: {:?}", self.effects);
        prop_assert!(!nudged || !changed, "a nudge moves nothing");
        let missed = match self.before.state {
            ClimbState::Open { deadline, .. } => Some(deadline),
            ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => self.before.state.due_at(),
        };
        let overdue = missed.is_some_and(|at| self.now() - at > minutes(2));
        prop_assert!(self.after.late == self.before.late || (self.after.late && overdue));
        prop_assert!(!self.was_due() || !overdue || !self.is_open() || self.after.late);
        Ok(())
    }

    /// R2, for every kind of clock.
    fn deadlines_never_move_later(&self) -> Holds {
        let same = self.after.epoch == self.before.epoch && self.after.rung == self.before.rung;
        let repeated = self.found(Finding::UnansweredAtTop);
        match (self.before.state, self.after.state) {
            (ClimbState::Open { deadline: old, .. }, ClimbState::Open { deadline: new, .. }) => {
                let kept = self.after.state.held_from().is_some() && self.before.state.held_from().is_none();
                prop_assert!(!same || repeated || kept || new <= old);
                prop_assert!(!repeated || self.after.rung == self.top());
                let raised = self.after.level > self.before.level;
                prop_assert!(!raised || new <= old || old <= self.now(), "raised: {new} after {old}");
                prop_assert!(!raised || (self.after.epoch == self.before.epoch + 1 && self.after.repeat == 0));
            }
            (ClimbState::Acked { expires_at: old }, ClimbState::Acked { expires_at: new }) => {
                let custody = self.after.custody && !self.before.custody && self.after.level == Level::Red;
                let reminded = self.was_due() && self.waits_for_assessment();
                prop_assert!(new == old || custody || reminded, "{new} after {old}");
            }
            (ClimbState::Settled { review_at: old }, ClimbState::Settled { review_at: new }) => {
                let reviewed = matches!(self.event, Event::Assessed { .. } | Event::Lowered { .. });
                prop_assert!(new == old || reviewed);
            }
            (
                ClimbState::Open { .. } | ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed,
                _,
            ) => {}
        }
        Ok(())
    }

    /// A decision keeps a climb on its rung: never a red, never on the top rung, never longer than the policy allows, and only
    /// by that decision. Whatever is new ends it at once, and then it climbs no later than it would have.
    fn nothing_is_kept_from_climbing_for_ever(&self) -> Holds {
        let (before, after) = (self.before.state.held_from(), self.after.state.held_from());
        let longest = BelowRed::of(self.after.level).map(|level| self.ground.policy.not_escalating.of(level).longest);
        if let (Some(from), ClimbState::Open { deadline, .. }) = (after, self.after.state) {
            prop_assert!(self.after.level < Level::Red && self.after.rung < self.top());
            let bound = longest.unwrap().after(self.now(), self.ground.calendar);
            prop_assert!(from < deadline && deadline <= bound, "kept until {deadline}, at most {bound}");
            let decided = matches!(self.event, Event::NotEscalated { .. });
            let old = self.before.state.deadline();
            let goes_on = before == after && old == Some(deadline);
            let rightly = if before.is_some() { goes_on } else { decided && old == after };
            prop_assert!(rightly, "kept by {:?}", self.event);
        }
        let new = matches!(self.event, Event::NewFacts | Event::IndependentRepeat | Event::StillWorried);
        let raised = self.after.level > self.before.level;
        prop_assert!(!(new || raised || self.was_due()) || after.is_none(), "new facts end it");
        let on = self.effects.iter().filter(|e| matches!(e, Effect::ClimbsOn { .. })).count();
        prop_assert_eq!(on, usize::from(before.is_some() && after.is_none() && self.is_open()));
        if let (Some(from), Event::NewFacts, ClimbState::Open { deadline, .. }) = (before, self.event, self.after.state)
        {
            let climbed = self.after.rung > self.before.rung;
            prop_assert_eq!(climbed, from <= self.now());
            prop_assert!(climbed || deadline == from, "the ladder's own clock again");
        }
        if matches!(self.event, Event::NotEscalated { .. }) {
            prop_assert!(self.tells().next().is_none(), "nobody is told anything by it");
        }
        Ok(())
    }

    fn a_red_needs_custody_and_assessment(&self) -> Holds {
        match self.after.state {
            ClimbState::Open { .. } => prop_assert!(!self.after.custody && !self.after.assessed),
            ClimbState::Acked { .. } => {}
            ClimbState::Settled { .. } => {
                prop_assert!(self.after.assessed && (self.after.custody || self.after.level < Level::Red));
            }
            ClimbState::Closed => {}
        }
        Ok(())
    }

    fn turns_and_rungs_only_go_on(&self) -> Holds {
        let reopened = self.is_open() && !self.was_open();
        let moved = self.after.level != self.before.level;
        prop_assert_eq!(self.after.epoch, self.before.epoch + u32::from(reopened || moved));
        prop_assert!(self.after.rung <= self.top());
        if self.after.epoch == self.before.epoch {
            let up = self.after.rung > self.before.rung;
            prop_assert!(up || self.after.rung == self.before.rung);
            let counted_anew = self.is_first_custody_of_a_red() && self.after.repeat == 0;
            prop_assert!(
                (up && self.after.repeat == 0) || (!up && self.after.repeat >= self.before.repeat) || counted_anew
            );
        } else if self.was_due()
            || matches!(self.event, Event::StillWorried | Event::IndependentRepeat | Event::Declined { .. })
        {
            prop_assert!(self.after.rung >= self.before.rung, "R8: at least the same rung");
            let above = (self.before.rung + 1).min(self.top());
            let review = self.was_due() && matches!(self.before.state, ClimbState::Settled { .. });
            prop_assert!(review || self.after.rung >= above, "R8: and the next one");
        }
        let asked = matches!(self.event, Event::IndependentRepeat | Event::StillWorried) || self.rung_failed();
        let climbs = self.was_open() && (asked || (self.was_due() && !self.found_only_a_resend()));
        prop_assert!(!climbs || self.before.rung == self.top() || self.after.rung > self.before.rung, "R4");
        Ok(())
    }

    fn rung_failed(&self) -> bool {
        let (epoch, rung) = (self.before.epoch, self.before.rung);
        self.event == Event::RungUnreachable { epoch, rung }
    }

    fn found_only_a_resend(&self) -> bool {
        matches!(self.before.state, ClimbState::Open { deadline, .. } if deadline > self.now())
    }

    /// R6: a red's alarm cannot wait, orange does not, yellow and blue wait for the morning.
    fn notices_are_what_their_level_says(&self) -> Holds {
        for notice in self.tells() {
            let to = notice.to();
            let counted = if self.is_first_custody_of_a_red() { self.before.repeat } else { self.after.repeat };
            let repeat = if to.rung == self.after.rung { counted } else { 0 };
            prop_assert!(to.epoch == self.after.epoch && (to.repeat == repeat || to.channel == Channel::Voice));
            match notice {
                Notice::Red(_) => prop_assert_eq!((self.after.level, to.kind), (Level::Red, NoticeKind::Alarm)),
                Notice::Prompt(_) => {
                    prop_assert!(self.after.level >= Level::Orange);
                    prop_assert!(self.after.level == Level::Orange || to.kind != NoticeKind::Alarm);
                }
                Notice::Other(n) => {
                    prop_assert!(self.after.level < Level::Orange);
                    prop_assert_eq!(n.not_before, self.ground.calendar.after_quiet(self.clock));
                    prop_assert_eq!(n.window_seconds, self.ground.policy.bundle_seconds);
                }
            }
        }
        Ok(())
    }

    fn nobody_is_written_to_twice_or_behind_a_cancellation(&self) -> Holds {
        let mut seen = BTreeSet::new();
        for notice in self.tells() {
            let to = notice.to();
            prop_assert!(seen.insert((to.person, to.channel, to.kind)), "twice in one step: {:?}", to);
        }
        let cancel = self.effects.iter().position(|e| *e == Effect::CancelAlarms);
        let tell = self.effects.iter().position(|e| matches!(e, Effect::Tell(_)));
        prop_assert!(cancel.is_none() || tell.is_none() || cancel < tell);
        let stopped = self.was_open() && !self.is_open();
        let closed = self.before.state != ClimbState::Closed && self.event == Event::Closed;
        let changed = self.after.level != self.before.level;
        prop_assert_eq!(cancel.is_some(), stopped || closed || changed);
        Ok(())
    }

    /// R3, R10: whole sets of those who are alarmed, surplus ones included.
    fn exactly_those_hear_who_must(&self) -> Holds {
        let alarmed = self.told(NoticeKind::Alarm);
        let everybody: BTreeSet<Line> = (0..=self.top()).flat_map(|r| self.rung_lines(r)).collect();
        let present = self.rung_lines(self.after.rung);
        let callable = &self.callable();
        let first = if !self.is_open() {
            None
        } else if self.after.epoch == self.before.epoch {
            (self.after.rung > self.before.rung).then(|| self.before.rung + 1)
        } else if self.after.level != self.before.level || self.event == Event::Reopened || self.is_given_up() {
            Some(0)
        } else {
            Some(self.opens_again_from())
        };
        let listens = self.event == Event::DirectoryChanged || self.night_fell();
        let newcomers = if listens && self.is_open() { self.newcomers() } else { BTreeSet::new() };
        if let Some(first) = first {
            let climbed = (first..=self.after.rung).flat_map(|r| self.rung_lines(r)).collect();
            let wanted: &BTreeSet<Line> = if present.is_empty() { &everybody } else { &climbed };
            prop_assert_eq!(&alarmed, &wanted.union(&newcomers).copied().collect());
        } else if self.event == Event::AuditorNudge && self.is_open() {
            let wanted = if self.after.rung == self.top() { callable } else { &present };
            prop_assert_eq!(&alarmed, wanted);
        } else if self.found(Finding::UnansweredAtTop) {
            let wanted: BTreeSet<Line> = callable.union(&newcomers).copied().collect();
            prop_assert!(alarmed.is_subset(&wanted));
            let heard: BTreeSet<PersonId> = alarmed.iter().map(|line| line.0).collect();
            prop_assert_eq!(heard, wanted.iter().map(|line| line.0).collect(), "everybody by some channel");
        } else if self.is_open() && self.was_due() {
            let resend = matches!(self.before.state, ClimbState::Open { resend_at: Some(at), .. } if at <= self.now());
            let able = |p: PersonId| !self.is_rung(p) && !self.before.declined.contains(&p);
            let sms = callable.iter().copied().filter(|line| resend && line.1 == Channel::Sms && able(line.0));
            prop_assert_eq!(alarmed, sms.chain(newcomers).collect());
        } else if self.found(Finding::EmptyRung { rung: self.top() }) && self.event != Event::DirectoryChanged {
            prop_assert_eq!(&alarmed, &everybody);
        } else {
            prop_assert_eq!(alarmed, newcomers);
        }
        Ok(())
    }

    /// From which rung on a new turn is told: the one that stood; at the top, when it is to go further up, from the
    /// nearest one below that has anybody on it.
    fn opens_again_from(&self) -> u8 {
        let review = self.was_due() && matches!(self.before.state, ClimbState::Settled { .. });
        if review || self.before.rung < self.top() {
            return self.before.rung;
        }
        let crewed = |rung: &u8| !self.rung_lines(*rung).is_empty();
        (0..self.before.rung).rev().find(crewed).unwrap_or(self.before.rung)
    }

    /// The night began since the last step: whoever is told by night alone hears of a red that is open.
    fn night_fell(&self) -> bool {
        let began = self.off_hours() && !self.ground.calendar.is_off_hours(self.before.last_seen);
        began && self.after.level == Level::Red && self.after != self.before
    }

    /// Who stands on a rung that was told, and was not told.
    fn newcomers(&self) -> BTreeSet<Line> {
        let rungs = (0..=self.after.rung).flat_map(|r| self.rung_lines(r));
        rungs.filter(|line| !self.ground.told.contains(&line.0)).collect()
    }

    /// Whom the present rung calls; on an empty top everybody.
    fn callable(&self) -> BTreeSet<Line> {
        let present = self.rung_lines(self.after.rung);
        let everybody = (0..=self.top()).flat_map(|r| self.rung_lines(r));
        if present.is_empty() && self.after.rung == self.top() { everybody.collect() } else { present }
    }

    /// Said minute by minute: at each due minute of a call since the last look, those of its offices are called who can
    /// be and have not declined. Only a red calls, and nobody who has taken it is called.
    fn calls_are_made_when_the_policy_says(&self) -> Holds {
        let called = self.called();
        prop_assert!(called.is_empty() || (self.is_open() && self.after.level == Level::Red));
        if !self.is_open() || self.after.level != Level::Red {
            return Ok(());
        }
        let red = &self.ground.policy.red;
        let looked = self.after.state != self.before.state && self.tells().next().is_some();
        let same_turn = self.after.epoch == self.before.epoch;
        let hours_changed = self.ground.calendar.is_off_hours(self.before.last_seen) != self.off_hours();
        let from = match self.before.state {
            ClimbState::Open { call_at, .. } if same_turn && !hours_changed => call_at.unwrap_or(self.now()),
            ClimbState::Open { .. } | ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => {
                self.after.turn_at
            }
        };
        let mut wanted = BTreeSet::new();
        for call in &red.calls {
            let Some(after) = call.after(self.off_hours()) else { continue };
            let mut at = self.after.turn_at + minutes(after);
            while at < from {
                at += minutes(red.call_again_minutes);
            }
            if at <= self.now() {
                let people = self.ground.directory.people(&call.who);
                wanted.extend(people.iter().map(|e| e.person).filter(|p| self.can_be_called(*p)));
            }
        }
        wanted.retain(|p| !self.after.declined.contains(p));
        let due = self.was_due() || !same_turn || self.after.rung > self.before.rung;
        let empty_top = self.found(Finding::EmptyRung { rung: self.top() }) || self.rung_lines(self.top()).is_empty();
        let last_resort = empty_top || self.found(Finding::UnansweredAtTop);
        if due && looked {
            prop_assert!(last_resort || called.is_subset(&wanted), "called {called:?}, wanted {wanted:?}");
            prop_assert!(called.is_superset(&wanted), "called {called:?}, wanted {wanted:?}");
        } else {
            prop_assert!(last_resort || called.is_empty(), "called {called:?} at no time");
        }
        Ok(())
    }

    /// R7, and the reminders that it allows.
    fn nobody_new_hears_while_somebody_has_it(&self) -> Holds {
        let (mut over, mut rest) = (BTreeSet::new(), BTreeSet::new());
        if let Event::Acknowledged { by } | Event::Custody { by } | Event::Assessed { by } = self.event {
            let told: BTreeSet<PersonId> = self.ground.told.iter().copied().filter(|p| *p != by).collect();
            let stays = |p: &PersonId| self.is_needed_after(by, *p);
            if self.is_first_custody_of_a_red() {
                rest = self.lines_of(told.iter().copied().filter(|p| !stays(p)));
                over = self.lines_of(told.iter().copied().filter(|p| self.was_open() && stays(p)));
            } else if self.was_open() {
                over = self.lines_of(told.into_iter());
            }
        }
        prop_assert_eq!(self.told(NoticeKind::TakenOver), over);
        prop_assert_eq!(self.told(NoticeKind::StoodDown), rest);
        self.a_missed_assessment_goes_up()?;
        prop_assert!(self.is_open() || self.told(NoticeKind::Alarm).is_empty());
        Ok(())
    }

    fn empty_rungs_are_passed_and_found(&self) -> Holds {
        let climbed = self.is_open() && (self.after.epoch > self.before.epoch || self.after.rung > self.before.rung);
        if climbed && self.rung_lines(self.after.rung).is_empty() {
            prop_assert_eq!(self.after.rung, self.top());
            let found = self.found(Finding::EmptyRung { rung: self.top() });
            let staffed = self.offices(self.top()).iter().any(|o| self.ground.directory.is_staffed(*o));
            prop_assert_eq!(
                found,
                !staffed,
                "an empty top that nobody was told of, or one that is not empty of people"
            );
        }
        if self.found(Finding::NobodyReachable) && self.is_open() {
            prop_assert!((0..=self.top()).all(|r| self.rung_lines(r).is_empty()));
        }
        let due = self.was_due() && self.is_open() && !self.found_only_a_resend();
        prop_assert!(!due || self.tells().next().is_some() || self.found(Finding::NobodyReachable));
        Ok(())
    }

    /// R10, against the same core stepped at the very moments.
    fn a_late_step_goes_as_far_as_punctual_ones(&self) -> Holds {
        let night_only = self.before.rung == 0 && self.after.level == Level::Red;
        let crewed = !self.rung_lines(self.before.rung).is_empty() && !night_only;
        if !self.was_due() || !self.is_open() || !crewed {
            return Ok(());
        }
        let mut punctual = self.before.clone();
        while let Some(due) = punctual.state.due_at().filter(|at| *at <= self.now()) {
            let at_top = matches!(punctual.state, ClimbState::Open { .. }) && punctual.rung == self.top();
            if at_top {
                break;
            }
            punctual.last_seen = punctual.last_seen.min(due); // an event meanwhile may have seen a later time
            punctual = step(&self.ground, &punctual, &Event::Due { version: punctual.version }, due).climb;
        }
        prop_assert_eq!((punctual.epoch, punctual.rung), (self.after.epoch, self.after.rung));
        Ok(())
    }

    /// R9. Only a new report or a new worry is another one when it comes again.
    fn said_twice_it_does_nothing(&self) -> Holds {
        // On the next rung, "I cannot" is another answer.
        let moved = self.after.rung != self.before.rung || self.after.epoch != self.before.epoch;
        let passed_on = matches!(self.event, Event::Declined { .. }) && moved;
        if passed_on || matches!(self.event, Event::IndependentRepeat | Event::StillWorried) {
            return Ok(());
        }
        let mut told = self.ground.told.to_vec();
        told.extend(self.tells().map(|n| n.to().person));
        let ground = Ground { told: &told, ..self.ground };
        let again = step(&ground, self.after, &self.event, self.clock);
        prop_assert_eq!(&again.climb, self.after);
        if self.event == Event::AuditorNudge {
            prop_assert_eq!(&again.effects, self.effects, "the same addresses: the outbox keeps one of each");
            return Ok(());
        }
        let only_the_clock = again.effects.iter().all(|e| *e == Effect::Finding(Finding::ClockWentBack));
        prop_assert!(only_the_clock, "{:?}", again.effects);
        Ok(())
    }
}

/// The outbox of one climb, over its whole life: no new notice may be taken for one that is there already.
#[derive(Default)]
pub(super) struct Outbox(BTreeSet<Key>);

impl Outbox {
    /// What is not there yet: the outbox keeps one of each address.
    pub(super) fn lacks(&self, effects: Vec<Effect>) -> Vec<Effect> {
        let new = |effect: &Effect| !matches!(effect, Effect::Tell(notice) if self.0.contains(&key(notice.to())));
        effects.into_iter().filter(new).collect()
    }

    pub(super) fn takes(
        &mut self,
        effects: &[Effect],
        excluded: &BTreeSet<PersonId>,
    ) -> Result<Vec<PersonId>, TestCaseError> {
        let mut told = Vec::new();
        for effect in effects {
            let Effect::Tell(notice) = effect else { continue };
            let to = notice.to();
            // Two calls in one second are one.
            let new = self.0.insert(key(to)) || to.channel == Channel::Voice;
            prop_assert!(new, "the outbox would swallow {:?}", to);
            prop_assert!(!excluded.contains(&to.person), "excluded, and told: {:?}", to);
            told.push(to.person);
        }
        Ok(told)
    }
}
