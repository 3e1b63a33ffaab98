//! The sign-in page.

use super::parts::{Errors, HiddenField, Phone};
use super::shell::Shell;
use askama::Template;

/// The sign-in page; `POST /sign-in` with `login`, `password`, `next`.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html", whitespace = "minimize")]
pub(crate) struct SignIn {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of `login`, `password`; one that belongs to no field uses `login`.
    pub(crate) errors: Errors,
    /// What was typed as login.
    pub(crate) login: String,
    /// Where to go afterwards: a path of this service, checked by the handler.
    pub(crate) next: String,
    /// What was typed before somebody had to sign in.
    pub(crate) kept: Vec<HiddenField>,
    /// A password was changed a moment ago.
    pub(crate) changed: bool,
    /// Numbers for someone who cannot wait to sign in.
    pub(crate) phones: Vec<Phone>,
    /// The sign-ins of the demonstration; empty in a real school.
    pub(crate) demo_logins: Vec<DemoLogin>,
}

/// One sign-in of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DemoLogin {
    /// Login.
    pub(crate) login: String,
    /// Password.
    pub(crate) password: String,
    /// Role, in words.
    pub(crate) role: String,
}
