//! `/students/{id}/mandatory-report` and `/mandatory-reports/{id}`: reporting what the law demands, and who was told.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::CaseError;
use domain::care::Said;
use domain::id::{MandatoryId, StudentId};
use domain::mandatory::{MandatoryDraft, RecipientDraft};

use super::duty::told as conflict;
use super::entry::once;
use super::form::Fields;
use super::frame::page;
use super::mandatory_form::form;
use super::mandatory_view::shown;
use super::sheets::unless_confirmed;
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, instant_of};
use crate::problem::Problem;
use crate::state::Api;

/// The form.
#[get("/students/{id}/mandatory-report")]
pub(crate) async fn new(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    query: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let student = casework::student_for_report(&api.desk, &who, *id).await?;
    Ok(page(StatusCode::OK, &form(&api, &who, &student, Errors::default(), &query).await?)?)
}

/// Reports. Where the child is in danger now the next page is that for an observation: a report wakes nobody of the school.
#[post("/students/{id}/mandatory-report")]
pub(crate) async fn report(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let student = casework::student_for_report(&api.desk, &who, *id).await?;
    let here = format!("/students/{}/mandatory-report", *id);
    if let Some(asked) = unless_confirmed(&api, &who, &student, &here, &fields).await? {
        return Ok(asked);
    }
    let (draft, key) = (report_typed(&api, &fields), once(&fields, &here));
    let faults = match casework::report_by_law(&api.desk, &who, *id, &draft, key.as_ref()).await {
        Ok(made) => return Ok(see_other(&next(&who, *id, &draft, made))),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ CaseError::Conflict(_)) => vec![conflict(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let (errors, who) = (errors(&faults, who.lang, field), who.at(&here));
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &form(&api, &who, &student, errors, &fields).await?)?)
}

/// The page after a report.
fn next(who: &Visitor, student: StudentId, draft: &MandatoryDraft, made: MandatoryId) -> String {
    if draft.danger_now == Said::Yes.key() && draft.alert.is_none() {
        format!("/observations/new?student={student}")
    } else if who.first_password {
        // Reports are read with a password of one's own.
        format!("/students/{student}/mandatory-report?done=reported")
    } else {
        format!("/mandatory-reports/{made}")
    }
}

fn report_typed(api: &Api, fields: &Fields) -> MandatoryDraft {
    let maybe = |name| Some(fields.get(name).to_owned()).filter(|t: &String| !t.is_empty());
    MandatoryDraft {
        alert: maybe("alert"),
        suspicion: fields.get("suspicion").to_owned(),
        suspected: fields.get("suspected").to_owned(),
        staff: maybe("staff").into_iter().collect(),
        known_at: Some(instant_of(api, fields.get("known_at"))),
        danger_now: fields.get("danger_now").to_owned(),
    }
}

fn told_typed(api: &Api, fields: &Fields) -> RecipientDraft {
    RecipientDraft {
        recipient: fields.get("recipient").to_owned(),
        at: instant_of(api, fields.get("at")),
        office: fields.get("office").to_owned(),
        officer: fields.get("officer").to_owned(),
        receipt: Some(fields.get("receipt").to_owned()),
        receipt_at: Some(instant_of(api, fields.get("receipt_at"))),
    }
}

/// On the page one of the staff is chosen.
fn field(name: &str) -> String {
    if name.starts_with("staff") { "staff".to_owned() } else { name.to_owned() }
}

/// A report.
#[get("/mandatory-reports/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<MandatoryId>,
) -> Result<HttpResponse, PageError> {
    let found = casework::view_mandatory(&api.desk, &who, *id).await?;
    Ok(page(StatusCode::OK, &shown(&api, &who, &found, Errors::default(), &Fields::default()).await?)?)
}

/// Writes down who was told.
#[post("/mandatory-reports/{id}/recipients")]
pub(crate) async fn told(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<MandatoryId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let draft = told_typed(&api, &fields);
    let here = format!("/mandatory-reports/{}", *id);
    let key = once(&fields, &here);
    let faults = match casework::record_told(&api.desk, &who, *id, &draft, key.as_ref()).await {
        Ok(()) => return Ok(see_other(&here)),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err) => return Err(err.into()),
    };
    let found = casework::view_mandatory(&api.desk, &who, *id).await?;
    let errors = errors(&faults, who.lang, str::to_owned);
    let who = who.at(&here);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown(&api, &who, &found, errors, &fields).await?)?)
}
