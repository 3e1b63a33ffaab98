//! The assessment before a return.

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

/// The child was assessed.
#[derive(Debug, ToSchema)]
pub(crate) struct AwayAssessmentBody {
    /// What was found, at most 2,000 characters.
    text: String,
    /// Whether means were asked about: it has to be so.
    #[schema(value_type = bool)]
    means_asked: Option<bool>,
    /// `return`, `postpone` or `refuse`.
    advice: String,
}

impl FromFields for AwayAssessmentBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { text: f.text("text"), means_asked: f.flag("means_asked"), advice: f.text("advice") }
    }
}

impl Typed for AwayAssessmentBody {
    fn draft(self) -> StepDraft {
        StepDraft { text: self.text, means_asked: self.means_asked, word: self.advice, ..StepDraft::default() }
    }
}

/// Writes down the assessment. The counsellor alone reads what it says.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AwayAssessmentBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/assessment")]
pub(crate) async fn assessment(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<AwayAssessmentBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Assessment, body)).await
}
