//! What one filed oneself.

use super::parts::Moment;
use super::shell::Shell;
use askama::Template;

/// One's own observations, `GET /observations`.
#[derive(Debug, Clone, Template)]
#[template(path = "observations.html", whitespace = "minimize")]
pub(crate) struct Observations {
    /// The layout.
    pub(crate) shell: Shell,
    /// The observations, newest first.
    pub(crate) rows: Vec<OwnRow>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnRow {
    /// Its receipt.
    pub(crate) href: String,
    /// The number that people read out.
    pub(crate) reference: String,
    /// Whom it is about, masked.
    pub(crate) about: String,
    /// When it was received.
    pub(crate) received_at: Moment,
    /// What became of it.
    pub(crate) became: String,
    /// Whether nobody has decided yet.
    pub(crate) open: bool,
}
