//! Handing an alert over 转交: it is the sender's until the other one accepts.

use super::decision::reason_text;
use crate::fault::{Fault, Faults};
use crate::id::PersonId;

/// What became of a hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOverAnswer {
    /// It is the other one's now.
    Accepted,
    /// He cannot.
    Refused,
    /// Nobody answered in time.
    Unanswered,
    /// The alert moved on meanwhile: it is closed, or somebody else's, or nobody's.
    Void,
}

impl HandOverAnswer {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unanswered => "unanswered",
            Self::Void => "void",
        }
    }
}

/// A hand-over, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// To whom.
    pub to: PersonId,
    /// Why.
    pub reason: String,
}

impl HandOver {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(to: &str, reason: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let typed = to.trim();
        let person = typed.parse().ok();
        faults.when(typed.is_empty(), || Fault::new("to", "required", "请选择转交给谁", "Say to whom"));
        faults.when(!typed.is_empty() && person.is_none(), cannot_take_over);
        let reason = reason_text(reason, &mut faults);
        let Some(to) = person else { return Err(faults.into_vec()) };
        faults.or(Self { to, reason })
    }
}

/// Whoever cannot have it, whatever the cause: nobody learns from the answer who was left out of what.
#[must_use]
pub fn cannot_take_over() -> Fault {
    Fault::new(
        "to",
        "cannot_take_over",
        "不能转交给这个人，请另选一位能看到这条预警的同事",
        "It cannot be handed to this person: choose a colleague who sees the alert",
    )
}
