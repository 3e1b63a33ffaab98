//! A policy: rules that suggest a level, ladders that say who is told when, and clocks. Written as a draft, validated
//! with all faults at once, kept for ever as a version: an alert runs on the version that it was opened with.

mod closing;
mod draft;
mod hand_over;
mod ladder;
mod leave;
mod mood;
mod not_escalating;
mod outside;
mod reporter;
mod reports;
mod rule;
mod sampling;
mod screening;
mod student_hand_over;
mod tasks;
mod unseen;

pub use closing::{ClosingRules, LevelClosing};
pub use draft::{PolicyDraft, RED_RUNG_MINUTES};
pub use hand_over::HandOverTerms;
pub use ladder::{Call, Ladder, RedCare, Rung, Span};
pub use leave::{DemandedPaper, LeaveTerms};
pub use mood::MoodTerms;
pub use not_escalating::{NotEscalatingTerm, NotEscalatingTerms};
pub use outside::OutsideTerms;
pub use reporter::ReporterTerms;
pub use reports::ReportTerms;
pub use rule::{Rule, RuleKind};
pub use sampling::SamplingTerms;
pub use screening::ScreeningTerms;
pub use student_hand_over::StudentHandOverTerms;
pub use tasks::TaskTerms;
pub use unseen::{UnseenSince, UnseenTerms};

use crate::calendar::Calendar;
use crate::level::Level;
use crate::tier::Tier;
use crate::time::{Timestamp, minutes};

/// A policy in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its version, as printed beside every reason.
    pub version: String,
    /// Rules, in the order in which they are explained.
    pub rules: Vec<Rule>,
    /// Two observations of one student within this time are one event.
    pub same_event_minutes: u32,
    /// Messages of yellow and blue alerts to one person within this time go out as one.
    pub bundle_seconds: u32,
    /// What only a red needs.
    pub red: RedCare,
    /// What a close rests on.
    pub closing: ClosingRules,
    /// How long a hand-over may stay unanswered.
    pub hand_over: HandOverTerms,
    /// When somebody is reminded of a task, and when the next rung hears of it.
    pub tasks: TaskTerms,
    /// What is owed outside the school.
    pub outside: OutsideTerms,
    /// After how many weeks with the same words somebody asks about a class.
    pub reports: ReportTerms,
    /// When somebody looks after a child of whom nobody writes.
    pub unseen: UnseenTerms,
    /// After how many days of low mood somebody talks with a student.
    pub mood: MoodTerms,
    /// What a return to school demands, and how long each step may take.
    pub leave: LeaveTerms,
    /// How long the hand-over of a student may stay unanswered, and what goes with it.
    pub student_hand_over: StudentHandOverTerms,
    /// For how long a signed decision may keep an alert from climbing.
    pub not_escalating: NotEscalatingTerms,
    /// What whoever reported hears without asking.
    pub reporter: ReporterTerms,
    /// How many signed decisions are looked at by the tier above.
    pub sampling: SamplingTerms,
    /// How long a place in the interview queue may wait.
    pub screening: ScreeningTerms,
    /// Ladders of blue, yellow, orange, red.
    ladders: [Ladder; 4],
}

impl Policy {
    /// The ladder of a level.
    #[must_use]
    pub fn ladder(&self, level: Level) -> &Ladder {
        let [blue, yellow, orange, red] = &self.ladders;
        match level {
            Level::Blue => blue,
            Level::Yellow => yellow,
            Level::Orange => orange,
            Level::Red => red,
        }
    }

    /// By when a person looks at what was reported at an instant, and by when a person decides: after the first, the next tier
    /// hears of it; after the second, what was taken and not handled is open again.
    #[must_use]
    pub fn answered_by(&self, level: Level, from: Timestamp, calendar: &Calendar) -> (Timestamp, Timestamp) {
        let ladder = self.ladder(level);
        let read = ladder.rung(0).map_or(from, |rung| rung.wait.after(from, calendar));
        let decided = match level {
            // With somebody at the child's side there is more time than an acknowledgement lasts.
            Level::Red => read + minutes(self.red.assess_within_minutes),
            Level::Blue | Level::Yellow | Level::Orange => ladder.acknowledgement_lasts.after(read, calendar),
        };
        (read, decided)
    }

    /// The same policy for those of the school alone: no rung, and no call, that leaves it. The highest rung of the school
    /// is the top one then.
    #[must_use]
    pub fn within_school(&self) -> Self {
        let mut within = self.clone();
        for ladder in &mut within.ladders {
            let outside = ladder.rungs.iter().position(|r| r.tier == Tier::District).unwrap_or(ladder.rungs.len());
            // A ladder is never empty; one that begins outside calls nobody.
            ladder.rungs.truncate(outside.max(1));
            ladder.rungs.iter_mut().for_each(|r| r.who.retain(|office| !office.is_outside()));
        }
        within.red.calls.iter_mut().for_each(|c| c.who.retain(|office| !office.is_outside()));
        within.red.calls.retain(|c| !c.who.is_empty());
        within
    }
}

#[cfg(test)]
mod tests;
