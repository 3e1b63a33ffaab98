//! What can go wrong with a verb, by what the caller can do about it.

use domain::alert::Refused;
use domain::fault::{Fault, capped};
use storage::StorageError;

/// Why a verb was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The input is wrong; every fault is named.
    #[error("the input is wrong")]
    Invalid(Vec<Fault>),
    /// There is no such thing, as far as this person may know.
    #[error("not found")]
    NotFound,
    /// It is visible, but this person may not do that with it.
    #[error("not allowed")]
    Forbidden,
    /// It has changed since it was read.
    #[error("it has changed since it was read")]
    Stale,
    /// It cannot be done in the present state.
    #[error("it cannot be done now: {0}")]
    Conflict(&'static str),
    /// Somebody or something still needs it: all that does is named, by offices and counts alone.
    #[error("it is still needed")]
    StillNeeded(Vec<Fault>),
    /// The same idempotency key came with another body.
    #[error("this idempotency key was used with another body")]
    KeyReused,
    /// The first request with this idempotency key is not done yet.
    #[error("the first request with this idempotency key is not done yet")]
    InProgress,
    /// Login or password is wrong.
    #[error("login or password is wrong")]
    InvalidCredentials,
    /// Too many wrong passwords; the next attempt is looked at later.
    #[error("too many attempts")]
    TooMany {
        /// In how many seconds.
        seconds: i64,
    },
    /// So many people sign in that the queue is full.
    #[error("too busy")]
    Busy,
    /// The account still has its first password, and that does not open this.
    #[error("the first password has to be changed")]
    PasswordChangeRequired,
    /// Not signed in, or no longer.
    #[error("not signed in")]
    NotSignedIn,
    /// The database refused. Nothing was kept.
    #[error(transparent)]
    Storage(StorageError),
}

/// So much of what still needs something is named; the rest is counted.
const MOST_NEEDS: usize = 50;

impl CaseError {
    /// Somebody or something still needs it.
    pub(crate) fn still_needed(needs: Vec<Fault>) -> Self {
        Self::StillNeeded(capped(needs, MOST_NEEDS))
    }
}

impl From<StorageError> for CaseError {
    fn from(err: StorageError) -> Self {
        match err {
            StorageError::Stale => Self::Stale,
            StorageError::Exists => Self::Conflict("already_exists"),
            StorageError::Refused(_) | StorageError::Corrupt(_) | StorageError::Newer(_) | StorageError::Unfit(_) => {
                Self::Storage(err)
            }
        }
    }
}

impl From<Vec<Fault>> for CaseError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<Refused> for CaseError {
    fn from(refused: Refused) -> Self {
        Self::Conflict(match refused {
            Refused::Closed => "alert_closed",
            Refused::ProposalPending => "proposal_pending",
            Refused::NoProposal => "no_proposal",
            Refused::NobodyHasIt => "nobody_has_it",
            Refused::HandOverPending => "hand_over_pending",
            Refused::NoHandOver => "no_hand_over",
            Refused::DoesNotClimb => "does_not_climb",
            Refused::AtTheTop => "at_the_top",
            Refused::HeldAlready => "not_escalating_already",
            Refused::NoRecheck => "no_recheck",
            Refused::SamePerson => "same_person",
        })
    }
}
