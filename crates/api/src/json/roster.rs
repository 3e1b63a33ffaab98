//! `/api/v1/roster/imports`

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::ImportPreview;
use domain::id::ImportId;
use domain::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::{Caller, Language};
use crate::etag::{etag, if_match};
use crate::json::decisions::key_of;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

pub(super) const MOST_ERRORS: usize = 1_000;

/// What to send: `multipart/form-data`.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the form")]
pub(crate) struct RosterForm {
    /// The school.
    school: String,
    /// .xlsx, or .csv in UTF-8 or GBK; at most 16 MiB.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// Something wrong in one cell.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CellError {
    /// The row in the file, counted from 1.
    row: u32,
    /// The header of the column.
    column: String,
    /// The cell, as a spreadsheet names it.
    cell: String,
    /// Stable, snake_case.
    code: String,
    /// In the language of the request.
    message: String,
    /// `error`: the row is left out. `warning`: look at it.
    severity: String,
}

/// What an import would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportShape {
    /// The import.
    id: String,
    /// Header → field, for the columns that are used.
    columns: BTreeMap<String, String>,
    /// Headers that are not needed: dropped before anything was stored.
    dropped_columns: Vec<String>,
    /// Rows with a pupil in them.
    rows: usize,
    /// Pupils who will be added.
    creates: usize,
    /// Pupils who will be changed.
    updates: usize,
    /// Pupils who stay as they are.
    unchanged: usize,
    /// Pupils of the school who are not in the file; they stay as they are.
    missing: usize,
    /// What is wrong, the first 1,000.
    errors: Vec<CellError>,
    /// How much is wrong altogether.
    errors_total: usize,
}

impl CellError {
    pub(super) fn of(f: &casework::RowFault, lang: Lang) -> Self {
        Self {
            row: f.row,
            column: f.column.clone(),
            cell: f.cell.clone(),
            code: f.code.clone(),
            message: lang.pick(&f.zh, &f.en).to_owned(),
            severity: if f.blocks { "error" } else { "warning" }.to_owned(),
        }
    }
}

fn shape(p: &ImportPreview, lang: Lang) -> ImportShape {
    ImportShape {
        id: p.id.map(|i| i.to_string()).unwrap_or_default(),
        columns: p.columns.clone(),
        dropped_columns: p.dropped.clone(),
        rows: p.rows,
        creates: p.creates,
        updates: p.updates,
        unchanged: p.unchanged,
        missing: p.missing,
        errors: p.errors.iter().take(MOST_ERRORS).map(|f| CellError::of(f, lang)).collect(),
        errors_total: p.errors.len(),
    }
}

/// A preview as the interface shows it, for the command line.
///
/// # Errors
/// When it cannot be written as JSON; it always can.
pub fn import_as_json(p: &ImportPreview, lang: Lang) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&shape(p, lang))
}

/// Uploads a roster. Nothing is changed yet.
#[utoipa::path(tag = "roster", request_body(content = RosterForm, content_type = "multipart/form-data"),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    responses((status = 201, body = ImportShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 413, body = ProblemBody),
    (status = 422, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[post("/api/v1/roster/imports")]
pub(crate) async fn import(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    form: Multipart,
) -> Result<HttpResponse, Problem> {
    let (school, upload) = crate::upload::read(form, casework::largest_roster()).await?.school_and_file()?;
    let key = key_of(&request, &(school.to_string(), &upload.bytes))?;
    let preview = casework::import_roster(&api.desk, Some(&caller), school, &upload, key.as_ref()).await?;
    let shape = shape(&preview, lang.0);
    let location = format!("/api/v1/roster/imports/{}", shape.id);
    Ok(HttpResponse::Created().insert_header(("Location", location)).insert_header(etag(1)).json(shape))
}

/// The preview once more.
#[utoipa::path(tag = "roster", params(("id" = String, Path)), responses(
    (status = 200, body = ImportShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/roster/imports/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<ImportId>,
) -> Result<HttpResponse, Problem> {
    let (preview, version) = casework::view_import(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shape(&preview, lang.0)))
}

/// Applies an import.
#[utoipa::path(tag = "roster", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses(
    (status = 200, body = ImportShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/roster/imports/{id}/apply")]
pub(crate) async fn apply(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<ImportId>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let (preview, version) = casework::apply_roster(&api.desk, Some(&caller), None, *id, expected).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shape(&preview, lang.0)))
}

/// What taking back did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Undone {
    /// The import.
    id: String,
    /// How many pupils are as before; those whom something else has touched since stay.
    restored: usize,
}

/// Takes an import back, within seven days.
#[utoipa::path(tag = "roster", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses(
    (status = 200, body = Undone), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/roster/imports/{id}/undo")]
pub(crate) async fn undo(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<ImportId>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let (restored, version) = casework::undo_roster(&api.desk, &caller, *id, expected).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(Undone { id: id.to_string(), restored }))
}

async fn if_match_visible(api: &Api, caller: &Caller, id: ImportId, request: &HttpRequest) -> Result<u64, Problem> {
    match if_match(request) {
        Ok(version) => Ok(version),
        Err(missing) => {
            casework::view_import(&api.desk, caller, id).await?;
            Err(missing)
        }
    }
}
