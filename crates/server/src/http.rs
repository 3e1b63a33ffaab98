//! The network's edge.

use std::net::TcpListener;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, HttpMessage, HttpServer, web};
use api::Api;
use tracing::Span;
use tracing::field::Empty;
use tracing_actix_web::{RequestId, RootSpanBuilder, TracingLogger};

const CLIENT_SECONDS: u64 = 15;
const KEEP_ALIVE_SECONDS: u64 = 75;
const SHUTDOWN_SECONDS: u64 = 10;

/// A server that answers on a listener. It runs when it is awaited or spawned.
///
/// # Errors
/// When the listener cannot be used.
pub fn listen(api: &Api, listener: TcpListener, threads: usize) -> std::io::Result<Server> {
    let api = api.clone();
    let app = move || {
        App::new()
            .wrap(from_fn(api::around))
            .wrap(TracingLogger::<Facts>::new())
            .configure(|config| api::configure(config, &api))
            .default_service(web::to(api::not_found))
    };
    let server = HttpServer::new(app)
        .workers(threads.max(1))
        .client_request_timeout(std::time::Duration::from_secs(CLIENT_SECONDS))
        .keep_alive(std::time::Duration::from_secs(KEEP_ALIVE_SECONDS))
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// What is logged of a request: method, the pattern of its address, status and id. Nothing that somebody typed, and
/// nothing of whoever asks.
struct Facts;

impl RootSpanBuilder for Facts {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        let method = api::word_of(request.method());
        tracing::info_span!("request", method, route, request_id = id, status = Empty)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(answer) => answer.status().as_u16(),
            Err(err) => err.as_response_error().status_code().as_u16(),
        };
        span.record("status", status);
        if status >= 500 {
            span.in_scope(|| tracing::error!(status, "a request could not be answered"));
        }
    }
}
