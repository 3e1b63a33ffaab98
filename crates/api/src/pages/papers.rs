//! `/students/{id}/papers/{kind}/{record}`: the forms of a school, and `/classes/{id}/register.…`, from pages.

use actix_web::{HttpResponse, get, web};
use domain::id::{ClassId, StudentId};

use super::visitor::{PageError, Visitor};
use crate::printing::papers::{Paper, print};
use crate::printing::register;
use crate::printing::respond::{PDF, XLSX, file};
use crate::problem::Problem;
use crate::state::Api;

/// A form on paper.
#[get("/students/{id}/papers/{kind}/{record}")]
pub(crate) async fn paper(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, String, String)>,
) -> Result<HttpResponse, PageError> {
    let paper = Paper::of(&path.1, &path.2).ok_or_else(Problem::not_found)?;
    let (number, bytes) = print(&api, &who, path.0, paper).await?;
    Ok(file(PDF, &format!("{}-{number}.pdf", paper.file()), bytes))
}

/// The register of a class on paper.
#[get("/classes/{id}/register.pdf")]
pub(crate) async fn register_pdf(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<ClassId>,
) -> Result<HttpResponse, PageError> {
    let (number, bytes) = register::print(&api, &who, *id, who.lang).await?;
    Ok(file(PDF, &format!("register-{number}.pdf"), bytes))
}

/// The register of a class as a spreadsheet.
#[get("/classes/{id}/register.xlsx")]
pub(crate) async fn register_xlsx(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<ClassId>,
) -> Result<HttpResponse, PageError> {
    let (number, bytes) = register::spreadsheet(&api, &who, *id, who.lang).await?;
    Ok(file(XLSX, &format!("register-{number}.xlsx"), bytes))
}
