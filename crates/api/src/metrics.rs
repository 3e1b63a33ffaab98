//! Measurements in Prometheus' text form. Routes by their pattern; no person, no id.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, web};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Labels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Kind {
    kind: String,
}

/// What is measured.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Labels, Counter>,
    seconds: Family<Route, Histogram>,
    waiting: Gauge,
    oldest: Gauge<f64, AtomicU64>,
    findings: Family<Kind, Gauge>,
    audit: Gauge,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("xindeng");
        let buckets = || Histogram::new([0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0]);
        let seconds = Family::<Route, Histogram>::new_with_constructor(buckets);
        let (requests, waiting) = (Family::<Labels, Counter>::default(), Gauge::<i64>::default());
        let (oldest, audit) = (Gauge::<f64, AtomicU64>::default(), Gauge::<i64>::default());
        let findings = Family::<Kind, Gauge>::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register("http_request_seconds", "Time to answer, in seconds", seconds.clone());
        registry.register("outbox_waiting", "Messages that are due and wait", waiting.clone());
        registry.register("outbox_oldest_seconds", "Age of the oldest message that is due, in seconds", oldest.clone());
        registry.register("findings_open", "Findings for the operator", findings.clone());
        registry.register(
            "audit_last_pass_timestamp_seconds",
            "When the auditor last looked at everything",
            audit.clone(),
        );
        Self { registry: Arc::new(registry), requests, seconds, waiting, oldest, findings, audit }
    }
}

impl Metrics {
    pub(crate) fn count(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = Labels { method: method.to_owned(), route: route.to_owned(), status };
        self.requests.get_or_create(&labels).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }
}

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const PLAIN: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Measurements in Prometheus' text form; in that of OpenMetrics for whoever asks for it.
#[utoipa::path(tag = "operation", security(()), responses(
    (status = 200, body = String, content_type = "text/plain"), (status = 503, body = ProblemBody)))]
#[get("/metrics")]
pub(crate) async fn serve(api: web::Data<Api>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let pulse = casework::pulse(&api.desk).await?;
    let m = &api.metrics;
    m.waiting.set(i64::try_from(pulse.waiting).unwrap_or(i64::MAX));
    let age = pulse.oldest.map_or(0, |at| (api.desk.now() - at).num_milliseconds());
    m.oldest.set(f64::from(i32::try_from(age).unwrap_or(i32::MAX)) / 1_000.0);
    m.findings.clear();
    for kind in pulse.findings {
        m.findings.get_or_create(&Kind { kind }).inc();
    }
    m.audit.set(pulse.audit.map_or(0, |at| at.timestamp()));
    let mut text = String::new();
    let written = prometheus_client::encoding::text::encode(&mut text, &m.registry);
    if written.is_err() {
        return Err(Problem::not_found());
    }
    let accept = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (kind, text) =
        if accept.contains("application/openmetrics-text") { (OPENMETRICS, text) } else { (PLAIN, plain(&text)) };
    Ok(HttpResponse::Ok().content_type(kind).body(text))
}

/// The older form knows no end mark, and calls a counter by the name of its samples.
fn plain(text: &str) -> String {
    let counters: HashSet<&str> =
        text.lines().filter_map(|l| l.strip_prefix("# TYPE ")?.strip_suffix(" counter")).collect();
    let mut out = String::with_capacity(text.len());
    for line in text.lines().filter(|l| *l != "# EOF") {
        let mut words = line.splitn(4, ' ');
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some("#"), Some(what), Some(name), Some(rest)) if counters.contains(name) => {
                out.push_str(&format!("# {what} {name}_total {rest}\n"));
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_form_names_counters_by_their_samples() {
        let metrics = Metrics::default();
        metrics.count("GET", "/", 200, Duration::from_millis(3));
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &metrics.registry).unwrap();
        let plain = plain(&text);
        assert!(plain.contains("# TYPE xindeng_http_requests_total counter\n"), "{plain}");
        assert!(plain.contains("\nxindeng_http_requests_total{method=\"GET\",route=\"/\",status=\"200\"} 1\n"));
        assert!(plain.contains("# TYPE xindeng_http_request_seconds histogram\n") && !plain.contains("EOF"));
    }
}
