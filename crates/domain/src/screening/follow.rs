//! What follows from a screening. An answer to the critical item counts by itself, whatever the score is worth; a score alone
//! is a place in the interview queue and never an alert.

use super::Instrument;
use crate::calendar::Calendar;
use crate::lang::Lang;
use crate::policy::{Policy, Span};
use crate::time::{Timestamp, minutes};

/// What was answered, as much of it as rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// The raw score; nothing where it does not count.
    pub total: Option<u16>,
    /// The answer to the critical item.
    pub critical: Option<u8>,
}

/// What follows, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Follow {
    /// Nothing by itself.
    Nothing,
    /// A place in the interview queue.
    Queue,
    /// An interview by the end of the next school day.
    NextSchoolDay,
    /// An interview before the child leaves school.
    Today,
    /// An alert; an adult stays, and an interview is held at once.
    AtOnce,
}

/// The clocks by which it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How long a place in the interview queue may wait.
    pub interview_within: Span,
    /// What cannot wait is done within so many minutes.
    pub at_once_minutes: u32,
}

impl Terms {
    /// Those of a policy.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        Self {
            interview_within: policy.screening.interview_within,
            at_once_minutes: policy.tasks.danger_reported_minutes,
        }
    }
}

impl Follow {
    /// Everything that may follow.
    pub const ALL: [Self; 5] = [Self::Nothing, Self::Queue, Self::NextSchoolDay, Self::Today, Self::AtOnce];

    /// What follows from answers.
    #[must_use]
    pub fn from(instrument: &Instrument, answers: Answers) -> Self {
        let positive = answers.total.is_some_and(|t| t >= instrument.positive_from);
        let by_score = if positive { Self::Queue } else { Self::Nothing };
        let Some((item, answer)) = instrument.critical.as_ref().zip(answers.critical) else { return by_score };
        let high = item.alert_with_total_from.zip(answers.total).is_some_and(|(from, total)| total >= from);
        let by_item = if answer >= item.alert_from || (answer >= item.today_from && high) {
            Self::AtOnce
        } else if answer >= item.today_from {
            Self::Today
        } else if answer >= item.next_day_from {
            Self::NextSchoolDay
        } else {
            Self::Nothing
        };
        by_score.max(by_item)
    }

    /// By when the interview is to be held, from now on, however long ago the sheet was answered. What is graver is never due
    /// later than what is less grave.
    #[must_use]
    pub fn due(self, now: Timestamp, terms: Terms, calendar: &Calendar) -> Option<Timestamp> {
        let milder = Self::ALL.into_iter().filter(|f| *f <= self).filter_map(|f| f.own_due(now, terms, calendar));
        milder.min()
    }

    fn own_due(self, now: Timestamp, terms: Terms, calendar: &Calendar) -> Option<Timestamp> {
        let (today, at_once) = (calendar.date(now), now + minutes(terms.at_once_minutes));
        match self {
            Self::Nothing => None,
            Self::Queue => Some(terms.interview_within.after(now, calendar)),
            Self::NextSchoolDay => Some(calendar.school_ends(calendar.next_school_day(today))),
            Self::Today => {
                let ends = Some(calendar.school_ends(today)).filter(|e| calendar.is_school_day(today) && *e > now);
                Some(ends.unwrap_or(at_once))
            }
            Self::AtOnce => Some(at_once),
        }
    }

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Queue => "queue",
            Self::NextSchoolDay => "next_school_day",
            Self::Today => "today",
            Self::AtOnce => "at_once",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Nothing => lang.pick("无需另行安排", "nothing by itself"),
            Self::Queue => lang.pick("列入访谈安排", "a place in the interview queue"),
            Self::NextSchoolDay => {
                lang.pick("下一个上课日放学前访谈", "an interview by the end of the next school day")
            }
            Self::Today => lang.pick("今天离校前访谈", "an interview before the child leaves school"),
            Self::AtOnce => {
                lang.pick("已发出预警；大人留在身边，立即访谈", "an alert; an adult stays, an interview at once")
            }
        }
    }
}
