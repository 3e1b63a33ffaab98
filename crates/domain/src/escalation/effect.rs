//! What a step asks the world to do. The caller writes all of it in the transaction that stores the new state.

use crate::notice::Notice;
use crate::time::Timestamp;

/// One consequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Put a notice into the outbox, unless the same one is there.
    Tell(Notice),
    /// Alarms of this alert that have not gone out stay in.
    CancelAlarms,
    /// The ladder reached a rung.
    Reached {
        /// Which.
        rung: u8,
        /// When.
        at: Timestamp,
    },
    /// The climb opened anew.
    Reopened,
    /// It was kept from climbing by a signed decision, and climbs on.
    ClimbsOn {
        /// Its time was over; else something overtook it.
        in_time: bool,
    },
    /// Something that the people who run the service must see.
    Finding(Finding),
}

/// Something that the people who run the service must see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// A rung had nobody who can be reached, and was passed at once.
    EmptyRung {
        /// Which.
        rung: u8,
    },
    /// Nobody on the whole ladder can be reached.
    NobodyReachable,
    /// The top rung was told, and nobody answers.
    UnansweredAtTop,
    /// By night or on a day off there is no duty leader to call.
    NoDutyLeader,
    /// The clock went backwards.
    ClockWentBack,
}

impl Finding {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::EmptyRung { .. } => "empty_rung",
            Self::NobodyReachable => "nobody_reachable",
            Self::UnansweredAtTop => "unanswered_at_top",
            Self::NoDutyLeader => "no_duty_leader",
            Self::ClockWentBack => "clock_went_back",
        }
    }
}
