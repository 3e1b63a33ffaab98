//! Is it alive, is it ready.

use actix_web::{HttpResponse, get, web};
use chrono::TimeDelta;

use crate::state::Api;

const OLDEST_BEAT_SECONDS: i64 = 10;

/// The process answers.
#[utoipa::path(tag = "operation", security(()), responses((status = 200, description = "Well", body = std::collections::BTreeMap<String, String>)))]
#[get("/health/live")]
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "live" }))
}

/// The database answers, and the dispatcher and the tick have each completed a turn within ten seconds.
#[utoipa::path(tag = "operation", security(()), responses(
    (status = 200, description = "Well", body = std::collections::BTreeMap<String, String>), (status = 503, description = "Not well", body = std::collections::BTreeMap<String, String>)))]
#[get("/health/ready")]
pub(crate) async fn ready(api: web::Data<Api>) -> HttpResponse {
    let pulse = casework::pulse(&api.desk).await;
    let now = api.desk.real_now();
    let fresh = |at: Option<_>| at.is_some_and(|at| now - at <= TimeDelta::seconds(OLDEST_BEAT_SECONDS));
    let word = |well: bool| if well { "well" } else { "not_well" };
    let (database, dispatcher, tick) = match &pulse {
        Ok(p) => (true, fresh(p.dispatcher), fresh(p.tick)),
        Err(_) => (false, false, false),
    };
    let well = database && dispatcher && tick;
    let body = serde_json::json!({
        "status": if well { "ready" } else { "not_ready" },
        "database": word(database), "dispatcher": word(dispatcher), "tick": word(tick),
    });
    if well { HttpResponse::Ok().json(body) } else { HttpResponse::ServiceUnavailable().json(body) }
}
