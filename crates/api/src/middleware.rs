//! Around every request: problems get their words, answers their headers, and everything is counted.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError, web};

use crate::auth::{chosen_now, lang_of, request_id};
use crate::body::in_time;
use crate::methods::{known, word_of};
use crate::pages::cookies::language;
use crate::problem::Problem;
use crate::state::Api;

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                   form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("x-frame-options", "DENY"),
];

/// Goes around every request.
///
/// # Errors
/// Only those of the transport.
pub async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let api = request.app_data::<web::Data<Api>>().cloned();
    let method = word_of(request.method());
    let mut request = in_time(request);
    if request.method() == Method::HEAD {
        // What is read is read, with or without its body; the transport leaves the body out.
        request.head_mut().method = Method::GET;
    }
    let answer = next.call(request).await?.map_into_boxed_body();
    let mut answer = worded(answer).await;
    let own_policy = answer.headers().contains_key(header::CONTENT_SECURITY_POLICY);
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        if !(own_policy && name == "content-security-policy") {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Some(api) = api {
        if api.settings.is_secure() {
            let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
            answer.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, value);
        }
        if let Some(code) = chosen_now(answer.request()) {
            let cookie = language(api.settings.is_secure(), code);
            answer.response_mut().add_cookie(&cookie)?;
        }
        let route = answer.request().match_pattern().unwrap_or_else(|| "none".to_owned());
        api.metrics.count(method, &route, answer.status().as_u16(), started.elapsed());
    }
    Ok(answer)
}

/// Writes the body of a problem: as JSON for programs, as a page for people.
async fn worded(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let problem = answer.response().extensions().get::<Problem>().cloned();
    let failed = answer.status().is_client_error() || answer.status().is_server_error();
    let bare = problem.is_none() && failed && answer.response().error().is_some();
    let Some(problem) = problem.or_else(|| bare.then(Problem::not_found)) else { return answer };
    let (request, response) = answer.into_parts();
    let lang = lang_of(&request);
    let id = request_id(&request);
    let status = if bare { response.status() } else { problem.status };
    let wanted = crate::wants_page(&request);
    let page = if wanted { crate::pages::error_page(&request, &problem, lang, &id).await } else { None };
    let mut worded = match page {
        Some(page) => HttpResponse::build(status).content_type("text/html; charset=utf-8").body(page),
        None => {
            let body = serde_json::to_vec(&problem.body(lang, id)).unwrap_or_default();
            HttpResponse::build(status).content_type("application/problem+json").body(body)
        }
    };
    worded.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            worded.headers_mut().insert(name, value.clone());
        }
    }
    ServiceResponse::new(request, worded)
}

/// What no route answers.
pub async fn not_found(request: HttpRequest) -> HttpResponse {
    match known(&request) {
        Some(methods) if request.method() == Method::OPTIONS => {
            HttpResponse::NoContent().insert_header((header::ALLOW, methods)).finish()
        }
        Some(methods) => Problem::method_not_allowed(methods).error_response(),
        None => Problem::not_found().error_response(),
    }
}
