//! The duty roster.

use super::parts::Errors;
use super::shell::Shell;
use askama::Template;

/// `GET /duty`: a fortnight at a glance.
#[derive(Debug, Clone, Template)]
#[template(path = "duty.html", whitespace = "minimize")]
pub(crate) struct Duty {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of the form.
    pub(crate) errors: Errors,
    /// The days, in order.
    pub(crate) days: Vec<Day>,
    /// How many times nobody is on duty.
    pub(crate) gaps: usize,
    /// Whether the reader may change the roster.
    pub(crate) may_change: bool,
    /// Whether the reader names deputies for others.
    pub(crate) may_name: bool,
    /// Who can be put on duty.
    pub(crate) staff: Vec<Pick>,
    /// Who can be away.
    pub(crate) away: Vec<Pick>,
    /// Who can stand in.
    pub(crate) deputies: Vec<Pick>,
    /// When he is away from, as typed.
    pub(crate) away_from: String,
    /// When he is back, as typed.
    pub(crate) away_to: String,
    /// The beginning as typed.
    pub(crate) from: String,
    /// The end as typed.
    pub(crate) to: String,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    /// 11月28日 周六.
    pub(crate) label: String,
    /// Whether it is a day off.
    pub(crate) off: bool,
    /// Whether it is today.
    pub(crate) today: bool,
    /// Who is on duty.
    pub(crate) turns: Vec<Turn>,
    /// When nobody is, though somebody should be.
    pub(crate) gaps: Vec<String>,
}

/// The part of a turn that lies in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Who.
    pub(crate) name: String,
    /// 22:00–24:00.
    pub(crate) hours: String,
    /// The turn, where the reader can take it back.
    pub(crate) remove: Option<String>,
}

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pick {
    /// What is sent.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: String,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}
