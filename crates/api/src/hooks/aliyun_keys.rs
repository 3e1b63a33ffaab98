//! Which key was pressed in a call by Aliyun.
//!
//! Documented (help.aliyun.com, 语音服务, 回执消息): whoever is called by `IvrCall` is reported of twice, each time as a list
//! in JSON, unsigned, repeated after 1, 5 and 10 minutes while it is not answered with HTTP 200 and a `code`:
//! - `VoiceCallReport`, during the call: `call_id`, `out_id`, `dtmf`, `status_code`, `status_time`, and no telephone;
//! - `VoiceReport`, when it is over: the same with `callee`, times and duration.
//!
//! A newer introduction to IVR calls the key `digits` and the telephone `called_num`, and shows one report without its list.
//!
//! Assumed: `dtmf` holds the keys in the order in which they were pressed, `callee` is the whole number, `out_id` is what the
//! call was given, and both kinds of report may be sent to one address. Whatever turns out otherwise takes nothing: the
//! climb goes on.

use actix_web::{HttpResponse, post, web};
use casework::{CaseError, CodeAnswer, CodeHolder, ReportedCall, answer_by_code};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{RECEIPTS, answers, knows};
use crate::problem::Problem;
use crate::state::Api;

/// Its name in the outbox.
const PROVIDER: &str = "aliyun_voice";

/// One report, in the words of either page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct VoiceReport {
    call_id: String,
    out_id: String,
    dtmf: String,
    digits: String,
    callee: String,
    called_num: String,
}

impl VoiceReport {
    /// The one key that was pressed, once or again and again. Two different ones say nothing.
    fn key(&self) -> Option<CodeAnswer> {
        let pressed = either(&self.dtmf, &self.digits)?;
        let first = pressed.chars().next()?;
        let same = pressed.len() <= 8 && pressed.chars().all(|k| k == first);
        same.then(|| answers::answer_of(&first.to_string())).flatten()
    }

    fn call(&self) -> ReportedCall<'_> {
        ReportedCall {
            provider: PROVIDER,
            call: &self.call_id,
            number: either(&self.callee, &self.called_num),
            ours: either(&self.out_id, ""),
        }
    }

    fn is_text(&self) -> bool {
        let call = self.call();
        let said = [Some(call.call), call.number, call.ours];
        !call.call.is_empty() && said.into_iter().flatten().all(|text| !text.chars().any(char::is_control))
    }
}

/// The first that says something.
fn either<'a>(one: &'a str, other: &'a str) -> Option<&'a str> {
    [one.trim(), other.trim()].into_iter().find(|text| !text.is_empty())
}

/// Keys pressed in calls by Aliyun (`VoiceCallReport`, `VoiceReport`): 1 takes it, 2 cannot.
#[post("/hooks/aliyun/{secret}/keys")]
pub(crate) async fn keys(
    api: web::Data<Api>,
    secret: web::Path<String>,
    reports: web::Json<Value>,
) -> Result<HttpResponse, Problem> {
    knows(&api, &secret)?;
    let mut reports = reports.into_inner();
    let all = match reports.as_array_mut() {
        Some(all) => std::mem::take(all),
        None => vec![reports],
    };
    // One that cannot be read must not take the others away.
    let readable = all.into_iter().take(RECEIPTS).filter_map(|report| serde_json::from_value(report).ok());
    for report in readable.filter(VoiceReport::is_text) {
        take(&api, &report).await?;
    }
    Ok(HttpResponse::Ok().json(json!({ "code": 0, "msg": "接收成功" })))
}

/// What does not fit takes nothing, and is no fault of Aliyun's: it would repeat it for ever.
async fn take(api: &Api, report: &VoiceReport) -> Result<(), Problem> {
    let Some(answer) = report.key() else { return Ok(()) };
    match answer_by_code(&api.desk, CodeHolder::Reported(report.call()), "", answer).await {
        Ok(_) | Err(CaseError::Invalid(_)) => Ok(()),
        Err(err) => Err(err.into()),
    }
}

#[cfg(test)]
#[path = "aliyun_keys_tests.rs"]
mod tests;
