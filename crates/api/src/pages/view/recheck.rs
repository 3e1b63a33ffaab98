//! Looking again after a close, on the page of the alert.

use super::parts::{Choice, Moment};

/// When somebody looks again; the form is `POST /alerts/{id}/recheck` with `well`, `seen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recheck {
    /// The day.
    pub(crate) at: Moment,
    /// Whether it has come.
    pub(crate) due: bool,
    /// Whether the reader may record it.
    pub(crate) may: bool,
    /// Whether all is well.
    pub(crate) well: Vec<Choice>,
    /// What was seen, as typed.
    pub(crate) note: String,
    /// The most characters of it.
    pub(crate) note_limit: usize,
}
