//! Telling rungs.

use super::effect::{Effect, Finding};
use super::state::{Climb, ClimbState, Reached};
use super::step::Ground;
use crate::delivery::Channel;
use crate::directory::{ASSESSORS, Entry, Office};
use crate::id::PersonId;
use crate::level::Level;
use crate::notice::{Address, Notice, NoticeKind, OtherNotice, PromptNotice, RedNotice};
use crate::time::{Timestamp, minutes};

/// What merely informs goes after everything else.
const LAST: u8 = 9;

pub(super) const DISTRICT: &[Office] = &[Office::DistrictDuty, Office::DistrictLead];
/// Who is reminded that a red in somebody's hands is not assessed: the first of these groups that has anybody in it.
pub(super) const REMINDED: [&[Office]; 3] = [ASSESSORS, &[Office::Principal], DISTRICT];

/// One walk up the ladder at one moment.
pub(super) struct Walk<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) now: Timestamp,
    /// What the clock says, though it went back: nothing waits for it to catch up.
    pub(super) clock: Timestamp,
    pub(super) climb: Climb,
    pub(super) effects: Vec<Effect>,
}

impl Walk<'_> {
    /// Tells rungs `first` to `last`, passes those with nobody on them, and sets a fresh deadline.
    pub(super) fn tell_rungs(&mut self, first: u8, last: u8) {
        let top = self.ladder().top();
        let last = last.min(top);
        let mut rung = first.min(last);
        let mut someone;
        loop {
            someone = self.tell_rung(rung);
            if rung >= last && (someone || rung >= top) {
                break;
            }
            rung = rung.saturating_add(1);
        }
        if !someone && self.tell_everybody() {
            self.reach(rung);
        }
        self.climb.rung = rung;
        self.wait(rung);
    }

    /// The rung that stands by now, had rung `first` been told at `at` and everybody kept silent since. A rung with
    /// nobody on it takes no time.
    pub(super) fn rung_by_now(&self, first: u8, at: Timestamp) -> u8 {
        let (top, mut due) = (self.ladder().top(), at);
        let peopled = (first.min(top)..top).filter(|rung| !self.people(*rung).is_empty());
        for (rung, wait) in peopled.filter_map(|rung| Some((rung, self.ladder().rung(rung)?.wait))) {
            due = wait.after(due, self.ground.calendar);
            if due > self.now {
                return rung;
            }
        }
        top
    }

    /// The nearest rung below with anybody on it; the rung itself when there is none.
    pub(super) fn rung_below(&self, rung: u8) -> u8 {
        (0..rung).rev().find(|below| !self.people(*below).is_empty()).unwrap_or(rung)
    }

    /// Tells the top rung again, by the next channel in turn.
    pub(super) fn repeat_top(&mut self) {
        self.climb.repeat = self.climb.repeat.saturating_add(1);
        let rung = self.climb.rung;
        let turn = usize::try_from(self.climb.repeat).unwrap_or_default();
        let fresh = self.resend_at();
        let woken = self.is_red_by_night();
        let people = self.people_or_everybody(rung);
        if people.is_empty() {
            self.effects.push(Effect::Finding(Finding::NobodyReachable));
        }
        let repeats = match self.climb.state {
            ClimbState::Open { resend_at, .. } => resend_at,
            ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => None,
        };
        let (running, sms_due) = (repeats.filter(|at| *at > self.now), repeats.is_some_and(|at| at <= self.now));
        for (entry, priority) in people {
            let sms = sms_due && self.is_texted(&entry) && !self.has_declined(entry.person);
            let channels = repeat_channels(&entry, turn, woken).into_iter().chain(sms.then_some(Channel::Sms));
            for channel in channels {
                self.tell(entry.person, channel, NoticeKind::Alarm, priority);
            }
        }
        self.effects.push(Effect::Finding(Finding::UnansweredAtTop));
        self.wait(rung);
        if let ClimbState::Open { resend_at, .. } = &mut self.climb.state {
            *resend_at = fresh.map(|at| running.unwrap_or(at));
        }
    }

    /// Tells the present rung at the address at which it was told: whatever is in the outbox already stays one.
    pub(super) fn tell_again(&mut self) {
        for (entry, priority) in self.people_or_everybody(self.climb.rung) {
            for channel in entry.channels.iter().copied().filter(|c| c.writes()) {
                self.tell(entry.person, channel, NoticeKind::Alarm, priority);
            }
        }
    }

    /// Repeats the SMS of the present rung to whoever is not called. `false` when nobody is left on it and there is a rung above.
    pub(super) fn resend_sms(&mut self) -> bool {
        if self.nobody_is_left() {
            return false;
        }
        for (entry, priority) in self.people_or_everybody(self.climb.rung) {
            if self.is_texted(&entry) && !self.has_declined(entry.person) {
                self.tell(entry.person, Channel::Sms, NoticeKind::Alarm, priority);
            }
        }
        true
    }

    /// No message to the top rung can arrive: as good as nobody on it, so everybody on the ladder is told again.
    pub(super) fn repeat_to_everybody(&mut self) {
        self.climb.repeat = self.climb.repeat.saturating_add(1);
        self.tell_everybody();
    }

    /// Those who can assess; where a school has none of them, those above. What the district decides on, nobody else can.
    pub(super) fn assessors(&self) -> Vec<PersonId> {
        let groups: &[&[Office]] = if self.ground.directory.district_decides() { &[DISTRICT] } else { &REMINDED };
        let people = groups.iter().map(|offices| self.ranked(offices)).find(|people| !people.is_empty());
        people.unwrap_or_default().into_iter().map(|(entry, _)| entry.person).collect()
    }

    /// Writes to people who were told already.
    pub(super) fn inform(&mut self, people: &[PersonId], kind: NoticeKind) {
        for person in people {
            let Some(entry) = self.ground.directory.of_person(*person).cloned() else { continue };
            for channel in entry.channels.into_iter().filter(|c| c.writes()) {
                self.tell(*person, channel, kind, LAST);
            }
        }
    }

    /// When a red's SMS is to be repeated: only by night and on days off, and not where everybody is called.
    pub(super) fn resend_at(&self) -> Option<Timestamp> {
        let people = self.people_or_everybody(self.climb.rung);
        let all_called = !people.is_empty() && people.iter().all(|(entry, _)| self.is_called(entry));
        let wakes = self.is_red_by_night() && !all_called;
        wakes.then(|| self.now + minutes(self.ground.policy.red.night_repeat_minutes))
    }

    /// Whose SMS is repeated by night: he has one, and is not called in these hours.
    fn is_texted(&self, entry: &Entry) -> bool {
        entry.channels.contains(&Channel::Sms) && !self.is_called(entry)
    }

    /// Calls are told apart by the second, so that making them does not turn the channels of the top rung.
    fn second_of_turn(&self) -> u32 {
        u32::try_from((self.now - self.climb.turn_at).num_seconds()).unwrap_or_default()
    }

    pub(super) fn is_red_by_night(&self) -> bool {
        self.climb.level == Level::Red && self.ground.calendar.is_off_hours(self.now)
    }

    pub(super) fn has_declined(&self, person: PersonId) -> bool {
        self.climb.declined.contains(&person)
    }

    pub(super) fn is_on_rung(&self, person: PersonId) -> bool {
        self.people(self.climb.rung).iter().any(|(entry, _)| entry.person == person)
    }

    /// Whether everybody on the present rung has said that he cannot.
    pub(super) fn all_declined(&self) -> bool {
        self.people(self.climb.rung).iter().all(|(entry, _)| self.has_declined(entry.person))
    }

    /// Whether nobody is on the present rung any more, and there is one above.
    pub(super) fn nobody_is_left(&self) -> bool {
        self.people_or_everybody(self.climb.rung).is_empty() && self.climb.rung < self.ladder().top()
    }

    /// Tells those on a rung told before who were not told yet.
    pub(super) fn tell_newcomers(&mut self) {
        let all: Vec<(Entry, u8)> = (0..=self.climb.rung).flat_map(|rung| self.people(rung)).collect();
        let written = |n: &Notice| n.to().channel.writes();
        let told_now =
            |p: PersonId| self.effects.iter().any(|e| matches!(e, Effect::Tell(n) if n.to().person == p && written(n)));
        let new: Vec<(Entry, u8)> =
            all.into_iter().filter(|(e, _)| !self.ground.told.contains(&e.person) && !told_now(e.person)).collect();
        let fresh = |e: &Effect| match e {
            Effect::Reached { .. } => true,
            Effect::Tell(notice) => written(notice),
            Effect::CancelAlarms | Effect::Reopened | Effect::ClimbsOn { .. } | Effect::Finding(_) => false,
        };
        if !new.is_empty() && !self.effects.iter().any(fresh) {
            self.climb.repeat = self.climb.repeat.saturating_add(1);
        }
        for (entry, priority) in new {
            for channel in entry.channels.iter().copied().filter(|c| c.writes()) {
                self.tell(entry.person, channel, NoticeKind::Alarm, priority);
            }
        }
    }

    fn ladder(&self) -> &crate::policy::Ladder {
        self.ground.policy.ladder(self.climb.level)
    }

    fn wait(&mut self, rung: u8) {
        let Some(wait) = self.ladder().rung(rung).map(|r| r.wait) else { return };
        let deadline = wait.after(self.now, self.ground.calendar);
        self.make_calls();
        self.climb.state = ClimbState::Open {
            deadline,
            resend_at: self.resend_at(),
            call_at: self.next_call(deadline),
            held_from: None,
        };
    }

    fn tell_rung(&mut self, rung: u8) -> bool {
        if self.climb.rung != rung {
            self.climb.rung = rung;
            self.climb.repeat = 0;
            self.climb.declined.clear();
        }
        let people = self.people(rung);
        if self.wants_duty_leader(rung)
            && self.ranked(&[Office::DutyLeader]).is_empty()
            && !self.is_staffed(&[Office::DutyLeader])
        {
            self.effects.push(Effect::Finding(Finding::NoDutyLeader));
        }
        if people.is_empty() {
            self.find_empty(rung);
            return false;
        }
        for (entry, priority) in people {
            for channel in entry.channels.iter().copied().filter(|c| c.writes()) {
                self.tell(entry.person, channel, NoticeKind::Alarm, priority);
            }
        }
        self.reach(rung);
        true
    }

    /// The last resort: nobody is on the top rung, so everybody on the ladder is told.
    fn tell_everybody(&mut self) -> bool {
        let people = self.whole_ladder();
        if people.is_empty() {
            self.effects.push(Effect::Finding(Finding::NobodyReachable));
            return false;
        }
        let woken = self.is_red_by_night();
        for (entry, priority) in people {
            for channel in entry.channels.into_iter().filter(|c| c.writes() || woken) {
                self.tell(entry.person, channel, NoticeKind::Alarm, priority);
            }
        }
        true
    }

    /// Nobody is on a rung. Where there are people who may not hear of this alert, that is no finding: it would tell them.
    pub(super) fn find_empty(&mut self, rung: u8) {
        if !self.is_staffed(&self.offices(rung)) {
            self.effects.push(Effect::Finding(Finding::EmptyRung { rung }));
        }
    }

    fn is_staffed(&self, offices: &[Office]) -> bool {
        offices.iter().any(|office| self.ground.directory.is_staffed(*office))
    }

    fn reach(&mut self, rung: u8) {
        if !self.climb.reached.iter().any(|r| r.rung == rung) {
            self.climb.reached.push(Reached { rung, at: self.now });
        }
        self.effects.push(Effect::Reached { rung, at: self.now });
    }

    fn wants_duty_leader(&self, rung: u8) -> bool {
        rung == 0 && self.climb.level == Level::Red && self.ground.calendar.is_off_hours(self.now)
    }

    fn people(&self, rung: u8) -> Vec<(Entry, u8)> {
        self.ranked(&self.offices(rung))
    }

    /// Who is called when the rung is told again. On the top one never nobody, while anybody on the ladder is left.
    fn people_or_everybody(&self, rung: u8) -> Vec<(Entry, u8)> {
        let people = self.people(rung);
        if people.is_empty() && rung >= self.ladder().top() { self.whole_ladder() } else { people }
    }

    fn offices(&self, rung: u8) -> Vec<Office> {
        let mut offices: Vec<Office> = Vec::new();
        if self.wants_duty_leader(rung) {
            offices.push(Office::DutyLeader);
        }
        offices.extend(self.ladder().rung(rung).map(|r| r.who.clone()).unwrap_or_default());
        offices
    }

    fn whole_ladder(&self) -> Vec<(Entry, u8)> {
        let offices: Vec<Office> = (0..=self.ladder().top()).flat_map(|rung| self.offices(rung)).collect();
        self.ranked(&offices)
    }

    pub(super) fn ranked(&self, offices: &[Office]) -> Vec<(Entry, u8)> {
        let duty_first = |e: &Entry| if e.office == Office::DutyLeader { 0 } else { 1 };
        let (directory, level) = (self.ground.directory, self.climb.level);
        let reachable = directory.people(offices).into_iter().filter(|e| !e.channels.is_empty());
        let told = |e: &Entry| Entry { channels: directory.channels(e, level), ..e.clone() };
        reachable.map(|e| (told(e), duty_first(e))).collect()
    }

    /// One step writes to a person once by each channel, however many rungs he stands on: the highest of them counts,
    /// so that the present rung has notices of its own, and the best place in the queue is kept.
    pub(super) fn tell(&mut self, person: PersonId, channel: Channel, kind: NoticeKind, priority: u8) {
        let mut priority = priority;
        self.effects.retain(|effect| {
            let Effect::Tell(notice) = effect else { return true };
            let to = notice.to();
            let same = to.person == person && to.channel == channel && to.kind == kind;
            if same {
                priority = priority.min(to.priority);
            }
            !same
        });
        let repeat = if channel == Channel::Voice { self.second_of_turn() } else { self.climb.repeat };
        let (epoch, rung) = (self.climb.epoch, self.climb.rung);
        let to = Address { person, channel, kind, epoch, rung, repeat, priority };
        let calendar = self.ground.calendar;
        let notice = match (self.climb.level, kind) {
            (Level::Red, NoticeKind::Alarm) => Notice::Red(RedNotice { to }),
            (Level::Red | Level::Orange, _) => Notice::Prompt(PromptNotice { to }),
            (Level::Blue | Level::Yellow, _) => {
                let window_seconds = self.ground.policy.bundle_seconds;
                Notice::Other(OtherNotice { to, not_before: calendar.after_quiet(self.clock), window_seconds })
            }
        };
        self.effects.push(Effect::Tell(notice));
    }
}

/// By what a repeat of the top rung goes out: the channels in turn. Whoever can be called by night is called and written
/// to by all of them. While the SMS of others is repeated every few minutes anyhow, they get all but that; counting turns
/// would then give the same one for ever.
fn repeat_channels(entry: &Entry, turn: usize, woken: bool) -> Vec<Channel> {
    if woken && entry.channels.contains(&Channel::Voice) {
        return entry.channels.clone();
    }
    let written: Vec<Channel> = entry.channels.iter().copied().filter(|c| c.writes()).collect();
    let others: Vec<Channel> = written.iter().copied().filter(|c| woken && *c != Channel::Sms).collect();
    if !others.is_empty() {
        return others;
    }
    let in_turn = written.get(turn % written.len().max(1)).copied();
    in_turn.or_else(|| entry.channels.first().copied()).into_iter().collect()
}
