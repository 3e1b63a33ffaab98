//! One step of a climb.

use super::effect::{Effect, Finding};
use super::event::Event;
use super::keeping::{climbs_on, new_facts, not_escalated};
use super::ladder_walk::Walk;
use super::state::{Climb, ClimbState};
use crate::calendar::Calendar;
use crate::directory::Directory;
use crate::id::PersonId;
use crate::level::Level;
use crate::notice::NoticeKind;
use crate::policy::Policy;
use crate::time::{Timestamp, minutes};

/// Noticed later than this, a deadline is marked late.
pub(crate) const LATE_MINUTES: u32 = 2;

/// Everything that a step looks at and does not change.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The policy that the alert was opened with.
    pub policy: &'a Policy,
    /// School time.
    pub calendar: &'a Calendar,
    /// Who can be told now.
    pub directory: &'a Directory,
    /// Who was told of this alert already.
    pub told: &'a [PersonId],
}

/// The next state and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The climb after the step.
    pub climb: Climb,
    /// What has to be done, in order.
    pub effects: Vec<Effect>,
}

/// Opens a climb: the first rung is told at once.
#[must_use]
pub fn open(ground: &Ground<'_>, level: Level, now: Timestamp) -> Step {
    let climb = Climb {
        state: ClimbState::Closed,
        level,
        rung: 0,
        epoch: 0,
        repeat: 0,
        version: 1,
        last_seen: now,
        late: false,
        custody: false,
        assessed: false,
        reached: Vec::new(),
        turn_at: now,
        declined: Vec::new(),
    };
    let mut walk = Walk { ground, now, clock: now, climb, effects: Vec::new() };
    walk.tell_rungs(0, 0);
    Step { climb: walk.climb, effects: walk.effects }
}

/// Takes one step. An event that changes nothing gives back the same climb and no effects.
#[must_use]
pub fn step(ground: &Ground<'_>, before: &Climb, event: &Event, now: Timestamp) -> Step {
    let clock = now;
    let now = clock.max(before.last_seen);
    let mut walk = Walk { ground, now, clock, climb: before.clone(), effects: Vec::new() };
    if clock < now {
        walk.effects.push(Effect::Finding(Finding::ClockWentBack));
    }
    match *event {
        Event::Due { version } => {
            if version == before.version {
                due(&mut walk);
            }
        }
        Event::Acknowledged { by } => acknowledged(&mut walk, by),
        Event::Custody { by } => custody(&mut walk, by),
        Event::Assessed { by } => assessed(&mut walk, by),
        Event::Raised { to } => raised(&mut walk, to),
        Event::Lowered { to } => lowered(&mut walk, to),
        Event::IndependentRepeat => repeat(&mut walk),
        Event::StillWorried => above(&mut walk),
        Event::RungUnreachable { epoch, rung } => unreachable(&mut walk, epoch, rung),
        Event::Declined { by } => declined(&mut walk, by),
        Event::DirectoryChanged => directory_changed(&mut walk),
        Event::AuditorNudge => nudged(&mut walk),
        Event::NotEscalated { level, until } => not_escalated(&mut walk, level, until),
        Event::NewFacts => new_facts(&mut walk),
        Event::Closed => close(&mut walk),
        Event::Reopened => reopened(&mut walk),
    }
    walk.night_falls(before);
    climbs_on(&mut walk, before, event);
    if walk.climb != *before {
        walk.climb.version = before.version.saturating_add(1);
        walk.climb.last_seen = now;
    }
    Step { climb: walk.climb, effects: walk.effects }
}

fn due(walk: &mut Walk<'_>) {
    let Some(at) = walk.climb.state.due_at().filter(|at| *at <= walk.now) else { return };
    match walk.climb.state {
        ClimbState::Open { deadline, .. } if deadline <= walk.now => climb_from(walk, deadline),
        ClimbState::Open { deadline, resend_at, .. } => {
            wake(walk, deadline, resend_at);
        }
        ClimbState::Acked { .. } if walk.climb.custody && walk.climb.level == Level::Red => walk.assessment_missed(at),
        ClimbState::Acked { .. } => reopen(walk, walk.climb.rung.saturating_add(1), at),
        ClimbState::Settled { .. } => reopen(walk, walk.climb.rung, at),
        ClimbState::Closed => {}
    }
}

