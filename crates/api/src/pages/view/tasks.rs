//! Tasks.

use askama::Template;

use super::duty::Pick;
use super::parts::{Deadline, Errors, Moment, NavLink};
use super::shell::Shell;

/// `GET /tasks`.
#[derive(Debug, Clone, Template)]
#[template(path = "tasks.html", whitespace = "minimize")]
pub(crate) struct Tasks {
    /// The layout.
    pub(crate) shell: Shell,
    /// Mine, those I look after; by state.
    pub(crate) filters: Vec<NavLink>,
    /// The tasks, those due first first.
    pub(crate) tasks: Vec<Row>,
    /// Whether these are open ones.
    pub(crate) open: bool,
    /// The next page.
    pub(crate) next_href: Option<String>,
}

/// A task in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its page.
    pub(crate) href: String,
    /// What kind.
    pub(crate) kind: String,
    /// Class and masked name.
    pub(crate) student: String,
    /// What is to be done; nothing where the reader may not read it.
    pub(crate) text: Option<String>,
    /// Whose it is, where it is not the reader's.
    pub(crate) owner: Option<String>,
    /// By when.
    pub(crate) due: Deadline,
    /// Where it stands, where it is not open.
    pub(crate) state: Option<String>,
}

/// `GET /tasks/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "task.html", whitespace = "minimize")]
pub(crate) struct TaskPage {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of the forms.
    pub(crate) errors: Errors,
    /// The task.
    pub(crate) id: String,
    /// What kind.
    pub(crate) kind: String,
    /// The student's name.
    pub(crate) name: String,
    /// Class and seat.
    pub(crate) facts: Vec<String>,
    /// The file, where the reader may open it.
    pub(crate) file_href: Option<String>,
    /// What is to be done.
    pub(crate) text: Option<String>,
    /// Owner, giver and so on.
    pub(crate) meta: Vec<(String, String)>,
    /// By when, while it is open.
    pub(crate) due: Option<Deadline>,
    /// When it ended, and how.
    pub(crate) ended: Option<(String, Moment)>,
    /// The task that it is now.
    pub(crate) next_href: Option<String>,
    /// Where it is written down what ends it.
    pub(crate) record: Option<(String, String)>,
    /// Whether the reader says that it is done.
    pub(crate) may_end: bool,
    /// To whom the reader can hand it on.
    pub(crate) colleagues: Vec<Pick>,
    /// The note as typed.
    pub(crate) note: String,
    /// The reason as typed.
    pub(crate) reason: String,
}
