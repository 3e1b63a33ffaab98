//! SMS by Aliyun (`SendSms`). The call is not idempotent: after a lost answer the provider is asked what became of it.

use async_trait::async_trait;
use chrono::TimeDelta;
use domain::delivery::Outcome;
use domain::time::Timestamp;
use serde_json::Value;

use super::super::http::{Answer, client, text};
use super::super::probe::{self, Probe};
use super::super::template::Templates;
use super::super::text::national;
use super::super::{Channel, Found, Inquiry, Letter};
use super::{AliyunAccount, classify, codes};
use crate::limits::Limit;

/// Notices by one template to one number within 24 hours; attempts count, whatever becomes of them.
const LIMITS: &[Limit] = &[Limit::each(50, 24 * 60 * 60)];
/// The most sendings to one number that are looked through on a day.
const PAGE: u32 = 50;
/// Days are those of Shanghai.
const SHANGHAI_HOURS: i64 = 8;

/// How SMS go out by Aliyun.
#[derive(Debug, Clone)]
pub struct AliyunSmsSettings {
    /// The account.
    pub account: AliyunAccount,
    /// The approved signature.
    pub sign_name: String,
    /// The approved templates.
    pub templates: Templates,
}

/// SMS by Aliyun.
#[derive(Debug)]
pub struct AliyunSms {
    client: reqwest::Client,
    settings: AliyunSmsSettings,
}

impl AliyunSms {
    /// Prepares to send.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: AliyunSmsSettings) -> Result<Self, reqwest::Error> {
        Ok(Self { client: client()?, settings })
    }

    /// What was sent to a number on the day of a moment.
    async fn sendings(&self, to: &str, at: Timestamp) -> Result<Answer, Outcome> {
        let day = at + TimeDelta::hours(SHANGHAI_HOURS);
        let values = [
            ("PhoneNumber", national(to).to_owned()),
            ("SendDate", day.format("%Y%m%d").to_string()),
            ("PageSize", PAGE.to_string()),
            ("CurrentPage", "1".to_owned()),
        ];
        self.settings.account.call(&self.client, "QuerySendDetails", &values).await
    }
}

#[async_trait]
impl Channel for AliyunSms {
    fn name(&self) -> &'static str {
        "aliyun"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Sms
    }

    fn limits(&self) -> &'static [Limit] {
        LIMITS
    }

    fn reports(&self) -> bool {
        true
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let Some(filled) = self.settings.templates.fill(letter) else {
            return Outcome::Refused("aliyun: no template for this kind of message".to_owned());
        };
        let values = [
            ("PhoneNumbers", national(&letter.to).to_owned()),
            ("SignName", self.settings.sign_name.clone()),
            ("TemplateCode", filled.template.to_owned()),
            ("TemplateParam", filled.object()),
            ("OutId", letter.id.to_string()),
        ];
        match self.settings.account.call(&self.client, "SendSms", &values).await {
            // Receipts repeat our own id, which is known also when the answer was lost.
            Ok(answer) => classify(codes::SMS, &answer, |_| Some(letter.id.to_string())),
            Err(outcome) => outcome,
        }
    }

    async fn inquire(&self, about: &Inquiry<'_>) -> Option<Found> {
        let answer = self.sendings(about.to, about.at).await.ok()?;
        found(&answer.json?, &about.id.to_string())
    }

    /// Asks for sendings, as after a lost answer: what the key may not do then is seen as well.
    async fn probe(&self) -> Probe {
        match self.sendings(probe::NUMBER, self.settings.account.clock.now()).await {
            Ok(answer) => Probe::of(classify(codes::SMS, &answer, |_| None)),
            Err(outcome) => Probe::of(outcome),
        }
    }
}

/// The latest sending that bears our id. `SendStatus`: 1 waits for its receipt, 2 failed, 3 arrived.
fn found(json: &Value, id: &str) -> Option<Found> {
    let sendings = json.get("SmsSendDetailDTOs")?.get("SmsSendDetailDTO")?.as_array()?;
    let ours = sendings.iter().filter(|s| text(s, "OutId") == Some(id));
    let status = ours.filter_map(|s| s.get("SendStatus")?.as_i64()).max()?;
    let delivered = match status {
        1 => None,
        2 => Some(false),
        3 => Some(true),
        _ => return None,
    };
    Some(Found { provider_id: id.to_owned(), delivered })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_sending_that_bears_our_id_counts() {
        let one = |id: &str, status: i64| json!({ "OutId": id, "SendStatus": status });
        let answer = |list: &[Value]| json!({ "Code": "OK", "SmsSendDetailDTOs": { "SmsSendDetailDTO": list } });
        let status = |list: &[Value]| found(&answer(list), "msg_1").map(|f| f.delivered);
        assert_eq!(status(&[one("msg_2", 3)]), None);
        assert_eq!(status(&[one("msg_1", 1)]), Some(None));
        assert_eq!(status(&[one("msg_2", 3), one("msg_1", 2)]), Some(Some(false)));
        assert_eq!(status(&[one("msg_1", 2), one("msg_1", 3)]), Some(Some(true)), "a resend arrived");
        assert_eq!(found(&json!({ "Code": "isv.X" }), "msg_1"), None);
    }
}
