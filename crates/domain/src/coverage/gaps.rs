//! Offices that nobody holds who can be told.

use std::collections::BTreeSet;

use crate::directory::{Directory, Office, Sources};
use crate::level::Level;
use crate::org::{Unit, UnitKind};
use crate::policy::Policy;
use crate::time::Timestamp;

use super::Period;

/// An office of a unit that is empty for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The office.
    pub office: Office,
    /// Where.
    pub unit: Unit,
    /// When.
    pub period: Period,
}

/// The offices that a policy addresses on any rung of any level, or calls. The duty leader is held by the roster and
/// looked at there.
#[must_use]
pub fn addressed(policy: &Policy) -> BTreeSet<Office> {
    let rungs = Level::ALL.into_iter().flat_map(|level| &policy.ladder(level).rungs).flat_map(|rung| &rung.who);
    let calls = policy.red.calls.iter().flat_map(|call| &call.who);
    rungs.chain(calls).copied().filter(|o| *o != Office::DutyLeader).collect()
}

/// Every office that the policy addresses in these units and that has, for a part of the window, neither a reachable
/// holder nor a reachable deputy. `sources` holds the positions, deputies and contacts of the whole window.
#[must_use]
pub fn gaps(sources: &Sources, policy: &Policy, units: &[Unit], window: Period) -> Vec<Gap> {
    let mut out: Vec<Gap> = Vec::new();
    let marks = marks(sources, window);
    for office in addressed(policy) {
        for unit in units.iter().copied().filter(|u| kind_of(office) == Some(u.kind())) {
            for period in &marks {
                if !Directory::of(sources, &[unit], period.from).people(&[office]).is_empty() {
                    continue;
                }
                match out.last_mut().filter(|g| (g.office, g.unit, g.period.to) == (office, unit, period.from)) {
                    Some(last) => last.period.to = period.to,
                    None => out.push(Gap { office, unit, period: *period }),
                }
            }
        }
    }
    out
}

/// The gaps that were not there before.
#[must_use]
pub fn opened(before: &[Gap], after: &[Gap]) -> Vec<Gap> {
    let known = |gap: &Gap| {
        let same = before.iter().filter(|b| (b.office, b.unit) == (gap.office, gap.unit));
        same.into_iter().any(|b| b.period.from <= gap.period.from && gap.period.to <= b.period.to)
    };
    after.iter().filter(|gap| !known(gap)).copied().collect()
}

/// In which kind of unit an office is held; the duty leader's is not held by a position.
fn kind_of(office: Office) -> Option<UnitKind> {
    match office {
        Office::ClassTeacher => Some(UnitKind::Class),
        Office::GradeLead => Some(UnitKind::Grade),
        Office::Counsellor | Office::VicePrincipal | Office::Principal => Some(UnitKind::School),
        Office::DistrictDuty | Office::DistrictLead => Some(UnitKind::District),
        Office::DutyLeader => None,
    }
}

/// The window, cut wherever a position or a deputation begins or ends.
fn marks(sources: &Sources, window: Period) -> Vec<Period> {
    let positions = sources.positions.iter().flat_map(|p| [Some(p.valid_from), p.valid_to]);
    let deputies = sources.deputies.iter().flat_map(|d| [Some(d.from), Some(d.to)]);
    let inside = positions.chain(deputies).flatten().filter(|at| window.from < *at && *at < window.to);
    let starts: BTreeSet<Timestamp> = inside.chain([window.from]).collect();
    let ends = starts.iter().copied().skip(1).chain([window.to]);
    starts.iter().copied().zip(ends).map(|(from, to)| Period { from, to }).collect()
}
