//! Filing an observation: the form, the question before a red, the receipt.

mod draft;
mod form_view;
pub(super) mod mine;
pub(super) mod new;
pub(super) mod post;
pub(super) mod received;

use actix_web::{HttpRequest, HttpResponse};
use casework::{NewSession, SessionKind};

use super::form::Fields;
use super::visitor::{PageError, Visitor};
use crate::auth::{lang_of, opening, request_id};
use crate::state::Api;

/// Shows the form with what was typed before the session ended.
pub(super) async fn again(
    api: &Api,
    request: &HttpRequest,
    session: &NewSession,
    kept: Fields,
) -> Result<HttpResponse, PageError> {
    let id = Some(request_id(request));
    let (secret, page) = (&session.secret, SessionKind::Page.key());
    let signed = casework::authenticate(&api.desk, secret, page, id, opening(request)).await?;
    let who = Visitor::just_signed_in(signed, lang_of(request), &session.secret, request.clone());
    new::show(api, &who.at("/observations/new"), &kept, &[]).await
}
