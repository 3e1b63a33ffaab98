//! The sign-in page.

use super::parts::{Errors, Phone};
use super::shell::Shell;
use askama::Template;

/// The sign-in page; `POST /sign-in` with `login`, `password`, `otp`, `next`.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html", whitespace = "minimize")]
pub struct SignIn {
    /// The layout.
    pub shell: Shell,
    /// Faults of `login`, `password`, `otp`; one that belongs to no field uses `login`.
    pub errors: Errors,
    /// What was typed as login.
    pub login: String,
    /// Where to go afterwards: a path of this service, checked by the handler.
    pub next: String,
    /// Whether to ask for a one-time code.
    pub ask_otp: bool,
    /// Numbers for someone who cannot wait to sign in.
    pub phones: Vec<Phone>,
    /// The sign-ins of the demonstration; empty in a real school.
    pub demo_logins: Vec<DemoLogin>,
}

/// One sign-in of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoLogin {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
    /// Role, in words.
    pub role: String,
}
