//! Random climbs of up to 60 events, each step held against everything that must hold. `PROPTEST_CASES` says how many.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRunner};

use super::invariants::{Outbox, Taken};
use super::random::{Case, Turn, Wait, What, case};
use super::world::{NAMES, calendar, id};
use crate::calendar::Calendar;
use crate::delivery::Channel;
use crate::directory::Directory;
use crate::escalation::{Climb, ClimbState, Effect, Event, Finding, Ground, Step, joined, open, step};
use crate::id::PersonId;
use crate::level::{BelowRed, Level};
use crate::notice::NoticeKind;
use crate::policy::Policy;
use crate::time::Timestamp;

const CASES: u32 = 10_000;
/// What proptest runs when nobody says how many.
const UNSAID: u32 = 256;

/// How often the interesting things happened: a generator that no longer makes them would prove nothing.
type Seen = RefCell<BTreeMap<&'static str, u32>>;

#[test]
fn every_step_of_every_climb_keeps_the_rules() {
    let said = Config::default();
    let cases = if said.cases == UNSAID { CASES } else { said.cases };
    // Unoptimised, the default generator of random numbers takes most of the time.
    let rng_algorithm = RngAlgorithm::XorShift;
    let mut runner = TestRunner::new(Config { cases, rng_algorithm, source_file: Some(file!()), ..said });
    let seen = Seen::default();
    runner.run(&case(), |case| climb(&case, &seen)).unwrap_or_else(|fault| panic!("{fault}"));
    let seen = seen.into_inner();
    for what in
        ["late", "jump", "reopened", "reminded", "top", "resend", "empty", "nobody", "back", "raised", "settled"]
            .into_iter()
            .chain(["called", "declined", "newcomer", "nudged", "kept", "kept in time", "overtaken"])
    {
        let times = seen.get(what).copied().unwrap_or_default();
        // The rarest happens in one case of forty: half of that is out of the reach of chance.
        assert!(times >= cases / 100, "{what} happened only {times} times: {seen:?}");
    }
}

/// Where a random climb happens.
struct Place {
    policy: Policy,
    calendar: Calendar,
    directories: [Directory; 2],
}

impl Place {
    fn ground<'a>(&'a self, told: &'a [PersonId], crew: usize) -> Ground<'a> {
        Ground { policy: &self.policy, calendar: &self.calendar, directory: &self.directories[crew], told }
    }
}

fn climb(case: &Case, seen: &Seen) -> Result<(), TestCaseError> {
    let mut clock = case.start();
    let directories = [case.crews[0].directory(clock), case.crews[1].directory(clock)];
    let excluded = [case.crews[0].excluded().collect(), case.crews[1].excluded().collect()];
    let place = Place { policy: case.policy(), calendar: calendar(), directories };
    let (mut crew, mut told, mut outbox) = (0, Vec::new(), Outbox::default());
    let Step { mut climb, effects } = open(&place.ground(&[], crew), case.level, clock);
    let ahead = matches!(climb.state, ClimbState::Open { deadline, .. } if deadline > clock);
    prop_assert!(ahead, "{:?}", climb);
    told.extend(outbox.takes(&effects, &excluded[crew])?);
    for turn in &case.turns {
        crew = if turn.other_crew { 1 - crew } else { crew };
        clock = match (turn.wait, climb.state.due_at()) {
            (Wait::For(seconds), _) | (Wait::PastDue(seconds), None) => clock + TimeDelta::seconds(seconds),
            (Wait::PastDue(seconds), Some(due)) => due.max(clock) + TimeDelta::seconds(seconds),
        };
        let event = event(turn, &climb, clock);
        let ground = place.ground(&told, crew);
        let Step { climb: after, effects } = step(&ground, &climb, &event, clock);
        let taken = Taken { ground, before: &climb, event, clock, after: &after, effects: &effects };
        taken.holds()?;
        a_red_is_in_nobodys_custody_after_another_red(turn, &climb, &after)?;
        count(&taken, seen);
        let effects = if event == Event::AuditorNudge { outbox.lacks(effects) } else { effects };
        told.extend(outbox.takes(&effects, &excluded[crew])?);
        climb = after;
    }
    Ok(())
}

