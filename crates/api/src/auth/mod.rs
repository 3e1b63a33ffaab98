//! Who is asking. The session is looked up at every request: nothing in a token is believed but its signature.

mod first_password;
pub(crate) mod jwt;

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use casework::{SessionKind, Signed, authenticate};
use domain::lang::Lang;
use tracing_actix_web::RequestId;

use crate::problem::Problem;
use crate::state::Api;

pub(crate) use first_password::{is_open, opening};

/// Somebody who is signed in to the API.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) Signed);

impl Deref for Caller {
    type Target = Signed;
    fn deref(&self) -> &Signed {
        &self.0
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let api = request.app_data::<web::Data<Api>>().ok_or_else(Problem::not_signed_in)?;
            let value = request.headers().get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
            let token =
                value.and_then(|v| v.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            let (_, token) = token.ok_or_else(Problem::not_signed_in)?;
            let secret = api.tokens.open(token.trim(), api.desk.real_now()).ok_or_else(Problem::not_signed_in)?;
            let id = request_id(&request);
            let opening = opening(&request);
            Ok(Self(authenticate(&api.desk, &secret, SessionKind::Api.key(), Some(id), opening).await?))
        })
    }
}

/// The id of a request.
pub(crate) fn request_id(request: &HttpRequest) -> String {
    use actix_web::HttpMessage;
    request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default()
}

/// The language that the address asks for, from now on.
pub(crate) fn chosen_now(request: &HttpRequest) -> Option<&'static str> {
    request.query_string().split('&').find_map(|pair| match pair {
        "lang=zh" => Some("zh"),
        "lang=en" => Some("en"),
        _ => None,
    })
}

/// The language of a request: the user's choice, else what the browser prefers.
pub(crate) fn lang_of(request: &HttpRequest) -> Lang {
    let cookie = || request.cookie("lang").map(|c| c.value().to_owned());
    match chosen_now(request).map(str::to_owned).or_else(cookie).as_deref() {
        Some("en") => Lang::En,
        Some("zh") => Lang::Zh,
        _ => request
            .headers()
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|v| v.to_str().ok())
            .map_or(Lang::Zh, Lang::from_accept),
    }
}

/// The language of a request, as an argument of a handler.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Language(pub(crate) Lang);

impl FromRequest for Language {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self(lang_of(request))))
    }
}
