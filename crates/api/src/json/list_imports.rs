//! `/api/v1/lists/imports`

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{LineFate, ListImport, ListImportLine};
use domain::id::ImportId;
use domain::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;

use super::lists::ListShape;
use super::roster::{CellError, MOST_ERRORS};
use super::shapes::Named;
use crate::auth::{Caller, Language};
use crate::etag::{etag, if_match};
use crate::json::decisions::key_of;
use crate::present::class_of;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// What to send: `multipart/form-data`.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the form")]
pub(crate) struct ListImportForm {
    /// The school.
    school: String,
    /// .xlsx, or .csv in UTF-8 or GBK; at most 16 MiB and 2,000 rows.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// A row of the file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListImportLineShape {
    /// The row in the file, counted from 1.
    row: u32,
    /// Who is meant; null where that is not sure.
    student: Option<Named>,
    /// His class; null where that is not sure.
    class: Option<Named>,
    /// The list; null where there is no such one.
    list: Option<ListShape>,
    /// Since when; null where it cannot be read.
    #[schema(format = Date)]
    from: Option<String>,
    /// When it is looked at again; null where it cannot be read.
    #[schema(format = Date)]
    review_at: Option<String>,
    /// What becomes of it.
    fate: &'static str,
}

/// What an import would do, or did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListImportShape {
    /// The import.
    id: String,
    /// Header → field, for the columns that are used.
    columns: BTreeMap<String, String>,
    /// Headers that are not needed: dropped before anything was stored.
    dropped_columns: Vec<String>,
    /// Rows that say something.
    rows: usize,
    /// Students who come onto a list.
    creates: usize,
    /// Those who are on it already.
    unchanged: usize,
    /// Every row with what becomes of it.
    lines: Vec<ListImportLineShape>,
    /// What is wrong, the first 1,000.
    errors: Vec<CellError>,
    /// How much is wrong altogether.
    errors_total: usize,
    /// Whether it was applied.
    applied: bool,
    /// Whether it was taken back.
    undone: bool,
}

/// The word of a fate.
pub(crate) fn fate(fate: LineFate) -> &'static str {
    match fate {
        LineFate::New => "new",
        LineFate::Unchanged => "unchanged",
        LineFate::Error => "error",
    }
}

fn shape(api: &Api, i: &ListImport, lang: Lang) -> ListImportShape {
    let today = api.desk.calendar.date(api.desk.now());
    let day = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let line = |l: &ListImportLine| {
        let class = l.student.as_ref().and_then(|s| i.classes.iter().find(|c| c.id == s.2));
        ListImportLineShape {
            row: l.row,
            student: l.student.as_ref().map(|(id, name, _)| Named::new(*id, name.clone())),
            class: class.map(|c| Named::new(c.id, class_of(c, today, lang))),
            list: l.list.as_ref().map(|code| ListShape::by_code(api, code, lang)),
            from: day(&l.from),
            review_at: day(&l.review_at),
            fate: fate(l.fate),
        }
    };
    ListImportShape {
        id: i.id.to_string(),
        columns: i.columns.clone(),
        dropped_columns: i.dropped.clone(),
        rows: i.lines.len(),
        creates: i.count(LineFate::New),
        unchanged: i.count(LineFate::Unchanged),
        lines: i.lines.iter().map(line).collect(),
        errors: i.errors.iter().take(MOST_ERRORS).map(|f| CellError::of(f, lang)).collect(),
        errors_total: i.errors.len(),
        applied: i.applied,
        undone: i.undone,
    }
}

/// Uploads memberships of lists. Nothing is changed yet, and nothing is guessed: a row that fits several students, or one
/// with a classmate of a similar name and no number, is an error of that row.
#[utoipa::path(tag = "lists", request_body(content = ListImportForm, content_type = "multipart/form-data"),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    responses((status = 201, body = ListImportShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[post("/api/v1/lists/imports")]
pub(crate) async fn import(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    form: Multipart,
) -> Result<HttpResponse, Problem> {
    let (school, upload) = crate::upload::read(form, casework::largest_roster()).await?.school_and_file()?;
    let key = key_of(&request, &(school.to_string(), &upload.bytes))?;
    let shown = casework::import_lists(&api.desk, &caller, school, &upload, key.as_ref()).await?;
    let location = format!("/api/v1/lists/imports/{}", shown.id);
    let shape = shape(&api, &shown, lang.0);
    Ok(HttpResponse::Created().insert_header(("Location", location)).insert_header(etag(1)).json(shape))
}

/// The preview once more, as the roster and the lists stand now; after it was applied, what was done. Whoever uploaded it
/// alone sees it.
#[utoipa::path(tag = "lists", params(("id" = String, Path)), responses(
    (status = 200, body = ListImportShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/lists/imports/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<ImportId>,
) -> Result<HttpResponse, Problem> {
    let (shown, version) = casework::view_list_import(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shape(&api, &shown, lang.0)))
}

/// Applies an import. Whoever does is the author of every membership in it.
#[utoipa::path(tag = "lists", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses(
    (status = 200, body = ListImportShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/lists/imports/{id}/apply")]
pub(crate) async fn apply(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<ImportId>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let (done, version) = casework::apply_lists(&api.desk, &caller, *id, expected).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shape(&api, &done, lang.0)))
}

/// What taking back did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListsUndone {
    /// The import.
    id: String,
    /// How many memberships have ended; those that somebody has reviewed or ended since stay as they are.
    ended: usize,
}

/// Takes an import back, within seven days: its memberships end. That they were stays in the files.
#[utoipa::path(tag = "lists", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses(
    (status = 200, body = ListsUndone), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/lists/imports/{id}/undo")]
pub(crate) async fn undo(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<ImportId>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let (ended, version) = casework::undo_lists(&api.desk, &caller, *id, expected).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(ListsUndone { id: id.to_string(), ended }))
}

async fn if_match_visible(api: &Api, caller: &Caller, id: ImportId, request: &HttpRequest) -> Result<u64, Problem> {
    match if_match(request) {
        Ok(version) => Ok(version),
        Err(missing) => {
            casework::view_list_import(&api.desk, caller, id).await?;
            Err(missing)
        }
    }
}
