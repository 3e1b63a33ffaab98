//! A plan as it is answered.

use casework::{MeasureRecord, PlanGlance, PlanRecord, PlanView, ProgressRecord};
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Named, rfc3339};
use crate::state::Api;

/// How often.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FrequencyShape {
    /// How many times.
    times: u8,
    /// In what: `week` or `month`.
    per: String,
}

/// A measure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeasureShape {
    /// The measure.
    id: String,
    /// What.
    text: String,
    /// Who does it.
    owner: Named,
    /// How often.
    frequency: FrequencyShape,
    /// The last day.
    #[schema(format = Date)]
    until: String,
    /// When somebody last said a word about it.
    last_at: Option<String>,
    /// Whether it is done.
    done: bool,
    /// It should have been heard of by now.
    overdue: bool,
}

impl MeasureShape {
    pub(crate) fn of(api: &Api, m: &MeasureRecord) -> Self {
        let today = api.desk.calendar.date(api.desk.now());
        Self {
            id: m.id.to_string(),
            text: m.measure.text.clone(),
            owner: Named::new(m.measure.owner, m.owner.clone()),
            frequency: FrequencyShape { times: m.measure.times, per: m.measure.per.key().to_owned() },
            until: m.measure.until.to_string(),
            last_at: m.last_at.map(rfc3339),
            done: m.done,
            overdue: casework::measure_overdue(&api.desk, m, today),
        }
    }
}

/// What is to be reached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GoalShape {
    /// What.
    text: String,
    /// By what one sees it.
    check: String,
}

/// Causes; null where nothing was said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CausesShape {
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

/// How the child is kept safe.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SafetyShape {
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

/// A day to be kept in mind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyDayShape {
    /// When.
    date: String,
    /// What of it.
    text: String,
}

/// A word about a measure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProgressShape {
    /// About which measure.
    measure: String,
    /// What was said.
    text: String,
    /// Whether it is done.
    done: bool,
    /// Who said it.
    by: Named,
    /// When.
    at: String,
}

impl ProgressShape {
    fn of(p: &ProgressRecord) -> Self {
        Self {
            measure: p.measure.to_string(),
            text: p.said.clone(),
            done: p.done,
            by: Named::new(p.by.0, p.by.1.clone()),
            at: rfc3339(p.at),
        }
    }
}

/// A signature.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignatureShape {
    /// Who.
    by: Named,
    /// When.
    at: String,
}

/// A version of a plan, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanShape {
    /// Which version.
    version: u64,
    /// The newest version there is.
    newest: u64,
    /// What is wrong.
    problem: String,
    /// How serious it is.
    level: u8,
    /// Why.
    causes: CausesShape,
    /// What helps; null where nothing was said.
    protective_factors: Option<String>,
    /// What is to be reached.
    goals: Vec<GoalShape>,
    /// What is done.
    measures: Vec<MeasureShape>,
    /// What came of the measures, newest first.
    progress: Vec<ProgressShape>,
    /// How the child is kept safe.
    safety_plan: Option<SafetyShape>,
    /// Days to be kept in mind.
    key_dates: Vec<KeyDayShape>,
    /// The first day.
    #[schema(format = Date)]
    starts_at: String,
    /// When it is looked at again.
    #[schema(format = Date)]
    review_at: String,
    /// Who answers for it.
    responsible: Named,
    /// Who wrote it.
    by: Named,
    /// When.
    at: String,
    /// Who has signed, the writer first.
    signatures: Vec<SignatureShape>,
    /// Whether everybody has signed who has to.
    signed: bool,
}

impl PlanShape {
    pub(crate) fn of(api: &Api, view: &PlanView) -> Option<Self> {
        let r = view.record.as_ref()?;
        let p = &r.plan;
        let said = |text: &String| Some(text.clone()).filter(|t| !t.is_empty());
        let c = &p.causes;
        Some(Self {
            version: r.version,
            newest: view.versions,
            problem: p.problem.clone(),
            level: p.level.number(),
            causes: CausesShape {
                biological: said(&c.biological),
                psychological: said(&c.psychological),
                social: said(&c.social),
                school: said(&c.school),
                family: said(&c.family),
            },
            protective_factors: said(&p.protective_factors),
            goals: goals(r),
            measures: view.measures.iter().map(|m| MeasureShape::of(api, m)).collect(),
            progress: view.progress.iter().map(ProgressShape::of).collect(),
            safety_plan: p.safety_plan.as_ref().map(|s| SafetyShape {
                triggers: s.triggers.clone(),
                warning_signs: s.warning_signs.clone(),
                contacts: s.contacts.clone(),
                means_restriction: s.means_restriction.clone(),
                escort: said(&s.escort),
            }),
            key_dates: p
                .key_dates
                .iter()
                .map(|d| KeyDayShape { date: d.date.to_string(), text: d.text.clone() })
                .collect(),
            starts_at: p.starts_at.to_string(),
            review_at: p.review_at.to_string(),
            responsible: Named::new(p.responsible, r.responsible.clone()),
            by: Named::new(r.by.0, r.by.1.clone()),
            at: rfc3339(r.at),
            signatures: signatures(r),
            signed: r.is_signed(),
        })
    }
}

fn goals(r: &PlanRecord) -> Vec<GoalShape> {
    r.plan.goals.iter().map(|g| GoalShape { text: g.text.clone(), check: g.check.clone() }).collect()
}

fn signatures(r: &PlanRecord) -> Vec<SignatureShape> {
    let writer = r.signed_at.map(|at| SignatureShape { by: Named::new(r.by.0, r.by.1.clone()), at: rfc3339(at) });
    let second = r.second.as_ref();
    let second = second.map(|(id, name, at)| SignatureShape { by: Named::new(id, name.clone()), at: rfc3339(*at) });
    writer.into_iter().chain(second).collect()
}

/// What the reader of a file knows of the plan: all that is below, or his own measures alone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FilePlanShape {
    /// Which version.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    /// What is to be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    goals: Option<Vec<GoalShape>>,
    /// What is done.
    measures: Vec<MeasureShape>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible: Option<Named>,
    /// When it is looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    review_at: Option<String>,
    /// Whether everybody has signed who has to.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<bool>,
}

impl FilePlanShape {
    pub(crate) fn of(api: &Api, glance: &PlanGlance) -> Self {
        let all = |measures: &[MeasureRecord]| measures.iter().map(|m| MeasureShape::of(api, m)).collect();
        match glance {
            PlanGlance::Own(measures) => Self {
                version: None,
                goals: None,
                measures: all(measures),
                responsible: None,
                review_at: None,
                signed: None,
            },
            PlanGlance::Whole(r, measures) => Self {
                version: Some(r.version),
                goals: Some(goals(r)),
                measures: all(measures),
                responsible: Some(Named::new(r.plan.responsible, r.responsible.clone())),
                review_at: Some(r.plan.review_at.to_string()),
                signed: Some(r.is_signed()),
            },
        }
    }
}
