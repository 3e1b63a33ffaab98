//! What may befall the database: a seam for trials alone. A real service is never given any.
//!
//! A mishap refuses one step, as a broken connection would, or is the place at which a program is killed. Whatever befalls
//! a transaction before its commit leaves nothing behind; what befalls it after its commit is kept, and nobody hears so.

use crate::StorageError;

/// What a transaction has done last that matters to the way of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Deed {
    /// Nothing of that.
    #[default]
    Other,
    /// Opened an alert.
    Open,
    /// Changed an alert: a step of its climb, or a decision.
    Change,
    /// Consumed a signal.
    Consume,
    /// Leased messages.
    Claim,
    /// Wrote down what an attempt came to.
    Record,
    /// Wrote down a receipt.
    Receipt,
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 7] =
        [Self::Other, Self::Open, Self::Change, Self::Consume, Self::Claim, Self::Record, Self::Receipt];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Open => "open",
            Self::Change => "change",
            Self::Consume => "consume",
            Self::Claim => "claim",
            Self::Record => "record",
            Self::Receipt => "receipt",
        }
    }
}

/// Where something may befall the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// Something is read, outside a transaction or inside.
    Reading,
    /// A transaction begins.
    Begin,
    /// A statement that writes.
    Writing,
    /// A transaction is about to be committed.
    Commit(Deed),
    /// It is durable, and nobody has heard so yet.
    Kept(Deed),
}

/// What befalls.
pub trait Mishaps: Send + Sync {
    /// What goes wrong now, in words; nothing when all is well.
    fn befalls(&self, moment: Moment) -> Option<String>;
}

/// Lets befall what is to befall.
pub(crate) fn meet(mishaps: Option<&dyn Mishaps>, moment: Moment) -> Result<(), StorageError> {
    match mishaps.and_then(|m| m.befalls(moment)) {
        Some(what) => Err(StorageError::Refused(what)),
        None => Ok(()),
    }
}
