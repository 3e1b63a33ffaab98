//! Calls by Twilio. The text is read out twice, and where keys lead somewhere they are asked for.

use async_trait::async_trait;
use domain::delivery::Outcome;

use super::super::http::client;
use super::super::probe::Probe;
use super::super::text::international;
use super::super::{Channel, Letter};
use super::TwilioAccount;

/// How calls are made by Twilio.
#[derive(Debug, Clone)]
pub struct TwilioVoiceSettings {
    /// The account.
    pub account: TwilioAccount,
    /// Where a pressed key is reported; without it the text asks to sign in instead.
    pub keys: Option<String>,
}

/// Calls by Twilio.
#[derive(Debug)]
pub struct TwilioVoice {
    client: reqwest::Client,
    settings: TwilioVoiceSettings,
}

impl TwilioVoice {
    /// Prepares to call.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: TwilioVoiceSettings) -> Result<Self, reqwest::Error> {
        Ok(Self { client: client()?, settings })
    }

    /// What is said, in Twilio's markup.
    fn script(&self, letter: &Letter) -> String {
        let asked = letter.text.contains(crate::compose::KEYS);
        let Some(keys) = self.settings.keys.as_ref().filter(|_| asked) else {
            let said = say(&letter.text.replace(crate::compose::KEYS, crate::compose::SIGN_IN));
            return format!("<Response>{said}{said}</Response>");
        };
        let (said, action) = (say(&letter.text), escape(&format!("{keys}?message={}", letter.id)));
        format!(
            "<Response><Gather numDigits=\"1\" timeout=\"8\" action=\"{action}\" method=\"POST\">{said}{said}</Gather></Response>"
        )
    }
}

fn say(text: &str) -> String {
    format!("<Say language=\"zh-CN\">{}</Say>", escape(text))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[async_trait]
impl Channel for TwilioVoice {
    fn name(&self) -> &'static str {
        "twilio_voice"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Voice
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let account = &self.settings.account;
        let form = [("To", international(&letter.to)), ("From", account.from.clone()), ("Twiml", self.script(letter))];
        account.create(&self.client, "Calls", &form).await
    }

    async fn probe(&self) -> Probe {
        self.settings.account.probe(&self.client).await
    }
}

#[cfg(test)]
#[path = "voice_tests.rs"]
mod tests;
