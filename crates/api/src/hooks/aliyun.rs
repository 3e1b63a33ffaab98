//! Aliyun. It reports in lists, unsigned, and repeats after 1, 5 and 10 minutes what was not answered.

use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use serde_json::json;

use super::{RECEIPTS, knows};
use crate::problem::Problem;
use crate::state::Api;

/// One receipt. `out_id` is our own number of the message.
#[derive(Debug, Deserialize)]
pub(crate) struct SmsReport {
    success: bool,
    #[serde(default)]
    out_id: String,
}

/// Receipts of Aliyun (`SmsReport`).
#[post("/hooks/aliyun/{secret}")]
pub(crate) async fn report(
    api: web::Data<Api>,
    secret: web::Path<String>,
    reports: web::Json<Vec<SmsReport>>,
) -> Result<HttpResponse, Problem> {
    knows(&api, &secret)?;
    for report in reports.iter().take(RECEIPTS).filter(|r| !r.out_id.is_empty()) {
        casework::record_receipt(&api.desk, "aliyun", &report.out_id, report.success).await?;
    }
    Ok(HttpResponse::Ok().json(json!({ "code": 0, "msg": "接收成功" })))
}
