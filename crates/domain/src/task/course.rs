//! When a task moves by itself: its owner is reminded once a day and never in the evening, and after some days those above
//! hear of it, each of them once.

use chrono::{Days, TimeDelta};

use crate::calendar::Calendar;
use crate::directory::Office;
use crate::policy::TaskTerms;
use crate::time::{Timestamp, minutes};

/// How a task is reminded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Once a day; those above hear after so many school days.
    Daily,
    /// When its time is over those above hear at once, at whatever hour, and the next ones an hour later.
    Hour,
}

/// How far a task has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// By when it is to be done.
    pub due_at: Timestamp,
    /// How it is reminded of.
    pub pace: Pace,
    /// How many of those above have been told.
    pub told: u8,
    /// How many there are above.
    pub above: u8,
    /// When its owner was last reminded of anything.
    pub chased_at: Option<Timestamp>,
}

/// What is done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Acts {
    /// The owner is reminded.
    pub chase: bool,
    /// So many of those above have been told afterwards.
    pub told: u8,
}

impl Course {
    /// What is to be done at `now`.
    #[must_use]
    pub fn acts(&self, now: Timestamp, terms: &TaskTerms, calendar: &Calendar) -> Acts {
        let chase = self.chase_at(terms, calendar) <= now && (self.pace == Pace::Hour || terms.within(now, calendar));
        let mut told = self.told;
        while self.tell_at(told, terms, calendar).is_some_and(|at| at <= now && self.may_tell(now, terms, calendar)) {
            told = told.saturating_add(1);
        }
        Acts { chase, told }
    }

    /// When it moves next, seen from `now`. Never in the past, so that nothing is looked at twice in one turn.
    #[must_use]
    pub fn next(&self, now: Timestamp, terms: &TaskTerms, calendar: &Calendar) -> Timestamp {
        let chase = self.chase_at(terms, calendar).max(now);
        let chase = if self.pace == Pace::Hour { chase } else { terms.clamp(chase, calendar) };
        let tell = self.tell_at(self.told, terms, calendar).map(|at| at.max(now));
        let tell = tell.map(|at| if self.pace == Pace::Hour { at } else { terms.clamp(at, calendar) });
        tell.map_or(chase, |at| at.min(chase))
    }

    fn may_tell(&self, now: Timestamp, terms: &TaskTerms, calendar: &Calendar) -> bool {
        self.pace == Pace::Hour || terms.within(now, calendar)
    }

    /// When the owner is reminded next: not before it is due, and not twice on one day.
    fn chase_at(&self, terms: &TaskTerms, calendar: &Calendar) -> Timestamp {
        match (self.chased_at, self.pace) {
            (Some(last), Pace::Hour) if last >= self.due_at => terms.clamp(next_day(last, calendar), calendar),
            (_, Pace::Hour) => self.due_at,
            (Some(last), Pace::Daily) => terms.clamp(next_day(last, calendar).max(self.due_at), calendar),
            (None, Pace::Daily) => terms.clamp(self.due_at, calendar),
        }
    }

    /// When the next of those above hears of it; nothing when all have.
    fn tell_at(&self, told: u8, terms: &TaskTerms, calendar: &Calendar) -> Option<Timestamp> {
        if told >= self.above {
            return None;
        }
        Some(match self.pace {
            Pace::Hour => self.due_at + TimeDelta::hours(i64::from(told)),
            Pace::Daily => {
                let mut at = self.due_at;
                for _ in 0..=told {
                    at = terms.told_after.after(at, calendar);
                }
                // Whatever the policy says, the owner has a minute first.
                terms.clamp(at.max(self.due_at + minutes(1)), calendar)
            }
        })
    }
}

/// The first moment of the next day.
fn next_day(at: Timestamp, calendar: &Calendar) -> Timestamp {
    let date = calendar.date(at);
    calendar.instant(date.checked_add_days(Days::new(1)).unwrap_or(date), chrono::NaiveTime::MIN)
}

/// Who is above the offices that somebody holds, the nearest first: class, grade, school. What the counsellor alone reads is
/// told to nobody below the school.
#[must_use]
pub fn above(held: &[Office], restricted: bool) -> Vec<Office> {
    let own = rank(held);
    let ladder = [(1, Office::GradeLead), (2, Office::VicePrincipal), (3, Office::Principal)];
    let higher = ladder.into_iter().filter(|(n, _)| *n > own && !(restricted && *n == 1));
    higher.map(|(_, office)| office).collect()
}

/// Whether whoever holds some offices stands above whoever holds others. Nobody stands above his peers.
#[must_use]
pub fn stands_above(held: &[Office], whose: &[Office]) -> bool {
    rank(held) > rank(whose)
}

/// How high the highest of some offices stands.
fn rank(held: &[Office]) -> u8 {
    let rank = |office: &Office| match office {
        Office::ClassTeacher | Office::DutyLeader => 0,
        Office::GradeLead | Office::Counsellor => 1,
        Office::VicePrincipal => 2,
        Office::Principal | Office::DistrictDuty | Office::DistrictLead => 3,
    };
    held.iter().map(rank).max().unwrap_or_default()
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
