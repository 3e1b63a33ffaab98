//! The growth file 一生一档: one student, one dated stream.

use crate::lang::Lang;

/// What kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Somebody saw something.
    Observation,
    /// Something happened to an alert.
    Alert,
    /// A person was recorded with the child.
    Custody,
    /// A level was confirmed or changed.
    Assessment,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Observation, Self::Alert, Self::Custody, Self::Assessment];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Observation => "observation",
            Self::Alert => "alert",
            Self::Custody => "custody",
            Self::Assessment => "assessment",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Observation => lang.pick("观察", "observation"),
            Self::Alert => lang.pick("预警", "alert"),
            Self::Custody => lang.pick("陪护", "custody"),
            Self::Assessment => lang.pick("研判", "assessment"),
        }
    }

    /// Whether its text is restricted: read by the counsellor, and nobody else without a grant.
    #[must_use]
    pub fn is_restricted(self) -> bool {
        match self {
            Self::Assessment => true,
            Self::Observation | Self::Alert | Self::Custody => false,
        }
    }
}

/// How a reader meets restricted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Reads it.
    Reads,
    /// Knows that it exists, without its text.
    Knows,
    /// Does not learn that it exists.
    Nothing,
}
