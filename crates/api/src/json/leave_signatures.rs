//! The signature under a decision.

use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::id::{LeaveId, StudentId};
use domain::leave::{StepDraft, StepKind};
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::leave_shapes::AwayShape;
use super::leaves::{Typed, take};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A decision is signed, or sent back.
#[derive(Debug, ToSchema)]
pub(crate) struct AwaySignBody {
    /// Which: the id of the step that proposed it.
    decision: String,
    /// Whether it is signed.
    #[schema(value_type = bool)]
    agrees: Option<bool>,
    /// What is to be added; needed where it is sent back.
    note: Option<String>,
}

impl FromFields for AwaySignBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { decision: f.text("decision"), agrees: f.flag("agrees"), note: f.maybe_text("note") }
    }
}

impl Typed for AwaySignBody {
    fn draft(self) -> StepDraft {
        StepDraft { yes: self.agrees, note: self.note, ..StepDraft::default() }
    }

    fn of(&self) -> Option<String> {
        Some(self.decision.clone())
    }
}

/// Signs the decision, or sends it back. Whoever proposed it does not sign.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AwaySignBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/sign")]
pub(crate) async fn sign(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<AwaySignBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Sign, body)).await
}