/// Between two rungs: SMS are repeated, calls are made.
fn wake(walk: &mut Walk<'_>, deadline: Timestamp, resend_at: Option<Timestamp>) {
    let sms = resend_at.is_some_and(|at| at <= walk.now);
    if sms {
        walk.climb.repeat = walk.climb.repeat.saturating_add(1);
        if !walk.resend_sms() {
            return pass(walk);
        }
    }
    walk.make_calls();
    let (running, fresh) = (resend_at.filter(|_| !sms), walk.resend_at());
    let resend_at = [running, fresh].into_iter().flatten().min();
    let held_from = walk.climb.state.held_from();
    walk.climb.state = ClimbState::Open { deadline, resend_at, call_at: walk.next_call(deadline), held_from };
}

/// Tells the next rung, which was due at `at`, and every further one whose time has come since; the top one repeats.
pub(super) fn climb_from(walk: &mut Walk<'_>, at: Timestamp) {
    let from = walk.climb.rung;
    note_lateness(walk, at);
    if from >= walk.ground.policy.ladder(walk.climb.level).top() {
        walk.repeat_top();
    } else {
        let next = from.saturating_add(1);
        walk.tell_rungs(next, walk.rung_by_now(next, at));
    }
}

/// A new turn, due at `at`: the present rung hears of it again, and so does every rung up to `next` and whichever
/// further one has come due since. Above the top there is nobody to go to: the rung below hears with it.
fn reopen(walk: &mut Walk<'_>, next: u8, at: Timestamp) {
    let level = walk.climb.level;
    let above_all = next > walk.ground.policy.ladder(level).top();
    let rung = if above_all { walk.rung_below(walk.climb.rung) } else { walk.climb.rung };
    let to = walk.rung_by_now(next, at);
    note_lateness(walk, at);
    let reached = std::mem::take(&mut walk.climb.reached);
    new_turn(walk, level);
    walk.climb.reached = reached;
    walk.effects.push(Effect::Reopened);
    walk.tell_rungs(rung, to);
}

pub(super) fn note_lateness(walk: &mut Walk<'_>, due: Timestamp) {
    walk.climb.late |= walk.now - due > minutes(LATE_MINUTES);
}

fn acknowledged(walk: &mut Walk<'_>, by: PersonId) {
    match walk.climb.state {
        ClimbState::Open { .. } => take(walk, by),
        ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => {}
    }
}

/// Pauses the climb; those told before hear who took over.
fn take(walk: &mut Walk<'_>, by: PersonId) {
    let others = others_told(walk, by);
    pause(walk);
    walk.inform(&others, NoticeKind::TakenOver);
}

fn pause(walk: &mut Walk<'_>) {
    let lasts = walk.ground.policy.ladder(walk.climb.level).acknowledgement_lasts;
    walk.effects.push(Effect::CancelAlarms);
    walk.climb.state = ClimbState::Acked { expires_at: lasts.after(walk.now, walk.ground.calendar) };
}

fn others_told(walk: &Walk<'_>, by: PersonId) -> Vec<PersonId> {
    walk.ground.told.iter().copied().filter(|p| *p != by).collect()
}

fn custody(walk: &mut Walk<'_>, by: PersonId) {
    let red = walk.climb.level == Level::Red;
    match walk.climb.state {
        ClimbState::Open { .. } if red => {
            pause(walk);
            stand_down(walk, by, true);
        }
        ClimbState::Open { .. } => take(walk, by),
        // Said twice, it moves no clock: neither the assessment nor the review may be put off by it.
        ClimbState::Acked { .. } if walk.climb.custody => return,
        ClimbState::Acked { .. } if red => stand_down(walk, by, false),
        ClimbState::Acked { .. } => {}
        ClimbState::Settled { .. } => {
            walk.climb.custody = true;
            return;
        }
        ClimbState::Closed => return,
    }
    walk.climb.custody = true;
    settle_or_wait(walk);
}

