//! Keeping an alert from climbing, on its page.

use super::parts::Moment;

/// That it does not climb now by a signed decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Until when, and who decided it.
    pub(crate) what: String,
    /// Why; empty where the reader does not read reasons.
    pub(crate) reason: String,
}

/// The form; `POST /alerts/{id}/not-escalate` with `until`, `keep_reason`, `version`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeepForm {
    /// Whether it is shown open: something was wrong.
    pub(crate) open: bool,
    /// Until when, as `2026-03-12T10:12` in school time.
    pub(crate) until: String,
    /// Until when at most.
    pub(crate) longest: Moment,
    /// The reason, as typed.
    pub(crate) reason: String,
    /// The most characters of the reason.
    pub(crate) reason_limit: usize,
    /// Whether it takes a second signature.
    pub(crate) needs_second: bool,
}
