//! `/api/v1/me/password`

use actix_web::{HttpRequest, HttpResponse, post, web};
use casework::PasswordChange;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use crate::auth::Caller;
use crate::pages::cookies::read_device;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Another password.
#[derive(ToSchema)]
pub(crate) struct PasswordBody {
    /// The present one.
    current: String,
    /// The one that is to be: 10 to 256 characters, none of what everybody knows of its owner, none that very many have.
    new: String,
    /// The word that whoever confirmed a position handed over: needed to end the first password of an account whose position waits
    /// or was confirmed, and of no use otherwise.
    word: Option<String>,
}

impl FromFields for PasswordBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { current: f.required_text("current"), new: f.required_text("new"), word: f.maybe_text("word") }
    }
}

/// Changes one's own password. Wrong present ones, and wrong words, slow down as wrong passwords do when somebody signs in. Every
/// session of the person ends, this one as well: its token is over. He is told at every verified contact method.
#[utoipa::path(tag = "session", request_body = PasswordBody, responses((status = 204),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
    (status = 503, body = ProblemBody)))]
#[post("/api/v1/me/password")]
pub(crate) async fn change(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    body: Body<PasswordBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.sound(|_| Vec::new())?;
    let device = read_device(&request, api.settings.is_secure()).and_then(|token| api.tokens.marked_device(&token));
    let device = device.as_ref().map(|(login, mark)| (login.as_str(), mark.as_str()));
    let word = body.word.as_deref().unwrap_or_default();
    let change = PasswordChange { current: &body.current, new: &body.new, again: None, word, device };
    casework::change_password(&api.desk, &caller, change).await?;
    Ok(HttpResponse::NoContent().finish())
}
