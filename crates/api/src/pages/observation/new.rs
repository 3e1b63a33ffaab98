//! `/observations/new`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use domain::access::Right;
use domain::fault::Fault;

use super::form_view::view;
use crate::pages::form::Fields;
use crate::pages::frame::page;
use crate::pages::visitor::{PageError, Visitor};
use crate::problem::Problem;
use crate::state::Api;

/// The form.
#[get("/observations/new")]
pub(crate) async fn new(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    show(&api, &who, &fields, &[]).await
}

/// The form with what was typed and what is wrong with it.
pub(super) async fn show(
    api: &Api,
    who: &Visitor,
    fields: &Fields,
    faults: &[Fault],
) -> Result<HttpResponse, PageError> {
    if !who.actor.may_somewhere(Right::File, api.desk.now()) {
        return Err(Problem::from(casework::CaseError::Forbidden).into());
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, &view(api, who, fields, faults).await?)?)
}
