//! Hand-overs of students: `/api/v1/student-hand-overs`

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get, post, web};
use casework::StudentHandOverQuery;
use domain::id::{StudentHandOverId, StudentId};
use domain::student_hand_over::MoveState;
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::Body;
use super::decisions::key_of;
use super::page::{after, cursor, limit, optional};
use super::shapes::rfc3339;
use super::student_hand_over_shapes::{
    AcceptStudentBody, OpenMattersShape, RefuseStudentBody, SentShape, StudentHandOverBody, StudentHandOverShape,
    StudentHandOvers, ToldBody, UnsealBody, UnsealedShape,
};
use crate::auth::{Caller, Language};
use crate::etag::{etag, if_match};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which hand-overs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StudentHandOversQuery {
    /// `true` for those alone that one sent, or answers.
    mine: Option<String>,
    /// In this state; those that wait or came back when nothing is said.
    state: Option<String>,
    /// About this student, in any state.
    student: Option<String>,
    /// How many, 1 to 200.
    limit: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// Hand-overs of students: those of one's own side, and those that wait for it. Before it is accepted the receiver sees that it
/// waits, the name, the class, and what is needed to answer.
#[utoipa::path(tag = "student-hand-overs", params(StudentHandOversQuery), responses(
    (status = 200, body = StudentHandOvers), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/student-hand-overs")]
pub(crate) async fn list(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<StudentHandOversQuery>,
) -> Result<HttpResponse, Problem> {
    let (found, next) = casework::list_student_hand_overs(&api.desk, &caller, &read(&query)?).await?;
    let next_cursor = next.map(|(at, id)| cursor(&[domain::time::to_micros(at).to_string(), id.to_string()]));
    let items = found.iter().map(|v| StudentHandOverShape::of(&api, v, lang.0)).collect();
    Ok(HttpResponse::Ok().json(StudentHandOvers { items, next_cursor }))
}

fn read(query: &StudentHandOversQuery) -> Result<StudentHandOverQuery, Problem> {
    let mut faults = Vec::new();
    let flag = |text: &str| match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    let place = |parts: &[String]| match parts {
        [at, id] => at.parse().ok().and_then(domain::time::from_micros).zip(id.parse().ok()),
        _ => None,
    };
    let wanted = StudentHandOverQuery {
        mine: optional(query.mine.as_ref(), "mine", flag, &mut faults).unwrap_or_default(),
        state: optional(query.state.as_ref(), "state", MoveState::from_key, &mut faults),
        student: optional(query.student.as_ref(), "student", |t| t.parse().ok(), &mut faults),
        after: after(query.cursor.as_ref(), place, &mut faults),
        limit: limit(query.limit.as_deref(), &mut faults),
    };
    if faults.is_empty() { Ok(wanted) } else { Err(Problem::invalid(faults)) }
}

/// Hands students over: a hand-over for each. Nothing moves before it is accepted.
#[utoipa::path(tag = "student-hand-overs", params(
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = StudentHandOverBody, responses((status = 201, body = SentShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/student-hand-overs")]
pub(crate) async fn send(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    body: Body<StudentHandOverBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let today = api.desk.calendar.date(now);
    let b = body.sound(|b| b.draft().validate(now, today).err().unwrap_or_default())?;
    let sent = casework::send_students(&api.desk, &caller, &b.draft(), key.as_ref()).await?;
    let mut items = Vec::new();
    for id in sent.ids {
        let view = casework::view_student_hand_over(&api.desk, &caller, id).await?;
        items.push(StudentHandOverShape::of(&api, &view, lang.0));
    }
    Ok(HttpResponse::Created().json(SentShape { items }))
}

/// A hand-over of a student.
#[utoipa::path(tag = "student-hand-overs", params(("id" = String, Path)), responses(
    (status = 200, body = StudentHandOverShape), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody)))]
#[get("/api/v1/student-hand-overs/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<StudentHandOverId>,
) -> Result<HttpResponse, Problem> {
    answer(&api, &caller, *id, lang, HttpResponse::Ok()).await
}

