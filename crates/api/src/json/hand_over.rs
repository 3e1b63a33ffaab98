//! Handing over: `/api/v1/alerts/{id}/hand-over`, `/accept`, `/refuse`

use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::alert::HandOver;
use domain::id::AlertId;
use serde::Serialize;
use utoipa::ToSchema;

use super::alerts::AlertShape;
use super::body::{Body, Fields, FromFields};
use super::decisions::{Note, answer, if_match_visible};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A hand-over.
#[derive(Debug, ToSchema)]
pub(crate) struct HandOverBody {
    /// To whom: `per_…`.
    to: String,
    /// Why, at most 2,000 characters.
    reason: String,
}

impl FromFields for HandOverBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { to: f.text("to"), reason: f.text("reason") }
    }
}

/// A hand-over that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandOverShape {
    /// To whom it is offered.
    to: Named,
    /// When.
    at: String,
    /// Unanswered, it goes back then.
    due_at: String,
    /// Why.
    reason: String,
}

impl HandOverShape {
    pub(crate) fn of(h: &casework::HandOverRecord) -> Self {
        Self {
            to: Named::new(h.to.0, h.to.1.clone()),
            at: rfc3339(h.at),
            due_at: rfc3339(h.due_at),
            reason: h.reason.clone(),
        }
    }
}

/// Offers an alert to a colleague. It stays with its owner until it is accepted; no clock moves by it.
#[utoipa::path(tag = "alerts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = HandOverBody, responses((status = 202, body = AlertShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody),
    (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/hand-over")]
pub(crate) async fn hand_over(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<HandOverBody>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let b = body.sound(|b| HandOver::validate(&b.to, &b.reason).err().unwrap_or_default())?;
    casework::hand_over(&api.desk, &caller, *id, expected, &b.to, &b.reason).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Accepted(), Some("awaiting_acceptance")).await
}

/// Accepts an alert that was offered: from now on it is the caller's.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), request_body = Note, responses(
    (status = 200, body = AlertShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/accept")]
pub(crate) async fn accept(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<AlertId>,
    body: Body<Note>,
) -> Result<HttpResponse, Problem> {
    let _ = body.sound(|_| Vec::new())?;
    casework::accept_hand_over(&api.desk, &caller, *id).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}

/// Refuses an alert that was offered: it stays with its owner, who hears of it, and so does the vice-principal.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), request_body = Note, responses(
    (status = 200, body = AlertShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/refuse")]
pub(crate) async fn refuse(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<AlertId>,
    body: Body<Note>,
) -> Result<HttpResponse, Problem> {
    let note = body.sound(|_| Vec::new())?.note;
    casework::refuse_hand_over(&api.desk, &caller, *id, note.as_deref()).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}
