//! The description of the interface, made from the same list that routes are made from: a handler that is not listed
//! here is not reachable.

mod care_words;
mod complete;
mod words;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use utoipa::OpenApi;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{health, json, metrics};

macro_rules! operations {
    ($($($segment:ident)::+),* $(,)?) => {
        #[derive(OpenApi)]
        #[openapi(
            info(title = "Xindeng 心灯", description = "Three-tier school crisis early-warning service. \
                 学校－年级－班级三级预警网络。", license(name = "see the repository")),
            paths($($($segment)::+),*),
            modifiers(&Bearer, &Problems),
        )]
        struct Document;

        /// Puts every listed operation in place.
        pub(crate) fn services(config: &mut web::ServiceConfig) {
            $(config.service($($segment)::+);)*
        }
    };
}

operations!(
    json::session::sign_in,
    json::session::sign_out,
    json::me::me,
    json::password::change,
    json::students::students,
    json::signs::signs,
    json::student_hand_overs::list,
    json::student_hand_overs::send,
    json::student_hand_overs::show,
    json::student_hand_overs::accept,
    json::student_hand_overs::refuse,
    json::student_hand_overs::withdraw,
    json::student_hand_overs::told,
    json::student_hand_overs::open_matters,
    json::student_hand_overs::unseal,
    json::observations::file,
    json::observations::read,
    json::observations::still_worried,
    json::alerts::alerts,
    json::alerts::alert,
    json::decisions::acknowledge,
    json::decisions::custody,
    json::decisions::assess,
    json::decisions::approve,
    json::decisions::reject,
    json::closing::close,
    json::not_escalating::not_escalate,
    json::recheck::recheck,
    json::hand_over::hand_over,
    json::hand_over::accept,
    json::hand_over::refuse,
    json::growth_file::growth_file,
    json::file_readers::readers,
    json::prints::growth_file,
    json::prints::register_pdf,
    json::prints::register_xlsx,
    json::lists::of_student,
    json::lists::put,
    json::lists::review,
    json::lists::end,
    json::list_imports::import,
    json::list_imports::show,
    json::list_imports::apply,
    json::list_imports::undo,
    json::lists::lists,
    json::lists::members,
    json::cases::support,
    json::cases::cases,
    json::plans::newest,
    json::plans::one,
    json::plans::write,
    json::plans::sign,
    json::plans::progress,
    json::plans::measures,
    json::attachments::add,
    json::attachments::read,
    json::attachments::withdraw,
    json::entries::write,
    json::entries::read,
    json::entries::correct,
    json::duty::view,
    json::duty::set,
    json::duty::remove,
    json::drills::start,
    json::drills::list,
    json::drills::show,
    json::drills::end,
    json::drills::acknowledge,
    json::drills::decline,
    json::drills::custody,
    json::contacts::mine,
    json::contacts::add,
    json::contacts::test,
    json::contacts::verify,
    json::contacts::remove,
    json::contacts::choose,
    json::deputies::mine,
    json::deputies::name_mine,
    json::deputies::end_mine,
    json::deputies::theirs,
    json::deputies::name_theirs,
    json::deputies::end_theirs,
    json::appointments::list,
    json::appointments::propose,
    json::appointments::confirm,
    json::appointments::refuse,
    json::appointments::another_word,
    json::people::list,
    json::people::add,
    json::people::disable,
    json::people::end_position,
    json::reports::report,
    json::reports::file,
    json::reports::list,
    json::reports::grade_summary,
    json::reports::school_summary,
    json::samples::summary,
    json::samples::show,
    json::samples::find,
    json::sweeps::show,
    json::sweeps::file,
    json::sweeps::list,
    json::sweeps::grade_summary,
    json::sweeps::school_summary,
    json::roster::import,
    json::roster::show,
    json::roster::apply,
    json::roster::undo,
    json::mandatory::list,
    json::mandatory::show,
    json::mandatory::report,
    json::mandatory::told,
    json::tasks::tasks,
    json::tasks::give,
    json::tasks::task,
    json::tasks::done,
    json::tasks::hand_on,
    json::watch::watches,
    json::watch::take_over,
    json::watch::end,
    json::referrals::referrals,
    json::referrals::make,
    json::referrals::went,
    json::referrals::back,
    json::notices::notices,
    json::notices::issue,
    json::notices::signature,
    json::notices::refusal,
    json::notices::returned,
    json::notices::second_opinion,
    json::papers::referral,
    json::papers::notice,
    json::papers::interview,
    json::papers::plan,
    json::affected::list,
    json::affected::add,
    json::leaves::leaves,
    json::leaves::begin,
    json::leave_steps::contact,
    json::leave_returns::apply,
    json::leave_reviews::review,
    json::leave_assessments::assessment,
    json::leave_decisions::decision,
    json::leave_signatures::sign,
    json::leave_stages::stage,
    json::leave_appeals::appeal,
    json::leave_answers::answer,
    json::care::interview,
    json::screenings::screening,
    json::care::home_visit,
    json::care::guardian_contact,
    json::care::household,
    json::care::propose,
    json::care::sign,
    health::live,
    health::ready,
    metrics::serve,
);

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        let needed = utoipa::openapi::security::SecurityRequirement::new("bearer", Vec::<String>::new());
        document.security = Some(vec![needed]);
    }
}

