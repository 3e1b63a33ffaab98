//! What would happen to a red that nobody takes: the very core that runs by night, run on paper.

use crate::calendar::Calendar;
use crate::delivery::Channel;
use crate::directory::{Directory, Office, Sources};
use crate::escalation::{Effect, Event, Finding, Ground, open, step};
use crate::id::PersonId;
use crate::level::Level;
use crate::policy::Policy;
use crate::time::Timestamp;

use super::lint::SchoolFacts;

/// So many steps are looked at, whatever comes.
const STEPS: usize = 500;

/// One message of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineLine {
    /// When.
    pub at: Timestamp,
    /// On which rung.
    pub rung: u8,
    /// In which office.
    pub office: Option<Office>,
    /// Who.
    pub person: PersonId,
    /// By what.
    pub channel: Channel,
}

/// Everybody who is told of a red that opens at an instant and that nobody takes, until the top rung has repeated twice.
#[must_use]
pub fn timeline(policy: &Policy, calendar: &Calendar, school: &SchoolFacts, start: Timestamp) -> Vec<TimelineLine> {
    let (mut out, mut told, mut repeats) = (Vec::new(), Vec::new(), 0_u32);
    let directory = directory_at(school, start);
    let ground = Ground { policy, calendar, directory: &directory, told: &told };
    let first = open(&ground, Level::Red, start);
    let mut climb = first.climb;
    repeats += note(&first.effects, start, &directory, &mut out);
    for _ in 0..STEPS {
        told = out.iter().map(|l: &TimelineLine| l.person).collect();
        let Some(at) = climb.state.due_at().filter(|_| repeats < 2) else { break };
        let directory = directory_at(school, at);
        let ground = Ground { policy, calendar, directory: &directory, told: &told };
        let next = step(&ground, &climb, &Event::Due { version: climb.version }, at);
        repeats += note(&next.effects, at, &directory, &mut out);
        climb = next.climb;
    }
    out
}

fn note(effects: &[Effect], at: Timestamp, directory: &Directory, out: &mut Vec<TimelineLine>) -> u32 {
    let mut repeats = 0;
    for effect in effects {
        match effect {
            Effect::Tell(notice) => {
                let to = notice.to();
                let office = directory.of_person(to.person).map(|e| e.office);
                out.push(TimelineLine { at, rung: to.rung, office, person: to.person, channel: to.channel });
            }
            Effect::Finding(Finding::UnansweredAtTop) => repeats += 1,
            Effect::Finding(
                Finding::EmptyRung { .. } | Finding::NobodyReachable | Finding::NoDutyLeader | Finding::ClockWentBack,
            )
            | Effect::CancelAlarms
            | Effect::Reached { .. }
            | Effect::Reopened
            | Effect::ClimbsOn { .. } => {}
        }
    }
    repeats
}

/// Who can be told at an instant, for a child of the first class of the school.
fn directory_at(school: &SchoolFacts, at: Timestamp) -> Directory {
    use crate::org::UnitKind;
    let one = |kind| school.units.iter().copied().find(move |u| u.kind() == kind);
    let units: Vec<_> =
        [UnitKind::Class, UnitKind::Grade, UnitKind::School, UnitKind::District].into_iter().filter_map(one).collect();
    let on_duty = school.turns.iter().filter(|t| t.period.holds(at)).map(|t| t.person).collect();
    let sources = Sources { on_duty, ..school.sources.clone() };
    Directory::of(&sources, &units, at)
}
