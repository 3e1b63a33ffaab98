//! What is done with the answers of a leave's forms.

use casework::{CaseError, IdempotencyKey, LeaveView};
use domain::leave::{AbsenceDraft, StagePlanDraft, StepDraft, StepKind};

use super::form::Fields;
use super::leave_names::{PAPERS, STAGES};
use super::visitor::Visitor;
use super::words::instant_of;
use crate::state::Api;

/// Writes down what was typed.
pub(super) async fn write(
    api: &Api,
    who: &Visitor,
    view: &LeaveView,
    step: Option<StepKind>,
    (typed, key): (&Fields, Option<&IdempotencyKey>),
) -> Result<(), CaseError> {
    let text = |name: &str| typed.get(name).to_owned();
    let Some(kind) = step else {
        let (every_days, paper_seen) =
            (typed.get("every_days").trim().parse().ok(), typed.get("paper_seen").parse().ok());
        let (from, reason, keeper, note) = (text("from"), text("reason"), text("keeper"), Some(text("note")));
        let draft = AbsenceDraft { from, reason, paper_seen, keeper, every_days, note };
        return casework::begin_leave(&api.desk, who, view.student.id, &draft, key).await.map(|_| ());
    };
    // The second tap on the form that ended a leave is answered as the first.
    let (leave, course) = view.open().or(view.leaves.first()).ok_or(CaseError::NotFound)?;
    let first = |names: &[&str]| names.iter().map(|n| text(n)).find(|t| !t.is_empty()).unwrap_or_default();
    let terms = &view.terms;
    let paper = |(p, field): (&domain::policy::DemandedPaper, &str)| (p.code.clone(), typed.get(field).parse().ok());
    let draft = StepDraft {
        at: instant_of(api, typed.get("at")),
        reached: typed.get("reached").parse().ok(),
        text: text("text"),
        family: first(&["applied_by", "appealed_by"]),
        from: text("from"),
        next: first(&["reviewer", "assessor", "signer", "decider"]),
        note: Some(text("note")),
        papers: terms.papers.iter().zip(PAPERS).map(paper).collect(),
        means_asked: typed.get("means_asked").parse().ok(),
        word: first(&["advice", "verdict", "how"]),
        reason: text("reason"),
        until: text("until"),
        stages: STAGES.iter().filter(|s| s.iter().any(|f| !typed.get(f).is_empty())).map(|s| plan(typed, s)).collect(),
        yes: first(&["agrees", "grants"]).parse().ok(),
        stage: course.running().and_then(|(i, _)| u32::try_from(i.saturating_add(1)).ok()),
    };
    let of = Some(text("decision"));
    casework::step_leave(&api.desk, who, (view.student.id, leave.id), (kind, &draft), of.as_deref(), key).await
}

fn plan(typed: &Fields, [from, until, hours, with, watch, owner]: &[&str; 6]) -> StagePlanDraft {
    let text = |name: &str| typed.get(name).to_owned();
    StagePlanDraft {
        from: text(from),
        until: text(until),
        hours_per_day: typed.get(hours).trim().parse().ok(),
        with_whom: text(with),
        watch: text(watch),
        owner: text(owner),
    }
}
