//! `/api/v1/session`

use actix_web::{HttpRequest, HttpResponse, delete, post, web};
use casework::SessionKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::shapes::{PositionShape, rfc3339};
use crate::auth::{Caller, Language, opening, request_id};
use crate::pages::cookies::read_device;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Who signs in.
#[derive(ToSchema)]
pub(crate) struct SignIn {
    /// The login.
    login: String,
    /// The password.
    password: String,
    /// A one-time code, where a second factor is set up.
    #[expect(dead_code, reason = "part of the contract; second factors are not set up yet")]
    otp: Option<String>,
}

impl FromFields for SignIn {
    fn from_fields(f: &mut Fields) -> Self {
        Self { login: f.required_text("login"), password: f.required_text("password"), otp: f.maybe_text("otp") }
    }
}

/// A session that has begun.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    /// For `Authorization: Bearer`.
    token: String,
    /// When it ends at the latest; 30 minutes unused end it earlier.
    expires_at: String,
    /// Who signed in.
    person: SessionPerson,
}

/// Who signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionPerson {
    /// The id.
    id: String,
    /// The name.
    name: String,
    /// Positions that hold now.
    positions: Vec<PositionShape>,
}

/// Signs in.
#[utoipa::path(tag = "session", security(()), request_body = SignIn, responses(
    (status = 201, body = Session), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[post("/api/v1/session")]
pub(crate) async fn sign_in(
    api: web::Data<Api>,
    request: HttpRequest,
    lang: Language,
    body: Body<SignIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.sound(|_| Vec::new())?;
    let (id, secure) = (Some(request_id(&request)), api.settings.is_secure());
    let device = read_device(&request, secure).and_then(|token| api.tokens.known_device(&token, &body.login));
    let (login, password, kind) = (&body.login, &body.password, SessionKind::Api);
    let session = casework::sign_in(&api.desk, login, password, device.as_deref(), kind, id).await?;
    let opening = opening(&request);
    let signed = casework::authenticate(&api.desk, &session.secret, SessionKind::Api.key(), None, opening).await?;
    let positions = casework::describe_positions(&api.desk, &signed.actor, lang.0).await?;
    let token = api.tokens.seal(&session, api.desk.real_now()).ok_or_else(Problem::not_signed_in)?;
    let person = SessionPerson {
        id: session.person.to_string(),
        name: session.name,
        positions: positions.iter().map(PositionShape::from).collect(),
    };
    Ok(HttpResponse::Created().json(Session { token, expires_at: rfc3339(session.expires_at), person }))
}

/// Signs out: the token is refused from the next request on.
#[utoipa::path(tag = "session", responses((status = 204), (status = 401, body = ProblemBody)))]
#[delete("/api/v1/session")]
pub(crate) async fn sign_out(api: web::Data<Api>, caller: Caller) -> Result<HttpResponse, Problem> {
    casework::sign_out(&api.desk, &caller).await?;
    Ok(HttpResponse::NoContent().finish())
}
