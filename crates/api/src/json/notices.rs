//! Notices to guardians: `/api/v1/students/{id}/notices`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::guardian_notice::{NoticeStep, StepDraft};
use domain::id::{NoticeId, StudentId};

use super::body::Body;
use super::decisions::key_of;
use super::notice_bodies::{NoticeBody, NoticeReturnBody, OpinionBody, RefusalBody, SignatureBody};
use super::notice_shapes::{NoticeShape, Notices};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

async fn one(api: &Api, caller: &Caller, (student, id): (StudentId, NoticeId)) -> Result<NoticeShape, Problem> {
    let (_, all) = casework::list_notices(&api.desk, caller, student).await?;
    all.iter().find(|n| n.id == id).map(NoticeShape::of).ok_or_else(Problem::not_found)
}

/// The notices about a student.
#[utoipa::path(tag = "students", params(("id" = String, Path)), responses((status = 200, body = Notices),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/notices")]
pub(crate) async fn notices(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, Problem> {
    let (_, all) = casework::list_notices(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(Notices { items: all.iter().map(NoticeShape::of).collect(), next_cursor: None }))
}

/// Issues a notice. A conflict says that nobody of the household may be told.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = NoticeBody, responses((status = 201, body = NoticeShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/notices")]
pub(crate) async fn issue(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<NoticeBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|b| b.draft().validate().err().unwrap_or_default())?;
    let notice = casework::issue_notice(&api.desk, &caller, *id, &b.draft(), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(one(&api, &caller, (*id, notice)).await?))
}

async fn take(
    api: &Api,
    caller: &Caller,
    of: (StudentId, NoticeId),
    step: (NoticeStep, &StepDraft),
    key: Option<casework::IdempotencyKey>,
) -> Result<HttpResponse, Problem> {
    casework::take_notice_step(&api.desk, caller, of, step, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(one(api, caller, of).await?))
}

/// Writes down that a guardian signed.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("notice" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = SignatureBody, responses((status = 201, body = NoticeShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/notices/{notice}/signature")]
pub(crate) async fn signature(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, NoticeId)>,
    body: Body<SignatureBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    take(&api, &caller, path.into_inner(), (NoticeStep::Signed, &b.draft()), key).await
}

/// Writes down that a guardian refused to sign, before a witness. Nothing waits for it.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("notice" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = RefusalBody, responses((status = 201, body = NoticeShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/notices/{notice}/refusal")]
pub(crate) async fn refusal(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, NoticeId)>,
    body: Body<RefusalBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    take(&api, &caller, path.into_inner(), (NoticeStep::Refused, &b.draft()), key).await
}

/// Writes down that the school's half came back.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("notice" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = NoticeReturnBody, responses((status = 201, body = NoticeShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/notices/{notice}/return")]
pub(crate) async fn returned(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, NoticeId)>,
    body: Body<NoticeReturnBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    take(&api, &caller, path.into_inner(), (NoticeStep::Returned, &b.draft()), key).await
}

/// Writes down a second opinion, at any time.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("notice" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = OpinionBody, responses((status = 201, body = NoticeShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/notices/{notice}/second-opinion")]
pub(crate) async fn second_opinion(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    path: web::Path<(StudentId, NoticeId)>,
    body: Body<OpinionBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    take(&api, &caller, path.into_inner(), (NoticeStep::SecondOpinion, &b.draft()), key).await
}
