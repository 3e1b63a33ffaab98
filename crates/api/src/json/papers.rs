//! The forms of a school on paper. Each print is written down before the first byte leaves.

use actix_web::{HttpResponse, get, web};
use domain::id::{EventId, NoticeId, ReferralId, StudentId};

use super::prints::FileBytes;
use crate::auth::Caller;
use crate::printing::papers::{Paper, print};
use crate::printing::respond::{PDF, file};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

async fn answer(api: &Api, caller: &Caller, student: StudentId, paper: Paper) -> Result<HttpResponse, Problem> {
    let (number, bytes) = print(api, caller, student, paper).await?;
    Ok(file(PDF, &format!("{}-{number}.pdf", paper.file()), bytes))
}

/// A referral slip 转介单 in two halves, for whoever made it and for the counsellor.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("referral" = String, Path)), responses(
    (status = 200, body = FileBytes, content_type = "application/pdf"), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[get("/api/v1/students/{id}/referrals/{referral}.pdf")]
pub(crate) async fn referral(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, ReferralId)>,
) -> Result<HttpResponse, Problem> {
    answer(&api, &caller, path.0, Paper::Referral(path.1)).await
}

/// A notice 告知书 in two halves. A conflict says that nobody of the household may be told.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("notice" = String, Path)), responses(
    (status = 200, body = FileBytes, content_type = "application/pdf"), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 409, body = ProblemBody), (status = 404, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[get("/api/v1/students/{id}/notices/{notice}.pdf")]
pub(crate) async fn notice(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, NoticeId)>,
) -> Result<HttpResponse, Problem> {
    answer(&api, &caller, path.0, Paper::Notice(path.1)).await
}

/// The record of a talk 访谈记录, for whoever reads it on the screen; for everybody else it is not there.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("entry" = String, Path)), responses(
    (status = 200, body = FileBytes, content_type = "application/pdf"), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[get("/api/v1/students/{id}/interviews/{entry}.pdf")]
pub(crate) async fn interview(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, EventId)>,
) -> Result<HttpResponse, Problem> {
    answer(&api, &caller, path.0, Paper::Interview(path.1)).await
}

/// The newest version of the plan 一生一策, for those who read plans.
#[utoipa::path(tag = "students", params(("id" = String, Path)), responses(
    (status = 200, body = FileBytes, content_type = "application/pdf"), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[get("/api/v1/students/{id}/plan.pdf")]
pub(crate) async fn plan(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, Problem> {
    answer(&api, &caller, *id, Paper::Plan).await
}
