//! The error pages.

use super::parts::Phone;
use super::shell::Shell;
use askama::Template;

/// An error page; `shell.person` is `None` where the session is not known.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html", whitespace = "minimize")]
pub struct ErrorPage {
    /// The layout.
    pub shell: Shell,
    /// Which error.
    pub kind: ErrorKind,
    /// The request id, shown for 500 and 503 alone.
    pub request_id: String,
    /// Whom to ask, with name or office: 学校管理员 王老师.
    pub contact: Option<String>,
    /// Numbers to call, shown for 500 and 503.
    pub phones: Vec<Phone>,
}

/// Which error page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// 403: signed in, and the page belongs to other positions.
    Forbidden,
    /// 404: absent or invisible, which look the same.
    NotFound,
    /// 500.
    Internal,
    /// 503.
    Unavailable,
}

impl ErrorPage {
    /// The status code.
    pub fn status(&self) -> u16 {
        match self.kind {
            ErrorKind::Forbidden => 403,
            ErrorKind::NotFound => 404,
            ErrorKind::Internal => 500,
            ErrorKind::Unavailable => 503,
        }
    }

    /// The heading.
    pub fn title(&self) -> &'static str {
        let t = &self.shell.t.error;
        match self.kind {
            ErrorKind::Forbidden => t.forbidden,
            ErrorKind::NotFound => t.not_found,
            ErrorKind::Internal => t.internal,
            ErrorKind::Unavailable => t.unavailable,
        }
    }

    /// What it means and what to do.
    pub fn text(&self) -> &'static str {
        let t = &self.shell.t.error;
        match self.kind {
            ErrorKind::Forbidden => t.forbidden_text,
            ErrorKind::NotFound => t.not_found_text,
            ErrorKind::Internal => t.internal_text,
            ErrorKind::Unavailable => t.unavailable_text,
        }
    }

    /// Whether the service is at fault, so that numbers to call and the request id are shown.
    pub fn ours(&self) -> bool {
        match self.kind {
            ErrorKind::Forbidden | ErrorKind::NotFound => false,
            ErrorKind::Internal | ErrorKind::Unavailable => true,
        }
    }
}
