//! A plan as clients send it.

use domain::fault::Fault;
use domain::plan::{Causes, GoalDraft, KeyDayDraft, MeasureDraft, PlanDraft, SafetyPlan};
use utoipa::ToSchema;

use super::body::{Fields, FromFields};

/// Causes, as far as there is something to say of each.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct CausesBody {
    /// Of the body.
    biological: Option<String>,
    /// Of the mind.
    psychological: Option<String>,
    /// Of the surroundings.
    social: Option<String>,
    /// Of the school.
    school: Option<String>,
    /// Of the family.
    family: Option<String>,
}

impl FromFields for CausesBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            biological: f.maybe_text("biological"),
            psychological: f.maybe_text("psychological"),
            social: f.maybe_text("social"),
            school: f.maybe_text("school"),
            family: f.maybe_text("family"),
        }
    }
}

/// What is to be reached.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct GoalBody {
    /// What.
    text: String,
    /// By what one sees it.
    check: String,
}

impl FromFields for GoalBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { text: f.text("text"), check: f.text("check") }
    }
}

/// How often.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct FrequencyBody {
    /// How many times.
    #[schema(minimum = 1, maximum = 31)]
    times: Option<u8>,
    /// In what: `week` or `month`.
    per: String,
}

impl FromFields for FrequencyBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { times: f.whole("times"), per: f.text("per") }
    }
}

/// What somebody does.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct MeasureBody {
    /// What.
    text: String,
    /// Who of this school: `per_…`.
    owner: String,
    /// How often.
    frequency: FrequencyBody,
    /// The last day.
    until: String,
}

impl FromFields for MeasureBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            text: f.text("text"),
            owner: f.text("owner"),
            frequency: f.object("frequency").unwrap_or_default(),
            until: f.text("until"),
        }
    }
}

/// How the child is kept safe; needed for orange and red.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct SafetyBody {
    /// What sets it off.
    triggers: String,
    /// By what it shows.
    warning_signs: String,
    /// Whom to call.
    contacts: String,
    /// How means are kept away.
    means_restriction: String,
    /// Who goes with the child.
    escort: Option<String>,
}

impl FromFields for SafetyBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            triggers: f.text("triggers"),
            warning_signs: f.text("warning_signs"),
            contacts: f.text("contacts"),
            means_restriction: f.text("means_restriction"),
            escort: f.maybe_text("escort"),
        }
    }
}

/// A day to be kept in mind.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct KeyDayBody {
    /// When.
    date: String,
    /// What of it.
    text: String,
}

impl FromFields for KeyDayBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { date: f.text("date"), text: f.text("text") }
    }
}

/// A version of a plan.
#[derive(Debug, ToSchema)]
pub(crate) struct PlanBody {
    /// What is wrong, at most 2,000 characters.
    problem: String,
    /// How serious it is, 1 to 4.
    level: Option<u8>,
    /// Why; at least one kind of cause.
    causes: CausesBody,
    /// What helps.
    protective_factors: Option<String>,
    /// What is to be reached, 1 to 20.
    goals: Vec<GoalBody>,
    /// What is done, 1 to 20.
    measures: Vec<MeasureBody>,
    /// How the child is kept safe.
    safety_plan: Option<SafetyBody>,
    /// Days to be kept in mind, at most 20.
    #[schema(required = false)]
    key_dates: Vec<KeyDayBody>,
    /// The first day; today where nothing is said.
    #[schema(format = Date)]
    starts_at: Option<String>,
    /// When it is looked at again.
    #[schema(format = Date)]
    review_at: String,
    /// Who of this school answers for it: `per_…`.
    responsible: String,
}

impl FromFields for PlanBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            problem: f.text("problem"),
            level: f.whole("level"),
            causes: f.object("causes").unwrap_or_default(),
            protective_factors: f.maybe_text("protective_factors"),
            goals: f.objects("goals"),
            measures: f.objects("measures"),
            safety_plan: f.object("safety_plan"),
            key_dates: f.objects("key_dates"),
            starts_at: f.maybe_text("starts_at"),
            review_at: f.text("review_at"),
            responsible: f.text("responsible"),
        }
    }
}

impl PlanBody {
    pub(crate) fn draft(self, unread: Vec<Fault>) -> PlanDraft {
        let said = Option::unwrap_or_default;
        let c = self.causes;
        let measure = |m: MeasureBody| MeasureDraft {
            text: m.text,
            owner: m.owner,
            times: m.frequency.times,
            per: m.frequency.per,
            until: m.until,
        };
        PlanDraft {
            problem: self.problem,
            level: self.level,
            causes: Causes {
                biological: said(c.biological),
                psychological: said(c.psychological),
                social: said(c.social),
                school: said(c.school),
                family: said(c.family),
            },
            protective_factors: said(self.protective_factors),
            goals: self.goals.into_iter().map(|g| GoalDraft { text: g.text, check: g.check }).collect(),
            measures: self.measures.into_iter().map(measure).collect(),
            safety_plan: self.safety_plan.map(|s| SafetyPlan {
                triggers: s.triggers,
                warning_signs: s.warning_signs,
                contacts: s.contacts,
                means_restriction: s.means_restriction,
                escort: said(s.escort),
            }),
            key_dates: self.key_dates.into_iter().map(|d| KeyDayDraft { date: d.date, text: d.text }).collect(),
            starts_at: said(self.starts_at),
            review_at: self.review_at,
            responsible: self.responsible,
            unread,
        }
    }
}
