//! The return is applied for.

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

/// The return is applied for.
#[derive(Debug, ToSchema)]
pub(crate) struct ReturnBody {
    /// Who of the family applied.
    applied_by: String,
    /// From which day on.
    #[schema(format = Date)]
    from: String,
    /// Who looks at the papers: `per_…`.
    reviewer: String,
    /// What is to be added.
    note: Option<String>,
}

impl FromFields for ReturnBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            applied_by: f.text("applied_by"),
            from: f.text("from"),
            reviewer: f.text("reviewer"),
            note: f.maybe_text("note"),
        }
    }
}

impl Typed for ReturnBody {
    fn draft(self) -> StepDraft {
        StepDraft {
            family: self.applied_by,
            from: self.from,
            next: self.reviewer,
            note: self.note,
            ..StepDraft::default()
        }
    }
}

/// Applies for the return. Whoever is named looks at the papers.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = ReturnBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/return")]
pub(crate) async fn apply(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<ReturnBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Return, body)).await
}