async fn answer(
    api: &Api,
    caller: &Caller,
    id: StudentHandOverId,
    lang: Language,
    mut status: HttpResponseBuilder,
) -> Result<HttpResponse, Problem> {
    let view = casework::view_student_hand_over(&api.desk, caller, id).await?;
    let tag = etag(view.record.version);
    Ok(status.insert_header(tag).json(StudentHandOverShape::of(api, &view, lang.0)))
}

/// Accepts a student: from now on he is the caller's, with all that is open. Of somebody who leaves it is the
/// second signature.
#[utoipa::path(tag = "student-hand-overs", params(("id" = String, Path)), request_body = AcceptStudentBody, responses(
    (status = 200, body = StudentHandOverShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/student-hand-overs/{id}/accept")]
pub(crate) async fn accept(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<StudentHandOverId>,
    body: Body<AcceptStudentBody>,
) -> Result<HttpResponse, Problem> {
    let class = body.sound(|_| Vec::new())?.class;
    casework::accept_student(&api.desk, &caller, *id, class.as_deref()).await?;
    answer(&api, &caller, *id, lang, HttpResponse::Ok()).await
}

/// Refuses a student: he stays with the sender, who hears of it, and so does the tier above him.
#[utoipa::path(tag = "student-hand-overs", params(("id" = String, Path)), request_body = RefuseStudentBody, responses(
    (status = 200, body = StudentHandOverShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/student-hand-overs/{id}/refuse")]
pub(crate) async fn refuse(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<StudentHandOverId>,
    body: Body<RefuseStudentBody>,
) -> Result<HttpResponse, Problem> {
    let b = body.sound(|_| Vec::new())?;
    casework::refuse_student(&api.desk, &caller, *id, &b.reason).await?;
    answer(&api, &caller, *id, lang, HttpResponse::Ok()).await
}

/// Takes a hand-over back that was not accepted.
#[utoipa::path(tag = "student-hand-overs", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = StudentHandOverShape), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/student-hand-overs/{id}/withdraw")]
pub(crate) async fn withdraw(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<StudentHandOverId>,
) -> Result<HttpResponse, Problem> {
    let expected = match if_match(&request) {
        Ok(expected) => expected,
        Err(missing) => {
            // Whoever may not know of it learns nothing from what is missing.
            casework::view_student_hand_over(&api.desk, &caller, *id).await?;
            return Err(missing);
        }
    };
    casework::withdraw_student(&api.desk, &caller, *id, Some(expected)).await?;
    answer(&api, &caller, *id, lang, HttpResponse::Ok()).await
}

/// Writes down that the receiver was told by telephone of an open orange or red.
#[utoipa::path(tag = "student-hand-overs", params(("id" = String, Path)), request_body = ToldBody, responses(
    (status = 200, body = StudentHandOverShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/student-hand-overs/{id}/told")]
pub(crate) async fn told(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<StudentHandOverId>,
    body: Body<ToldBody>,
) -> Result<HttpResponse, Problem> {
    let b = body.sound(|_| Vec::new())?;
    casework::tell_of_student(&api.desk, &caller, *id, &b.told_to, &b.told_by_telephone_at).await?;
    answer(&api, &caller, *id, lang, HttpResponse::Ok()).await
}

/// What there is to hand over.
#[utoipa::path(tag = "student-hand-overs", params(("id" = String, Path)), responses(
    (status = 200, body = OpenMattersShape), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/open-matters")]
pub(crate) async fn open_matters(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, Problem> {
    let found = casework::view_open_matters(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(OpenMattersShape::of(&found)))
}

/// Opens what is sealed of a file to the counsellor who signs, for a time.
#[utoipa::path(tag = "student-hand-overs", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = UnsealBody, responses((status = 201, body = UnsealedShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/unseal")]
pub(crate) async fn unseal(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<UnsealBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    let done = casework::unseal_file(&api.desk, &caller, *id, &b.purpose, b.signed, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(UnsealedShape { until: rfc3339(done.until) }))
}
