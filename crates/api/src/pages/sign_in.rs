//! `/sign-in` and `/sign-out`

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{CaseError, SessionKind};
use domain::lang::Lang;
use domain::staff::Role;

use super::form::Fields;
use super::frame::{page, phones, shell_of};
use super::origin::same_site;
use super::view::parts::{Errors, FieldError, HiddenField};
use super::view::sign_in::{DemoLogin, SignIn};
use super::visitor::{PageError, Visitor, see_other};
use super::{cookies, observation};
use crate::auth::{lang_of, request_id};
use crate::problem::Problem;
use crate::state::Api;

/// What was typed before somebody had to sign in is kept under this prefix.
pub(crate) const KEPT: &str = "kept.";

/// Only a path of this service; anything else leads home.
pub(crate) fn next_of(text: &str) -> &str {
    let visible = text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let path = text.starts_with('/') && !text.starts_with("//");
    if path && visible && !text.starts_with("/sign-") { text } else { "/" }
}

/// The page, perhaps with what was typed before.
pub(crate) fn view(api: &Api, request: &HttpRequest, next: &str, kept: Vec<HiddenField>) -> SignIn {
    let lang = lang_of(request);
    SignIn {
        shell: shell_of(api, request),
        errors: Errors::default(),
        login: String::new(),
        next: next_of(next).to_owned(),
        kept,
        changed: false,
        phones: phones(lang, &[]),
        demo_logins: demo_logins(api, lang),
    }
}

/// The sign-ins of the demonstration, and who that is.
const DEMONSTRATION: [(&str, Role); 6] = [
    ("teacher", Role::ClassTeacher),
    ("grade", Role::GradeLead),
    ("counsellor", Role::Counsellor),
    ("principal", Role::Principal),
    ("district", Role::DistrictOfficer),
    ("admin", Role::Administrator),
];

fn demo_logins(api: &Api, lang: Lang) -> Vec<DemoLogin> {
    let one = |(login, role): (&str, Role)| DemoLogin {
        login: login.to_owned(),
        password: format!("demo-{login}"),
        role: role.name(lang).to_owned(),
    };
    if api.settings.demonstration.is_some() { DEMONSTRATION.map(one).into() } else { Vec::new() }
}

/// The sign-in page.
#[get("/sign-in")]
pub(crate) async fn show(
    api: web::Data<Api>,
    request: HttpRequest,
    query: web::Query<Fields>,
) -> Result<HttpResponse, Problem> {
    let only = casework::telephones_of_the_only_school(&api.desk).await.ok().flatten();
    let numbers = phones(lang_of(&request), only.as_slice());
    let changed = query.get("changed") == "password";
    page(StatusCode::OK, &SignIn { phones: numbers, changed, ..view(&api, &request, query.get("next"), Vec::new()) })
}

/// Signs in, and goes where one wanted to go.
#[post("/sign-in")]
pub(crate) async fn sign_in(
    api: web::Data<Api>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    same_site(&request)?;
    let (login, secure) = (fields.get("login"), api.settings.is_secure());
    let device = cookies::read_device(&request, secure).and_then(|token| api.tokens.known_device(&token, login));
    let id = Some(request_id(&request));
    let kind = SessionKind::Page;
    let begun = casework::sign_in(&api.desk, login, fields.get("password"), device.as_deref(), kind, id).await;
    let session = match begun {
        Ok(session) => session,
        Err(err) => return Ok(refused(&api, &request, &fields, err)?),
    };
    let mut answer = match fields.unprefixed(KEPT) {
        kept if kept.is_empty() => see_other(next_of(fields.get("next"))),
        kept => observation::again(&api, &request, &session, kept).await?,
    };
    let mark = device.unwrap_or_else(|| session.id.to_string());
    let device = api.tokens.seal_device(login, &mark).unwrap_or_default();
    answer.add_cookie(&cookies::device(secure, device)).map_err(|_| Problem::internal())?;
    answer.add_cookie(&cookies::session(secure, session.secret)).map_err(|_| Problem::internal())?;
    Ok(answer)
}

fn refused(api: &Api, request: &HttpRequest, fields: &Fields, err: CaseError) -> Result<HttpResponse, Problem> {
    let problem = Problem::from(err);
    let message = problem.title(lang_of(request)).to_owned();
    let kept = fields.carried().into_iter().filter(|f| f.name.starts_with(KEPT)).collect();
    let errors = Errors(vec![FieldError { field: "login".to_owned(), message }]);
    let login = fields.get("login").to_owned();
    let shown = SignIn { errors, login, ..view(api, request, fields.get("next"), kept) };
    let mut answer = page(problem.status, &shown)?;
    if let Some(seconds) = problem.retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(answer)
}

/// Signs out.
#[post("/sign-out")]
pub(crate) async fn sign_out(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    casework::sign_out(&api.desk, &who).await?;
    let mut answer = see_other("/sign-in");
    answer.add_cookie(&cookies::no_session(api.settings.is_secure())).map_err(|_| Problem::internal())?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::next_of;

    #[test]
    fn one_goes_on_to_a_page_of_ours_alone() {
        assert_eq!(next_of("/alerts?level=4"), "/alerts?level=4");
        for elsewhere in ["", "https://a.example", "//a.example", "/\\a.example", "/sign-out", "alerts"]
            .into_iter()
            .chain(["/\t/a.example", "/\n/a.example", "/ /a.example", "/\u{0}", "/\u{7f}", "/预警", "\t//a.example"])
        {
            assert_eq!(next_of(elsewhere), "/");
        }
    }
}
