//! Answering under the number of a message.

use super::parts::{Errors, Phone};
use super::shell::Shell;
use askama::Template;

/// `GET /a` and `POST /a`: the number is entered, looked at, answered. Nothing on it says what it is about.
#[derive(Debug, Clone, Template)]
#[template(path = "code.html", whitespace = "minimize")]
pub(crate) struct CodePage {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of `code`.
    pub(crate) errors: Errors,
    /// The number as typed.
    pub(crate) code: String,
    /// The last four digits as typed; asked for without a session.
    pub(crate) last_four: String,
    /// Whether somebody is signed in.
    pub(crate) signed_in: bool,
    /// What the number stands for, once it was looked at.
    pub(crate) found: Option<FoundCode>,
    /// Numbers for somebody who cannot wait.
    pub(crate) phones: Vec<Phone>,
}

/// How things stand under a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundCode {
    /// In words.
    pub(crate) state: &'static str,
    /// Minutes until the next rung is told.
    pub(crate) minutes: Option<i64>,
    /// Whether "I take it" can be answered.
    pub(crate) may_take: bool,
    /// Whether "I cannot" can be answered.
    pub(crate) may_decline: bool,
    /// Where the alert or the drill is, for somebody who is signed in.
    pub(crate) href: Option<String>,
    /// It is nothing but a drill.
    pub(crate) drill: bool,
}
