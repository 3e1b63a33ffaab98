//! Messages of a WeCom robot: in the group where it lives, with the member mentioned.

use async_trait::async_trait;
use domain::delivery::Outcome;
use serde_json::json;

use super::super::http::{ask, client};
use super::super::{Channel, Letter};
use super::{classify, cut};
use crate::limits::Limit;

/// Twenty a minute in all.
const LIMITS: &[Limit] = &[Limit::together(20, 60)];

/// How messages go out by a robot.
#[derive(Clone)]
pub struct WecomRobotSettings {
    /// The service's address, without a path: `https://qyapi.weixin.qq.com`.
    pub url: String,
    /// The robot's key.
    pub key: String,
}

impl std::fmt::Debug for WecomRobotSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WecomRobotSettings").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Messages of a robot.
#[derive(Debug)]
pub struct WecomRobot {
    client: reqwest::Client,
    settings: WecomRobotSettings,
}

impl WecomRobot {
    /// Prepares to send.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: WecomRobotSettings) -> Result<Self, reqwest::Error> {
        Ok(Self { client: client()?, settings })
    }
}

#[async_trait]
impl Channel for WecomRobot {
    fn name(&self) -> &'static str {
        "wecom_robot"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Wecom
    }

    fn limits(&self) -> &'static [Limit] {
        LIMITS
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let url = format!("{}/cgi-bin/webhook/send", self.settings.url);
        let text = json!({ "content": cut(&letter.text), "mentioned_list": [letter.to] });
        let body = json!({ "msgtype": "text", "text": text });
        match ask(self.client.post(url).query(&[("key", &self.settings.key)]).json(&body)).await {
            Ok(answer) => classify(&answer, &letter.to),
            Err(outcome) => outcome,
        }
    }
}
