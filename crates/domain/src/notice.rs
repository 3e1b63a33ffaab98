//! What a message is about. A message never says who the child is, nor what was seen.

use crate::time::Timestamp;

mod address;
mod kind;
mod lane;

pub use address::Address;
pub use kind::NoticeKind;
pub use lane::Lane;

/// A notice of a red. It has no "not before", no expiry and no bundle: a red cannot be held back, by type.
///
/// ```
/// # use domain::notice::{Address, RedNotice};
/// fn put(to: Address) -> RedNotice {
///     RedNotice { to }
/// }
/// ```
///
/// ```compile_fail,E0560
/// # use domain::notice::{Address, RedNotice};
/// # use domain::time::Timestamp;
/// fn hold_back(to: Address, not_before: Timestamp) -> RedNotice {
///     RedNotice { to, not_before }
/// }
/// ```
///
/// ```compile_fail,E0560
/// # use domain::notice::{Address, RedNotice};
/// fn bundle(to: Address) -> RedNotice {
///     RedNotice { to, window_seconds: 60 }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedNotice {
    /// To whom.
    pub to: Address,
}

/// A notice of an orange, or one that informs about a red or an orange: it goes at once and alone, by type.
///
/// ```
/// # use domain::notice::{Address, PromptNotice};
/// fn put(to: Address) -> PromptNotice {
///     PromptNotice { to }
/// }
/// ```
///
/// ```compile_fail,E0560
/// # use domain::notice::{Address, PromptNotice};
/// # use domain::time::Timestamp;
/// fn hold_back(to: Address, not_before: Timestamp) -> PromptNotice {
///     PromptNotice { to, not_before }
/// }
/// ```
///
/// ```compile_fail,E0560
/// # use domain::notice::{Address, PromptNotice};
/// fn bundle(to: Address) -> PromptNotice {
///     PromptNotice { to, window_seconds: 60 }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptNotice {
    /// To whom.
    pub to: Address,
}

/// A notice of a yellow or a blue: it waits for the end of the quiet hours, and for others to the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherNotice {
    /// To whom.
    pub to: Address,
    /// Not in quiet hours.
    pub not_before: Timestamp,
    /// Those that follow another one within so many seconds go out as one when they have passed; 0 for each by itself.
    pub window_seconds: u32,
}

/// A notice for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Of a red.
    Red(RedNotice),
    /// Of an orange, or one that informs about a red or an orange.
    Prompt(PromptNotice),
    /// Of a yellow or a blue.
    Other(OtherNotice),
}

impl Notice {
    /// Its address.
    #[must_use]
    pub fn to(&self) -> &Address {
        match self {
            Self::Red(n) => &n.to,
            Self::Prompt(n) => &n.to,
            Self::Other(n) => &n.to,
        }
    }
}
