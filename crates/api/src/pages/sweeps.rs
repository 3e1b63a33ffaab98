//! `/sweeps`: the class teacher's own list, and how the classes stand that one answers for.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, SummaryUnit};
use domain::fault::Fault;
use domain::id::ClassId;
use domain::sweep::{ConcernDraft, SweepDraft};

use super::duty::told;
use super::form::Fields;
use super::frame::page;
use super::reports::has_reports;
use super::sweeps_view::view;
use super::visitor::{PageError, Visitor, encoded, see_other};
use super::words::errors;
use crate::problem::Problem;
use crate::state::Api;

/// How many lines there are beside those that say something.
pub(super) const SPARE: usize = 3;
/// How many lines are read at most.
const MOST: usize = 200;

/// The page.
#[get("/sweeps")]
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

/// Files the list of a class, or gives more lines to write on.
#[post("/sweeps")]
pub(crate) async fn file(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let class: ClassId = fields.get("class").parse().map_err(|_| CaseError::NotFound)?;
    if !fields.get("more").is_empty() {
        let who = who.at("/sweeps");
        return Ok(page(StatusCode::OK, &view(&api, &who, &fields, &[]).await?)?);
    }
    let expected = fields.get("version").parse().ok();
    let draft = draft(&fields);
    let filed = casework::file_class_sweep(&api.desk, &who, class, fields.get("sweep"), &draft, expected, None).await;
    answer(&api, who, &fields, filed.map(|_| ())).await
}

/// Adds the summary of a grade or a school.
#[post("/sweeps/summary")]
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
    let added = casework::add_sweep_summary(&api.desk, &who, unit, fields.get("sweep"), said, None).await;
    answer(&api, who, &fields, added.map(|_| ())).await
}

/// The lines on which something is written, in order.
pub(super) fn draft(fields: &Fields) -> SweepDraft {
    let line = |n: usize| ConcernDraft {
        student: fields.get(&format!("student-{n}")).to_owned(),
        sign: fields.get(&format!("sign-{n}")).to_owned(),
        note: fields.get(&format!("note-{n}")).to_owned(),
    };
    let says = |c: &ConcernDraft| !(c.student.is_empty() && c.sign.is_empty() && c.note.is_empty());
    SweepDraft {
        nil: fields.get("nil") == "yes",
        students: (0..MOST).map(line).filter(says).collect(),
        remarks: fields.get("remarks").to_owned(),
        signed: fields.get("signed") == "yes",
    }
}

/// Back to the sweep, or the same page with what was wrong and everything that was typed.
async fn answer(
    api: &Api,
    who: Visitor,
    fields: &Fields,
    done: Result<(), CaseError>,
) -> Result<HttpResponse, PageError> {
    let faults = match done {
        Ok(()) => return Ok(see_other(&format!("/sweeps?sweep={}&done=yes", encoded(fields.get("sweep"))))),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ (CaseError::Conflict(_) | CaseError::Stale)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let who = who.at("/sweeps");
    let mut shown = view(api, &who, fields, &lines(&faults)).await?;
    let field = |f: &str| line_of(f).map_or_else(|| f.to_owned(), |(n, name)| format!("{name}-{n}"));
    shown.errors = errors(&faults, who.lang, field);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown)?)
}

/// Faults of single lines, by line.
fn lines(faults: &[Fault]) -> Vec<(usize, Fault)> {
    faults.iter().filter_map(|f| Some((line_of(&f.field)?.0, f.clone()))).collect()
}

/// `students[2].sign` is the sign of line 2.
fn line_of(field: &str) -> Option<(usize, &str)> {
    let (n, name) = field.strip_prefix("students[")?.split_once("].")?;
    Some((n.parse().ok()?, name))
}
