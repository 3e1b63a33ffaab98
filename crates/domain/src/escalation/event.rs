//! What can happen to a climb.

use crate::id::PersonId;
use crate::level::{BelowRed, Level};
use crate::time::Timestamp;

/// Something that happened. Each is handled in every state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The time in the state has come. Stale when the climb has moved on since.
    Due {
        /// The version of the climb that was due.
        version: u64,
    },
    /// A person takes it.
    Acknowledged {
        /// Who.
        by: PersonId,
    },
    /// An adult is with the child, or the whereabouts are confirmed.
    Custody {
        /// Who recorded it.
        by: PersonId,
    },
    /// A person confirmed the level.
    Assessed {
        /// Who.
        by: PersonId,
    },
    /// New evidence, or a person, raised the level.
    Raised {
        /// To which.
        to: Level,
    },
    /// Two people lowered the level, or one person a low one.
    Lowered {
        /// To which.
        to: Level,
    },
    /// A second reporter, or a third concern in the window, while nobody has handled it.
    IndependentRepeat,
    /// A reporter is still worried: it goes above the decider. A closed alert has to be reopened first.
    StillWorried,
    /// No message of the present rung can arrive.
    RungUnreachable {
        /// In which turn.
        epoch: u32,
        /// Which rung.
        rung: u8,
    },
    /// "I cannot, next please." When everybody on the rung has said so, the next one is told; whoever had taken it gives
    /// it back by this.
    Declined {
        /// Who.
        by: PersonId,
    },
    /// Somebody else holds an office now, or can be reached no more.
    DirectoryChanged,
    /// The auditor found that the present rung may never have been told: it is told again at the same address, so that
    /// what is in the outbox already stays one. Nothing else changes.
    AuditorNudge,
    /// A signed decision: the present rung keeps it for a bounded time, though its clock says that the next one is told. A
    /// red cannot be meant, by type.
    NotEscalated {
        /// The level that was decided about.
        level: BelowRed,
        /// Until when; the policy says until when at most.
        until: Timestamp,
    },
    /// Evidence has joined that neither raises it nor is an independent repeat: what was decided without it holds no longer.
    NewFacts,
    /// A signed decision ended it.
    Closed,
    /// New facts opened it again.
    Reopened,
}
