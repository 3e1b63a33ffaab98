//! Logs: facts, not people. Ids only; SQL text is off.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging to standard error. Later calls change nothing.
pub fn start(format: &str, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = ["sqlx=warn", "sea_orm=warn", "hyper=warn", "lettre=warn"]
        .iter()
        .filter_map(|d| d.parse().ok())
        .fold(filter, EnvFilter::add_directive);
    let registry = tracing_subscriber::registry().with(filter);
    let started = if format == "json" {
        let layer = tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(std::io::stderr);
        registry.with(layer).try_init()
    } else {
        registry.with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr)).try_init()
    };
    drop(started);
}
