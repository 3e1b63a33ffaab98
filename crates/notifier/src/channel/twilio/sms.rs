//! SMS by Twilio, in our own words.

use async_trait::async_trait;
use domain::delivery::Outcome;

use super::super::http::{client, text};
use super::super::probe::Probe;
use super::super::text::international;
use super::super::{Channel, Found, Inquiry, Letter};
use super::TwilioAccount;

/// How long an SMS may wait at Twilio, in seconds. After that a late one would only confuse.
const VALID_SECONDS: &str = "14400";

/// SMS by Twilio.
#[derive(Debug)]
pub struct TwilioSms {
    client: reqwest::Client,
    account: TwilioAccount,
}

impl TwilioSms {
    /// Prepares to send.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(account: TwilioAccount) -> Result<Self, reqwest::Error> {
        Ok(Self { client: client()?, account })
    }
}

/// Whether a message arrived, by its status; nothing while it is under way.
fn arrived(status: &str) -> Option<bool> {
    match status {
        "delivered" | "read" => Some(true),
        "undelivered" | "failed" | "canceled" => Some(false),
        _ => None,
    }
}

#[async_trait]
impl Channel for TwilioSms {
    fn name(&self) -> &'static str {
        "twilio"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Sms
    }

    fn reports(&self) -> bool {
        self.account.receipts.is_some()
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        // "MG…" is a messaging service, which chooses among its numbers.
        let sender = if self.account.from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let mut form = vec![
            ("To", international(&letter.to)),
            (sender, self.account.from.clone()),
            ("Body", letter.text.clone()),
            ("ValidityPeriod", VALID_SECONDS.to_owned()),
        ];
        if let Some(receipts) = &self.account.receipts {
            form.push(("StatusCallback", receipts.clone()));
        }
        self.account.create(&self.client, "Messages", &form).await
    }

    async fn inquire(&self, about: &Inquiry<'_>) -> Option<Found> {
        let sid = about.provider_id?;
        let json = self.account.look(&self.client, &format!("Messages/{sid}")).await?;
        Some(Found { provider_id: sid.to_owned(), delivered: arrived(text(&json, "status")?) })
    }

    async fn probe(&self) -> Probe {
        self.account.probe(&self.client).await
    }
}
