//! Twilio.

use serde_json::{Value, json};

use super::server::{Book, Call, Dialect, Fake, Raw};
use super::sums::base64;
use super::{KEY, TWILIO_TOKEN};

impl Fake {
    /// A stand-in for Twilio, SMS and calls.
    #[must_use]
    pub fn twilio() -> Self {
        Self::start(Dialect { read, sends: |call| !call.to.is_empty(), taken, told, says })
    }
}

fn read(raw: &Raw) -> Result<Call, (String, &'static str)> {
    let basic = format!("Basic {}", base64(format!("{KEY}:{TWILIO_TOKEN}")));
    if raw.header("authorization") != basic {
        return Err(("wrong credentials".to_owned(), "20003"));
    }
    if (raw.method.as_str(), raw.path.as_str()) == ("GET", &format!("/2010-04-01/Accounts/{KEY}.json")) {
        return Ok(Call { action: "GET account".to_owned(), ..Call::default() });
    }
    let place = format!("/2010-04-01/Accounts/{KEY}/");
    let Some(action) = raw.path.strip_prefix(&place).and_then(|p| p.strip_suffix(".json")) else {
        return Err((format!("no such place: {}", raw.path), "20404"));
    };
    if raw.method == "GET" {
        let (what, sid) = action.split_once('/').unwrap();
        return Ok(Call { action: format!("GET {what}"), id: sid.to_owned(), ..Call::default() });
    }
    let fields = raw.form();
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let said = if action == "Calls" { field("Twiml") } else { field("Body") };
    if field("To").is_empty() || !field("To").starts_with('+') || said.is_empty() {
        return Err(("nobody to tell, or nothing".to_owned(), "21604"));
    }
    Ok(Call { action: action.to_owned(), to: field("To"), id: String::new(), fields })
}

fn taken(_: &Call, n: usize) -> (u16, Value) {
    (201, json!({ "sid": format!("SM{n}"), "status": "queued", "error_code": null }))
}

fn told(call: &Call, book: &Book) -> (u16, Value) {
    if call.action == "GET account" {
        return (200, json!({ "sid": KEY, "status": "active", "type": "Full" }));
    }
    let status = book.fate(&call.id).map_or("sent", |arrived| if arrived { "delivered" } else { "undelivered" });
    (200, json!({ "sid": call.id, "status": status }))
}

fn says(code: &str) -> (u16, Value) {
    if code == "suspended" {
        return (200, json!({ "sid": KEY, "status": code, "type": "Full" }));
    }
    (
        if code == "20003" { 401 } else { 400 },
        json!({ "code": code.parse::<u32>().unwrap(), "message": "in words", "status": 400 }),
    )
}
