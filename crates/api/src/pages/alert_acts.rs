//! What is done with an alert on its page: `POST /alerts/{id}/…`, then back to it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use casework::{Assessed, CaseError};
use domain::fault::Fault;
use domain::id::AlertId;

use super::alert::show;
use super::alert_view::Filled;
use super::form::Fields;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, instant_of};
use crate::problem::Problem;
use crate::state::Api;

const NOTE_CHARS: usize = 200;

/// Back to the page of the alert, whose fields have the names of the faults.
async fn back(
    api: &Api,
    who: Visitor,
    id: AlertId,
    fields: &Fields,
    done: Result<&'static str, CaseError>,
) -> Result<HttpResponse, PageError> {
    back_to(api, who, id, fields, done, str::to_owned).await
}

/// Back to the page of the alert: with what was done, or with what was wrong and everything that was typed.
pub(super) async fn back_to(
    api: &Api,
    who: Visitor,
    id: AlertId,
    fields: &Fields,
    done: Result<&'static str, CaseError>,
    field: impl Fn(&str) -> String,
) -> Result<HttpResponse, PageError> {
    let faults = match done {
        Ok(word) => return Ok(see_other(&format!("/alerts/{id}?done={word}"))),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ (CaseError::Stale | CaseError::Conflict(_))) => vec![told(Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let errors = errors(&faults, who.lang, field);
    let who = who.at(&format!("/alerts/{id}"));
    show(api, &who, id, StatusCode::UNPROCESSABLE_ENTITY, errors, &Filled::new(None, fields)).await
}

/// Somebody was quicker: said on top of the page, which shows how things stand now.
fn told(problem: Problem) -> Fault {
    let word = |lang| problem.title(lang).to_owned();
    Fault::new("main", "changed", word(domain::lang::Lang::Zh), word(domain::lang::Lang::En))
}

/// Takes it.
#[post("/alerts/{id}/acknowledge")]
pub(crate) async fn acknowledge(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let note: String = fields.get("note").chars().take(NOTE_CHARS).collect();
    let done = casework::acknowledge_alert(&api.desk, &who, *id, Some(&note)).await;
    back(&api, who, *id, &fields, done.map(|()| "acknowledge")).await
}

/// Records who is with the child.
#[post("/alerts/{id}/custody")]
pub(crate) async fn custody(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let since = instant_of(&api, fields.get("since"));
    let (adult, place) = (fields.get("adult"), fields.get("where"));
    let done = casework::record_custody(&api.desk, &who, *id, adult, &since, place, None).await;
    back(&api, who, *id, &fields, done.map(|_| "custody")).await
}

/// Confirms or changes the level.
#[post("/alerts/{id}/assess")]
pub(crate) async fn assess(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (level, means) = (fields.get("level").parse().ok(), fields.get("means_asked").parse().ok());
    let reason = fields.get("reason");
    let done = casework::assess_alert(&api.desk, &who, *id, version(&fields), level, reason, means).await;
    let word = done.map(|done| match done {
        Assessed::Done => "assess",
        Assessed::AwaitingSecondSignature => "propose",
    });
    back(&api, who, *id, &fields, word).await
}

/// Gives the second signature.
#[post("/alerts/{id}/approve")]
pub(crate) async fn approve(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::decide_proposal(&api.desk, &who, *id, version(&fields), true, Some(fields.get("note"))).await;
    back(&api, who, *id, &fields, done.map(|_| "approve")).await
}

/// Refuses the second signature, or takes one's own proposal back.
#[post("/alerts/{id}/reject")]
pub(crate) async fn reject(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::decide_proposal(&api.desk, &who, *id, version(&fields), false, Some(fields.get("note"))).await;
    let word = if fields.get("take_back").is_empty() { "reject" } else { "take-back" };
    back(&api, who, *id, &fields, done.map(|_| word)).await
}

/// The version that was read; one that cannot be read was never ours.
pub(super) fn version(fields: &Fields) -> u64 {
    fields.get("version").parse().unwrap_or(0)
}
