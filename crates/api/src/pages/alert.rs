//! `/alerts/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use domain::id::AlertId;

use super::alert_view::{Filled, view};
use super::form::Fields;
use super::frame::page;
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor};
use super::words::words_of;
use crate::state::Api;

/// One alert.
#[get("/alerts/{id}")]
pub(crate) async fn alert(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    query: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let done = done(&who, query.get("done"));
    show(&api, &who, *id, StatusCode::OK, Errors::default(), &Filled::new(done, &Fields::default())).await
}

/// What was done just now, in words.
fn done(who: &Visitor, what: &str) -> Option<&'static str> {
    let (t, d) = (&words_of(who.lang).texts().alert, &words_of(who.lang).texts().decide);
    match what {
        "acknowledge" => Some(t.done_acknowledge),
        "custody" => Some(t.done_custody),
        "assess" => Some(t.done_assess),
        "propose" => Some(t.done_propose),
        "approve" => Some(t.done_approve),
        "reject" => Some(t.done_reject),
        "take-back" => Some(t.done_take_back),
        "close" => Some(d.done_close),
        "not-escalate" => Some(d.done_keep),
        "recheck" => Some(d.done_recheck),
        "recheck-reopened" => Some(d.done_reopened),
        "hand-over" => Some(d.done_hand_over),
        "accept" => Some(d.done_accept),
        "refuse" => Some(d.done_refuse),
        _ => None,
    }
}

/// Shows an alert, after an act with what was typed and what was wrong with it.
pub(crate) async fn show(
    api: &Api,
    who: &Visitor,
    id: AlertId,
    status: StatusCode,
    errors: Errors,
    filled: &Filled<'_>,
) -> Result<HttpResponse, PageError> {
    let seen = casework::view_alert(&api.desk, who, id).await?;
    Ok(page(status, &view(api, who, &seen, errors, filled).await?)?)
}
