//! Alerts 预警: at most one open alert per student and circle of those who may hear; new evidence joins it and can raise it.

mod checklist;
mod closing;
mod decision;
mod hand_over;
mod in_file;
mod not_escalating;
mod on_record;
mod outcome;
mod proof;
mod recheck;

pub use checklist::{Needed, Point, Task, checklist};
pub use closing::{Closing, MOST_EVIDENCE, Stated, StatedDraft, unknown_observation};
pub use decision::{
    Assessment, CUSTODY_CHARS, CUSTODY_SHIFT_HOURS, Custody, Proposal, ProposalKind, REASON_CHARS, Refused, no_custody,
    note_text, reason_text,
};
pub use hand_over::{HandOver, HandOverAnswer, cannot_take_over};
pub use in_file::{InFile, Trace};
pub use not_escalating::{Climbs, NotEscalating};
pub use on_record::OnRecord;
pub use outcome::Outcome;
pub use proof::Proof;
pub use recheck::Recheck;

use serde::{Deserialize, Serialize};

use crate::escalation::ClimbState;
use crate::lang::Lang;

/// Where an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    /// Nobody has taken it. A state of its own, with a clock: nothing starts as "low".
    Untriaged,
    /// A person has taken it.
    Acknowledged,
    /// A person has confirmed or changed the level.
    Assessed,
    /// Work has begun.
    Responding,
    /// Being watched.
    Monitoring,
    /// Closed by a signed decision.
    Closed,
    /// 经核实，暂不需响应: also a signed outcome, never counted against the child.
    FalseAlarm,
}

impl AlertState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Untriaged,
        Self::Acknowledged,
        Self::Assessed,
        Self::Responding,
        Self::Monitoring,
        Self::Closed,
        Self::FalseAlarm,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Untriaged => "untriaged",
            Self::Acknowledged => "acknowledged",
            Self::Assessed => "assessed",
            Self::Responding => "responding",
            Self::Monitoring => "monitoring",
            Self::Closed => "closed",
            Self::FalseAlarm => "false_alarm",
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
            Self::Untriaged => lang.pick("待接手", "waiting"),
            Self::Acknowledged => lang.pick("已接手", "taken"),
            Self::Assessed => lang.pick("已研判", "assessed"),
            Self::Responding => lang.pick("处置中", "responding"),
            Self::Monitoring => lang.pick("跟踪中", "monitoring"),
            Self::Closed => lang.pick("已结案", "closed"),
            Self::FalseAlarm => lang.pick("经核实，暂不需响应", "verified, no response needed"),
        }
    }

    /// Whether it counts as the student's one open alert.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Untriaged | Self::Acknowledged | Self::Assessed | Self::Responding | Self::Monitoring => true,
            Self::Closed | Self::FalseAlarm => false,
        }
    }

    /// The state that follows from where the climb stands now; the work done so far is kept while it is settled.
    ///
    /// An open climb is untriaged, save where a person raised the level in this very turn: that alert is assessed, and
    /// it climbs on until somebody takes it all the same. A new turn begins untriaged.
    #[must_use]
    pub fn following(self, climb: ClimbState) -> Self {
        match (climb, self) {
            (ClimbState::Open { .. }, Self::Assessed) => Self::Assessed,
            (
                ClimbState::Open { .. },
                Self::Untriaged
                | Self::Acknowledged
                | Self::Responding
                | Self::Monitoring
                | Self::Closed
                | Self::FalseAlarm,
            ) => Self::Untriaged,
            (ClimbState::Acked { .. }, _) => Self::Acknowledged,
            (ClimbState::Settled { .. }, Self::Responding | Self::Monitoring) => self,
            (
                ClimbState::Settled { .. },
                Self::Untriaged | Self::Acknowledged | Self::Assessed | Self::Closed | Self::FalseAlarm,
            ) => Self::Assessed,
            (ClimbState::Closed, Self::FalseAlarm) => Self::FalseAlarm,
            (
                ClimbState::Closed,
                Self::Untriaged
                | Self::Acknowledged
                | Self::Assessed
                | Self::Responding
                | Self::Monitoring
                | Self::Closed,
            ) => Self::Closed,
        }
    }
}
