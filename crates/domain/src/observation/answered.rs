//! What was said, and what was left out.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;

/// Which of the questions that may be left out were answered: what was not filed is not given back either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// How urgent it is.
    pub urgency: bool,
    /// Where the student is.
    pub where_now: bool,
    /// Whom it concerns.
    pub concerns: bool,
    /// The member of staff it concerns.
    pub concerned_staff: Option<PersonId>,
}

impl Default for Answered {
    /// Filings from before this was kept give back what they hold.
    fn default() -> Self {
        Self { urgency: true, where_now: true, concerns: true, concerned_staff: None }
    }
}
