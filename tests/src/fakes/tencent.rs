//! Tencent Cloud: the signature is computed from what came over the wire.

use serde_json::{Value, json};

use super::server::{Book, Call, Dialect, Fake, Raw};
use super::sums::{hex, hmac256, sha256};
use super::{KEY, SECRET};

impl Fake {
    /// A stand-in for Tencent Cloud's SMS.
    #[must_use]
    pub fn tencent() -> Self {
        Self::start(Dialect { read, sends, taken, told, says })
    }
}

fn sends(call: &Call) -> bool {
    call.action == "SendSms"
}

fn read(raw: &Raw) -> Result<Call, (String, &'static str)> {
    let wrong = |what: &str| Err((what.to_owned(), "AuthFailure.SignatureFailure"));
    let seconds: i64 = raw.header("x-tc-timestamp").parse().unwrap_or_default();
    let day = chrono::DateTime::from_timestamp(seconds, 0).unwrap().format("%Y-%m-%d").to_string();
    let names = "content-type;host;x-tc-action";
    let headers = format!(
        "content-type:{}\nhost:{}\nx-tc-action:{}\n",
        raw.header("content-type"),
        raw.header("host"),
        raw.header("x-tc-action").to_lowercase()
    );
    let canonical = format!("{}\n{}\n{}\n{headers}\n{names}\n{}", raw.method, raw.path, raw.query, sha256(&raw.body));
    let text = format!("TC3-HMAC-SHA256\n{seconds}\n{day}/sms/tc3_request\n{}", sha256(&canonical));
    let key = hmac256(hmac256(hmac256(format!("TC3{SECRET}"), &day), "sms"), "tc3_request");
    let wanted = format!(
        "TC3-HMAC-SHA256 Credential={KEY}/{day}/sms/tc3_request, SignedHeaders={names}, Signature={}",
        hex(hmac256(key, &text))
    );
    if raw.header("authorization") != wanted {
        return wrong("a wrong signature");
    }
    if raw.header("x-tc-version") != "2021-01-11" || raw.header("x-tc-region").is_empty() {
        return wrong("no version or no region");
    }
    let body = raw.json();
    let word = |v: &Value| v.as_str().map(str::to_owned);
    let to = word(&body["PhoneNumberSet"][0]).or_else(|| word(&body["PhoneNumber"])).unwrap_or_default();
    let id = word(&body["SessionContext"]).unwrap_or_default();
    let fields = [("body".to_owned(), raw.body.clone())].into();
    Ok(Call { action: raw.header("x-tc-action").to_owned(), to, id, fields })
}

fn taken(call: &Call, n: usize) -> (u16, Value) {
    let status = json!({
        "SerialNo": format!("serial-{n}"), "PhoneNumber": call.to, "Fee": 1, "SessionContext": call.id, "Code": "Ok",
        "Message": "send success", "IsoCode": "CN",
    });
    (200, json!({ "Response": { "SendStatusSet": [status], "RequestId": "r" } }))
}

fn told(call: &Call, book: &Book) -> (u16, Value) {
    let all = book.taken.iter().enumerate().filter(|(_, t)| t.to == call.to);
    let known = all.filter_map(|(n, t)| {
        let status = if book.fate(&t.id)? { "SUCCESS" } else { "FAIL" };
        Some(json!({ "SerialNo": format!("serial-{}", n + 1), "SessionContext": t.id, "ReportStatus": status }))
    });
    let list: Vec<Value> = known.collect();
    (200, json!({ "Response": { "PullSmsSendStatusSet": list, "RequestId": "r" } }))
}

/// Codes about a number come in its status, the others instead of an answer.
fn says(code: &str) -> (u16, Value) {
    if code.starts_with("LimitExceeded") || code.starts_with("FailedOperation") {
        let status = json!({ "SerialNo": "", "PhoneNumber": "", "Fee": 0, "Code": code, "Message": "in words" });
        return (200, json!({ "Response": { "SendStatusSet": [status], "RequestId": "r" } }));
    }
    (200, json!({ "Response": { "Error": { "Code": code, "Message": "in words" }, "RequestId": "r" } }))
}
