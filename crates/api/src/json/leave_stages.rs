//! What becomes of the stage that runs.

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

/// What becomes of the stage that runs.
#[derive(Debug, ToSchema)]
pub(crate) struct AwayStageBody {
    /// Which, from 1 on.
    #[schema(minimum = 1, maximum = 6, value_type = u32)]
    stage: Option<u8>,
    /// `confirmed`, `prolonged` or `stepped_back`.
    how: String,
    /// What was seen, at most 2,000 characters.
    text: String,
    /// The last day of the stage that runs then; not needed where it is confirmed.
    #[schema(format = Date)]
    until: Option<String>,
}

impl FromFields for AwayStageBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { stage: f.whole("stage"), how: f.text("how"), text: f.text("text"), until: f.maybe_text("until") }
    }
}

impl Typed for AwayStageBody {
    fn draft(self) -> StepDraft {
        StepDraft {
            stage: self.stage.map(u32::from),
            word: self.how,
            text: self.text,
            until: self.until.unwrap_or_default(),
            ..StepDraft::default()
        }
    }
}

/// Confirms the stage that runs, prolongs it, or steps back.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AwayStageBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/stage")]
pub(crate) async fn stage(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<AwayStageBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Stage, body)).await
}
