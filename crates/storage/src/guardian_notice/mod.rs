//! Notices to guardians, and what became of them.

mod find;
mod write;

use domain::guardian_notice::{Notice, NoticeStep, Taken};
use domain::id::{EventId, NoticeId, PersonId, StudentId};
use domain::time::Timestamp;

/// Something that became of a notice.
#[derive(Debug, Clone)]
pub struct NoticeStepRecord {
    /// Its id.
    pub id: EventId,
    /// What.
    pub taken: Taken,
    /// The witness's name.
    pub witness: Option<String>,
    /// Who wrote it down, with the name.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
}

/// A notice.
#[derive(Debug, Clone)]
pub struct NoticeRecord {
    /// Its id.
    pub id: NoticeId,
    /// About whom.
    pub student: StudentId,
    /// What it says.
    pub notice: Notice,
    /// Who issued it, with the name.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
    /// What became of it, oldest first.
    pub steps: Vec<NoticeStepRecord>,
}

impl NoticeRecord {
    /// The last step of a kind.
    #[must_use]
    pub fn step(&self, step: NoticeStep) -> Option<&NoticeStepRecord> {
        self.steps.iter().rev().find(|s| s.taken.step == step)
    }

    /// Whether a guardian has answered it.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.steps.iter().any(|s| matches!(s.taken.step, NoticeStep::Signed | NoticeStep::Refused))
    }
}
