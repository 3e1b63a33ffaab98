//! SMS through a Kannel gateway (`sendsms` over HTTP). Receipts come back by an HTTP call that carries the message's id.

use async_trait::async_trait;
use domain::delivery::Outcome;

use super::probe::Probe;
use super::{Channel, Letter};

/// Which receipts are asked for: delivered, not delivered, refused by the SMSC (Kannel user guide, `dlr-mask`).
const DLR_MASK: &str = "19";

/// How the gateway is reached.
#[derive(Debug, Clone)]
pub struct KannelSettings {
    /// Its `sendsms` address.
    pub url: String,
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
    /// The sender's number, where the gateway wants one.
    pub from: Option<String>,
    /// Where receipts are to be reported: an address of this service that only the gateway knows.
    pub receipts: Option<String>,
}

/// SMS through Kannel.
#[derive(Debug)]
pub struct Kannel {
    client: reqwest::Client,
    settings: KannelSettings,
}

impl Kannel {
    /// Prepares to send.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: KannelSettings) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        Ok(Self { client, settings })
    }

    fn query(&self, letter: &Letter) -> Vec<(&'static str, String)> {
        let s = &self.settings;
        let mut query = vec![
            ("username", s.user.clone()),
            ("password", s.password.clone()),
            ("to", letter.to.clone()),
            ("text", letter.text.clone()),
            ("charset", "UTF-8".to_owned()),
            ("coding", "2".to_owned()),
        ];
        if let Some(from) = &s.from {
            query.push(("from", from.clone()));
        }
        if let Some(receipts) = &s.receipts {
            query.push(("dlr-mask", DLR_MASK.to_owned()));
            query.push(("dlr-url", format!("{receipts}?id={}&status=%d", letter.id)));
        }
        query
    }
}

#[async_trait]
impl Channel for Kannel {
    fn name(&self) -> &'static str {
        "kannel"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Sms
    }

    fn reports(&self) -> bool {
        self.settings.receipts.is_some()
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let answer = self.client.get(&self.settings.url).query(&self.query(letter)).send().await;
        let answer = match answer {
            Ok(answer) => answer,
            // The address carries the password: it stays out of what is written down.
            Err(err) if err.is_connect() => return Outcome::Retry(err.without_url().to_string()),
            Err(err) => return Outcome::Ambiguous(err.without_url().to_string()),
        };
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap_or_default();
        classify(status, &text, letter)
    }

    /// A message to nobody. Kannel looks at user and password first, and then at whom it is for.
    async fn probe(&self) -> Probe {
        let query = [("username", &self.settings.user), ("password", &self.settings.password)];
        match self.client.get(&self.settings.url).query(&query).send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                tried(status, &answer.text().await.unwrap_or_default())
            }
            Err(err) => Probe::Unclear(err.without_url().to_string()),
        }
    }
}

/// What the answer to a message to nobody means (Kannel 1.4.5: 400 "Missing receiver number, rejected", or 403
/// "Authorization failed for sendsms").
fn tried(status: u16, text: &str) -> Probe {
    match status {
        400 if text.to_ascii_lowercase().contains("receiver") => Probe::Known,
        400..=499 => Probe::Refused(format!("kannel: HTTP {status}")),
        _ => Probe::Unclear(format!("kannel: HTTP {status}")),
    }
}

/// What an answer means (Kannel user guide, "sendsms": 202 accepted or queued, 4xx refused, 503 temporary).
fn classify(status: u16, text: &str, letter: &Letter) -> Outcome {
    let text: String = text.chars().take(200).collect();
    match status {
        200 | 202 => Outcome::Accepted { provider_id: Some(letter.id.to_string()) },
        400 if text.to_ascii_lowercase().contains("receiver") => Outcome::BadAddress(text),
        400..=499 => Outcome::Refused(text),
        _ => Outcome::Retry(format!("{status} {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::letter;
    use super::*;

    #[test]
    fn each_answer_has_its_class() {
        let class = |status, text: &str| classify(status, text, &letter()).key();
        assert_eq!(class(202, "0: Accepted for delivery"), "accepted");
        assert_eq!(class(202, "3: Queued for later delivery"), "accepted");
        assert_eq!(class(403, "Authorization failed for sendsms"), "refused");
        assert_eq!(class(400, "Missing receiver number, rejected"), "bad_address");
        assert_eq!(class(503, "Temporal failure, try again later."), "retry");
        assert_eq!(class(500, ""), "retry");
    }

    #[test]
    fn only_a_gateway_that_misses_the_receiver_knows_us() {
        assert_eq!(tried(400, "Missing receiver number, rejected"), Probe::Known);
        assert_eq!(tried(403, "Authorization failed for sendsms"), Probe::Refused("kannel: HTTP 403".into()));
        assert_eq!(tried(404, "<html>"), Probe::Refused("kannel: HTTP 404".into()));
        for status in [202, 302, 500, 503] {
            assert_eq!(tried(status, "receiver"), Probe::Unclear(format!("kannel: HTTP {status}")));
        }
    }
}