/// What is wrong is said as RFC 9457 says it.
struct Problems;

impl utoipa::Modify for Problems {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        // Health is read by machines that know no problems.
        let paths = document.paths.paths.iter_mut().filter(|(path, _)| !path.starts_with("/health/"));
        for (path, item) in paths {
            let of = [("GET", &mut item.get), ("POST", &mut item.post), ("DELETE", &mut item.delete)];
            for (method, operation) in of.into_iter().filter_map(|(method, o)| Some((method, o.as_mut()?))) {
                let known = &mut operation.responses.responses;
                if let Some(problem) = known.get("401").cloned() {
                    // Wherever the session is looked up, the database can refuse.
                    known.entry("503".to_owned()).or_insert_with(|| problem.clone());
                    if !crate::auth::is_open(method, path) {
                        // Whoever still has his first password changes it before anything else.
                        known.entry("403".to_owned()).or_insert_with(|| problem.clone());
                    }
                    if operation.parameters.as_ref().is_some_and(|p| p.iter().any(is_query)) {
                        known.entry("400".to_owned()).or_insert(problem);
                    }
                }
                for (status, response) in &mut operation.responses.responses {
                    let RefOr::T(response) = response else { continue };
                    if response.description.is_empty() {
                        response.description = reason(status).to_owned();
                    }
                    if !status.starts_with(['4', '5']) {
                        continue;
                    }
                    if let Some(body) = response.content.swap_remove("application/json") {
                        response.content.insert("application/problem+json".to_owned(), body);
                    }
                }
            }
        }
    }
}

/// The phrase of RFC 9110 for a status.
fn reason(status: &str) -> &'static str {
    let code = status.parse().ok().and_then(|code| StatusCode::from_u16(code).ok());
    code.and_then(|code| code.canonical_reason()).unwrap_or("An answer")
}

fn is_query(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(p) if p.parameter_in == ParameterIn::Query)
}

/// The description of the interface, OpenAPI 3.1.
#[must_use]
pub fn document() -> serde_json::Value {
    let mut document = serde_json::to_value(Document::openapi()).unwrap_or_default();
    complete::complete(&mut document);
    document
}

/// The description of the interface.
#[get("/api/openapi.json")]
pub(crate) async fn serve() -> HttpResponse {
    HttpResponse::Ok().json(document())
}

/// A copy of the description for people to look through; all its files are inside the binary.
pub(crate) fn browsable() -> SwaggerUi {
    SwaggerUi::new("/api/docs/{_:.*}").config(Config::from("/api/openapi.json").use_base_layout())
}

/// The address without its slash.
pub(crate) fn browse() -> web::Redirect {
    web::redirect("/api/docs", "/api/docs/")
}
