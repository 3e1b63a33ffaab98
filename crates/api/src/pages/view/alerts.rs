//! The list of alerts.

use super::parts::{Deadline, Level, NavLink};
use super::shell::Shell;
use askama::Template;

/// The list of alerts, `GET /alerts`, most urgent first.
#[derive(Debug, Clone, Template)]
#[template(path = "alerts.html", whitespace = "minimize")]
pub struct Alerts {
    /// The layout.
    pub shell: Shell,
    /// The quick filters with their counts: 待我处理, 超时, 今日新增, 全部.
    pub tabs: Vec<NavLink>,
    /// Further filters, each a group of links.
    pub filters: Vec<FilterGroup>,
    /// The alerts of this page.
    pub rows: Vec<AlertRow>,
    /// What is said when there are none.
    pub empty: EmptyList,
    /// The next page.
    pub next_href: Option<String>,
    /// This very list again, for the refresh link.
    pub self_href: String,
    /// When the list was made: `10:12`.
    pub updated_at: String,
}

/// A group of filter links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterGroup {
    /// What it filters by.
    pub label: String,
    /// Its links; exactly one is current.
    pub links: Vec<NavLink>,
}

/// One alert in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// The alert's page.
    pub href: String,
    /// The response.
    pub level: Level,
    /// The masked name: 陈*淼.
    pub student: String,
    /// Class.
    pub class: String,
    /// Why, in one line.
    pub why: String,
    /// When it must be acted on; `None` for a closed one.
    pub deadline: Option<Deadline>,
    /// Who owns it.
    pub owner: Option<String>,
    /// State in words.
    pub state: String,
    /// Whether it waits for somebody to act, so that the state stands out.
    pub waiting: bool,
}

/// Why a list is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmptyList {
    /// There has never been one.
    FirstUse,
    /// Everything is handled.
    Done,
    /// Nothing in the reader's part of the school.
    NoData,
    /// The filters fit none.
    NoMatch {
        /// The list without filters.
        clear_href: String,
    },
}
