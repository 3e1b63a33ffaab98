//! Handing an alert over, on its page.

use super::parts::{Choice, Moment};

/// An offer that waits; for the one it is made to, `POST /alerts/{id}/accept` or `/refuse` with `note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// That it is offered, to whom or by whom: 周老师想把这条预警转交给您。
    pub(crate) what: String,
    /// Unanswered, it goes back then.
    pub(crate) until: Moment,
    /// Why; empty where the reader does not read reasons.
    pub(crate) reason: String,
    /// Whether it is made to the reader.
    pub(crate) to_me: bool,
    /// The note, as typed.
    pub(crate) note: String,
}

/// The form of a hand-over; `POST /alerts/{id}/hand-over` with `to`, `hand_reason`, `version`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HandForm {
    /// Whether it is shown open: something was wrong.
    pub(crate) open: bool,
    /// To whom it can be given: those who may hear of it and may have it.
    pub(crate) people: Vec<Choice>,
    /// The reason, as typed.
    pub(crate) reason: String,
    /// The most characters of the reason.
    pub(crate) reason_limit: usize,
}
