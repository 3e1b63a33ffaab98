//! `/api/v1/students/{id}/plan` and `/api/v1/measures`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::CaseError;
use domain::id::{MeasureId, StudentId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{Body, Fields, FromFields};
use super::decisions::{Note, key_of};
use super::page::optional;
use super::plan_body::PlanBody;
use super::plan_shapes::{MeasureShape, PlanShape};
use super::shapes::Named;
use crate::auth::{Caller, Language};
use crate::etag::{etag, if_match};
use crate::present::class_of;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A version that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptPlanShape {
    /// The plan.
    id: String,
    /// Which version.
    version: u64,
    /// Somebody else of the school, among those one may see, has the same or a similar name.
    similar_names: bool,
}

/// The newest version of a plan.
#[utoipa::path(tag = "plans", params(("id" = String, Path)), responses((status = 200, body = PlanShape),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/plan")]
pub(crate) async fn newest(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, Problem> {
    answer(&api, &caller, *id, None).await
}

/// A version of a plan.
#[utoipa::path(tag = "plans", params(("id" = String, Path), ("version" = String, Path)),
    responses((status = 200, body = PlanShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/plan/{version}")]
pub(crate) async fn one(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, u64)>,
) -> Result<HttpResponse, Problem> {
    let (student, version) = path.into_inner();
    answer(&api, &caller, student, Some(version)).await
}

async fn answer(api: &Api, caller: &Caller, id: StudentId, version: Option<u64>) -> Result<HttpResponse, Problem> {
    let view = casework::view_plan(&api.desk, caller, id, version).await?;
    let shape = PlanShape::of(api, &view).ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok().insert_header(etag(view.versions)).json(shape))
}

/// Writes a version of a plan. The first one needs no `If-Match`; where somebody was quicker, 412 shows both.
#[utoipa::path(tag = "plans", params(("id" = String, Path), ("If-Match" = Option<String>, Header),
    ("Idempotency-Key" = Option<String>, Header)), request_body = PlanBody, responses(
    (status = 201, body = KeptPlanShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 412, body = ProblemBody), (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/students/{id}/plan")]
pub(crate) async fn write(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<PlanBody>,
) -> Result<HttpResponse, Problem> {
    let (key, sent) = (key_of(&request, &body.sent)?, body.sent.clone());
    let expected = if_match(&request);
    let (body, unread) = body.into_parts();
    let read = expected.as_ref().map_or(0, |v| *v);
    match casework::write_plan(&api.desk, &caller, *id, read, &body.draft(unread), key.as_ref()).await {
        Ok(kept) => {
            let similar_names = casework::has_similar_names(&api.desk, &caller, *id).await?;
            let shape = KeptPlanShape { id: kept.id.to_string(), version: kept.version, similar_names };
            Ok(HttpResponse::Created().insert_header(etag(kept.version)).json(shape))
        }
        Err(CaseError::Stale) => Err(overtaken(&api, &caller, *id, expected, sent).await?),
        Err(err) => Err(err.into()),
    }
}

/// There is a version that was not read.
async fn overtaken(
    api: &Api,
    caller: &Caller,
    id: StudentId,
    expected: Result<u64, Problem>,
    sent: serde_json::Value,
) -> Result<Problem, Problem> {
    if let Err(missing) = expected {
        return Ok(missing);
    }
    let view = casework::view_plan(&api.desk, caller, id, None).await?;
    Ok(Problem::overtaken(&PlanShape::of(api, &view), sent))
}

/// Signs the newest version: its writer, then of orange and red a vice-principal who did not write it.
#[utoipa::path(tag = "plans", params(("id" = String, Path), ("version" = String, Path)), request_body = Note, responses(
    (status = 200, body = PlanShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/plan/{version}/sign")]
pub(crate) async fn sign(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, u64)>,
    body: Body<Note>,
) -> Result<HttpResponse, Problem> {
    let (student, version) = path.into_inner();
    let _ = body.sound(|_| Vec::new())?;
    casework::sign_plan(&api.desk, &caller, student, version).await?;
    answer(&api, &caller, student, Some(version)).await
}

/// A word about a measure.
#[derive(Debug, ToSchema)]
pub(crate) struct ProgressBody {
    /// What came of it, at most 2,000 characters.
    text: String,
    /// Whether it is done.
    done: Option<bool>,
}

impl FromFields for ProgressBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { text: f.text("text"), done: f.flag("done") }
    }
}

/// A word that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptProgressShape {
    /// About which measure.
    measure: String,
    /// Whether it is done.
    done: bool,
}

/// The owner of a measure says what came of it.
#[utoipa::path(tag = "plans", params(("id" = String, Path), ("measure" = String, Path),
    ("Idempotency-Key" = Option<String>, Header)), request_body = ProgressBody, responses(
    (status = 201, body = KeptProgressShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/plan/measures/{measure}/progress")]
pub(crate) async fn progress(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, MeasureId)>,
    body: Body<ProgressBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    let done = b.done.unwrap_or_default();
    let kept = casework::report_progress(&api.desk, &caller, path.into_inner(), &b.text, done, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(KeptProgressShape { measure: kept.measure.to_string(), done: kept.done }))
}

/// Which measures.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MeasuresQuery {
    /// `true`: one's own alone.
    mine: Option<String>,
}

/// A measure with the student whom it is for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeasureItem {
    /// The student.
    student: Named,
    /// The class.
    class: Named,
    /// The measure.
    measure: MeasureShape,
}

/// Measures.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Measures {
    /// Those that are overdue first.
    items: Vec<MeasureItem>,
}

/// Measures of plans in force: one's own, and everybody's for whom one writes plans.
#[utoipa::path(tag = "plans", params(MeasuresQuery), responses((status = 200, body = Measures),
    (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/measures")]
pub(crate) async fn measures(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<MeasuresQuery>,
) -> Result<HttpResponse, Problem> {
    let mut faults = Vec::new();
    let mine = optional(query.mine.as_ref(), "mine", |t| t.parse::<bool>().ok(), &mut faults);
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let found = casework::list_measures(&api.desk, &caller, mine.unwrap_or_default()).await?;
    let today = api.desk.calendar.date(api.desk.now());
    let item = |(s, m): &(casework::StudentRecord, casework::MeasureRecord)| MeasureItem {
        student: Named::new(s.id, s.name.clone()),
        class: Named::new(s.class.id, class_of(&s.class, today, lang.0)),
        measure: MeasureShape::of(&api, m),
    };
    Ok(HttpResponse::Ok().json(Measures { items: found.iter().map(item).collect() }))
}
