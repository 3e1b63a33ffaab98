//! The duty roster 值班表: turns may overlap, and every night and day off wants one.

use crate::calendar::Calendar;
use crate::delivery::Channel;
use crate::id::{DutyId, PersonId};
use crate::staff::ContactMethod;

use super::Period;

/// A turn of duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyTurn {
    /// Its id.
    pub id: DutyId,
    /// Who is on duty.
    pub person: PersonId,
    /// From when to when.
    pub period: Period,
}

/// Whether somebody can be woken: a verified number for calls or SMS.
#[must_use]
pub fn has_telephone(contacts: &[ContactMethod], person: PersonId) -> bool {
    let rings = |c: &ContactMethod| matches!(c.channel, Channel::Voice | Channel::Sms) && c.verified_at.is_some();
    contacts.iter().any(|c| c.person == person && rings(c))
}

/// The parts of nights and days off in which nobody is on duty who can be woken.
#[must_use]
pub fn duty_gaps(turns: &[DutyTurn], contacts: &[ContactMethod], calendar: &Calendar, window: Period) -> Vec<Period> {
    let mut held: Vec<Period> = turns.iter().filter(|t| has_telephone(contacts, t.person)).map(|t| t.period).collect();
    held.sort_unstable();
    let mut out = Vec::new();
    for (from, to) in calendar.off_hours(window.from, window.to) {
        let mut at = from;
        for turn in held.iter().filter(|t| t.to > from && t.from < to) {
            if turn.from > at {
                out.push(Period { from: at, to: turn.from });
            }
            at = at.max(turn.to);
        }
        if at < to {
            out.push(Period { from: at, to });
        }
    }
    out
}
