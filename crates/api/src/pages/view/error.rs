//! The error pages.

use super::parts::Phone;
use super::shell::Shell;
use askama::Template;

/// An error page; `shell.person` is `None` where the session is not known.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html", whitespace = "minimize")]
pub(crate) struct ErrorPage {
    /// The layout.
    pub(crate) shell: Shell,
    /// Which error.
    pub(crate) kind: ErrorKind,
    /// What was wrong, for a refusal.
    pub(crate) detail: String,
    /// The request id, shown for 500 and 503 alone.
    pub(crate) request_id: String,
    /// Numbers to call, shown for 500 and 503.
    pub(crate) phones: Vec<Phone>,
}

/// Which error page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// 403: signed in, and the page belongs to other positions.
    Forbidden,
    /// 404: absent or invisible, which look the same.
    NotFound,
    /// 4xx of another kind: it was not done, and why.
    Refused,
    /// 500.
    Internal,
    /// 503.
    Unavailable,
}

impl ErrorPage {
    /// The heading.
    pub(crate) fn title(&self) -> &'static str {
        let t = &self.shell.t.error;
        match self.kind {
            ErrorKind::Forbidden => t.forbidden,
            ErrorKind::NotFound => t.not_found,
            ErrorKind::Refused => t.refused,
            ErrorKind::Internal => t.internal,
            ErrorKind::Unavailable => t.unavailable,
        }
    }

    /// What it means and what to do.
    pub(crate) fn text(&self) -> &'static str {
        let t = &self.shell.t.error;
        match self.kind {
            ErrorKind::Forbidden => t.forbidden_text,
            ErrorKind::NotFound => t.not_found_text,
            ErrorKind::Refused => t.refused_text,
            ErrorKind::Internal => t.internal_text,
            ErrorKind::Unavailable => t.unavailable_text,
        }
    }

    /// Whether the service is at fault, so that numbers to call and the request id are shown.
    pub(crate) fn ours(&self) -> bool {
        match self.kind {
            ErrorKind::Forbidden | ErrorKind::NotFound | ErrorKind::Refused => false,
            ErrorKind::Internal | ErrorKind::Unavailable => true,
        }
    }
}
