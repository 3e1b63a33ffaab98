//! The weekly reports.

use super::parts::{Errors, Moment};
use super::shell::Shell;
use askama::Template;

/// `GET /reports`: the form of one's own class, and how the classes stand that one answers for.
#[derive(Debug, Clone, Template)]
#[template(path = "reports.html", whitespace = "minimize")]
pub(crate) struct Reports {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of the form.
    pub(crate) errors: Errors,
    /// Whether something has just been filed.
    pub(crate) done: bool,
    /// The Monday.
    pub(crate) week: String,
    /// The week before.
    pub(crate) earlier: String,
    /// The week after, unless it has not begun.
    pub(crate) later: Option<String>,
    /// When it is due; nothing where the week has no school.
    pub(crate) due: Option<Moment>,
    /// The reader's own classes.
    pub(crate) own: Vec<OwnClass>,
    /// The classes that he answers for.
    pub(crate) classes: Vec<ClassLine>,
    /// What was added.
    pub(crate) summaries: Vec<Summary>,
    /// For which units the reader may add something.
    pub(crate) units: Vec<UnitPick>,
    /// What was typed as a summary.
    pub(crate) text: String,
}

/// The form of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnClass {
    /// The class.
    pub(crate) id: String,
    /// What its ids end with: nothing in the form that faults are shown in.
    pub(crate) mark: String,
    /// What it is called.
    pub(crate) name: String,
    /// How its report stands, in words.
    pub(crate) state: String,
    /// Who filed the newest version, and when.
    pub(crate) filed: Option<String>,
    /// The newest version; 0 while there is none.
    pub(crate) version: u32,
    /// What the newest version says, where somebody filed it while this one was written.
    pub(crate) standing: Vec<String>,
    /// The pupils.
    pub(crate) pupils: Vec<Pupil>,
    /// Whether it is a nil return.
    pub(crate) nil: bool,
    /// About the class.
    pub(crate) remarks: String,
    /// The last day that may be named.
    pub(crate) today: String,
}

/// One pupil in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pupil {
    /// The student.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// Where he sits.
    pub(crate) seat: String,
    /// The moods, one of them chosen.
    pub(crate) moods: Vec<MoodPick>,
    /// Since when.
    pub(crate) since: String,
    /// What was seen.
    pub(crate) note: String,
    /// What is wrong here.
    pub(crate) fault: Option<String>,
}

/// A mood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MoodPick {
    /// What is sent; empty for sunshine.
    pub(crate) value: &'static str,
    /// What is read.
    pub(crate) label: String,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}

/// How a class stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClassLine {
    /// The class.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// The word of the state, for its look.
    pub(crate) key: &'static str,
    /// The state in words.
    pub(crate) state: String,
    /// What it says, in short.
    pub(crate) says: String,
    /// Whether it has said the same for too long.
    pub(crate) same: bool,
    /// By whom.
    pub(crate) by: String,
}

/// What a grade or a school added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Which.
    pub(crate) unit: String,
    /// What.
    pub(crate) text: String,
    /// By whom, and when.
    pub(crate) by: String,
}

/// A unit that may be added to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnitPick {
    /// `grd_…` or `sch_…`.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: String,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}
