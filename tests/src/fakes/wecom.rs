//! WeCom: the application with its token, and the robot. A token is good until it is revoked.

use serde_json::{Value, json};

use super::server::{Book, Call, Dialect, Fake, Raw};
use super::{KEY, SECRET};

/// The one token that is handed out.
const TOKEN: &str = "token-of-wecom";

impl Fake {
    /// A stand-in for WeCom.
    #[must_use]
    pub fn wecom() -> Self {
        Self::start(Dialect { read, sends, taken, told, says })
    }
}

fn sends(call: &Call) -> bool {
    call.action != "gettoken"
}

fn read(raw: &Raw) -> Result<Call, (String, &'static str)> {
    let query = raw.queried();
    let is = |name: &str, value: &str| query.get(name).is_some_and(|v| v == value);
    let body = raw.json();
    let word = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let fields = [("body".to_owned(), raw.body.clone())].into();
    let call = |action: &str, to| Call { action: action.to_owned(), to, id: String::new(), fields };
    match raw.path.as_str() {
        "/cgi-bin/gettoken" if is("corpid", KEY) && is("corpsecret", SECRET) => Ok(call("gettoken", String::new())),
        "/cgi-bin/message/send" if is("access_token", TOKEN) => Ok(call("send", word(&body["touser"]))),
        "/cgi-bin/webhook/send" if is("key", KEY) => Ok(call("robot", word(&body["text"]["mentioned_list"][0]))),
        other => Err((format!("wrong credentials or no such place: {other}"), "40001")),
    }
}

fn taken(_: &Call, n: usize) -> (u16, Value) {
    (200, json!({ "errcode": 0, "errmsg": "ok", "msgid": format!("m{n}") }))
}

fn told(_: &Call, _: &Book) -> (u16, Value) {
    (200, json!({ "errcode": 0, "errmsg": "ok", "access_token": TOKEN, "expires_in": 7200 }))
}

fn says(code: &str) -> (u16, Value) {
    (200, json!({ "errcode": code.parse::<i64>().unwrap(), "errmsg": "in words" }))
}
