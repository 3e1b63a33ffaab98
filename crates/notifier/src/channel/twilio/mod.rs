//! Twilio: SMS and calls. One account, one form of answers.

mod codes;
pub(crate) mod sms;
pub(crate) mod voice;

use domain::delivery::Outcome;
use serde_json::Value;

use super::class;
use super::http::{Answer, ask, text};
use super::probe::Probe;

/// An account at Twilio.
#[derive(Clone)]
pub struct TwilioAccount {
    /// The service's address, without a path: `https://api.twilio.com`.
    pub url: String,
    /// The account.
    pub sid: String,
    /// Its token.
    pub token: String,
    /// The number that is shown.
    pub from: String,
    /// Where receipts are to be reported: an address of this service that only Twilio knows.
    pub receipts: Option<String>,
}

impl std::fmt::Debug for TwilioAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TwilioAccount").field("url", &self.url).field("sid", &self.sid).finish_non_exhaustive()
    }
}

impl TwilioAccount {
    async fn create(&self, client: &reqwest::Client, what: &str, form: &[(&str, String)]) -> Outcome {
        let url = format!("{}/2010-04-01/Accounts/{}/{what}.json", self.url, self.sid);
        let request = client.post(url).basic_auth(&self.sid, Some(&self.token)).form(form);
        match ask(request).await {
            Ok(answer) => classify(&answer),
            Err(outcome) => outcome,
        }
    }

    async fn look(&self, client: &reqwest::Client, what: &str) -> Option<Value> {
        let url = format!("{}/2010-04-01/Accounts/{}/{what}.json", self.url, self.sid);
        ask(client.get(url).basic_auth(&self.sid, Some(&self.token))).await.ok()?.json
    }

    /// Asks for the account itself. One that is suspended or closed sends nothing.
    async fn probe(&self, client: &reqwest::Client) -> Probe {
        let url = format!("{}/2010-04-01/Accounts/{}.json", self.url, self.sid);
        let answer = match ask(client.get(url).basic_auth(&self.sid, Some(&self.token))).await {
            Ok(answer) => answer,
            Err(outcome) => return Probe::of(outcome),
        };
        match answer.json.as_ref().filter(|_| answer.status == 200).and_then(|json| text(json, "status")) {
            Some("active") => Probe::Known,
            Some(state @ ("suspended" | "closed")) => Probe::Refused(format!("twilio: {state}")),
            Some(_) | None => Probe::of(classify(&answer)),
        }
    }
}

/// What an answer means: made (201), made and failed at once (`error_code`), or not made (`code`).
fn classify(answer: &Answer) -> Outcome {
    let Some(json) = &answer.json else { return answer.wordless() };
    let number = |name: &str| json.get(name).and_then(Value::as_i64).map(|n| n.to_string());
    if answer.status == 201
        && let Some(sid) = text(json, "sid")
    {
        return match number("error_code") {
            Some(code) => class::outcome(&[codes::CODES], "twilio", &code),
            None => Outcome::Accepted { provider_id: Some(sid.to_owned()) },
        };
    }
    match number("code") {
        Some(code) => class::outcome(&[codes::CODES], "twilio", &code),
        None => answer.wordless(),
    }
}
