//! The network's edge.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use api::Api;
use tracing_actix_web::TracingLogger;

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
            .wrap(TracingLogger::default())
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
