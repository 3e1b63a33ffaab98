//! An observation that could not be kept.

use super::parts::{HiddenField, Phone};
use super::shell::Shell;
use askama::Template;

/// The answer (503) when a report could not be committed: it says so, gives the numbers and keeps the text.
/// `POST /observations` with everything carried sends it again; `step=edit` shows the form.
#[derive(Debug, Clone, Template)]
#[template(path = "observation_not_sent.html", whitespace = "minimize")]
pub(crate) struct ObservationNotSent {
    /// The layout.
    pub(crate) shell: Shell,
    /// Numbers to call now.
    pub(crate) phones: Vec<Phone>,
    /// The whole form as it was sent, without `csrf`, `step`, `show` and `swap`.
    pub(crate) carried: Vec<HiddenField>,
    /// The value of `step` that is sent again: `send`, or `confirmed` where the student was confirmed already.
    pub(crate) step: String,
    /// What was reported, in lines to read out on the telephone: student, signs, the reporter's words.
    pub(crate) summary: Vec<String>,
}
