//! Mail by SMTP. One recipient per mail: one refused recipient would take the others down. A stable Message-ID tells a
//! duplicate. An acceptance is not a delivery.

use std::time::SystemTime;

use async_trait::async_trait;
use domain::delivery::Outcome;
use lettre::address::AddressError;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;

use super::probe::Probe;
use super::smtp_lines::{LineError, Lines, Protection};
use super::{Channel, Letter};

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS, and nothing without it.
    Starttls,
    /// In the clear: only to a server on this machine.
    None,
}

/// How mail goes out.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: SmtpSecurity,
    /// User and password.
    pub credentials: Option<(String, String)>,
    /// Who writes: `Name <address>`.
    pub from: String,
    /// The most connections at once.
    pub connections: u32,
}

/// Mail by SMTP.
#[derive(Debug)]
pub struct Smtp {
    name: &'static str,
    lines: Lines,
    from: Mailbox,
    domain: String,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpUnfit {
    /// The sender is no address.
    #[error("the sender of mails is no address: {0}")]
    From(#[from] AddressError),
    /// TLS cannot be set up.
    #[error("TLS for mail: {0}")]
    Tls(#[from] Error),
    /// In the clear over a network.
    #[error("mail without TLS is only allowed to a server on this machine, not to {0}")]
    InTheClear(String),
}

impl Smtp {
    /// Prepares to send; connects when there is something to send.
    ///
    /// # Errors
    /// When the settings cannot be used.
    pub fn new(settings: &SmtpSettings) -> Result<Self, SmtpUnfit> {
        let from: Mailbox = settings.from.parse()?;
        let local = matches!(settings.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let protection = match settings.security {
            SmtpSecurity::Tls => Protection::Tls(TlsParameters::new(settings.host.clone())?),
            SmtpSecurity::Starttls => Protection::Starttls(TlsParameters::new(settings.host.clone())?),
            SmtpSecurity::None if local => Protection::None,
            SmtpSecurity::None => return Err(SmtpUnfit::InTheClear(settings.host.clone())),
        };
        let credentials = settings.credentials.as_ref().map(|(u, p)| Credentials::new(u.clone(), p.clone()));
        let lines = Lines::new(settings.host.clone(), settings.port, protection, credentials, settings.connections);
        let domain = from.email.domain().to_owned();
        Ok(Self { name: "smtp", lines, from, domain })
    }

    /// The same under another name: the server that is asked when the first one does not take a mail.
    #[must_use]
    pub fn fallback(self) -> Self {
        Self { name: "smtp2", ..self }
    }

    fn message(&self, letter: &Letter) -> Result<Message, Outcome> {
        let to: Mailbox = letter.to.parse().map_err(|e: AddressError| Outcome::BadAddress(e.to_string()))?;
        let builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .date(SystemTime::from(letter.at))
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN);
        builder.body(letter.text.clone()).map_err(|e| Outcome::Refused(e.to_string()))
    }
}

/// `Auto-Submitted: auto-generated` (RFC 3834): keeps holiday answers away.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[async_trait]
impl Channel for Smtp {
    fn name(&self) -> &'static str {
        self.name
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Mail
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let message = match self.message(letter) {
            Ok(message) => message,
            Err(outcome) => return outcome,
        };
        match self.lines.send(&message).await {
            Ok(()) => Outcome::Accepted { provider_id: Some(letter.id.to_string()) },
            Err(LineError::Away(err)) => Outcome::Retry(err.to_string()),
            Err(LineError::Smtp(err)) => classify(&err),
        }
    }

    async fn probe(&self) -> Probe {
        match self.lines.try_out().await {
            Ok(()) => Probe::Known,
            Err(LineError::Away(err)) => Probe::Unclear(format!("smtp: {}", err.kind())),
            Err(LineError::Smtp(err)) => tried(&err),
        }
    }
}

/// Why a line did not come about. What a server says in words may repeat the user, and stays out.
fn tried(err: &Error) -> Probe {
    match err.status() {
        Some(code) if err.is_permanent() => Probe::Refused(format!("smtp: {code}")),
        Some(code) => Probe::Unclear(format!("smtp: {code}")),
        None if err.is_tls() || is_bad_tls(err) => Probe::Refused("smtp: TLS".to_owned()),
        // No STARTTLS, or no way to sign in that both know.
        None if err.is_client() => Probe::Refused(format!("smtp: {err}")),
        None => Probe::Unclear("smtp: the line broke".to_owned()),
    }
}

/// Whether it is the other side's certificate, or something that is no TLS at all.
fn is_bad_tls(err: &Error) -> bool {
    let mut causes = std::iter::successors(std::error::Error::source(err), |cause| cause.source());
    causes.any(|c| c.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData))
}

/// What an error means (RFC 5321 §4.2). 4xx asks to wait; 5xx about a mailbox is the address; other 5xx are ours.
fn classify(err: &Error) -> Outcome {
    let text = err.to_string();
    if err.is_timeout() {
        return Outcome::Ambiguous(text);
    }
    let code = err.status().map(|c| c.to_string());
    match code.as_deref() {
        Some("550" | "551" | "553" | "556" | "501") => Outcome::BadAddress(text),
        Some(code) if code.starts_with('5') => Outcome::Refused(text),
        Some(_) | None => Outcome::Retry(text),
    }
}
