//! The papers of a return.

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

/// The papers were looked at.
#[derive(Debug, ToSchema)]
pub(crate) struct AwayReviewBody {
    /// Each paper that is demanded.
    #[schema(max_items = 8)]
    papers: Vec<PaperBody>,
    /// Who assesses the child, where nothing is missing: `per_…`.
    assessor: Option<String>,
    /// What is to be added.
    note: Option<String>,
}

impl FromFields for AwayReviewBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { papers: f.objects("papers"), assessor: f.maybe_text("assessor"), note: f.maybe_text("note") }
    }
}

impl Typed for AwayReviewBody {
    fn draft(self) -> StepDraft {
        StepDraft {
            papers: self.papers.into_iter().map(|p| (p.code, p.present)).collect(),
            next: self.assessor.unwrap_or_default(),
            note: self.note,
            ..StepDraft::default()
        }
    }
}

/// Says of each paper that is demanded whether it is there. With one missing the application goes back.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("leave" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AwayReviewBody, responses((status = 200, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves/{leave}/review")]
pub(crate) async fn review(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, LeaveId)>,
    body: Body<AwayReviewBody>,
) -> Result<HttpResponse, Problem> {
    take(&api, &caller, &request, path.into_inner(), (StepKind::Review, body)).await
}

/// A paper that is demanded.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct PaperBody {
    /// Which: its code in the policy.
    code: String,
    /// Whether it is there.
    #[schema(value_type = bool)]
    present: Option<bool>,
}

impl FromFields for PaperBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { code: f.text("code"), present: f.flag("present") }
    }
}
