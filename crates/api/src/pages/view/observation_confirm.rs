//! The question before a red goes out.

use super::parts::{HiddenField, Phone};
use super::shell::Shell;
use askama::Template;

/// The question before a red goes out; `POST /observations` with everything carried and `step=confirmed` or
/// `step=edit` (show the form again), or `swap=<chosen id>:<meant id>`, which asks again about the other student.
#[derive(Debug, Clone, Template)]
#[template(path = "observation_confirm.html", whitespace = "minimize")]
pub(crate) struct ObservationConfirm {
    /// The layout.
    pub(crate) shell: Shell,
    /// The question: 报告的是七(3)班陈某某（3排2座），对吗？
    pub(crate) question: String,
    /// The students it is about.
    pub(crate) students: Vec<ConfirmStudent>,
    /// Numbers to call meanwhile.
    pub(crate) phones: Vec<Phone>,
    /// The whole form as it was sent, without `csrf`, `step`, `show` and `swap`.
    pub(crate) carried: Vec<HiddenField>,
}

/// One student of the report, and those who could be meant instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfirmStudent {
    /// Full name.
    pub(crate) name: String,
    /// Class and seat.
    pub(crate) place: String,
    /// The part, in words; empty where there is one student.
    pub(crate) part: String,
    /// Students of the same or a similar name.
    pub(crate) similar: Vec<LookAlike>,
}

/// A student whose name is the same or similar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LookAlike {
    /// Full name.
    pub(crate) name: String,
    /// The name in letters, each with whether it differs from the one that was chosen.
    pub(crate) letters: Vec<(char, bool)>,
    /// Class and seat.
    pub(crate) place: String,
    /// `<chosen id>:<this id>`, the value of the field `swap`.
    pub(crate) swap: String,
}
