//! `/lists/imports`: memberships of lists from a spreadsheet, looked at row by row before anything is written.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, LineFate, ListImport, ListImportLine};
use domain::id::{ImportId, SchoolId};

use super::form::Fields;
use super::frame::{page, shell_for};
use super::sheets::faults_of;
use super::view::list_import::{ImportLine, ListImportPage, UploadPage};
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, words_of};
use crate::json::list_imports::fate;
use crate::present::class_of;
use crate::state::Api;

/// The form for a file.
#[get("/lists/imports")]
pub(crate) async fn new(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &form(&api, &who, Errors::default()).await?)?)
}

async fn form(api: &Api, who: &Visitor, errors: Errors) -> Result<UploadPage, PageError> {
    let school = school_of(api, who)?;
    let known = casework::lists_known(&api.desk, who);
    let lists = known.iter().map(|l| l.name(who.lang).to_owned()).collect();
    Ok(UploadPage { shell: shell_for(api, who).await?, errors, school: school.to_string(), lists })
}

fn school_of(api: &Api, who: &Visitor) -> Result<SchoolId, PageError> {
    Ok(casework::has_lists_to_import(&api.desk, who).first().copied().ok_or(CaseError::NotFound)?)
}

/// Takes a file; nothing is changed yet.
#[post("/lists/imports")]
pub(crate) async fn upload(api: web::Data<Api>, who: Visitor, sent: Multipart) -> Result<HttpResponse, PageError> {
    school_of(&api, &who)?;
    let sent = crate::upload::read(sent, casework::largest_roster()).await?;
    who.check(&Fields::from(sent.texts.clone()))?;
    let done = match sent.school_and_file() {
        Ok((school, file)) => casework::import_lists(&api.desk, &who, school, &file, None).await,
        Err(problem) => Err(CaseError::Invalid(problem.faults)),
    };
    match done {
        Ok(import) => Ok(see_other(&format!("/lists/imports/{}", import.id))),
        Err(err) => {
            let faults = errors(&faults_of(err)?, who.lang, |_| "file".to_owned());
            let who = who.at("/lists/imports");
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &form(&api, &who, faults).await?)?)
        }
    }
}

/// The preview, or what was done.
#[get("/lists/imports/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<ImportId>,
) -> Result<HttpResponse, PageError> {
    let (import, version) = casework::view_list_import(&api.desk, &who, *id).await?;
    Ok(page(StatusCode::OK, &view(&api, &who, &import, version).await?)?)
}

/// Applies it.
#[post("/lists/imports/{id}/apply")]
pub(crate) async fn apply(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<ImportId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let expected = fields.get("version").parse().unwrap_or_default();
    let done = casework::apply_lists(&api.desk, &who, *id, expected).await.map(|_| ());
    back(*id, done)
}

/// Takes it back.
#[post("/lists/imports/{id}/undo")]
pub(crate) async fn undo(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<ImportId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let expected = fields.get("version").parse().unwrap_or_default();
    let done = casework::undo_lists(&api.desk, &who, *id, expected).await.map(|_| ());
    back(*id, done)
}

/// Whoever pressed twice, or in an old window, sees how it stands.
fn back(id: ImportId, done: Result<(), CaseError>) -> Result<HttpResponse, PageError> {
    match done {
        Ok(()) | Err(CaseError::Stale | CaseError::Conflict(_)) => Ok(see_other(&format!("/lists/imports/{id}"))),
        Err(err) => Err(err.into()),
    }
}

async fn view(api: &Api, who: &Visitor, import: &ListImport, version: u64) -> Result<ListImportPage, PageError> {
    Ok(ListImportPage {
        shell: shell_for(api, who).await?,
        id: import.id.to_string(),
        version,
        creates: import.count(LineFate::New),
        unchanged: import.count(LineFate::Unchanged),
        left_out: import.count(LineFate::Error),
        applied: import.applied,
        undone: import.undone,
        dropped: import.dropped.clone(),
        lines: import.lines.iter().map(|l| line(api, who, import, l)).collect(),
    })
}

fn line(api: &Api, who: &Visitor, import: &ListImport, l: &ListImportLine) -> ImportLine {
    let (t, today) = (&words_of(who.lang).texts().imports, api.desk.calendar.date(api.desk.now()));
    let class = l.student.as_ref().and_then(|s| import.classes.iter().find(|c| c.id == s.2));
    let list = l.list.as_ref().and_then(|code| api.desk.watch_lists.get(code));
    let said = |f: &casework::RowFault| {
        let place = [f.column.as_str(), f.cell.as_str()].join(" ").trim().to_owned();
        let message = who.lang.pick(&f.zh, &f.en);
        if place.is_empty() { message.to_owned() } else { format!("{place}：{message}") }
    };
    ImportLine {
        row: l.row,
        key: fate(l.fate),
        fate: match (l.fate, import.applied) {
            (LineFate::New, true) => t.fate_written,
            (LineFate::New, false) => t.fate_new,
            (LineFate::Unchanged, _) => t.fate_unchanged,
            (LineFate::Error, _) => t.fate_error,
        }
        .to_owned(),
        name: l.student.as_ref().map(|s| s.1.clone()).unwrap_or_default(),
        class: class.map(|c| class_of(c, today, who.lang)).unwrap_or_default(),
        list: list.map(|l| l.name(who.lang).to_owned()).unwrap_or_default(),
        from: l.from.clone(),
        review_at: l.review_at.clone(),
        faults: import.errors.iter().filter(|f| f.row == l.row).map(said).collect(),
    }
}
