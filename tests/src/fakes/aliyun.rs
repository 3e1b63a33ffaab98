//! Aliyun: the signature is computed from what came over the wire.

use serde_json::{Value, json};

use super::server::{Book, Call, Dialect, Fake, Raw};
use super::sums::{hex, hmac256, sha256};
use super::{KEY, SECRET};

impl Fake {
    /// A stand-in for Aliyun, SMS and calls.
    #[must_use]
    pub fn aliyun() -> Self {
        Self::start(Dialect { read, sends, taken, told, says })
    }
}

fn sends(call: &Call) -> bool {
    !call.action.starts_with("Query")
}

fn read(raw: &Raw) -> Result<Call, (String, &'static str)> {
    let wrong = |what: &str| Err((what.to_owned(), "SignatureDoesNotMatch"));
    let Some(rest) = raw.header("authorization").strip_prefix("ACS3-HMAC-SHA256 ") else {
        return wrong("no signature");
    };
    let parts: Vec<(&str, &str)> = rest.split(',').filter_map(|p| p.split_once('=')).collect();
    let [("Credential", KEY), ("SignedHeaders", names), ("Signature", signature)] = parts[..] else {
        return wrong("an Authorization of another form");
    };
    let mut sorted: Vec<&str> = raw.query.split('&').collect();
    sorted.sort_unstable();
    let headers: String = names.split(';').map(|n| format!("{n}:{}\n", raw.header(n).trim())).collect();
    let body = sha256(&raw.body);
    let canonical = [&raw.method, &raw.path, &sorted.join("&"), &headers, names, &body].map(str::to_owned).join("\n");
    let wanted = hex(hmac256(SECRET, &format!("ACS3-HMAC-SHA256\n{}", sha256(&canonical))));
    if signature != wanted || raw.header("x-acs-content-sha256") != body {
        return wrong("a wrong signature");
    }
    if raw.header("x-acs-signature-nonce").is_empty() || !raw.header("x-acs-date").ends_with('Z') {
        return wrong("no nonce or no date");
    }
    let fields = raw.queried();
    let field = |name: &str| fields.get(name).cloned();
    let to = field("PhoneNumbers").or_else(|| field("CalledNumber")).or_else(|| field("PhoneNumber"));
    let action = raw.header("x-acs-action").to_owned();
    Ok(Call { action, to: to.unwrap_or_default(), id: field("OutId").unwrap_or_default(), fields })
}

fn taken(call: &Call, n: usize) -> (u16, Value) {
    let id = if call.action == "SendSms" { "BizId" } else { "CallId" };
    (200, json!({ "Code": "OK", "Message": "OK", "RequestId": "r", id: format!("biz-{n}") }))
}

fn told(call: &Call, book: &Book) -> (u16, Value) {
    if call.action == "QueryCallDetailByCallId" {
        return (200, json!({ "Code": "OK", "Message": "OK", "RequestId": "r" }));
    }
    let ours = book.taken.iter().filter(|t| t.to == call.to);
    let one = |t: &Call| {
        let status = book.fate(&t.id).map_or(1, |arrived| if arrived { 3 } else { 2 });
        json!({ "PhoneNum": t.to, "OutId": t.id, "SendStatus": status })
    };
    let list: Vec<Value> = ours.map(one).collect();
    (200, json!({ "Code": "OK", "TotalCount": list.len(), "SmsSendDetailDTOs": { "SmsSendDetailDTO": list } }))
}

fn says(code: &str) -> (u16, Value) {
    let status = if code.starts_with("is") { 200 } else { 400 };
    (status, json!({ "Code": code, "Message": "in words", "RequestId": "r" }))
}
