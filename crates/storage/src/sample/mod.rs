//! Signed decisions that are drawn, and what somebody found who looked.

mod find;
mod summary;
mod write;

use domain::id::{AlertId, EventId, PersonId, SampleId, SchoolId, StudentId, TaskId};
use domain::level::Level;
use domain::sample::{DecisionKind, Finding, Lot};
use domain::time::Timestamp;
pub use summary::{SampleReader, SampleRow};

/// The draw of a signed decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawRecord {
    /// Its id.
    pub id: SampleId,
    /// Of which school.
    pub school: SchoolId,
    /// About whom.
    pub student: StudentId,
    /// About which alert.
    pub alert: AlertId,
    /// The entry of the growth file that says why.
    pub entry: EventId,
    /// What was decided.
    pub kind: DecisionKind,
    /// The level before.
    pub from: Level,
    /// The level afterwards.
    pub to: Level,
    /// Who decided, with the name.
    pub by: (PersonId, String),
    /// Who signed as the second, with the name.
    pub second: Option<(PersonId, String)>,
    /// When.
    pub at: Timestamp,
    /// In which month, such as `2026-11`.
    pub month: String,
    /// What was drawn.
    pub lot: Lot,
    /// The share that held then, in percent.
    pub share: u32,
}

impl DrawRecord {
    /// Whether somebody has signed it.
    #[must_use]
    pub fn is_signed_by(&self, person: PersonId) -> bool {
        self.by.0 == person || self.second.as_ref().is_some_and(|s| s.0 == person)
    }
}

/// A decision that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRecord {
    /// The draw.
    pub draw: DrawRecord,
    /// The task of whoever looks, once it was given.
    pub task: Option<TaskId>,
    /// What was found.
    pub finding: Option<FindingRecord>,
}

/// What somebody found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRecord {
    /// What.
    pub finding: Finding,
    /// In his words.
    pub words: Option<String>,
    /// Who.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
    /// The task of whoever decided to answer his question.
    pub question: Option<TaskId>,
}

/// A month of somebody that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleMonth {
    /// Of which school.
    pub school: SchoolId,
    /// Who decided.
    pub person: PersonId,
    /// The month.
    pub month: String,
}
