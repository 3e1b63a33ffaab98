//! The plan 一生一策: what is wrong and why, what is to be reached, who does what how often, and how the child is kept safe.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Faults, merged};
use crate::id::PersonId;
use crate::level::Level;
use crate::watch_list::{Days, LIST_CHARS, any_day, future_day, no_responsible, words};

mod draft;

pub use draft::{GoalDraft, KeyDayDraft, MeasureDraft, PlanDraft};

/// So many goals, measures or days a plan has at most.
pub const MOST_ITEMS: usize = 20;
/// A measure is looked for again after so many days without a word: weekly ones, then monthly ones.
const SILENT_DAYS: [i64; 2] = [7, 31];

/// Causes, as far as there is something to say of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Causes {
    /// Of the body.
    pub biological: String,
    /// Of the mind.
    pub psychological: String,
    /// Of the surroundings.
    pub social: String,
    /// Of the school.
    pub school: String,
    /// Of the family.
    pub family: String,
}

/// How the child is kept safe.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyPlan {
    /// What sets it off.
    pub triggers: String,
    /// By what it shows.
    pub warning_signs: String,
    /// Whom to call.
    pub contacts: String,
    /// How means are kept away.
    pub means_restriction: String,
    /// Who goes with the child.
    pub escort: String,
}

/// What is to be reached, and by what one sees that it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// What.
    pub text: String,
    /// By what one sees it.
    pub check: String,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// In a week.
    Week,
    /// In a month.
    Month,
}

impl Per {
    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Week, Self::Month].into_iter().find(|p| p.key() == key)
    }
}

/// What somebody does, how often, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// What.
    pub text: String,
    /// Who.
    pub owner: PersonId,
    /// How many times.
    pub times: u8,
    /// In what.
    pub per: Per,
    /// The last day.
    pub until: NaiveDate,
}

/// A day to be kept in mind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyDay {
    /// When.
    pub date: NaiveDate,
    /// What of it.
    pub text: String,
}

/// A plan, looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What is wrong.
    pub problem: String,
    /// How serious it is.
    pub level: Level,
    /// Why.
    pub causes: Causes,
    /// What helps.
    pub protective_factors: String,
    /// What is to be reached.
    pub goals: Vec<Goal>,
    /// What is done.
    pub measures: Vec<Measure>,
    /// How the child is kept safe.
    pub safety_plan: Option<SafetyPlan>,
    /// Days to be kept in mind.
    pub key_dates: Vec<KeyDay>,
    /// The first day.
    pub starts_at: NaiveDate,
    /// When it is looked at again.
    pub review_at: NaiveDate,
    /// Who answers for it.
    pub responsible: PersonId,
}

impl Plan {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: &PlanDraft, today: NaiveDate) -> Result<Self, Vec<Fault>> {
        let read = Self::of(draft, Days { today, born: None });
        if draft.unread.is_empty() { read } else { Err(merged(draft.unread.clone(), read.err().unwrap_or_default())) }
    }

    fn of(draft: &PlanDraft, days: Days) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let problem = words(&draft.problem, "problem", &mut faults);
        let level = draft.level.and_then(|l| Level::try_from(l).ok());
        faults.when(level.is_none(), || Fault::new("level", "required", "请选择等级（1–4）", "Choose a level, 1 to 4"));
        let causes = draft.causes(&mut faults);
        let protective_factors = maybe(&draft.protective_factors, "protective_factors", &mut faults);
        let goals = draft.goals(&mut faults);
        let starts_at = match draft.starts_at.trim() {
            "" => Some(days.today),
            typed => any_day(typed, "starts_at", &mut faults),
        };
        let measures = draft.measures(days, &mut faults);
        let safety_plan = draft.safety(level, &mut faults);
        let key_dates = draft.key_dates(&mut faults);
        let review_at = future_day(&draft.review_at, "review_at", days, &mut faults);
        faults.when(starts_at.zip(review_at).is_some_and(|(start, review)| review <= start), || {
            Fault::new("review_at", "before_start", "复核日期须在开始日期之后", "The review lies after the first day")
        });
        let responsible = draft.responsible.trim().parse().ok();
        faults.when(responsible.is_none(), no_responsible);
        match (level, starts_at, review_at, responsible) {
            (Some(level), Some(starts_at), Some(review_at), Some(responsible)) => faults.or(Self {
                problem,
                level,
                causes,
                protective_factors,
                goals,
                measures,
                safety_plan,
                key_dates,
                starts_at,
                review_at,
                responsible,
            }),
            _ => Err(faults.into_vec()),
        }
    }

    /// Whether a second person signs it.
    #[must_use]
    pub fn needs_second(&self) -> bool {
        self.level.needs_second_signature()
    }

    /// Every person who does something in it, with the field that names him.
    pub fn people(&self) -> impl Iterator<Item = (String, PersonId)> + '_ {
        let owners = self.measures.iter().enumerate().map(|(i, m)| (format!("measures[{i}].owner"), m.owner));
        std::iter::once(("responsible".to_owned(), self.responsible)).chain(owners)
    }
}

/// Whether a measure that is not done should have been heard of by now: its last day is over, or nobody has said a word
/// for longer than its frequency allows. `last` is the day of the last word; the first day of the plan where there is none.
#[must_use]
pub fn is_overdue(per: Per, until: NaiveDate, last: NaiveDate, today: NaiveDate) -> bool {
    let [week, month] = SILENT_DAYS;
    let silent = match per {
        Per::Week => week,
        Per::Month => month,
    };
    today > until || (today - last).num_days() > silent
}

fn maybe(typed: &str, field: &str, faults: &mut Faults) -> String {
    let text = crate::text::lines(typed, field, faults);
    faults.when(text.chars().count() > LIST_CHARS, || crate::growth_file::too_long(field, LIST_CHARS));
    text
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
