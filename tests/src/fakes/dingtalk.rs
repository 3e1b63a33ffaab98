//! DingTalk's robot.

use serde_json::{Value, json};

use super::server::{Book, Call, Dialect, Fake, Raw};
use super::sums::{base64, hmac256};
use super::{KEY, SECRET};

impl Fake {
    /// A stand-in for DingTalk.
    #[must_use]
    pub fn dingtalk() -> Self {
        Self::start(Dialect { read, sends: |_| true, taken, told, says })
    }
}

fn read(raw: &Raw) -> Result<Call, (String, &'static str)> {
    let query = raw.queried();
    let field = |name: &str| query.get(name).cloned().unwrap_or_default();
    let wanted = base64(hmac256(SECRET, &format!("{}\n{SECRET}", field("timestamp"))));
    if raw.path != "/robot/send" || field("access_token") != KEY || field("sign") != wanted {
        return Err(("a wrong signature".to_owned(), "310000"));
    }
    let at = &raw.json()["at"];
    let to = [&at["atMobiles"][0], &at["atUserIds"][0]].into_iter().find_map(Value::as_str).unwrap_or_default();
    let fields = [("body".to_owned(), raw.body.clone())].into();
    Ok(Call { action: "send".to_owned(), to: to.to_owned(), id: String::new(), fields })
}

fn taken(_: &Call, _: usize) -> (u16, Value) {
    (200, json!({ "errcode": 0, "errmsg": "ok" }))
}

fn told(_: &Call, _: &Book) -> (u16, Value) {
    says("-1")
}

fn says(code: &str) -> (u16, Value) {
    (200, json!({ "errcode": code.parse::<i64>().unwrap(), "errmsg": "in words" }))
}
