//! Keeping in touch with a child who is on leave.

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

/// Somebody kept in touch.
#[derive(Debug, ToSchema)]
pub(crate) struct AwayContactBody {
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// Whether anybody was reached.
    #[schema(value_type = bool)]
    reached: Option<bool>,
    /// What was heard, at most 2,000 characters.
    text: String,
}

impl FromFields for AwayContactBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { at: f.text("at"), reached: f.flag("reached"), text: f.text("text") }
    }
}

impl Typed for AwayContactBody {
    fn draft(self) -> StepDraft {
        StepDraft { at: self.at, reached: self.reached, text: self.text, ..StepDraft::default() }
    }
}

/// Notes that somebody kept in touch, or reached nobody: then it stays owed.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AwayContactBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/contact")]
pub(crate) async fn contact(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<AwayContactBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Contact, body)).await
}
