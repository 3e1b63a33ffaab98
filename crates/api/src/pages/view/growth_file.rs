//! The growth file.

use super::parts::{Level, Moment, NavLink};
use super::shell::Shell;
use askama::Template;

/// The growth file, `GET /students/{id}/growth-file`: one student, one stream.
#[derive(Debug, Clone, Template)]
#[template(path = "growth_file.html", whitespace = "minimize")]
pub struct GrowthFile {
    /// The layout.
    pub shell: Shell,
    /// Full name.
    pub name: String,
    /// Class, seat, boarder or day pupil: each a short piece.
    pub facts: Vec<String>,
    /// The current response; `None` without an open alert.
    pub level: Option<Level>,
    /// The open alert, where the reader may open it.
    pub alert_href: Option<String>,
    /// The lists the student is on, as far as the reader may know.
    pub lists: Vec<String>,
    /// The plan, as far as the reader may know.
    pub plan: Option<Plan>,
    /// Filters by kind; exactly one is current.
    pub kinds: Vec<NavLink>,
    /// The entries by month, latest first.
    pub months: Vec<Month>,
    /// Whether the fixed line "ask the counsellor" is shown: always for readers without any restricted right,
    /// whatever the file holds.
    pub ask_counsellor: bool,
    /// Whether a filter is on, for the words when there is nothing.
    pub filtered: bool,
    /// The next page.
    pub next_href: Option<String>,
    /// The printable file, where the reader may have it.
    pub pdf_href: Option<String>,
    /// The form for an observation with this student chosen.
    pub report_href: String,
    /// Who reads and when, for the printed page: 李静 · 2026-03-12 10:12.
    pub read_by: String,
}

/// A plan in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is to be reached.
    pub goal: String,
    /// What is done.
    pub measures: Vec<String>,
    /// Who answers for it.
    pub responsible: String,
    /// When it is looked at again.
    pub review_at: Moment,
}

/// The entries of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// The month in words.
    pub label: String,
    /// Its entries, latest first.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entry's own anchor: its id.
    pub id: String,
    /// When.
    pub at: Moment,
    /// Kind in words.
    pub kind: String,
    /// By whom.
    pub by: String,
    /// The text; `None` where the reader may know that it exists and no more.
    pub text: Option<String>,
    /// Whether it is restricted.
    pub restricted: bool,
}
