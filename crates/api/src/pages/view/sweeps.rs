//! Sweeps.

use super::parts::{Errors, Moment};
use super::reports::{Summary, UnitPick};
use super::shell::Shell;
use askama::Template;

/// `GET /sweeps`: the list of one's own class, and how the classes stand that one answers for.
#[derive(Debug, Clone, Template)]
#[template(path = "sweeps.html", whitespace = "minimize")]
pub(crate) struct Sweeps {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of the form.
    pub(crate) errors: Errors,
    /// Whether something has just been filed.
    pub(crate) done: bool,
    /// Which sweep; nothing before the first.
    pub(crate) sweep: Option<Round>,
    /// The reader's own classes.
    pub(crate) own: Vec<OwnList>,
    /// The classes that he answers for.
    pub(crate) classes: Vec<ClassLine>,
    /// What was added.
    pub(crate) summaries: Vec<Summary>,
    /// For which units the reader may add something.
    pub(crate) units: Vec<UnitPick>,
    /// What was typed as a summary.
    pub(crate) text: String,
}

/// A sweep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Round {
    /// Its first day.
    pub(crate) begins: String,
    /// The day on which it is due.
    pub(crate) ends: String,
    /// What it is called.
    pub(crate) name: String,
    /// The one before.
    pub(crate) earlier: Option<String>,
    /// The one after, unless it has not begun.
    pub(crate) later: Option<String>,
}

/// The form of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnList {
    /// The class.
    pub(crate) id: String,
    /// What its ids end with: nothing in the form that faults are shown in.
    pub(crate) mark: String,
    /// What it is called.
    pub(crate) name: String,
    /// How its list stands, in words.
    pub(crate) state: String,
    /// When it was taken first.
    pub(crate) taken: Option<Moment>,
    /// Who filed the newest version, and when.
    pub(crate) filed: Option<String>,
    /// The newest version; 0 while there is none.
    pub(crate) version: u32,
    /// What the newest version says, where somebody filed it while this one was written.
    pub(crate) standing: Vec<String>,
    /// Those in danger who were not reported: name, what was seen, where it is reported.
    pub(crate) danger: Vec<(String, String, String)>,
    /// The lines.
    pub(crate) lines: Vec<Line>,
    /// Whether it names nobody.
    pub(crate) nil: bool,
    /// About the class.
    pub(crate) remarks: String,
}

/// One line of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Which.
    pub(crate) n: usize,
    /// The pupils of the class, perhaps one of them chosen.
    pub(crate) students: Vec<Pick>,
    /// The signs by category, perhaps one of them chosen.
    pub(crate) signs: Vec<(String, Vec<Pick>)>,
    /// In words.
    pub(crate) note: String,
    /// What is wrong here.
    pub(crate) faults: Vec<String>,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pick {
    /// What is sent.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: String,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}

/// How a class stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClassLine {
    /// What it is called.
    pub(crate) name: String,
    /// The word of the state, for its look.
    pub(crate) key: &'static str,
    /// The state in words.
    pub(crate) state: String,
    /// What it says, in short.
    pub(crate) says: String,
    /// How many are in danger and were not reported.
    pub(crate) unreported: usize,
    /// By whom.
    pub(crate) by: String,
}
