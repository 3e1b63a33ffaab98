//! The reports that the law demands, those first of which the police were not told.

use askama::Template;

use super::parts::Deadline;
use super::shell::Shell;

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "mandatory_list.html", whitespace = "minimize")]
pub(crate) struct MandatoryList {
    /// The layout.
    pub(crate) shell: Shell,
    /// Its title.
    pub(crate) title: &'static str,
    /// What has to be known.
    pub(crate) warning: Vec<String>,
    /// What is said when there is none.
    pub(crate) none: &'static str,
    /// The reports.
    pub(crate) rows: Vec<Row>,
}

/// One of them.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Where it is.
    pub(crate) href: String,
    /// Class and masked name.
    pub(crate) student: String,
    /// Where it stands.
    pub(crate) state: String,
    /// Whether the police were not told in time.
    pub(crate) alarm: bool,
    /// Until when the police must be told, while they were not.
    pub(crate) due: Option<Deadline>,
    /// Who has not been told.
    pub(crate) missing: String,
}
