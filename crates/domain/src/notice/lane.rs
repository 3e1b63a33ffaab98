//! In which order messages go.

use serde::{Deserialize, Serialize};

use crate::level::Level;

/// In which lane of the outbox something waits. Red has workers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Reds only.
    Red,
    /// Everything else.
    Normal,
    /// Drills. Taken up only while nothing of the other two is due; nothing changes its lane.
    Drill,
}

impl Lane {
    /// Every lane, the one that goes first first.
    pub const ALL: [Self; 3] = [Self::Red, Self::Normal, Self::Drill];

    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Normal => "normal",
            Self::Drill => "drill",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.key() == key)
    }

    /// The lane of a level's first notices.
    #[must_use]
    pub fn of(level: Level) -> Self {
        match level {
            Level::Red => Self::Red,
            Level::Blue | Level::Yellow | Level::Orange => Self::Normal,
        }
    }
}
