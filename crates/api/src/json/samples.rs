//! Signed decisions that were drawn 抽查: `/api/v1/decision-samples`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::id::SampleId;
use domain::sample::Finding;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::sample_shapes::{SampleShape, SampleSummaryShape};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MonthQuery {
    /// The month, such as `2026-11`; this month when nothing is said.
    month: Option<String>,
}

/// What was found.
#[derive(Debug, ToSchema)]
pub(crate) struct FindingBody {
    /// `agrees`, `question` (whoever decided has it as a task) or `disagrees` (the alert is opened again).
    finding: String,
    /// At most 2,000 characters; needed but for `agrees`.
    words: Option<String>,
}

impl FromFields for FindingBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { finding: f.text("finding"), words: f.maybe_text("words") }
    }
}

/// How many signed decisions of a month were drawn, and what came of it.
#[utoipa::path(tag = "alerts", params(MonthQuery), responses((status = 200, body = SampleSummaryShape),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/decision-samples")]
pub(crate) async fn summary(
    api: web::Data<Api>,
    caller: Caller,
    query: web::Query<MonthQuery>,
) -> Result<HttpResponse, Problem> {
    let found = casework::view_samples(&api.desk, &caller, query.month.as_deref().unwrap_or_default()).await?;
    Ok(HttpResponse::Ok().json(SampleSummaryShape::of(&found)))
}

/// A decision that was drawn, with what it rested on. Whoever signed it reads it once somebody has looked.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), responses((status = 200, body = SampleShape),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/decision-samples/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<SampleId>,
) -> Result<HttpResponse, Problem> {
    let view = casework::view_sample(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(SampleShape::of(&view)))
}

/// Writes down what was found: once, and for good. The decision stays as it was signed.
#[utoipa::path(tag = "alerts", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = FindingBody, responses((status = 201, body = SampleShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/decision-samples/{id}/finding")]
pub(crate) async fn find(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<SampleId>,
    body: Body<FindingBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|b| Finding::validate(&b.finding, b.words.as_deref()).err().unwrap_or_default())?;
    casework::find_sample(&api.desk, &caller, *id, &b.finding, b.words.as_deref(), key.as_ref()).await?;
    let view = casework::view_sample(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Created().json(SampleShape::of(&view)))
}
