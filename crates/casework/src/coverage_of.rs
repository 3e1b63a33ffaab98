//! The whole of a school that a policy may address: its units, and who holds what in them.

use chrono::TimeDelta;
use domain::coverage::{DutyTurn, Gap, Period, SchoolFacts, gaps};
use domain::delivery::Channel;
use domain::directory::Sources;
use domain::id::SchoolId;
use domain::org::Unit;
use domain::time::Timestamp;
use storage::Read;

use crate::{CaseError, Desk};

/// As far ahead as people and nights are looked at: far enough for the next holiday.
const AHEAD_DAYS: i64 = 400;

/// A school, for a period.
#[derive(Debug, Clone)]
pub struct SchoolCoverage {
    /// Its classes and grades, itself, and its district.
    pub units: Vec<Unit>,
    /// Who holds what there, who stands in, and how all of them are reached by channels that are carried.
    pub sources: Sources,
    /// When.
    pub period: Period,
}

impl SchoolCoverage {
    /// Looks a school up.
    ///
    /// # Errors
    /// [`CaseError::NotFound`], or when the database refuses.
    pub async fn of(carried: &[Channel], read: &Read<'_>, id: SchoolId, period: Period) -> Result<Self, CaseError> {
        let school = read.school(id).await?.ok_or(CaseError::NotFound)?;
        let mut units: Vec<Unit> = read.classes(id).await?.iter().map(|c| Unit::Class(c.id)).collect();
        units.extend(read.grades(id).await?.iter().map(|g| Unit::Grade(g.id)));
        units.extend([Unit::School(id), Unit::District(school.district)]);
        let mut sources = read.coverage_sources(&units, period).await?;
        sources.contacts.retain(|c| carried.contains(&c.channel));
        Ok(Self { units, sources, period })
    }

    /// A school as the linter looks at it, those on duty with it.
    ///
    /// # Errors
    /// [`CaseError::NotFound`], or when the database refuses.
    pub async fn facts(
        carried: &[Channel],
        read: &Read<'_>,
        id: SchoolId,
        now: Timestamp,
    ) -> Result<SchoolFacts, CaseError> {
        let period = Period { from: now, to: now + TimeDelta::days(AHEAD_DAYS) };
        let Self { units, mut sources, .. } = Self::of(carried, read, id, period).await?;
        let turns: Vec<DutyTurn> = read.duty(id, period).await?.iter().map(|d| d.turn).collect();
        for turn in &turns {
            if !sources.contacts.iter().any(|c| c.person == turn.person) {
                let theirs = read.contacts(turn.person).await?;
                sources.contacts.extend(theirs.into_iter().filter(|c| carried.contains(&c.channel)));
            }
        }
        Ok(SchoolFacts { units, sources, turns, now })
    }

    /// The offices that are empty under the policy in force.
    pub(crate) async fn gaps(&self, desk: &Desk) -> Result<Vec<Gap>, CaseError> {
        let (_, policy) = desk.policy_in_force().await?;
        Ok(gaps(&self.sources, &policy, &self.units, self.period))
    }
}
