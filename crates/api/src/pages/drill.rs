//! `/drills/{id}`: one drill, with one's own part and, for those who answer for the school, its report.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, DrillAct};
use domain::id::DrillId;

use super::drill_view::view;
use super::form::Fields;
use super::frame::page;
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, instant_of};
use crate::state::Api;

/// One drill.
#[get("/drills/{id}")]
pub(crate) async fn drill(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<DrillId>,
) -> Result<HttpResponse, PageError> {
    show(&api, &who, *id, StatusCode::OK, Errors::default(), &Fields::default()).await
}

async fn show(
    api: &Api,
    who: &Visitor,
    id: DrillId,
    status: StatusCode,
    errors: Errors,
    fields: &Fields,
) -> Result<HttpResponse, PageError> {
    let seen = casework::view_drill(&api.desk, who, id).await?;
    Ok(page(status, &view(api, who, &seen, errors, fields).await?)?)
}

/// Takes it.
#[post("/drills/{id}/acknowledge")]
pub(crate) async fn acknowledge(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<DrillId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    casework::answer_drill(&api.desk, &who, *id, DrillAct::Take).await?;
    Ok(see_other(&format!("/drills/{id}")))
}

/// "I cannot, next please."
#[post("/drills/{id}/decline")]
pub(crate) async fn decline(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<DrillId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    casework::answer_drill(&api.desk, &who, *id, DrillAct::Cannot).await?;
    Ok(see_other(&format!("/drills/{id}")))
}

/// Says who would be there.
#[post("/drills/{id}/custody")]
pub(crate) async fn custody(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<DrillId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let since = instant_of(&api, fields.get("since"));
    let act = DrillAct::Custody { adult: fields.get("adult"), since: &since, place: fields.get("where") };
    match casework::answer_drill(&api.desk, &who, *id, act).await {
        Ok(()) => Ok(see_other(&format!("/drills/{id}"))),
        Err(CaseError::Invalid(faults)) => {
            let errors = errors(&faults, who.lang, str::to_owned);
            let who = who.at(&format!("/drills/{id}"));
            show(&api, &who, *id, StatusCode::UNPROCESSABLE_ENTITY, errors, &fields).await
        }
        Err(err) => Err(err.into()),
    }
}

/// Ends it.
#[post("/drills/{id}/end")]
pub(crate) async fn end(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<DrillId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    casework::end_drill(&api.desk, &who, *id).await?;
    Ok(see_other(&format!("/drills/{id}")))
}
