//! How one is reached, and who stands in.

use super::duty::Pick;
use super::parts::{Choice, Errors};
use super::shell::Shell;
use askama::Template;

/// `GET /me`.
#[derive(Debug, Clone, Template)]
#[template(path = "me.html", whitespace = "minimize")]
pub(crate) struct Me {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of the forms.
    pub(crate) errors: Errors,
    /// Contact methods.
    pub(crate) contacts: Vec<Contact>,
    /// By what one can be reached here.
    pub(crate) channels: Vec<Pick>,
    /// The address as typed.
    pub(crate) address: String,
    /// Channels of yellow and blue.
    pub(crate) choices: Vec<Choice>,
    /// Who stands in, and for whom one stands in.
    pub(crate) deputies: Vec<Standing>,
    /// Who can be asked to.
    pub(crate) colleagues: Vec<Pick>,
    /// The beginning as typed.
    pub(crate) from: String,
    /// The end as typed.
    pub(crate) to: String,
}

/// A contact method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contact {
    /// Its id.
    pub(crate) id: String,
    /// By what.
    pub(crate) channel: &'static str,
    /// Where.
    pub(crate) address: String,
    /// Whether it counts.
    pub(crate) verified: bool,
}

/// A deputation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Its id, where the reader can end it.
    pub(crate) end: Option<String>,
    /// Who stands in.
    pub(crate) deputy: String,
    /// For whom.
    pub(crate) person: String,
    /// When.
    pub(crate) when: String,
}
