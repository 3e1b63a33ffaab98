//! Messages of a WeCom application. WeCom itself drops a message that equals one of a moment ago, so that a resend after a
//! lost answer is seen once.

use std::sync::Arc;

use async_trait::async_trait;
use domain::delivery::Outcome;
use domain::time::Clock;
use serde_json::json;

use super::super::http::{ask, client};
use super::super::probe::Probe;
use super::super::{Channel, Letter};
use super::token::Token;
use super::{classify, code, cut};
use crate::limits::Limit;

/// To one member: thirty a minute and a thousand an hour; WeCom drops the rest without a word.
const LIMITS: &[Limit] = &[Limit::each(30, 60), Limit::each(1_000, 60 * 60)];
/// How long an equal message is a duplicate. Longer, and the next repeat of a red, which is worded alike, would be dropped.
const DUPLICATE_SECONDS: u32 = 60;
/// The token is unknown, or has run out.
const TOKEN_GONE: [i64; 3] = [40_014, 42_001, 41_001];

/// How messages go out by an application.
#[derive(Clone)]
pub struct WecomAppSettings {
    /// The service's address, without a path: `https://qyapi.weixin.qq.com`.
    pub url: String,
    /// The corporation.
    pub corp: String,
    /// The application's secret.
    pub secret: String,
    /// The application's number.
    pub agent: u64,
    /// The real clock: tokens run out.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for WecomAppSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WecomAppSettings").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Messages of an application.
pub struct WecomApp {
    client: reqwest::Client,
    settings: WecomAppSettings,
    token: Token,
}

impl std::fmt::Debug for WecomApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WecomApp").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl WecomApp {
    /// Prepares to send.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: WecomAppSettings) -> Result<Self, reqwest::Error> {
        Ok(Self { client: client()?, settings, token: Token::default() })
    }

    async fn token(&self) -> Result<String, Outcome> {
        let s = &self.settings;
        let query = [("corpid", &s.corp), ("corpsecret", &s.secret)];
        let request = self.client.get(format!("{}/cgi-bin/gettoken", s.url)).query(&query);
        self.token.get(request, s.clock.now()).await
    }

    async fn try_send(&self, letter: &Letter) -> Result<Outcome, Outcome> {
        let token = self.token().await?;
        let url = format!("{}/cgi-bin/message/send", self.settings.url);
        let body = json!({
            "touser": letter.to,
            "msgtype": "text",
            "agentid": self.settings.agent,
            "text": { "content": cut(&letter.text) },
            "enable_duplicate_check": 1,
            "duplicate_check_interval": DUPLICATE_SECONDS,
        });
        let answer = ask(self.client.post(url).query(&[("access_token", token)]).json(&body)).await?;
        if code(&answer).is_some_and(|c| TOKEN_GONE.contains(&c)) {
            self.token.forget().await;
        }
        Ok(classify(&answer, &letter.to))
    }
}

#[async_trait]
impl Channel for WecomApp {
    fn name(&self) -> &'static str {
        "wecom_app"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Wecom
    }

    fn limits(&self) -> &'static [Limit] {
        LIMITS
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        self.try_send(letter).await.unwrap_or_else(|outcome| outcome)
    }
    /// Fetches a token, which is what the secret is for.
    async fn probe(&self) -> Probe {
        match self.token().await {
            Ok(_) => Probe::Known,
            Err(outcome) => Probe::of(outcome),
        }
    }
}
