//! Files as answers: to be kept by whoever asked, by nothing in between, under a name that names nobody.

use actix_web::HttpResponse;
use actix_web::http::header;

/// A PDF.
pub(crate) const PDF: &str = "application/pdf";
/// A spreadsheet.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file to be saved.
pub(crate) fn file(kind: &str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type(kind)
        .body(bytes)
}
