//! The clock of a mandatory report: wall time, day and night, on whatever day. Only that the police were told stops it.

use crate::calendar::Calendar;
use crate::policy::OutsideTerms;
use crate::time::{Timestamp, minutes};

/// What happens when its time has come. Each happens once, but that the district is told for as long as the police are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The police have not been told: those of the school who may hear are.
    Chase,
    /// They still have not: the district is told.
    Breach,
    /// Somebody else has not been told in time: those of the school who may hear are.
    Rest,
}

impl Step {
    /// Which turn of messages it is.
    #[must_use]
    pub fn turn(self) -> u32 {
        match self {
            Self::Chase => 1,
            Self::Breach => 2,
            Self::Rest => 3,
        }
    }
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "what was told to whom is five answers of yes or no")]
pub struct Running {
    /// Since when it is known.
    pub known_at: Timestamp,
    /// When it was written down.
    pub opened_at: Timestamp,
    /// Whether the police were told.
    pub police: bool,
    /// Whether all others were.
    pub others: bool,
    /// Whether the school was told that the police were not.
    pub chased: bool,
    /// When the district was last told.
    pub breached: Option<Timestamp>,
    /// Whether the school was told that others were not.
    pub reminded: bool,
}

impl Running {
    /// When the police must have been told at the latest.
    #[must_use]
    pub fn breach_at(&self, terms: &OutsideTerms) -> Timestamp {
        self.known_at + minutes(terms.police_breach_minutes)
    }

    /// What happens now.
    #[must_use]
    pub fn due(&self, now: Timestamp, terms: &OutsideTerms, calendar: &Calendar) -> Vec<Step> {
        self.ahead(terms, calendar).into_iter().filter(|(_, at)| *at <= now).map(|(step, _)| step).collect()
    }

    /// When something happens next; nothing once the police were told and everything else was said.
    #[must_use]
    pub fn next(&self, terms: &OutsideTerms, calendar: &Calendar) -> Option<Timestamp> {
        self.ahead(terms, calendar).into_iter().map(|(_, at)| at).min()
    }

    /// What is still to be said, and when.
    fn ahead(&self, terms: &OutsideTerms, calendar: &Calendar) -> Vec<(Step, Timestamp)> {
        let breach = minutes(terms.police_breach_minutes);
        let all = [
            (!self.police && !self.chased, Step::Chase, self.known_at + minutes(terms.police_chase_minutes)),
            // The district hears again and again: nothing else ends it but that the police were told.
            (!self.police, Step::Breach, self.breached.map_or(self.breach_at(terms), |at| at + breach)),
            (!self.others && !self.reminded, Step::Rest, terms.others_within.after(self.opened_at, calendar)),
        ];
        all.into_iter().filter(|(open, ..)| *open).map(|(_, step, at)| (step, at)).collect()
    }
}
