//! The weekly reports: `/api/v1/classes/{id}/report`, `/api/v1/reports`, and what grades and schools add

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{CaseError, SummaryUnit};
use domain::id::{ClassId, GradeId, SchoolId};
use domain::report::{ClassReport, ReportDraft, Week};
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::Body;
use super::decisions::key_of;
use super::page::optional;
use super::report_shapes::{ClassReportShape, FiledReportShape, ReportBody, ReportsShape, SummaryBody};
use crate::auth::{Caller, Language};
use crate::etag::{etag, if_match};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which week.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WeekQuery {
    /// The Monday of the week, such as `2026-11-23`; this week when nothing is said.
    week: Option<String>,
}

/// Which week, of whom.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportsQuery {
    /// The Monday of the week; this week when nothing is said.
    week: Option<String>,
    /// Of this grade.
    grade: Option<String>,
    /// Of this school.
    school: Option<String>,
}

/// The report of a class in a week, all its versions, and whom it may be about. The ETag is its version, `"0"` while there
/// is none.
#[utoipa::path(tag = "reports", params(("id" = String, Path), WeekQuery), responses(
    (status = 200, body = ClassReportShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[get("/api/v1/classes/{id}/report")]
pub(crate) async fn report(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<ClassId>,
    query: web::Query<WeekQuery>,
) -> Result<HttpResponse, Problem> {
    let week = query.week.as_deref().unwrap_or_default();
    let view = casework::view_class_report(&api.desk, &caller, *id, week).await?;
    let version = view.versions.last().map_or(0, |v| v.version);
    let shape = ClassReportShape::of(&api, &view, lang.0);
    Ok(HttpResponse::Ok().insert_header(etag(u64::from(version))).json(shape))
}

/// Files the weekly report of a class 班级周报, or the signed nil return 零报告. Where there is a version already, `If-Match`
/// names it: the new one stands beside it.
#[utoipa::path(tag = "reports", params(("id" = String, Path), ("If-Match" = Option<String>, Header),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = ReportBody, responses((status = 201, body = FiledReportShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody),
    (status = 428, body = ProblemBody)))]
#[post("/api/v1/classes/{id}/report")]
pub(crate) async fn file(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<ClassId>,
    body: Body<ReportBody>,
) -> Result<HttpResponse, Problem> {
    let expected = version_read(&request)?;
    let key = key_of(&request, &body.sent)?;
    let today = api.desk.calendar.date(api.desk.now());
    let check = |b: &ReportBody| {
        let week = Week::read(&b.week).unwrap_or_else(|_| Week::of(today));
        ClassReport::validate(&ReportDraft::from(b), week).err().unwrap_or_default()
    };
    let b = body.sound(check)?;
    let draft = ReportDraft::from(&b);
    let filed = casework::file_class_report(&api.desk, &caller, *id, &b.week, &draft, expected, key.as_ref()).await;
    let filed = filed.map_err(|err| match (expected, err) {
        (None, CaseError::Stale) => Problem::precondition_required(),
        (_, err) => err.into(),
    })?;
    let tag = etag(u64::from(filed.version));
    Ok(HttpResponse::Created().insert_header(tag).json(FiledReportShape::of(&filed)))
}

/// The version that is to be corrected; nothing where a first one is filed.
pub(super) fn version_read(request: &HttpRequest) -> Result<Option<u32>, Problem> {
    if !request.headers().contains_key(header::IF_MATCH) {
        return Ok(None);
    }
    if_match(request).map(|version| Some(u32::try_from(version).unwrap_or(u32::MAX)))
}

/// How the classes in one's scope stand in a week: who has filed, who has not, who says the same for weeks.
#[utoipa::path(tag = "reports", params(ReportsQuery), responses((status = 200, body = ReportsShape),
    (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/reports")]
pub(crate) async fn list(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<ReportsQuery>,
) -> Result<HttpResponse, Problem> {
    let mut faults = Vec::new();
    let grade = optional(query.grade.as_ref(), "grade", |t| t.parse().ok(), &mut faults);
    let school = optional(query.school.as_ref(), "school", |t| t.parse().ok(), &mut faults);
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let week = query.week.as_deref().unwrap_or_default();
    let view = casework::view_reports(&api.desk, &caller, week, grade, school).await?;
    Ok(HttpResponse::Ok().json(ReportsShape::of(&api, &view, lang.0)))
}

/// Adds the summary of a grade to a week 年级汇总. What the classes wrote stays as it is.
#[utoipa::path(tag = "reports", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = SummaryBody, responses((status = 201, body = FiledReportShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/grades/{id}/report")]
pub(crate) async fn grade_summary(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<GradeId>,
    body: Body<SummaryBody>,
) -> Result<HttpResponse, Problem> {
    summary(&api, &caller, &request, SummaryUnit::Grade(*id), body).await
}

/// Adds the summary of a school to a week 学校汇总. What classes and grades wrote stays as it is.
#[utoipa::path(tag = "reports", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = SummaryBody, responses((status = 201, body = FiledReportShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/schools/{id}/report")]
pub(crate) async fn school_summary(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<SchoolId>,
    body: Body<SummaryBody>,
) -> Result<HttpResponse, Problem> {
    summary(&api, &caller, &request, SummaryUnit::School(*id), body).await
}

async fn summary(
    api: &Api,
    caller: &Caller,
    request: &HttpRequest,
    unit: SummaryUnit,
    body: Body<SummaryBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(request, &body.sent)?;
    let check = |b: &SummaryBody| domain::report::validate_summary(&b.text, b.signed).err().unwrap_or_default();
    let b = body.sound(check)?;
    let version = casework::add_summary(&api.desk, caller, unit, &b.week, (&b.text, b.signed), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(FiledReportShape { version, same_weeks: None }))
}
