//! What is written about the care of a student: talks, visits at home, calls to guardians.

mod guardian;
mod talk;

pub use guardian::{
    Answer, GuardianContact, GuardianContactDraft, HomeSafety, HouseholdDecision, Means, Relation, decided,
};
pub use talk::{HomeVisit, HomeVisitDraft, Interview, InterviewDraft, Said};

use crate::fault::{Fault, Faults};
use crate::task::ahead;
use crate::time::Timestamp;

/// The longest line, in characters.
const LINE_CHARS: usize = 200;

/// A word of a closed list that is wanted.
pub(crate) fn word<T>(
    typed: &str,
    field: &str,
    read: fn(&str) -> Option<T>,
    zh: &str,
    en: &str,
    faults: &mut Faults,
) -> Option<T> {
    let found = read(typed.trim());
    let code = if typed.trim().is_empty() { "required" } else { "unknown_value" };
    faults.when(found.is_none(), || Fault::new(field, code, zh, en));
    found
}

/// The next time, where one was agreed: it lies after this one.
pub(crate) fn next(typed: Option<&str>, now: Timestamp, faults: &mut Faults) -> Option<Timestamp> {
    let typed = typed.map(str::trim).filter(|t| !t.is_empty())?;
    ahead(typed, "next_at", now, faults)
}

/// A closed list of words with their names.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident: $key:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word of the contract.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// Reads the word of the contract.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|w| w.key() == key)
            }

            /// Its name on screens.
            #[must_use]
            pub fn name(self, lang: crate::lang::Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($zh, $en),)+ }
            }
        }
    };
}
pub(crate) use words;

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
