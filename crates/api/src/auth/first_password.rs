//! What an account opens that still has its first password. Whoever added the account knows that one: what it opens, he could
//! open. So it is next to nothing; but nobody who sees a child in danger is asked for a new password first.

use actix_web::HttpRequest;
use casework::Opening;

/// Sign in and out, see oneself, change the password, raise the alarm, see the receipt, say that one is still worried, and report
/// what the law demands. Whatever is not here is closed.
const OPEN: [(&str, &str); 21] = [
    ("POST", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("GET", "/api/v1/me"),
    ("POST", "/api/v1/me/password"),
    // Without them a program could not say whom and what it is about.
    ("GET", "/api/v1/students"),
    ("GET", "/api/v1/signs"),
    ("POST", "/api/v1/observations"),
    ("GET", "/api/v1/observations/{id}"),
    ("POST", "/api/v1/observations/{id}/still-worried"),
    ("POST", "/api/v1/students/{id}/mandatory-reports"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("GET", "/me"),
    ("GET", "/me/password"),
    ("POST", "/me/password"),
    ("GET", "/observations/new"),
    ("POST", "/observations"),
    ("GET", "/observations/{id}/received"),
    ("POST", "/observations/{id}/still-worried"),
    ("GET", "/students/{id}/mandatory-report"),
    ("POST", "/students/{id}/mandatory-report"),
];

/// Whether a first password opens an operation.
pub(crate) fn is_open(method: &str, pattern: &str) -> bool {
    OPEN.contains(&(method, pattern))
}

/// What a session with a first password opens at the address of a request.
pub(crate) fn opening(request: &HttpRequest) -> Opening {
    let pattern = request.match_pattern();
    if pattern.is_some_and(|p| is_open(request.method().as_str(), &p)) {
        Opening::FirstPassword
    } else {
        Opening::OwnersAlone
    }
}
