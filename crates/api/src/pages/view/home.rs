//! The home page.

use super::parts::{Deadline, Level};
use super::shell::Shell;
use askama::Template;

/// The home page: what cannot wait, today's counts, and where to go.
#[derive(Debug, Clone, Template)]
#[template(path = "home.html", whitespace = "minimize")]
pub struct Home {
    /// The layout.
    pub shell: Shell,
    /// Today's date in words: 3月12日 星期四.
    pub date: String,
    /// Alerts that wait for this very person, most urgent first; at most three.
    pub urgent: Vec<UrgentAlert>,
    /// Where to go, by role.
    pub links: Vec<HomeLink>,
    /// Counts of today.
    pub counts: Vec<Count>,
}

/// An alert that waits for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgentAlert {
    /// The alert's page.
    pub href: String,
    /// The response.
    pub level: Level,
    /// Class and masked name.
    pub student: String,
    /// The deadline.
    pub deadline: Deadline,
}

/// A way to something this person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeLink {
    /// Where it leads.
    pub href: String,
    /// What is done there.
    pub label: String,
    /// One line about it.
    pub hint: String,
    /// Whether it is the main thing for this role.
    pub primary: bool,
}

/// One of today's counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub label: String,
    /// How many.
    pub number: String,
    /// The list behind it, if the reader may see it.
    pub href: Option<String>,
}
