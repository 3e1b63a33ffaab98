//! The decision on an appeal.

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

/// The appeal is decided.
#[derive(Debug, ToSchema)]
pub(crate) struct AppealAnswerBody {
    /// Whether the child comes back after all.
    #[schema(value_type = bool)]
    grants: Option<bool>,
    /// Why, at most 2,000 characters.
    reason: String,
    /// The stages of the return; needed where it is granted.
    #[schema(max_items = 6)]
    stages: Vec<AwayStagePlanBody>,
}

impl FromFields for AppealAnswerBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { grants: f.flag("grants"), reason: f.text("reason"), stages: f.objects("stages") }
    }
}

impl Typed for AppealAnswerBody {
    fn draft(self) -> StepDraft {
        StepDraft {
            yes: self.grants,
            reason: self.reason,
            stages: self.stages.into_iter().map(AwayStagePlanBody::draft).collect(),
            ..StepDraft::default()
        }
    }
}

/// Decides an appeal: the child comes back after all, or it stays as it is.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AppealAnswerBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/answer")]
pub(crate) async fn answer(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<AppealAnswerBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Answer, body)).await
}