/// Somebody is with the child of a red. Those told before may rest, but not those who have yet to assess it: they hear,
/// where nobody had taken it, who did.
fn stand_down(walk: &mut Walk<'_>, by: PersonId, taken: bool) {
    let assessors = walk.assessors();
    let needed = |p: &PersonId| !walk.climb.assessed && !assessors.contains(&by) && assessors.contains(p);
    let (stay, rest): (Vec<PersonId>, Vec<PersonId>) = others_told(walk, by).into_iter().partition(needed);
    if taken {
        walk.inform(&stay, NoticeKind::TakenOver);
    }
    walk.inform(&rest, NoticeKind::StoodDown);
}

fn assessed(walk: &mut Walk<'_>, by: PersonId) {
    match walk.climb.state {
        ClimbState::Open { .. } => take(walk, by),
        ClimbState::Acked { .. } | ClimbState::Settled { .. } => {}
        ClimbState::Closed => return,
    }
    walk.climb.assessed = true;
    settle_or_wait(walk);
}

/// A red is settled by an assessment *and* somebody with the child; anything else by the assessment. Only a red's clock
/// waits for the assessment alone: elsewhere custody is noted and the acknowledgement runs on.
fn settle_or_wait(walk: &mut Walk<'_>) {
    let red = walk.climb.level == Level::Red;
    if walk.climb.assessed && (walk.climb.custody || !red) {
        let review = walk.ground.policy.ladder(walk.climb.level).review_after;
        walk.climb.state = ClimbState::Settled { review_at: review.after(walk.now, walk.ground.calendar) };
    } else if red && walk.climb.custody && matches!(walk.climb.state, ClimbState::Acked { .. }) {
        walk.wait_for_assessment();
    }
}

/// A higher level is a new turn on another ladder, at least as high as the old one had come or ought to have come.
fn raised(walk: &mut Walk<'_>, to: Level) {
    if to <= walk.climb.level || walk.climb.state == ClimbState::Closed {
        return;
    }
    let before = match walk.climb.state {
        // Kept from climbing, it has missed nothing; what the ladder had set counts again while it lies ahead.
        ClimbState::Open { deadline, held_from, .. } => Some(held_from.filter(|at| *at > walk.now).unwrap_or(deadline)),
        ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => None,
    };
    let overdue = before.filter(|at| *at <= walk.now);
    let stands = overdue.map_or(walk.climb.rung, |at| walk.rung_by_now(walk.climb.rung.saturating_add(1), at));
    note_lateness(walk, overdue.unwrap_or(walk.now));
    let policy = walk.ground.policy;
    let tier = policy.ladder(walk.climb.level).rung(stands).map(|r| r.tier);
    let start = tier.map_or(0, |t| policy.ladder(to).rung_of_tier(t));
    // Whoever has not got the old notice yet gets the new one alone: what quiet hours hold back is not wanted any more.
    walk.effects.push(Effect::CancelAlarms);
    new_turn(walk, to);
    walk.tell_rungs(0, start);
    let running = before.filter(|at| *at > walk.now);
    if let (Some(old), ClimbState::Open { deadline, .. }) = (running, &mut walk.climb.state) {
        *deadline = old.min(*deadline);
    }
}

/// A signed decision, and with it an assessment. A closed alert keeps its level: should it open again, then there.
fn lowered(walk: &mut Walk<'_>, to: Level) {
    if to >= walk.climb.level || walk.climb.state == ClimbState::Closed {
        return;
    }
    let policy = walk.ground.policy;
    let ladder = policy.ladder(to);
    let tier = policy.ladder(walk.climb.level).rung(walk.climb.rung).map(|r| r.tier);
    walk.climb.level = to;
    walk.climb.rung = tier.map_or(0, |t| ladder.rung_of_tier(t));
    walk.climb.repeat = 0;
    walk.climb.epoch = walk.climb.epoch.saturating_add(1);
    walk.climb.reached.clear();
    walk.climb.declined.clear();
    walk.effects.push(Effect::CancelAlarms);
    walk.climb.assessed = true;
    settle_or_wait(walk);
}

