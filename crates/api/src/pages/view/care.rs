//! A form about the care of a student: whatever it asks for, it looks the same.

use askama::Template;

use super::duty::Pick;
use super::parts::{Choice, Errors};
use super::shell::Shell;

/// A form.
#[derive(Debug, Clone, Template)]
#[template(path = "care_form.html", whitespace = "minimize")]
pub(crate) struct CareForm {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults.
    pub(crate) errors: Errors,
    /// What is written down.
    pub(crate) title: String,
    /// The student's name.
    pub(crate) name: String,
    /// Class and seat.
    pub(crate) facts: Vec<String>,
    /// What must be known before anything is written; nothing for most.
    pub(crate) warning: Vec<String>,
    /// A line about it; empty for none.
    pub(crate) hint: String,
    /// What has been written already.
    pub(crate) known: Vec<Known>,
    /// Whether there is anything to fill in.
    pub(crate) fields: Vec<Field>,
    /// Whether there is something to sign, without anything to fill in.
    pub(crate) signs: bool,
    /// Where it is sent.
    pub(crate) action: String,
    /// What the button says.
    pub(crate) submit: String,
    /// Back to where it came from.
    pub(crate) back_href: String,
    /// What that is called; nothing for the file.
    pub(crate) back: Option<String>,
}

/// One thing that was written already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// A short line.
    pub(crate) title: String,
    /// More of it.
    pub(crate) lines: Vec<String>,
    /// Whether it wants somebody's attention.
    pub(crate) alarm: bool,
    /// What can be done with it.
    pub(crate) links: Vec<(String, String)>,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name, and its anchor.
    pub(crate) name: &'static str,
    /// What is asked.
    pub(crate) label: String,
    /// A line about it; empty for none.
    pub(crate) hint: String,
    /// Whether it may be left out.
    pub(crate) optional: bool,
    /// What it takes.
    pub(crate) takes: Takes,
}

/// What a field takes, with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Takes {
    /// One line.
    Line(String),
    /// Several lines.
    Text(String),
    /// A time.
    Moment(String),
    /// A day.
    Day(String),
    /// Goes along unseen.
    Hidden(String),
    /// One of a long list.
    Select(Vec<Pick>),
    /// One of a few.
    Radios(Vec<Choice>),
}
