//! What goes on paper: `/api/v1/students/{id}/growth-file.pdf` and the register of a class.

use actix_web::{HttpResponse, get, web};
use domain::id::{ClassId, StudentId};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{Caller, Language};
use crate::printing::respond::{PDF, XLSX, file};
use crate::printing::{growth_file as printed_file, register};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// The bytes of a file.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes the answer")]
pub(crate) struct FileBytes(Vec<u8>);

/// Which entries.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query, which may name a kind more than once")]
pub(crate) struct PrintParameters {
    /// Kinds of entries, each by itself: `kind=alert&kind=custody`. All when none is named.
    kind: Option<Vec<String>>,
    /// The first day, in the school's time.
    from: Option<String>,
    /// The last day, in the school's time.
    to: Option<String>,
}

/// A student's growth file on paper, with what the reader may see and the names of other pupils hidden. Written down
/// before the first byte leaves.
#[utoipa::path(tag = "students", params(("id" = String, Path), PrintParameters), responses(
    (status = 200, body = FileBytes, content_type = "application/pdf"), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 422, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[get("/api/v1/students/{id}/growth-file.pdf")]
pub(crate) async fn growth_file(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<StudentId>,
    query: web::Query<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    let (number, bytes) = printed_file::print(&api, &caller, *id, &printed_file::draft(&query), lang.0).await?;
    Ok(file(PDF, &format!("growth-file-{number}.pdf"), bytes))
}

/// The register of a class on paper. Guardians are named to those who keep the roster.
#[utoipa::path(tag = "students", params(("id" = String, Path)), responses(
    (status = 200, body = FileBytes, content_type = "application/pdf"), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[get("/api/v1/classes/{id}/register.pdf")]
pub(crate) async fn register_pdf(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<ClassId>,
) -> Result<HttpResponse, Problem> {
    let (number, bytes) = register::print(&api, &caller, *id, lang.0).await?;
    Ok(file(PDF, &format!("register-{number}.pdf"), bytes))
}

/// The register of a class as a spreadsheet: every cell is a text. Guardians are named to those who keep the roster.
#[utoipa::path(tag = "students", params(("id" = String, Path)), responses(
    (status = 200, body = FileBytes,
     content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[get("/api/v1/classes/{id}/register.xlsx")]
pub(crate) async fn register_xlsx(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<ClassId>,
) -> Result<HttpResponse, Problem> {
    let (number, bytes) = register::spreadsheet(&api, &caller, *id, lang.0).await?;
    Ok(file(XLSX, &format!("register-{number}.xlsx"), bytes))
}
