//! WeCom 企业微信: messages of an application, and of a robot in a group.

pub(crate) mod app;
mod codes;
pub(crate) mod robot;
mod token;

use domain::delivery::Outcome;
use serde_json::Value;

use super::class;
use super::http::{Answer, text};

/// The longest text, in bytes of UTF-8.
const TEXT_BYTES: usize = 2_048;

/// The number that says how it went; HTTP is always 200.
fn code(answer: &Answer) -> Option<i64> {
    answer.json.as_ref()?.get("errcode")?.as_i64()
}

/// What an answer means to the message of one member.
fn classify(answer: &Answer, to: &str) -> Outcome {
    let (Some(json), Some(code)) = (&answer.json, code(answer)) else { return answer.wordless() };
    if code != 0 {
        return class::outcome(&[codes::CODES], "wecom", &code.to_string());
    }
    if among(json, "invaliduser", to) {
        return Outcome::BadAddress("wecom: invaliduser".to_owned());
    }
    if among(json, "unlicenseduser", to) {
        return Outcome::BadAddress("wecom: unlicenseduser".to_owned());
    }
    Outcome::Accepted { provider_id: text(json, "msgid").map(str::to_owned) }
}

/// Whether a member stands in one of the answer's lists; WeCom knows no case.
fn among(json: &Value, list: &str, to: &str) -> bool {
    text(json, list).is_some_and(|l| l.split('|').any(|m| m.eq_ignore_ascii_case(to)))
}

/// Cuts a text to what is taken.
fn cut(text: &str) -> &str {
    let fits = |i: &usize| *i <= TEXT_BYTES;
    let ends = text.char_indices().map(|(i, c)| i + c.len_utf8());
    text.get(..ends.take_while(fits).last().unwrap_or_default()).unwrap_or_default()
}
