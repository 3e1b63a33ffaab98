//! The receipt for an observation.

use super::parts::{Moment, Phone};
use super::shell::Shell;
use askama::Template;

/// The receipt, `GET /observations/{id}/received`: shown only after the durable commit.
#[derive(Debug, Clone, Template)]
#[template(path = "observation_received.html", whitespace = "minimize")]
pub struct ObservationReceived {
    /// The layout.
    pub shell: Shell,
    /// The reference number.
    pub reference: String,
    /// When it was received.
    pub received_at: Moment,
    /// A sentence to the reporter, for instance to a peer monitor: 老师已看到。你做得对……
    pub words: Option<String>,
    /// What the reporter does now, most important first; for a red, stay with the child.
    pub now_do: Vec<String>,
    /// Who is told, by office.
    pub told: Vec<Told>,
    /// What happens next, in order.
    pub next: Vec<String>,
    /// Where to correct it and until when, within the five minutes.
    pub correct: Option<Correction>,
    /// Where to follow it and say "I am still worried".
    pub follow_href: String,
    /// Numbers to call; empty where it is not urgent.
    pub phones: Vec<Phone>,
}

/// Someone who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The office: 心理老师.
    pub office: String,
    /// How and when: 短信、电话，10:13.
    pub how: String,
}

/// Where to correct a report, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The address.
    pub href: String,
    /// Until when.
    pub until: Moment,
}
