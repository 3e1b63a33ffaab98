//! The decision on a return, as it is proposed.

use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::id::{LeaveId, StudentId};
use domain::leave::{StepDraft, StepKind};
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::leave_plan::AwayStagePlanBody;
use super::leave_shapes::AwayShape;
use super::leaves::{Typed, take};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A decision is proposed.
#[derive(Debug, ToSchema)]
pub(crate) struct AwayDecisionBody {
    /// `granted`, `postponed` or `refused`.
    verdict: String,
    /// Why, at most 2,000 characters.
    reason: String,
    /// Not before this day; needed where it is postponed.
    #[schema(format = Date)]
    until: Option<String>,
    /// The stages of the return; needed where it is granted.
    #[schema(max_items = 6)]
    stages: Vec<AwayStagePlanBody>,
    /// Who is to sign: `per_…`, a vice-principal, or the principal for what a vice-principal proposes.
    signer: String,
}

impl FromFields for AwayDecisionBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            verdict: f.text("verdict"),
            reason: f.text("reason"),
            until: f.maybe_text("until"),
            stages: f.objects("stages"),
            signer: f.text("signer"),
        }
    }
}

impl Typed for AwayDecisionBody {
    fn draft(self) -> StepDraft {
        StepDraft {
            word: self.verdict,
            reason: self.reason,
            until: self.until.unwrap_or_default(),
            stages: self.stages.into_iter().map(AwayStagePlanBody::draft).collect(),
            next: self.signer,
            ..StepDraft::default()
        }
    }
}

/// Proposes a decision. It is in force when somebody else has signed it.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AwayDecisionBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/decision")]
pub(crate) async fn decision(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<AwayDecisionBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Decision, body)).await
}
