//! Reports that the law demands, with who was told and how their clock stands.

mod find;
mod write;

use domain::access::{Place, Scope};
use domain::directory::Circle;
use domain::id::{EventId, MandatoryId, PersonId};
use domain::mandatory::{MandatoryReport, Recipient, Running, Told};
use domain::time::Timestamp;

use crate::student::StudentRecord;

/// Who was told, and who wrote that down.
#[derive(Debug, Clone)]
pub struct ToldRecord {
    /// Its id.
    pub id: EventId,
    /// Who was told.
    pub told: Told,
    /// Who wrote it down, with the name.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
}

/// What was said so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MandatoryClock {
    /// When it moves next.
    pub act_at: Option<Timestamp>,
    /// When the school was told that the police were not.
    pub chased_at: Option<Timestamp>,
    /// When the district was told.
    pub breached_at: Option<Timestamp>,
    /// When the school was told that others were not.
    pub reminded_at: Option<Timestamp>,
    /// When the police were told.
    pub police_at: Option<Timestamp>,
    /// When all were.
    pub settled_at: Option<Timestamp>,
}

/// A report.
#[derive(Debug, Clone)]
pub struct MandatoryRecord {
    /// Its id.
    pub id: MandatoryId,
    /// About whom.
    pub student: StudentRecord,
    /// Where the child was then.
    pub place: Place,
    /// The school's name.
    pub school: String,
    /// What it says.
    pub report: MandatoryReport,
    /// Those whom it names, with their names.
    pub named: Vec<(PersonId, String)>,
    /// Who may hear of it.
    pub circle: Circle,
    /// Who reported. Nothing that is shown says so.
    pub opened_by: PersonId,
    /// When.
    pub opened_at: Timestamp,
    /// Its clock.
    pub clock: MandatoryClock,
    /// Who was told, oldest first.
    pub told: Vec<ToldRecord>,
}

impl MandatoryRecord {
    /// Whether somebody was told.
    #[must_use]
    pub fn has_told(&self, who: Recipient) -> bool {
        self.told.iter().any(|t| t.told.recipient == who)
    }

    /// How far it has come.
    #[must_use]
    pub fn running(&self) -> Running {
        Running {
            known_at: self.report.known_at,
            opened_at: self.opened_at,
            police: self.has_told(Recipient::Police),
            others: self.has_told(Recipient::CivilAffairs) && self.has_told(Recipient::Education),
            chased: self.clock.chased_at.is_some(),
            breached: self.clock.breached_at,
            reminded: self.clock.reminded_at.is_some(),
        }
    }
}

/// Who looks at reports.
#[derive(Debug, Clone, Default)]
pub struct MandatoryReader {
    /// Himself, and those who entrusted him with standing in for them.
    pub own: Vec<PersonId>,
    /// Where he sees reports.
    pub scope: Scope,
}
