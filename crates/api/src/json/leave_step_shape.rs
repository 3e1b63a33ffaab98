//! A step of a leave, as answers have it, as far as the reader reads it.

use casework::{LeaveSight, LeaveStep};
use domain::id::PersonId;
use domain::leave::{Step, StepKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Named, rfc3339};

/// A step.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AwayStepShape {
    /// The step.
    id: String,
    /// `contact`, `return`, `review`, `assessment`, `decision`, `sign`, `stage`, `appeal` or `answer`.
    kind: String,
    /// When it was written down.
    at: String,
    /// By whom.
    by: Named,
    /// What was said.
    text: Option<String>,
    /// What came of it, in a word of the step's own.
    result: Option<String>,
    /// Until when.
    #[schema(format = Date)]
    until: Option<String>,
    /// The papers that are missing, by their codes.
    missing: Option<Vec<String>>,
}

/// Whether a reader reads what a step says.
pub(crate) fn reads(step: &LeaveStep, sight: LeaveSight, reader: PersonId) -> bool {
    let wanted = match step.step.kind() {
        StepKind::Contact | StepKind::Stage => LeaveSight::Days,
        StepKind::Return
        | StepKind::Review
        | StepKind::Decision
        | StepKind::Sign
        | StepKind::Appeal
        | StepKind::Answer => LeaveSight::Reasons,
        StepKind::Assessment => LeaveSight::Everything,
    };
    sight >= wanted || step.by.0 == reader
}

/// Whether a reader knows what came of a step: those who sign have to know what the counsellor advises.
pub(crate) fn knows(step: &LeaveStep, sight: LeaveSight, reader: PersonId) -> bool {
    reads(step, sight, reader) || sight >= LeaveSight::Reasons
}

impl AwayStepShape {
    pub(super) fn of(s: &LeaveStep, sight: LeaveSight, reader: PersonId) -> Self {
        let (reads, knows) = (reads(s, sight, reader), knows(s, sight, reader));
        let missing = if let (Step::Review { papers, .. }, true) = (&s.step, knows) {
            Some(papers.iter().filter(|p| !p.present).map(|p| p.code.clone()).collect())
        } else {
            None
        };
        let until = if knows { until(&s.step) } else { None };
        Self {
            id: s.id.to_string(),
            kind: s.step.kind().key().to_owned(),
            at: rfc3339(s.at),
            by: Named::new(s.by.0, s.by.1.clone()),
            text: text(&s.step).filter(|_| reads),
            result: Some(result(&s.step)).filter(|r| knows && !r.is_empty()).map(str::to_owned),
            until: until.map(|d| d.to_string()),
            missing,
        }
    }
}

fn until(step: &Step) -> Option<chrono::NaiveDate> {
    match step {
        Step::Decision { until, .. } | Step::Stage { until, .. } => *until,
        Step::Return { from, .. } => Some(*from),
        Step::Contact { .. }
        | Step::Review { .. }
        | Step::Assessment { .. }
        | Step::Sign { .. }
        | Step::Appeal { .. }
        | Step::Answer { .. } => None,
    }
}

/// What a step says.
pub(crate) fn text(step: &Step) -> Option<String> {
    match step {
        Step::Contact { text, .. } | Step::Assessment { text, .. } | Step::Stage { text, .. } => Some(text.clone()),
        Step::Return { note, .. } | Step::Review { note, .. } | Step::Sign { note, .. } => note.clone(),
        Step::Decision { reason, .. } | Step::Answer { reason, .. } => Some(reason.clone()),
        Step::Appeal { text, .. } => Some(text.clone()),
    }
}

fn result(step: &Step) -> &'static str {
    match step {
        Step::Contact { reached, .. } => {
            if *reached {
                "reached"
            } else {
                "not_reached"
            }
        }
        Step::Return { .. } | Step::Appeal { .. } => "",
        Step::Review { papers, .. } => {
            if papers.iter().all(|p| p.present) {
                "complete"
            } else {
                "incomplete"
            }
        }
        Step::Assessment { advice, .. } => advice.key(),
        Step::Decision { verdict, .. } => verdict.key(),
        Step::Sign { agrees, .. } => {
            if *agrees {
                "signed"
            } else {
                "sent_back"
            }
        }
        Step::Stage { how, .. } => how.key(),
        Step::Answer { grants, .. } => {
            if *grants {
                "granted"
            } else {
                "refused"
            }
        }
    }
}
