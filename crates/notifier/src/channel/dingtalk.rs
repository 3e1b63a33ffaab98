//! Messages of a DingTalk robot 钉钉: in the group where it lives, with the person mentioned. HTTP 200 is no success.

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::delivery::Outcome;
use domain::time::Clock;
use serde_json::{Value, json};

use super::class::Class::{Elsewhere, Refused, Retry};
use super::class::{self, Codes};
use super::http::{Answer, ask, client};
use super::text::{encode, hmac_sha256};
use super::{Channel, Letter};
use crate::limits::Limit;

/// Twenty a minute in all; one more, and the robot is mute for ten minutes.
const LIMITS: &[Limit] = &[Limit::together(20, 60)];

/// Every code that a robot answers.
const CODES: &Codes = &[
    ("-1", Retry),
    ("90018", Elsewhere),
    ("130101", Elsewhere),
    ("410100", Elsewhere),
    ("660026", Elsewhere),
    // No right to call it, or no such place.
    ("88", Refused),
    ("404", Refused),
    ("40035", Refused),
    ("43004", Refused),
    ("300001", Refused),
    ("300005", Refused),
    ("310000", Refused),
    ("400013", Refused),
    ("400101", Refused),
    ("400102", Refused),
    ("400105", Refused),
    ("400106", Refused),
    ("430101", Refused),
    ("430102", Refused),
    ("430103", Refused),
    ("430104", Refused),
];

/// How messages go out by a robot.
#[derive(Clone)]
pub struct DingtalkSettings {
    /// The service's address, without a path: `https://oapi.dingtalk.com`.
    pub url: String,
    /// The robot's token.
    pub token: String,
    /// The robot's secret.
    pub secret: String,
    /// The real clock: a signature is good for an hour.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for DingtalkSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DingtalkSettings").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Messages of a robot.
#[derive(Debug)]
pub struct DingtalkRobot {
    client: reqwest::Client,
    settings: DingtalkSettings,
}

impl DingtalkRobot {
    /// Prepares to send.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: DingtalkSettings) -> Result<Self, reqwest::Error> {
        Ok(Self { client: client()?, settings })
    }
}

/// The signature of a moment, in milliseconds, as it stands in the query.
fn signature(secret: &str, millis: i64) -> String {
    encode(&STANDARD.encode(hmac_sha256(secret.as_bytes(), &format!("{millis}\n{secret}"))))
}

#[async_trait]
impl Channel for DingtalkRobot {
    fn name(&self) -> &'static str {
        "dingtalk_robot"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Dingtalk
    }

    fn limits(&self) -> &'static [Limit] {
        LIMITS
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let (s, millis) = (&self.settings, self.settings.clock.now().timestamp_millis());
        let sign = signature(&s.secret, millis);
        let url = format!("{}/robot/send?access_token={}&timestamp={millis}&sign={sign}", s.url, encode(&s.token));
        let number = letter.to.chars().all(|c| c.is_ascii_digit() || c == '+');
        let whom = if number { "atMobiles" } else { "atUserIds" };
        let body = json!({ "msgtype": "text", "text": { "content": letter.text }, "at": { whom: [letter.to] } });
        match ask(self.client.post(url).json(&body)).await {
            Ok(answer) => classify(&answer),
            Err(outcome) => outcome,
        }
    }
}

fn classify(answer: &Answer) -> Outcome {
    match answer.json.as_ref().and_then(|j| j.get("errcode")).and_then(Value::as_i64) {
        Some(0) => Outcome::Accepted { provider_id: None },
        Some(code) => class::outcome(&[CODES], "dingtalk", &code.to_string()),
        None => answer.wordless(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::class::walk;
    use super::*;

    #[test]
    fn the_published_example_is_signed_alike() {
        let signed = signature("this is secret", 1_577_262_236_757);
        assert_eq!(signed, "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D");
    }

    #[test]
    fn every_code_has_its_class_under_http_200() {
        let answered = |json| classify(&Answer { status: 200, json });
        walk(&[CODES], |code| {
            answered(Some(json!({ "errcode": code.parse::<i64>().unwrap_or(99_999), "errmsg": "" })))
        });
        assert_eq!(answered(Some(json!({ "errcode": 0, "errmsg": "ok" }))).key(), "accepted");
        assert_eq!(answered(None).key(), "ambiguous");
    }
}
