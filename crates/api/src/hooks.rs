//! Receipts that providers report. Unsigned ones come by an address that only the gateway knows.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

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
pub(crate) async fn kannel(
    api: web::Data<Api>,
    secret: web::Path<String>,
    report: web::Query<KannelReport>,
) -> Result<HttpResponse, Problem> {
    if !same(&secret, &api.settings.hook_secret) {
        return Err(Problem::not_found());
    }
    match report.status {
        1 => casework::record_receipt(&api.desk, "kannel", &report.id, true).await?,
        2 | 16 => casework::record_receipt(&api.desk, "kannel", &report.id, false).await?,
        _ => {}
    }
    Ok(HttpResponse::Ok().body("ok"))
}

/// Compares without telling by its time how much was right.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}
