//! `/reports`: the weekly report of one's own class, and how the classes stand that one answers for.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, SummaryUnit};
use domain::access::Right;
use domain::fault::Fault;
use domain::id::ClassId;
use domain::report::{LineDraft, ReportDraft};

use super::duty::told;
use super::form::Fields;
use super::frame::page;
use super::reports_view::view;
use super::visitor::{PageError, Visitor, encoded, see_other};
use super::words::errors;
use crate::problem::Problem;
use crate::state::Api;

/// Whether somebody has reports to look at.
pub(crate) fn has_reports(api: &Api, who: &Visitor) -> bool {
    !who.scope(&api.desk, Right::SeeReports).is_empty()
}

/// The page.
#[get("/reports")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    if !has_reports(&api, &who) {
        return Err(CaseError::NotFound.into());
    }
    Ok(page(StatusCode::OK, &view(&api, &who, &fields, &[]).await?)?)
}

/// Files the report of a class.
#[post("/reports")]
pub(crate) async fn file(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let class: ClassId = fields.get("class").parse().map_err(|_| CaseError::NotFound)?;
    let expected = fields.get("version").parse().ok();
    let draft = draft(&fields);
    let filed = casework::file_class_report(&api.desk, &who, class, fields.get("week"), &draft, expected, None).await;
    answer(&api, who, &fields, filed.map(|_| ()), &draft).await
}

/// Adds the summary of a grade or a school.
#[post("/reports/summary")]
pub(crate) async fn add(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let unit = fields.get("unit");
    let unit = unit.parse().map(SummaryUnit::Grade).or_else(|_| unit.parse().map(SummaryUnit::School));
    let unit = unit.map_err(|_| CaseError::NotFound)?;
    let said = (fields.get("text"), fields.get("signed") == "yes");
    let added = casework::add_summary(&api.desk, &who, unit, fields.get("week"), said, None).await;
    answer(&api, who, &fields, added.map(|_| ()), &ReportDraft::default()).await
}

/// Those of whom anything is written, as they stand in the form. What is written beside sunshine is not passed over: the mood is
/// asked for.
pub(super) fn draft(fields: &Fields) -> ReportDraft {
    let line = |student: &str| {
        let since = fields.get(&format!("since-{student}"));
        LineDraft {
            student: student.to_owned(),
            mood: fields.get(&format!("mood-{student}")).to_owned(),
            low_since: (!since.is_empty()).then(|| since.to_owned()),
            note: fields.get(&format!("note-{student}")).to_owned(),
        }
    };
    let of = |name: &'_ str| ["mood-", "since-", "note-"].iter().find_map(|p| name.strip_prefix(p)).map(str::to_owned);
    let mut written: Vec<String> = Vec::new();
    for student in fields.pairs().filter_map(|(name, _)| of(name)) {
        if !written.contains(&student) {
            written.push(student);
        }
    }
    ReportDraft {
        nil: fields.get("nil") == "yes",
        students: written.iter().map(|student| line(student)).collect(),
        remarks: fields.get("remarks").to_owned(),
        signed: fields.get("signed") == "yes",
    }
}

/// Back to the week, or the same page with what was wrong and everything that was typed.
async fn answer(
    api: &Api,
    who: Visitor,
    fields: &Fields,
    done: Result<(), CaseError>,
    draft: &ReportDraft,
) -> Result<HttpResponse, PageError> {
    let faults = match done {
        Ok(()) => return Ok(see_other(&format!("/reports?week={}&done=yes", encoded(fields.get("week"))))),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ (CaseError::Conflict(_) | CaseError::Stale)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let who = who.at("/reports");
    let mut shown = view(api, &who, fields, &named(&faults, draft)).await?;
    let field =
        |f: &str| f.find("students[").map_or_else(|| f.to_owned(), |_| format!("mood-{}", student_of(f, draft)));
    shown.errors = errors(&faults, who.lang, field);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown)?)
}

/// Faults of single students, by student.
fn named(faults: &[Fault], draft: &ReportDraft) -> Vec<(String, Fault)> {
    let of = |f: &&Fault| f.field.starts_with("students[");
    faults.iter().filter(of).map(|f| (student_of(&f.field, draft), f.clone())).collect()
}

fn student_of(field: &str, draft: &ReportDraft) -> String {
    let index = field.strip_prefix("students[").and_then(|rest| rest.split_once(']')).and_then(|(n, _)| n.parse().ok());
    index.and_then(|n: usize| draft.students.get(n)).map(|l| l.student.clone()).unwrap_or_default()
}
