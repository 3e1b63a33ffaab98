//! The list of alerts.

use super::parts::{Deadline, Level, NavLink};
use super::shell::Shell;
use askama::Template;

/// The list of alerts, `GET /alerts`, most urgent first.
#[derive(Debug, Clone, Template)]
#[template(path = "alerts.html", whitespace = "minimize")]
pub(crate) struct Alerts {
    /// The layout.
    pub(crate) shell: Shell,
    /// The quick filters with their counts: 待我处理, 超时, 今日新增, 全部.
    pub(crate) tabs: Vec<NavLink>,
    /// Further filters, each a group of links.
    pub(crate) filters: Vec<FilterGroup>,
    /// The alerts of this page.
    pub(crate) rows: Vec<AlertRow>,
    /// What is said when there are none.
    pub(crate) empty: EmptyList,
    /// The next page.
    pub(crate) next_href: Option<String>,
    /// This very list again, for the refresh link.
    pub(crate) self_href: String,
    /// When the list was made: `10:12`.
    pub(crate) updated_at: String,
}

/// A group of filter links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilterGroup {
    /// What it filters by.
    pub(crate) label: String,
    /// Its links; exactly one is current.
    pub(crate) links: Vec<NavLink>,
}

/// One alert in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AlertRow {
    /// The alert's page.
    pub(crate) href: String,
    /// The response.
    pub(crate) level: Level,
    /// The masked name: 陈*淼.
    pub(crate) student: String,
    /// Class; for a reader outside the school, the school.
    pub(crate) class: String,
    /// When it must be acted on; `None` for a closed one.
    pub(crate) deadline: Option<Deadline>,
    /// Who owns it.
    pub(crate) owner: Option<String>,
    /// State in words.
    pub(crate) state: String,
    /// Whether a proposal waits for a second signature.
    pub(crate) signing: bool,
    /// Whether it waits for somebody to act, so that the state stands out.
    pub(crate) waiting: bool,
}

/// Why a list is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EmptyList {
    /// Everything is handled.
    Done,
    /// The filters fit none.
    NoMatch {
        /// The list without filters.
        clear_href: String,
    },
}
