//! The outbox of the demonstration.

use super::parts::{Moment, NavLink};
use super::shell::Shell;
use askama::Template;

/// The outbox of the demonstration, `GET /demo/messages`: every message that was caught.
#[derive(Debug, Clone, Template)]
#[template(path = "demo_messages.html", whitespace = "minimize")]
pub struct DemoMessages {
    /// The layout.
    pub shell: Shell,
    /// Filters by channel; exactly one is current.
    pub filters: Vec<NavLink>,
    /// The messages, latest first.
    pub messages: Vec<DemoMessage>,
    /// The next page.
    pub next_href: Option<String>,
}

/// A message that was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoMessage {
    /// How it would have gone.
    pub channel: DemoChannel,
    /// Channel in words.
    pub channel_label: String,
    /// Who would have received it, with office.
    pub person: String,
    /// Number or address.
    pub address: String,
    /// When.
    pub at: Moment,
    /// The subject of a mail; empty for others.
    pub subject: String,
    /// The text, with its line breaks.
    pub text: String,
}

/// How a caught message would have gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoChannel {
    /// A text on a telephone.
    Sms,
    /// A voice call.
    Voice,
    /// A mail.
    Mail,
    /// A card in a work chat.
    Chat,
}

impl DemoChannel {
    /// The CSS class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Mail => "mail",
            Self::Chat => "chat",
        }
    }
}
