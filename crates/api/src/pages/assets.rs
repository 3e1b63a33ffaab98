//! Stylesheet, script and icon inside the binary. Their addresses carry a fingerprint, so that browsers keep them until
//! they change.

use std::sync::OnceLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, web};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::view::shell::Assets;
use crate::problem::Problem;

const FOREVER: &str = "public, max-age=31536000, immutable";
const A_WHILE: &str = "public, max-age=300";

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

fn fingerprint(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

fn address(name: &str) -> String {
    let mark = Files::get(name).map(|f| fingerprint(&f)).unwrap_or_default();
    format!("/assets/{name}?v={mark}")
}

/// Where the files are.
pub(crate) fn addresses() -> Assets {
    static KNOWN: OnceLock<Assets> = OnceLock::new();
    let find = || Assets { css: address("app.css"), js: address("app.js"), icon: address("favicon.svg") };
    KNOWN.get_or_init(find).clone()
}

/// One of the files.
#[get("/assets/{name}")]
pub(crate) async fn asset(request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let file = Files::get(&name).ok_or_else(Problem::not_found)?;
    let wanted = format!("v={}", fingerprint(&file));
    let keep = if request.query_string() == wanted { FOREVER } else { A_WHILE };
    let kind = file.metadata.mimetype().to_owned();
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, keep))
        .insert_header((header::CONTENT_TYPE, kind))
        .body(file.data.into_owned()))
}