/// Said without the core: after a report that is red by itself nobody rests on an older custody.
fn a_red_is_in_nobodys_custody_after_another_red(
    turn: &Turn,
    before: &Climb,
    after: &Climb,
) -> Result<(), TestCaseError> {
    if matches!(turn.what, What::Joined(Level::Red, _)) && before.state != ClimbState::Closed {
        let in_nobodys = !after.custody && after.level == Level::Red;
        let again = before.level < Level::Red || !before.custody || matches!(after.state, ClimbState::Open { .. });
        prop_assert!(in_nobodys && again, "{before:?} became {after:?}");
    }
    Ok(())
}

fn event(turn: &Turn, climb: &Climb, clock: Timestamp) -> Event {
    let person = |p: usize| id(NAMES[p]);
    match turn.what {
        What::Due => Event::Due { version: climb.version },
        What::StaleDue => Event::Due { version: climb.version.saturating_sub(1) },
        What::Ack(p) => Event::Acknowledged { by: person(p) },
        What::Custody(p) => Event::Custody { by: person(p) },
        What::Assessed(p) => Event::Assessed { by: person(p) },
        What::Raised(to) => Event::Raised { to },
        What::Lowered(to) => Event::Lowered { to },
        What::Repeat => Event::IndependentRepeat,
        What::Worried => Event::StillWorried,
        What::Unreachable => Event::RungUnreachable { epoch: climb.epoch, rung: climb.rung },
        What::OtherUnreachable(true) => Event::RungUnreachable { epoch: climb.epoch, rung: climb.rung.wrapping_sub(1) },
        What::OtherUnreachable(false) => {
            Event::RungUnreachable { epoch: climb.epoch.wrapping_sub(1), rung: climb.rung }
        }
        What::Declined(p) => Event::Declined { by: person(p) },
        What::DirectoryChanged => Event::DirectoryChanged,
        What::Nudge => Event::AuditorNudge,
        What::NotEscalated(minutes) => Event::NotEscalated {
            level: BelowRed::of(climb.level).unwrap_or(BelowRed::Orange),
            until: clock + TimeDelta::minutes(minutes),
        },
        What::NewFacts => Event::NewFacts,
        What::Joined(own, repeat) => joined(climb, own, repeat),
        What::Closed => Event::Closed,
        What::Reopened => Event::Reopened,
    }
}

fn count(taken: &Taken<'_>, seen: &Seen) {
    let (before, after) = (taken.before, taken.after);
    let found = |wanted: fn(&Finding) -> bool| {
        taken.effects.iter().any(|e| matches!(e, Effect::Finding(finding) if wanted(finding)))
    };
    let told = |kind: NoticeKind| taken.effects.iter().any(|e| matches!(e, Effect::Tell(n) if n.to().kind == kind));
    let same_rung = before.epoch == after.epoch && before.rung == after.rung;
    let repeated = same_rung && after.repeat > before.repeat && told(NoticeKind::Alarm);
    let top = found(|f| *f == Finding::UnansweredAtTop);
    for (what, happened) in [
        ("late", after.late && !before.late),
        ("jump", before.epoch == after.epoch && after.rung > before.rung.saturating_add(1)),
        ("reopened", taken.effects.contains(&Effect::Reopened)),
        ("reminded", told(NoticeKind::AssessmentDue)),
        ("top", top),
        ("resend", repeated && !top),
        ("empty", found(|f| matches!(f, Finding::EmptyRung { .. }))),
        ("nobody", found(|f| *f == Finding::NobodyReachable)),
        ("back", found(|f| *f == Finding::ClockWentBack)),
        ("raised", after.level > before.level),
        ("settled", matches!(after.state, ClimbState::Settled { .. })),
        ("called", taken.effects.iter().any(|e| matches!(e, Effect::Tell(n) if n.to().channel == Channel::Voice))),
        ("declined", after.declined.len() > before.declined.len()),
        ("newcomer", taken.event == Event::DirectoryChanged && told(NoticeKind::Alarm)),
        ("kept", after.state.held_from().is_some() && before.state.held_from().is_none()),
        ("kept in time", taken.effects.contains(&Effect::ClimbsOn { in_time: true })),
        ("overtaken", taken.effects.contains(&Effect::ClimbsOn { in_time: false })),
        ("nudged", taken.event == Event::AuditorNudge && told(NoticeKind::Alarm)),
    ] {
        if happened {
            *seen.borrow_mut().entry(what).or_default() += 1;
        }
    }
}
