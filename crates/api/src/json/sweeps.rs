//! Sweeps 排查: `/api/v1/classes/{id}/sweep`, `/api/v1/sweeps`, and what grades and schools add

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{CaseError, SummaryUnit};
use domain::id::{ClassId, GradeId, SchoolId};
use domain::sweep::{ClassSweep, SweepDraft};
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::Body;
use super::decisions::key_of;
use super::page::optional;
use super::report_shapes::FiledReportShape;
use super::reports::version_read;
use super::sweep_shapes::{ClassSweepShape, FiledSweepShape, SweepBody, SweepSummaryBody, SweepsShape};
use crate::auth::{Caller, Language};
use crate::etag::etag;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which sweep.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SweepQuery {
    /// Its first day, such as `2026-11-16`; the one that began last when nothing is said.
    sweep: Option<String>,
}

/// Which sweep, of whom.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SweepsQuery {
    /// Its first day; the one that began last when nothing is said.
    sweep: Option<String>,
    /// Of this grade.
    grade: Option<String>,
    /// Of this school.
    school: Option<String>,
}

/// The class teacher's own list in a sweep, all its versions, and whom it may name. The ETag is its version, `"0"` while there is
/// none.
#[utoipa::path(tag = "sweeps", params(("id" = String, Path), SweepQuery), responses(
    (status = 200, body = ClassSweepShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[get("/api/v1/classes/{id}/sweep")]
pub(crate) async fn show(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<ClassId>,
    query: web::Query<SweepQuery>,
) -> Result<HttpResponse, Problem> {
    let sweep = query.sweep.as_deref().unwrap_or_default();
    let view = casework::view_class_sweep(&api.desk, &caller, *id, sweep).await?;
    let version = view.versions.last().map_or(0, |v| v.version);
    let shape = ClassSweepShape::of(&api, &view, lang.0);
    Ok(HttpResponse::Ok().insert_header(etag(u64::from(version))).json(shape))
}

/// Files the class teacher's own list 关注名单, or the signed nil return 零报告. Where there is a version already, `If-Match` names
/// it: the new one stands beside it. A list alarms nobody: whoever is in danger on it comes back in `danger`, to be reported now.
#[utoipa::path(tag = "sweeps", params(("id" = String, Path), ("If-Match" = Option<String>, Header),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = SweepBody, responses((status = 201, body = FiledSweepShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody),
    (status = 428, body = ProblemBody)))]
#[post("/api/v1/classes/{id}/sweep")]
pub(crate) async fn file(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<ClassId>,
    body: Body<SweepBody>,
) -> Result<HttpResponse, Problem> {
    let expected = version_read(&request)?;
    let key = key_of(&request, &body.sent)?;
    let catalogue = &api.desk.catalogue;
    let b = body.sound(|b| ClassSweep::validate(&SweepDraft::from(b), catalogue).err().unwrap_or_default())?;
    let draft = SweepDraft::from(&b);
    let filed = casework::file_class_sweep(&api.desk, &caller, *id, &b.sweep, &draft, expected, key.as_ref()).await;
    let filed = filed.map_err(|err| match (expected, err) {
        (None, CaseError::Stale) => Problem::precondition_required(),
        (_, err) => err.into(),
    })?;
    let tag = etag(u64::from(filed.version));
    Ok(HttpResponse::Created().insert_header(tag).json(FiledSweepShape::of(&filed)))
}

/// How the classes in one's scope stand in a sweep: who has filed, who has not, who is in danger and was not reported.
#[utoipa::path(tag = "sweeps", params(SweepsQuery), responses((status = 200, body = SweepsShape),
    (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/sweeps")]
pub(crate) async fn list(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<SweepsQuery>,
) -> Result<HttpResponse, Problem> {
    let mut faults = Vec::new();
    let grade = optional(query.grade.as_ref(), "grade", |t| t.parse().ok(), &mut faults);
    let school = optional(query.school.as_ref(), "school", |t| t.parse().ok(), &mut faults);
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let sweep = query.sweep.as_deref().unwrap_or_default();
    let view = casework::view_sweeps(&api.desk, &caller, sweep, grade, school).await?;
    Ok(HttpResponse::Ok().json(SweepsShape::of(&api, &view, lang.0)))
}

/// Adds the summary of a grade to a sweep. What the classes wrote stays as it is.
#[utoipa::path(tag = "sweeps", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = SweepSummaryBody, responses((status = 201, body = FiledReportShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/grades/{id}/sweep")]
pub(crate) async fn grade_summary(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<GradeId>,
    body: Body<SweepSummaryBody>,
) -> Result<HttpResponse, Problem> {
    summary(&api, &caller, &request, SummaryUnit::Grade(*id), body).await
}

/// Adds the summary of a school to a sweep. What classes and grades wrote stays as it is.
#[utoipa::path(tag = "sweeps", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = SweepSummaryBody, responses((status = 201, body = FiledReportShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/schools/{id}/sweep")]
pub(crate) async fn school_summary(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<SchoolId>,
    body: Body<SweepSummaryBody>,
) -> Result<HttpResponse, Problem> {
    summary(&api, &caller, &request, SummaryUnit::School(*id), body).await
}

async fn summary(
    api: &Api,
    caller: &Caller,
    request: &HttpRequest,
    unit: SummaryUnit,
    body: Body<SweepSummaryBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(request, &body.sent)?;
    let check = |b: &SweepSummaryBody| domain::report::validate_summary(&b.text, b.signed).err().unwrap_or_default();
    let b = body.sound(check)?;
    let said = (b.text.as_str(), b.signed);
    let version = casework::add_sweep_summary(&api.desk, caller, unit, &b.sweep, said, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(FiledReportShape { version, same_weeks: None }))
}
