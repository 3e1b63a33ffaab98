//! The outbox of the demonstration.

use super::parts::{Moment, NavLink};
use super::shell::Shell;
use askama::Template;

/// The outbox of the demonstration, `GET /demo/messages`: every message that was caught.
#[derive(Debug, Clone, Template)]
#[template(path = "demo_messages.html", whitespace = "minimize")]
pub(crate) struct DemoMessages {
    /// The layout.
    pub(crate) shell: Shell,
    /// Filters by channel; exactly one is current.
    pub(crate) filters: Vec<NavLink>,
    /// The messages, latest first.
    pub(crate) messages: Vec<DemoMessage>,
    /// The next page.
    pub(crate) next_href: Option<String>,
}

/// A message that was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DemoMessage {
    /// How it would have gone.
    pub(crate) channel: DemoChannel,
    /// Channel in words.
    pub(crate) channel_label: String,
    /// Who would have received it, with office.
    pub(crate) person: String,
    /// Number or address.
    pub(crate) address: String,
    /// When.
    pub(crate) at: Moment,
    /// The subject of a mail; empty for others.
    pub(crate) subject: String,
    /// The text, with its line breaks.
    pub(crate) text: String,
}

/// How a caught message would have gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DemoChannel {
    /// A call.
    Voice,
    /// A text on a telephone.
    Sms,
    /// A mail.
    Mail,
}

impl DemoChannel {
    /// The CSS class.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Sms => "sms",
            Self::Mail => "mail",
        }
    }
}
