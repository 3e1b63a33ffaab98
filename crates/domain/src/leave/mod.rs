//! Leave from school, and the return 休复学: who keeps in touch meanwhile, papers, review, assessment, a signed decision,
//! a return by stages, and an appeal. Nothing of a diagnosis is in it.

mod absence_draft;
mod course;
mod draft;
mod plan_draft;
mod step;
mod typed;

pub use absence_draft::AbsenceDraft;
pub use course::{Course, Stage, StageState};
pub use draft::{Beside, StepDraft};
pub use plan_draft::StagePlanDraft;
pub use step::{Advice, Paper, StageHow, StagePlan, Step, StepKind, Verdict};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::lang::Lang;

/// Why, as a class of reasons and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveReason {
    /// Health, of whatever kind.
    Health,
    /// The family.
    Family,
    /// Study elsewhere.
    Study,
    /// Anything else.
    Other,
}

impl LeaveReason {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Health, Self::Family, Self::Study, Self::Other];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Family => "family",
            Self::Study => "study",
            Self::Other => "other",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Health => lang.pick("健康原因", "health"),
            Self::Family => lang.pick("家庭原因", "family"),
            Self::Study => lang.pick("外出学习", "study elsewhere"),
            Self::Other => lang.pick("其他", "other"),
        }
    }
}

/// A leave, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// From which day on.
    pub from: NaiveDate,
    /// Why.
    pub reason: LeaveReason,
    /// Whether somebody saw the hospital's paper. What it says stays on it.
    pub paper_seen: bool,
    /// Who keeps in touch in the meantime.
    pub keeper: PersonId,
    /// At least once in so many days.
    pub every_days: u32,
    /// What is to be added.
    pub note: Option<String>,
}

/// Where a leave stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeaveState {
    /// The child is away.
    Away,
    /// The return was applied for; the papers are to be looked at.
    Applied,
    /// Every paper is there; the child is to be assessed.
    Reviewed,
    /// The child was assessed; somebody is to propose a decision.
    Assessed,
    /// A decision waits for its second signature.
    Proposed,
    /// The return was postponed.
    Postponed,
    /// The return was refused.
    Refused,
    /// Somebody who had no part in the decision looks at it again.
    Appealed,
    /// The child comes back, stage by stage.
    Returning,
    /// It is over.
    Done,
}

impl LeaveState {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Away,
        Self::Applied,
        Self::Reviewed,
        Self::Assessed,
        Self::Proposed,
        Self::Postponed,
        Self::Refused,
        Self::Appealed,
        Self::Returning,
        Self::Done,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Applied => "applied",
            Self::Reviewed => "reviewed",
            Self::Assessed => "assessed",
            Self::Proposed => "proposed",
            Self::Postponed => "postponed",
            Self::Refused => "refused",
            Self::Appealed => "appealed",
            Self::Returning => "returning",
            Self::Done => "done",
        }
    }

    /// What somebody is told who knows of days and stages alone: whether the child is away, comes back, or is back. What is decided
    /// about the return, and how, is not his.
    #[must_use]
    pub fn in_days(self) -> Self {
        match self {
            Self::Away
            | Self::Applied
            | Self::Reviewed
            | Self::Assessed
            | Self::Proposed
            | Self::Postponed
            | Self::Refused
            | Self::Appealed => Self::Away,
            Self::Returning => Self::Returning,
            Self::Done => Self::Done,
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Away => lang.pick("休学中", "away"),
            Self::Applied => lang.pick("已申请复学，待审核材料", "return applied for: papers to be looked at"),
            Self::Reviewed => lang.pick("材料齐全，待评估", "papers complete: to be assessed"),
            Self::Assessed => lang.pick("已评估，待提出决定", "assessed: a decision to be proposed"),
            Self::Proposed => lang.pick("决定待签字", "a decision waits for its second signature"),
            Self::Postponed => lang.pick("暂缓复学", "return postponed"),
            Self::Refused => lang.pick("不同意复学", "return refused"),
            Self::Appealed => lang.pick("申诉中", "appealed"),
            Self::Returning => lang.pick("分阶段复学中", "coming back by stages"),
            Self::Done => lang.pick("已复学", "back"),
        }
    }

    /// What can come next.
    #[must_use]
    pub fn takes(self, step: StepKind) -> bool {
        match step {
            StepKind::Contact => !matches!(self, Self::Returning | Self::Done),
            StepKind::Return => matches!(self, Self::Away | Self::Postponed | Self::Refused),
            StepKind::Review => self == Self::Applied,
            StepKind::Assessment => self == Self::Reviewed,
            StepKind::Decision => self == Self::Assessed,
            StepKind::Sign => self == Self::Proposed,
            StepKind::Stage => self == Self::Returning,
            StepKind::Appeal => matches!(self, Self::Postponed | Self::Refused),
            StepKind::Answer => self == Self::Appealed,
        }
    }
}

#[cfg(test)]
mod tests;
