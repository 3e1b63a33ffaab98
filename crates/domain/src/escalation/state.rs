//! Where a climb stands.

use serde::{Deserialize, Serialize};

use super::step::LATE_MINUTES;
use crate::id::PersonId;
use crate::level::Level;
use crate::time::{Timestamp, minutes};

/// The state of a climb. Every state but the last has a clock in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClimbState {
    /// Nobody has taken it.
    Open {
        /// When the next rung is told; on the top rung, when it is told again.
        deadline: Timestamp,
        /// By night and on days off, when a red's SMS is repeated to whoever is not called.
        resend_at: Option<Timestamp>,
        /// When somebody is next called by telephone about a red.
        call_at: Option<Timestamp>,
        /// The deadline that the ladder had set, while a signed decision keeps it from climbing.
        held_from: Option<Timestamp>,
    },
    /// Somebody has taken it, for a while.
    Acked {
        /// When it opens again, unless it was handled.
        expires_at: Timestamp,
    },
    /// It is being worked on.
    Settled {
        /// When it opens again, unless it was reviewed.
        review_at: Timestamp,
    },
    /// A signed decision ended it.
    Closed,
}

impl ClimbState {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open { .. } => "open",
            Self::Acked { .. } => "acked",
            Self::Settled { .. } => "settled",
            Self::Closed => "closed",
        }
    }

    /// Its clock, as people read it: calls and repeats in between are not shown.
    #[must_use]
    pub fn deadline(self) -> Option<Timestamp> {
        match self {
            Self::Open { deadline, .. } => Some(deadline),
            Self::Acked { expires_at } => Some(expires_at),
            Self::Settled { review_at } => Some(review_at),
            Self::Closed => None,
        }
    }

    /// The deadline that the ladder had set, while a signed decision keeps it from climbing.
    #[must_use]
    pub fn held_from(self) -> Option<Timestamp> {
        match self {
            Self::Open { held_from, .. } => held_from,
            Self::Acked { .. } | Self::Settled { .. } | Self::Closed => None,
        }
    }

    /// When it moves by itself.
    #[must_use]
    pub fn due_at(self) -> Option<Timestamp> {
        match self {
            Self::Open { deadline, resend_at, call_at, held_from: _ } => {
                Some([resend_at, call_at].into_iter().flatten().fold(deadline, Timestamp::min))
            }
            Self::Acked { expires_at } => Some(expires_at),
            Self::Settled { review_at } => Some(review_at),
            Self::Closed => None,
        }
    }
}

impl Climb {
    /// Whether what it does now comes later than it should have.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.state.due_at().is_some_and(|at| now - at > minutes(LATE_MINUTES))
    }
}

/// When a rung was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The rung.
    pub rung: u8,
    /// When it was first told, in this turn of the alert.
    pub at: Timestamp,
}

/// The climb of one alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Climb {
    /// Where it stands.
    pub state: ClimbState,
    /// On which ladder.
    pub level: Level,
    /// The highest rung that was told.
    pub rung: u8,
    /// How often it was opened anew: part of the address of every notice, so that a new turn tells people again.
    pub epoch: u32,
    /// How often the present rung was told again.
    pub repeat: u32,
    /// Counts the steps; a deadline event that names an older one is stale.
    pub version: u64,
    /// The latest time that any step saw: time never goes backwards.
    pub last_seen: Timestamp,
    /// A deadline was noticed late, after an outage.
    pub late: bool,
    /// An adult is with the child, or the whereabouts are confirmed.
    pub custody: bool,
    /// A person has assessed it.
    pub assessed: bool,
    /// Rungs reached in this turn.
    pub reached: Vec<Reached>,
    /// When the present turn began.
    pub turn_at: Timestamp,
    /// Who said "I cannot, next please" since the present rung was told.
    pub declined: Vec<PersonId>,
}
