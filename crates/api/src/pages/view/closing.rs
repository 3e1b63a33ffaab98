//! Closing an alert, on its page: the list of what that rests on, and the form.

use super::parts::Choice;

/// The form of a close; `POST /alerts/{id}/close` with `outcome`, `evidence`, `by_…`, `obs_…`, `close_reason`, `version`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CloseForm {
    /// Whether it is shown open: the record is complete, or something was wrong.
    pub(crate) open: bool,
    /// How many points the record shows, of how many.
    pub(crate) tally: String,
    /// How it ended.
    pub(crate) outcomes: Vec<Choice>,
    /// What it rests on.
    pub(crate) points: Vec<ClosePoint>,
    /// The reason, as typed.
    pub(crate) reason: String,
    /// The most characters of the reason.
    pub(crate) reason_limit: usize,
    /// Whether it takes a second signature.
    pub(crate) needs_second: bool,
}

/// One point of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClosePoint {
    /// Its anchor: `need-student_seen`.
    pub(crate) id: String,
    /// What, in words.
    pub(crate) text: String,
    /// How it stands.
    pub(crate) standing: PointStanding,
    /// What can be stated for it.
    pub(crate) stated: Vec<Statable>,
}

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PointStanding {
    /// The record shows it.
    Done,
    /// Only the record can, and does not.
    Missing,
    /// Whoever signs states it.
    ToState,
    /// Only what turned out to be nothing needs it.
    FalseAlarmAlone,
}

/// Evidence that can be stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statable {
    /// `student_seen` and so on.
    pub(crate) code: &'static str,
    /// In words.
    pub(crate) label: String,
    /// Whether it is stated.
    pub(crate) checked: bool,
    /// Who did it, as typed.
    pub(crate) by: String,
    /// The reports that could support it.
    pub(crate) reports: Vec<Choice>,
}

/// What a proposed close rests on, for whoever signs as the second.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Grounds {
    /// What the record shows by itself, and what it does not.
    pub(crate) record: Vec<ClosePoint>,
    /// What the proposer stated: what, who did it, and the report that supports it.
    pub(crate) stated: Vec<Ground>,
}

/// One thing that a proposer stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ground {
    /// What.
    pub(crate) text: String,
    /// Who did it; empty where nobody is named.
    pub(crate) by: String,
    /// The report that supports it, on the same page.
    pub(crate) href: Option<String>,
    /// The file does not bear it out.
    pub(crate) unseen: bool,
}

impl PointStanding {
    /// The CSS class.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::Missing => "fail",
            Self::ToState | Self::FalseAlarmAlone => "wait",
        }
    }

    /// The sign before the words.
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Self::Done => "✓",
            Self::Missing => "✕",
            Self::ToState | Self::FalseAlarmAlone => "○",
        }
    }
}
