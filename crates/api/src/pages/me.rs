//! `/me`: how one is reached, and who stands in. Every act is a form of its own; what was wrong is said on top of the same
//! page, with everything that was typed.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, DeputyDraft};
use domain::id::{ContactId, DeputyId};

use super::duty::told;
use super::form::Fields;
use super::frame::page;
use super::me_view::view;
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, instant_of};
use crate::problem::Problem;
use crate::state::Api;

/// The page.
#[get("/me")]
pub(crate) async fn show(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, Errors::default(), &Fields::default()).await?)?)
}

async fn answer<T>(
    api: &Api,
    who: Visitor,
    fields: &Fields,
    done: Result<T, CaseError>,
) -> Result<HttpResponse, PageError> {
    let faults = match done {
        Ok(_) => return Ok(see_other("/me")),
        Err(CaseError::Invalid(faults) | CaseError::StillNeeded(faults)) => faults,
        Err(err @ (CaseError::Conflict(_) | CaseError::TooMany { .. })) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let errors = errors(&faults, who.lang, str::to_owned);
    let who = who.at("/me");
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(api, &who, errors, fields).await?)?)
}

/// Adds a contact method.
#[post("/me/contacts")]
pub(crate) async fn add(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::add_contact(&api.desk, &who, fields.get("channel"), fields.get("address"), None).await;
    answer(&api, who, &fields, done).await
}

/// Sends other six digits.
#[post("/me/contacts/{contact}/test")]
pub(crate) async fn test(
    api: web::Data<Api>,
    who: Visitor,
    contact: web::Path<ContactId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::test_contact(&api.desk, &who, *contact).await;
    answer(&api, who, &fields, done).await
}

/// Takes the six digits.
#[post("/me/contacts/{contact}/verify")]
pub(crate) async fn verify(
    api: web::Data<Api>,
    who: Visitor,
    contact: web::Path<ContactId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::verify_contact(&api.desk, &who, *contact, fields.get("code")).await;
    answer(&api, who, &fields, done).await
}

/// Takes a contact method away.
#[post("/me/contacts/{contact}/remove")]
pub(crate) async fn remove(
    api: web::Data<Api>,
    who: Visitor,
    contact: web::Path<ContactId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::remove_contact(&api.desk, &who, *contact).await;
    answer(&api, who, &fields, done).await
}

/// Chooses channels of yellow and blue.
#[post("/me/channels")]
pub(crate) async fn choose(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let chosen: Vec<String> = fields.all("channels").map(str::to_owned).collect();
    let done = casework::choose_channels(&api.desk, &who, &chosen).await;
    answer(&api, who, &fields, done).await
}

/// Names a deputy.
#[post("/me/deputies")]
pub(crate) async fn name_deputy(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let time = |name| instant_of(&api, fields.get(name));
    let draft = DeputyDraft { deputy: fields.get("deputy").to_owned(), from: time("from"), to: time("to") };
    let done = casework::name_deputy(&api.desk, &who, who.person(), &draft, None).await;
    answer(&api, who, &fields, done).await
}

/// Ends a deputation.
#[post("/me/deputies/{deputy}/end")]
pub(crate) async fn end_deputy(
    api: web::Data<Api>,
    who: Visitor,
    deputy: web::Path<DeputyId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::end_deputy(&api.desk, &who, who.person(), *deputy).await;
    answer(&api, who, &fields, done).await
}
