//! The receipt for an observation.

use super::parts::{Errors, Moment, Phone};
use super::shell::Shell;
use askama::Template;

/// The receipt, `GET /observations/{id}/received`: shown only after the durable commit.
#[derive(Debug, Clone, Template)]
#[template(path = "observation_received.html", whitespace = "minimize")]
pub(crate) struct ObservationReceived {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of `reason`.
    pub(crate) errors: Errors,
    /// The reference number.
    pub(crate) reference: String,
    /// When it was received.
    pub(crate) received_at: Moment,
    /// Whom it is about, masked; nothing to a pupil.
    pub(crate) about: Option<String>,
    /// A sentence after "I am still worried".
    pub(crate) done: Option<&'static str>,
    /// A sentence to the reporter, for instance to a peer monitor: 老师已看到。你做得对……
    pub(crate) words: Option<String>,
    /// What the reporter does now, most important first; for a red, stay with the child.
    pub(crate) now_do: Vec<String>,
    /// Who is told, by office.
    pub(crate) told: Vec<Told>,
    /// Whether that is said at all: not to a pupil.
    pub(crate) told_shown: bool,
    /// What happens next, in order.
    pub(crate) next: Vec<String>,
    /// Where "I am still worried" is sent with `reason`; nothing for a pupil.
    pub(crate) worried_href: Option<String>,
    /// The reason, as typed.
    pub(crate) reason: String,
    /// The most characters of the reason.
    pub(crate) reason_limit: usize,
    /// Numbers to call; empty where it is not urgent.
    pub(crate) phones: Vec<Phone>,
    /// Where a suspected crime is reported, for whoever is no pupil.
    pub(crate) by_law_href: Option<String>,
}

/// Someone who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The office: 心理老师.
    pub(crate) office: String,
    /// How and when: 短信、电话，10:13.
    pub(crate) how: String,
}
