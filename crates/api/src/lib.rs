//! HTTP: a JSON interface under `/api/v1`, pages, and what operators look at.
//!
//! Invariants: a handler is extract → one verb → present; what is not visible is 404, indistinguishable from what does
//! not exist; every answer about people is `no-store`; every fault of an input is named at once.
//!
//! Absences: no SQL, no mail, no decision.

mod auth;
mod body;
mod etag;
mod guesses;
mod health;
mod hooks;
mod json;
mod methods;
mod metrics;
mod middleware;
mod openapi;
mod pages;
mod present;
mod printing;
mod problem;
mod problem_home;
mod proof;
mod state;
mod upload;

pub use auth::jwt::TokenKey;
pub use hooks::TwilioHook;
pub use json::roster::import_as_json;
pub use methods::word_of;
pub use metrics::Metrics;
pub use openapi::document;
pub use printing::{FontFiles, Press};
pub use proof::Proof;
pub use state::{Api, ApiSettings};

use actix_web::web;

/// Puts every route in place.
pub fn configure(config: &mut web::ServiceConfig, api: &Api) {
    config
        .app_data(web::Data::new(api.clone()))
        .app_data(problem::query_config())
        .app_data(problem::path_config())
        .app_data(problem::form_config())
        .app_data(web::PayloadConfig::new(state::BODY_BYTES));
    openapi::services(config);
    config.service(openapi::serve).service(openapi::browse()).service(openapi::browsable());
    config.service(health::live).service(health::ready).service(metrics::serve);
    hooks::services(config);
    pages::services(config);
}

pub use middleware::{around, not_found};

/// Whether whoever asks wants a page.
pub(crate) fn wants_page(request: &actix_web::HttpRequest) -> bool {
    let programs = ["/api/", "/health/", "/metrics", "/hooks/"];
    !programs.iter().any(|p| request.path().starts_with(p))
}
