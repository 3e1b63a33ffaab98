//! Logs: facts, not people. Ids only; SQL text is off.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging to standard error. Later calls change nothing.
pub fn start(format: &str, filter: &str) {
    start_into(format, filter, std::io::stderr);
}

/// Starts logging into anything.
pub fn start_into<W>(format: &str, filter: &str, writer: W)
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = ["sqlx=warn", "sea_orm=warn", "hyper=warn", "lettre=warn", "actix_http=warn", "actix_web=warn"]
        .iter()
        .filter_map(|d| d.parse().ok())
        .fold(filter, EnvFilter::add_directive);
    let registry = tracing_subscriber::registry().with(filter);
    let started = if format == "json" {
        registry.with(tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(writer)).try_init()
    } else {
        registry.with(tracing_subscriber::fmt::layer().with_writer(writer)).try_init()
    };
    drop(started);
}
