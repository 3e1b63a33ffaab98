//! Tencent Cloud. It reports in lists, unsigned.

use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use serde_json::json;

use super::{RECEIPTS, knows};
use crate::problem::Problem;
use crate::state::Api;

/// One receipt. `sid` is Tencent's number of the message.
#[derive(Debug, Deserialize)]
pub(crate) struct StatusReport {
    report_status: String,
    sid: String,
}

/// Receipts of Tencent Cloud.
#[post("/hooks/tencent/{secret}")]
pub(crate) async fn report(
    api: web::Data<Api>,
    secret: web::Path<String>,
    reports: web::Json<Vec<StatusReport>>,
) -> Result<HttpResponse, Problem> {
    knows(&api, &secret)?;
    for report in reports.iter().take(RECEIPTS) {
        match report.report_status.as_str() {
            "SUCCESS" => casework::record_receipt(&api.desk, "tencent", &report.sid, true).await?,
            "FAIL" => casework::record_receipt(&api.desk, "tencent", &report.sid, false).await?,
            _ => {}
        }
    }
    Ok(HttpResponse::Ok().json(json!({ "result": 0, "errmsg": "OK" })))
}
