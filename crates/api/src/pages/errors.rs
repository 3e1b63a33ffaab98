//! Problems as pages.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use domain::lang::Lang;

use super::frame::{phones, shell_of};
use super::view::error::{ErrorKind, ErrorPage};
use crate::problem::Problem;
use crate::state::Api;

/// The page of a problem; nothing where it cannot be written.
pub(crate) fn error_page(request: &HttpRequest, problem: &Problem, lang: Lang, id: &str) -> Option<String> {
    let api = request.app_data::<web::Data<Api>>()?;
    let kind = match problem.status {
        StatusCode::FORBIDDEN => ErrorKind::Forbidden,
        StatusCode::SERVICE_UNAVAILABLE => ErrorKind::Unavailable,
        status if status.is_server_error() => ErrorKind::Internal,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ErrorKind::NotFound,
        _ => ErrorKind::Refused,
    };
    let page = ErrorPage {
        shell: shell_of(api, request),
        kind,
        detail: problem.title(lang).to_owned(),
        request_id: id.to_owned(),
        phones: phones(lang, &[]),
    };
    page.render().ok()
}
