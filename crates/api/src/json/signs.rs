//! `/api/v1/signs`

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::Named;
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A sign of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignItem {
    /// Stable code.
    code: String,
    /// Code of its category.
    category: String,
    /// Its wording.
    name: String,
    /// What it suggests by itself, 1 to 4; null for protective and neutral signs.
    level: Option<u8>,
}

/// The catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Signs {
    /// Every sign, in the order in which it is shown.
    items: Vec<SignItem>,
    /// Always null: the catalogue is one page.
    next_cursor: Option<String>,
    /// The categories, in the order in which they are shown.
    categories: Vec<Named>,
    /// The version of the catalogue.
    version: u32,
}

/// The catalogue of signs.
#[utoipa::path(tag = "observations", responses((status = 200, body = Signs), (status = 401, body = ProblemBody)))]
#[get("/api/v1/signs")]
pub(crate) async fn signs(api: web::Data<Api>, _caller: Caller, lang: Language) -> Result<HttpResponse, Problem> {
    let catalogue = &api.desk.catalogue;
    let item = |s: &domain::sign::Sign| SignItem {
        code: s.code.clone(),
        category: s.category.clone(),
        name: s.name(lang.0).to_owned(),
        level: s.level.map(domain::level::Level::number),
    };
    Ok(HttpResponse::Ok().json(Signs {
        items: catalogue.signs().iter().map(item).collect(),
        next_cursor: None,
        categories: catalogue.categories().iter().map(|c| Named::new(&c.code, lang.0.pick(&c.zh, &c.en))).collect(),
        version: catalogue.version,
    }))
}
