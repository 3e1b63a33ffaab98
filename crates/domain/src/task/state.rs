//! Where a task stands: open until it is done, another one's, or void.

use crate::lang::Lang;

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskState {
    /// It waits for its owner.
    Open,
    /// It was done.
    Done,
    /// It is another one's now, as a task of its own.
    HandedOn,
    /// What it was about is over.
    Void,
}

impl TaskState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Done, Self::HandedOn, Self::Void];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::HandedOn => "handed_on",
            Self::Void => "void",
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
            Self::Open => lang.pick("待办", "open"),
            Self::Done => lang.pick("已办", "done"),
            Self::HandedOn => lang.pick("已转交", "handed on"),
            Self::Void => lang.pick("已作废", "void"),
        }
    }
}
