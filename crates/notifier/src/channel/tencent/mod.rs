//! SMS by Tencent Cloud (`SendSms`). Receipts come by its own number, and the session's context carries ours.

mod codes;
mod sign;

use std::sync::Arc;

use async_trait::async_trait;
use domain::delivery::Outcome;
use domain::time::{Clock, Timestamp};
use serde_json::{Value, json};

use super::class;
use super::http::{Answer, ask, client, text};
use super::probe::{self, Probe};
use super::template::Templates;
use super::text::{host, international};
use super::{Channel, Found, Inquiry, Letter};

const SERVICE: &str = "sms";
const VERSION: &str = "2021-01-11";
/// The most sendings to one number that are looked through.
const PAGE: u32 = 100;

/// How SMS go out by Tencent Cloud.
#[derive(Clone)]
pub struct TencentSettings {
    /// The service's address, without a path: `https://sms.tencentcloudapi.com`.
    pub url: String,
    /// The region: `ap-guangzhou`.
    pub region: String,
    /// The secret's id.
    pub id: String,
    /// The secret.
    pub secret: String,
    /// The SMS application.
    pub app: String,
    /// The approved signature.
    pub sign_name: String,
    /// The approved templates.
    pub templates: Templates,
    /// The real clock: a signature is good for five minutes.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for TencentSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TencentSettings").field("url", &self.url).finish_non_exhaustive()
    }
}

/// SMS by Tencent Cloud.
#[derive(Debug)]
pub struct Tencent {
    client: reqwest::Client,
    settings: TencentSettings,
}

impl Tencent {
    /// Prepares to send.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: TencentSettings) -> Result<Self, reqwest::Error> {
        Ok(Self { client: client()?, settings })
    }

    async fn call(&self, action: &str, body: &Value) -> Result<Answer, Outcome> {
        let (s, body) = (&self.settings, body.to_string());
        let at = s.clock.now();
        let call = sign::Call { service: SERVICE, host: host(&s.url), action, at, body: &body };
        let request = self
            .client
            .post(format!("{}/", s.url))
            .header("host", call.host)
            .header("content-type", sign::CONTENT_TYPE)
            .header("authorization", call.authorization(&s.id, &s.secret))
            .header("x-tc-action", action)
            .header("x-tc-version", VERSION)
            .header("x-tc-region", &s.region)
            .header("x-tc-timestamp", at.timestamp().to_string());
        ask(request.body(body)).await
    }

    /// What was sent to a number since a moment before.
    async fn statuses(&self, to: &str, at: Timestamp) -> Result<Answer, Outcome> {
        let body = json!({
            "BeginTime": at.timestamp() - 60,
            "Offset": 0,
            "Limit": PAGE,
            "PhoneNumber": international(to),
            "SmsSdkAppId": self.settings.app,
        });
        self.call("PullSmsSendStatusByPhoneNumber", &body).await
    }
}

#[async_trait]
impl Channel for Tencent {
    fn name(&self) -> &'static str {
        "tencent"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Sms
    }

    fn reports(&self) -> bool {
        true
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let Some(filled) = self.settings.templates.fill(letter) else {
            return Outcome::Refused("tencent: no template for this kind of message".to_owned());
        };
        let values: Vec<&String> = filled.values.iter().map(|(_, value)| value).collect();
        let body = json!({
            "PhoneNumberSet": [international(&letter.to)],
            "SmsSdkAppId": self.settings.app,
            "SignName": self.settings.sign_name,
            "TemplateId": filled.template,
            "TemplateParamSet": values,
            "SessionContext": letter.id.to_string(),
        });
        match self.call("SendSms", &body).await {
            Ok(answer) => classify(&answer),
            Err(outcome) => outcome,
        }
    }

    /// By the number: the call that asks for everything hands each status out once only, and would take other messages'
    /// receipts away.
    async fn inquire(&self, about: &Inquiry<'_>) -> Option<Found> {
        let answer = self.statuses(about.to, about.at).await.ok()?;
        found(&answer.json?, about)
    }

    /// Asks for sendings, as after a lost answer: it names the application too.
    async fn probe(&self) -> Probe {
        let answer = match self.statuses(probe::NUMBER, self.settings.clock.now()).await {
            Ok(answer) => answer,
            Err(outcome) => return Probe::of(outcome),
        };
        let listed = answer.json.as_ref().and_then(|j| j.get("Response")?.get("PullSmsSendStatusSet")?.as_array());
        if listed.is_some() { Probe::Known } else { Probe::of(classify(&answer)) }
    }
}

/// What an answer means: the whole call can fail, or the one number in it, both under HTTP 200.
fn classify(answer: &Answer) -> Outcome {
    let Some(response) = answer.json.as_ref().and_then(|j| j.get("Response")) else { return answer.wordless() };
    if let Some(code) = response.get("Error").and_then(|e| text(e, "Code")) {
        return class::outcome(&[codes::SMS], "tencent", code);
    }
    let status = response.get("SendStatusSet").and_then(|s| s.as_array()?.first());
    match status.and_then(|s| Some((text(s, "Code")?, text(s, "SerialNo")))) {
        Some(("Ok", serial)) => Outcome::Accepted { provider_id: serial.map(str::to_owned) },
        Some((code, _)) => class::outcome(&[codes::SMS], "tencent", code),
        None => answer.wordless(),
    }
}

/// The sending that bears Tencent's number, or ours where Tencent's was lost.
fn found(json: &Value, about: &Inquiry<'_>) -> Option<Found> {
    let statuses = json.get("Response")?.get("PullSmsSendStatusSet")?.as_array()?;
    let id = about.id.to_string();
    let is_it = |s: &&Value| match about.provider_id {
        Some(serial) => text(s, "SerialNo") == Some(serial),
        None => text(s, "SessionContext") == Some(&id),
    };
    let status = statuses.iter().find(is_it)?;
    let delivered = match text(status, "ReportStatus")? {
        "SUCCESS" => Some(true),
        "FAIL" => Some(false),
        _ => None,
    };
    Some(Found { provider_id: text(status, "SerialNo")?.to_owned(), delivered })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sending_is_found_by_tencents_number_or_by_ours() {
        let id = domain::id::MessageId::new(Default::default());
        let one = |serial: &str, ours: &str, status: &str| json!({ "SerialNo": serial, "SessionContext": ours, "ReportStatus": status });
        let statuses = [one("s1", "msg_other", "SUCCESS"), one("s2", &id.to_string(), "FAIL")];
        let json = json!({ "Response": { "PullSmsSendStatusSet": statuses } });
        let about = |provider_id| Inquiry { id, provider_id, to: "13711112222", at: Default::default() };
        let look = |provider_id| found(&json, &about(provider_id)).map(|f| (f.provider_id, f.delivered));
        assert_eq!(look(Some("s1")), Some(("s1".to_owned(), Some(true))));
        assert_eq!(look(None), Some(("s2".to_owned(), Some(false))));
        assert_eq!(look(Some("s3")), None);
    }
}
