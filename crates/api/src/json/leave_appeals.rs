//! An appeal.

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

/// The family appeals.
#[derive(Debug, ToSchema)]
pub(crate) struct AppealBody {
    /// Who of the family.
    appealed_by: String,
    /// Why, at most 2,000 characters.
    text: String,
    /// Who decides: `per_…`.
    decider: String,
}

impl FromFields for AppealBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { appealed_by: f.text("appealed_by"), text: f.text("text"), decider: f.text("decider") }
    }
}

impl Typed for AppealBody {
    fn draft(self) -> StepDraft {
        StepDraft { family: self.appealed_by, text: self.text, next: self.decider, ..StepDraft::default() }
    }
}

/// Records an appeal. Whoever is named decides, and had no part in the decision.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AppealBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/appeal")]
pub(crate) async fn appeal(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<AppealBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Appeal, body)).await
}
