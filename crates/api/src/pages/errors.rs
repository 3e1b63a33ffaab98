//! Problems as pages.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use domain::lang::Lang;

use super::frame::{phones, shell_for, shell_of};
use super::view::error::{ErrorKind, ErrorPage};
use super::view::shell::Shell;
use super::visitor::Visitor;
use crate::problem::Problem;
use crate::state::Api;

/// The page of a problem; nothing where it cannot be written.
pub(crate) async fn error_page(request: &HttpRequest, problem: &Problem, lang: Lang, id: &str) -> Option<String> {
    let api = request.app_data::<web::Data<Api>>()?;
    let kind = match problem.status {
        StatusCode::FORBIDDEN => ErrorKind::Forbidden,
        StatusCode::SERVICE_UNAVAILABLE => ErrorKind::Unavailable,
        status if status.is_server_error() => ErrorKind::Internal,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ErrorKind::NotFound,
        _ => ErrorKind::Refused,
    };
    let page = ErrorPage {
        shell: shell(api, request).await,
        kind,
        detail: if kind == ErrorKind::Refused { problem.title(lang).to_owned() } else { String::new() },
        request_id: id.to_owned(),
        phones: phones(lang, &[]),
    };
    page.render().ok()
}

/// With the navigation of whoever is signed in; without it where that cannot be found out.
async fn shell(api: &Api, request: &HttpRequest) -> Shell {
    let known = match Visitor::of(request, api).await {
        Ok(who) => shell_for(api, &who).await.ok(),
        Err(_) => None,
    };
    known.unwrap_or_else(|| shell_of(api, request))
}
