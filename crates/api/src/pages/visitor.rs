//! Somebody who looks at pages: signed in by a cookie, looked up at every request.

use std::fmt;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError, web};
use casework::{CaseError, SessionKind, Signed, authenticate};
use domain::lang::Lang;

use super::cookies;
use super::form::Fields;
use super::origin::{same_site, token_of};
use crate::auth::{lang_of, opening, request_id};
use crate::problem::Problem;
use crate::state::Api;

/// Somebody who is signed in to the pages.
#[derive(Clone)]
pub(crate) struct Visitor {
    signed: Signed,
    /// The language of the answer.
    pub(crate) lang: Lang,
    /// The token of the forms.
    pub(crate) csrf: String,
    /// The address of this page, with its query.
    pub(crate) here: String,
    request: HttpRequest,
}

impl Deref for Visitor {
    type Target = Signed;
    fn deref(&self) -> &Signed {
        &self.signed
    }
}

/// Why a page is not shown.
pub(crate) enum PageError {
    /// Sign in first, then come back here.
    SignIn(String),
    /// Change the first password first, then come back here.
    ChangePassword(String),
    /// A problem, shown as a page.
    Problem(Problem),
}

/// Where somebody wanted to go may name a child: it stands in no log.
impl fmt::Debug for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignIn(_) => f.write_str("not_signed_in"),
            Self::ChangePassword(_) => f.write_str("password_change_required"),
            Self::Problem(problem) => problem.fmt(f),
        }
    }
}

impl From<Problem> for PageError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<CaseError> for PageError {
    fn from(err: CaseError) -> Self {
        if matches!(err, CaseError::PasswordChangeRequired) {
            Self::ChangePassword("/".to_owned())
        } else {
            Self::Problem(err.into())
        }
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignIn(_) | Self::ChangePassword(_) => StatusCode::SEE_OTHER,
            Self::Problem(problem) => problem.status,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::ChangePassword(next) => see_other(&format!("/me/password?next={}", encoded(next))),
            Self::SignIn(next) => see_other(&format!("/sign-in?next={}", encoded(next))),
            Self::Problem(problem) => problem.error_response(),
        }
    }
}

/// Where somebody wanted to go: what was sent by a form is not sent again.
fn wanted(request: &HttpRequest) -> String {
    let get = request.method() == actix_web::http::Method::GET;
    request.uri().path_and_query().filter(|_| get).map_or("/", |p| p.as_str()).to_owned()
}

/// Sends the browser elsewhere, with a GET.
pub(crate) fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// A text inside a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, b| {
        use fmt::Write;
        if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

impl Visitor {
    /// Who is looking.
    ///
    /// # Errors
    /// When nobody is signed in, or the database refuses.
    pub(crate) async fn of(request: &HttpRequest, api: &Api) -> Result<Self, CaseError> {
        let secure = api.settings.is_secure();
        let secret = cookies::read_session(request, secure).ok_or(CaseError::NotSignedIn)?;
        let id = Some(request_id(request));
        let signed = authenticate(&api.desk, &secret, SessionKind::Page.key(), id, opening(request)).await?;
        let here = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let (lang, csrf) = (lang_of(request), token_of(&secret));
        Ok(Self { signed, lang, csrf, here, request: request.clone() })
    }

    /// Somebody whose session has just begun.
    pub(crate) fn just_signed_in(signed: Signed, lang: Lang, secret: &str, request: HttpRequest) -> Self {
        Self { signed, lang, csrf: token_of(secret), here: "/".to_owned(), request }
    }

    /// Lets a form pass that this person sent from a page of ours.
    pub(crate) fn check(&self, fields: &Fields) -> Result<(), Problem> {
        same_site(&self.request)?;
        if fields.get("csrf") == self.csrf { Ok(()) } else { Err(Problem::cross_site()) }
    }

    /// The same person on another page, for forms that are shown again.
    pub(crate) fn at(mut self, here: &str) -> Self {
        here.clone_into(&mut self.here);
        self
    }
}

impl FromRequest for Visitor {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let api = request.app_data::<web::Data<Api>>().ok_or_else(Problem::not_signed_in)?;
            match Self::of(&request, api).await {
                Ok(visitor) => Ok(visitor),
                Err(CaseError::NotSignedIn) => Err(PageError::SignIn(wanted(&request))),
                Err(CaseError::PasswordChangeRequired) => Err(PageError::ChangePassword(wanted(&request))),
                Err(err) => Err(err.into()),
            }
        })
    }
}
