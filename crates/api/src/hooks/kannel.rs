//! Kannel.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use super::knows;
use crate::problem::Problem;
use crate::state::Api;

/// Kannel's delivery report: `status` is 1 delivered, 2 not delivered, 16 refused by the SMSC.
#[derive(Debug, Deserialize)]
pub(crate) struct KannelReport {
    id: String,
    status: u32,
}

/// A delivery report of Kannel.
#[get("/hooks/kannel/{secret}")]
pub(crate) async fn report(
    api: web::Data<Api>,
    secret: web::Path<String>,
    report: web::Query<KannelReport>,
) -> Result<HttpResponse, Problem> {
    knows(&api, &secret)?;
    match report.status {
        1 => casework::record_receipt(&api.desk, "kannel", &report.id, true).await?,
        2 | 16 => casework::record_receipt(&api.desk, "kannel", &report.id, false).await?,
        _ => {}
    }
    Ok(HttpResponse::Ok().body("ok"))
}