/// Bypasses whoever has not acted. A red that somebody has just taken, or has in hand, stays with him.
fn repeat(walk: &mut Walk<'_>) {
    match walk.climb.state {
        ClimbState::Open { .. } => above(walk),
        ClimbState::Acked { .. } if walk.climb.level < Level::Red => above(walk),
        ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => {}
    }
}

/// Opens on the rung above as well as on the present one.
fn above(walk: &mut Walk<'_>) {
    let now = walk.now;
    match walk.climb.state {
        ClimbState::Open { deadline, .. } => climb_from(walk, deadline.min(now)),
        ClimbState::Acked { expires_at: at } | ClimbState::Settled { review_at: at } => {
            reopen(walk, walk.climb.rung.saturating_add(1), at.min(now));
        }
        ClimbState::Closed => {}
    }
}

/// Nobody is asked again to do what he cannot: once all of a rung have said so, it goes on.
fn declined(walk: &mut Walk<'_>, by: PersonId) {
    match walk.climb.state {
        ClimbState::Open { .. } => {
            if walk.is_on_rung(by) && !walk.has_declined(by) {
                walk.climb.declined.push(by);
                if walk.all_declined() && walk.climb.rung < walk.ground.policy.ladder(walk.climb.level).top() {
                    above(walk);
                }
            }
        }
        ClimbState::Acked { .. } => above(walk),
        ClimbState::Settled { .. } | ClimbState::Closed => {}
    }
}

/// Whoever is new on a rung that was told already is told too; a rung that nobody is left on is passed.
fn directory_changed(walk: &mut Walk<'_>) {
    if matches!(walk.climb.state, ClimbState::Open { .. }) {
        if walk.nobody_is_left() {
            pass(walk);
        }
        walk.tell_newcomers();
    }
}

/// The present rung has nobody on it any more.
fn pass(walk: &mut Walk<'_>) {
    walk.find_empty(walk.climb.rung);
    above(walk);
}

fn unreachable(walk: &mut Walk<'_>, epoch: u32, rung: u8) {
    let open = matches!(walk.climb.state, ClimbState::Open { .. });
    if !open || walk.climb.epoch != epoch || walk.climb.rung != rung {
        return;
    }
    let top = walk.ground.policy.ladder(walk.climb.level).top();
    if rung < top {
        walk.effects.push(Effect::Finding(Finding::EmptyRung { rung }));
        above(walk);
    } else if walk.climb.repeat == 0 {
        // Once: were all of them out of reach, every answer to the failure would fail and come back here.
        walk.effects.push(Effect::Finding(Finding::EmptyRung { rung }));
        walk.repeat_to_everybody();
    }
}

fn nudged(walk: &mut Walk<'_>) {
    match walk.climb.state {
        ClimbState::Open { .. } => walk.tell_again(),
        ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => {}
    }
}

fn close(walk: &mut Walk<'_>) {
    if walk.climb.state != ClimbState::Closed {
        walk.effects.push(Effect::CancelAlarms);
        walk.climb.state = ClimbState::Closed;
    }
}

fn reopened(walk: &mut Walk<'_>) {
    if walk.climb.state == ClimbState::Closed {
        let level = walk.climb.level;
        new_turn(walk, level);
        walk.effects.push(Effect::Reopened);
        walk.tell_rungs(0, 0);
    }
}

pub(super) fn new_turn(walk: &mut Walk<'_>, level: Level) {
    walk.climb.level = level;
    walk.climb.epoch = walk.climb.epoch.saturating_add(1);
    walk.climb.repeat = 0;
    walk.climb.custody = false;
    walk.climb.assessed = false;
    walk.climb.reached.clear();
    walk.climb.turn_at = walk.now;
    walk.climb.declined.clear();
}
