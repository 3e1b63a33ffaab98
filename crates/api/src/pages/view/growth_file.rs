//! The growth file.

use super::parts::{Choice, Level, Moment, NavLink};
use super::shell::Shell;
use askama::Template;

/// The growth file, `GET /students/{id}/growth-file`: one student, one stream.
#[derive(Debug, Clone, Template)]
#[template(path = "growth_file.html", whitespace = "minimize")]
pub(crate) struct GrowthFile {
    /// The layout.
    pub(crate) shell: Shell,
    /// Full name.
    pub(crate) name: String,
    /// Class, seat, boarder or day pupil: each a short piece.
    pub(crate) facts: Vec<String>,
    /// The current response; `None` without an open alert.
    pub(crate) level: Option<Level>,
    /// The open alert, where the reader may open it.
    pub(crate) alert_href: Option<String>,
    /// The lists the student is on, as far as the reader may know.
    pub(crate) lists: Vec<String>,
    /// Where the lists are.
    pub(crate) lists_href: String,
    /// Where the plan is, for those who may read it.
    pub(crate) plan_href: Option<String>,
    /// The plan, as far as the reader may know.
    pub(crate) plan: Option<Plan>,
    /// Filters by kind; exactly one is current.
    pub(crate) kinds: Vec<NavLink>,
    /// The entries by month, latest first.
    pub(crate) months: Vec<Month>,
    /// Whether the fixed line "ask the counsellor" is shown: always for readers without any restricted right,
    /// whatever the file holds.
    pub(crate) ask_counsellor: bool,
    /// Whether a filter is on, for the words when there is nothing.
    pub(crate) filtered: bool,
    /// Where an entry is written, where the reader may.
    pub(crate) write_href: Option<String>,
    /// Days that come round soon.
    pub(crate) key_dates: Vec<String>,
    /// What is searched for: this address, with the kind that is shown.
    pub(crate) search: Search,
    /// The next page.
    pub(crate) next_href: Option<String>,
    /// What the reader may write about the student: address and name of each form.
    pub(crate) care: Vec<(String, String)>,
    /// Where the file is printed.
    pub(crate) print_action: String,
    /// Which kinds may be printed by themselves.
    pub(crate) print_kinds: Vec<Choice>,
    /// Where the student is handed over, for whoever does.
    pub(crate) hand_over_href: Option<String>,
    /// Where it stands who has opened it, for those who see that.
    pub(crate) readers_href: Option<String>,
    /// Whether what was written at the school before is sealed to the reader.
    pub(crate) sealed: bool,
    /// Where he signs for a look at it.
    pub(crate) unseal_href: Option<String>,
    /// The form for an observation with this student chosen.
    pub(crate) report_href: String,
    /// Who reads and when, for the printed page: 李静 · 2026-03-12 10:12.
    pub(crate) read_by: String,
}

/// The form that searches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Search {
    /// Where it goes.
    pub(crate) action: String,
    /// The kind that is shown.
    pub(crate) kind: String,
    /// The words, as typed.
    pub(crate) words: String,
    /// The first day, as typed.
    pub(crate) from: String,
    /// The last day, as typed.
    pub(crate) to: String,
    /// What is wrong with it.
    pub(crate) faults: Vec<String>,
}

/// A plan in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// What is to be reached.
    pub(crate) goal: String,
    /// What is done.
    pub(crate) measures: Vec<String>,
    /// Who answers for it.
    pub(crate) responsible: String,
    /// When it is looked at again.
    pub(crate) review_on: Option<String>,
    /// Where the whole of it is.
    pub(crate) href: String,
}

/// The entries of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Month {
    /// The month in words.
    pub(crate) label: String,
    /// Its entries, latest first.
    pub(crate) entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The entry's own anchor: its id.
    pub(crate) id: String,
    /// When.
    pub(crate) at: Moment,
    /// Kind in words.
    pub(crate) kind: String,
    /// By whom.
    pub(crate) by: String,
    /// The text; `None` where the reader may know that it exists and no more.
    pub(crate) text: Option<String>,
    /// Whether it is restricted.
    pub(crate) restricted: bool,
    /// Where its versions are, for what is written as a text.
    pub(crate) href: Option<String>,
    /// Where it is printed, for what has a form of its own.
    pub(crate) print_href: Option<String>,
    /// The files that belong to it: address and name.
    pub(crate) files: Vec<(String, String)>,
    /// Where files are added and withdrawn, where that is not where its versions are.
    pub(crate) files_href: Option<String>,
}
