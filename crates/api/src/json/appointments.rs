//! Positions that were proposed or given 任职: `/api/v1/appointments`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::AppointmentQuery;
use domain::appointment::AppointmentState;
use domain::id::{AppointmentId, PersonId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::appointment_shapes::{
    AppointmentShape, Appointments, ConfirmedShape, HandOverWord, PositionBody, RefusePositionBody,
};
use super::body::Body;
use super::decisions::key_of;
use super::page::{after, cursor, limit, optional};
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which positions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AppointmentsQuery {
    /// In this state.
    state: Option<String>,
    /// How many, 1 to 200.
    limit: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

fn read(query: &AppointmentsQuery) -> Result<AppointmentQuery, Problem> {
    let mut faults = Vec::new();
    let place = |parts: &[String]| match parts {
        [at, id] => at.parse().ok().and_then(domain::time::from_micros).zip(id.parse().ok()),
        _ => None,
    };
    let wanted = AppointmentQuery {
        state: optional(query.state.as_ref(), "state", AppointmentState::from_key, &mut faults),
        after: after(query.cursor.as_ref(), place, &mut faults),
        limit: limit(query.limit.as_deref(), &mut faults),
    };
    if faults.is_empty() { Ok(wanted) } else { Err(Problem::invalid(faults)) }
}

/// Positions that were proposed or given: for whoever keeps the accounts, and for whoever confirms.
#[utoipa::path(tag = "people", params(AppointmentsQuery), responses((status = 200, body = Appointments),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/appointments")]
pub(crate) async fn list(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<AppointmentsQuery>,
) -> Result<HttpResponse, Problem> {
    let (found, next) = casework::list_appointments(&api.desk, &caller, &read(&query)?, lang.0).await?;
    let next_cursor = next.map(|(at, id)| cursor(&[domain::time::to_micros(at).to_string(), id.to_string()]));
    Ok(HttpResponse::Ok().json(Appointments { items: found.iter().map(AppointmentShape::from).collect(), next_cursor }))
}

/// Proposes a further position for somebody. What reads, takes, assesses or signs anything about children waits until somebody
/// else confirms it.
#[utoipa::path(tag = "people", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = PositionBody, responses((status = 201, body = AppointmentShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/people/{id}/positions")]
pub(crate) async fn propose(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<PersonId>,
    body: Body<PositionBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let draft = body.sound(|b| b.draft().validate())?.draft();
    let new = casework::propose_position(&api.desk, &caller, *id, &draft, key.as_ref()).await?;
    let view = casework::view_appointment(&api.desk, &caller, new, lang.0).await?;
    Ok(HttpResponse::Created().json(AppointmentShape::from(&view)))
}

/// Confirms a position: it holds from now on. Neither whoever proposed it nor whoever it is about does. Where nobody knows yet who
/// set the password of its account, the answer has a word: whoever confirms hands it to its owner in person.
#[utoipa::path(tag = "people", params(("id" = String, Path)), responses((status = 200, body = ConfirmedShape),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody)))]
#[post("/api/v1/appointments/{id}/confirm")]
pub(crate) async fn confirm(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<AppointmentId>,
) -> Result<HttpResponse, Problem> {
    let word = casework::confirm_appointment(&api.desk, &caller, *id).await?;
    let view = casework::view_appointment(&api.desk, &caller, *id, lang.0).await?;
    Ok(HttpResponse::Ok().json(ConfirmedShape { appointment: AppointmentShape::from(&view), word }))
}

/// Gives another word for an account that has its first password: whoever decides on such a position, where the one before was
/// lost or there was none.
#[utoipa::path(tag = "people", params(("id" = String, Path)), responses((status = 200, body = HandOverWord),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody)))]
#[post("/api/v1/appointments/{id}/word")]
pub(crate) async fn another_word(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<AppointmentId>,
) -> Result<HttpResponse, Problem> {
    let word = casework::give_new_word(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(HandOverWord { word }))
}

/// Refuses a position, with a reason: it never holds.
#[utoipa::path(tag = "people", params(("id" = String, Path)), request_body = RefusePositionBody, responses(
    (status = 200, body = AppointmentShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/appointments/{id}/refuse")]
pub(crate) async fn refuse(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<AppointmentId>,
    body: Body<RefusePositionBody>,
) -> Result<HttpResponse, Problem> {
    let b = body.sound(|b| domain::appointment::refusal(&b.reason).err().unwrap_or_default())?;
    casework::refuse_appointment(&api.desk, &caller, *id, &b.reason).await?;
    let view = casework::view_appointment(&api.desk, &caller, *id, lang.0).await?;
    Ok(HttpResponse::Ok().json(AppointmentShape::from(&view)))
}
