//! The home page.

use super::parts::{Deadline, Level};
use super::shell::Shell;
use askama::Template;

/// The home page: what cannot wait, today's counts, and where to go.
#[derive(Debug, Clone, Template)]
#[template(path = "home.html", whitespace = "minimize")]
pub(crate) struct Home {
    /// The layout.
    pub(crate) shell: Shell,
    /// Today's date in words: 3月12日 星期四.
    pub(crate) date: String,
    /// Alerts that wait for this very person: to be signed, to be taken, held by him. Empty groups are not there.
    pub(crate) groups: Vec<Group>,
    /// What the reader owes by the end of today.
    pub(crate) due: Vec<DueItem>,
    /// The drill that runs, where it concerns the reader: never among the alerts.
    pub(crate) drill: Option<RunningDrill>,
    /// How the roster and the accounts are kept, for an administrator.
    pub(crate) keeping: Vec<Keeping>,
    /// Where to go, by role.
    pub(crate) links: Vec<HomeLink>,
    /// Counts of today.
    pub(crate) counts: Vec<Count>,
}

/// Alerts of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its anchor.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) title: String,
    /// The alerts.
    pub(crate) alerts: Vec<UrgentAlert>,
    /// All of them, where there are more.
    pub(crate) more_href: Option<&'static str>,
}

/// Something that is due today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DueItem {
    /// Where it is done.
    pub(crate) href: String,
    /// What kind.
    pub(crate) kind: String,
    /// Class and masked name.
    pub(crate) student: String,
    /// By when.
    pub(crate) deadline: Deadline,
}

/// A drill that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunningDrill {
    /// Its page.
    pub(crate) href: String,
    /// 红色演练.
    pub(crate) kind: &'static str,
    /// How it stands.
    pub(crate) state: &'static str,
}

/// Something that an administrator keeps, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keeping {
    /// What.
    pub(crate) title: &'static str,
    /// How.
    pub(crate) text: &'static str,
    /// The commands.
    pub(crate) commands: &'static [&'static str],
}

/// An alert that waits for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UrgentAlert {
    /// The alert's page.
    pub(crate) href: String,
    /// The response.
    pub(crate) level: Level,
    /// Class and masked name.
    pub(crate) student: String,
    /// The deadline.
    pub(crate) deadline: Deadline,
}

/// A way to something this person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HomeLink {
    /// Where it leads.
    pub(crate) href: String,
    /// What is done there.
    pub(crate) label: String,
    /// One line about it.
    pub(crate) hint: String,
    /// Whether it is the main thing for this role.
    pub(crate) primary: bool,
}

/// One of today's counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    /// What is counted.
    pub(crate) label: String,
    /// How many.
    pub(crate) number: String,
    /// The list behind it, if the reader may see it.
    pub(crate) href: Option<String>,
}
