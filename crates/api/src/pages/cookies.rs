//! Cookies: the session, the known device, the language. On the loopback without TLS they have no prefix and are not
//! Secure; everywhere else they are `__Host-`.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

const DEVICE_DAYS: i64 = 400;
const LANGUAGE_DAYS: i64 = 365;

fn name(secure: bool, plain: &str) -> String {
    if secure { format!("__Host-{plain}") } else { plain.to_owned() }
}

fn cookie(secure: bool, plain: &str, value: String) -> Cookie<'static> {
    Cookie::build(name(secure, plain), value).path("/").http_only(true).secure(secure).same_site(SameSite::Lax).finish()
}

/// The session, until the browser closes.
pub(crate) fn session(secure: bool, secret: String) -> Cookie<'static> {
    let mut session = cookie(secure, "xindeng", secret);
    session.set_same_site(SameSite::Strict);
    session
}

/// Takes the session away.
pub(crate) fn no_session(secure: bool) -> Cookie<'static> {
    let mut gone = session(secure, String::new());
    gone.make_removal();
    gone
}

/// That this device has signed in to this account before.
pub(crate) fn device(secure: bool, token: String) -> Cookie<'static> {
    let mut device = cookie(secure, "xindeng-device", token);
    device.set_max_age(Duration::days(DEVICE_DAYS));
    device
}

/// The language that was chosen.
pub(crate) fn language(secure: bool, code: &'static str) -> Cookie<'static> {
    let mut language = Cookie::new("lang", code);
    language.set_path("/");
    language.set_secure(secure);
    language.set_same_site(SameSite::Lax);
    language.set_max_age(Duration::days(LANGUAGE_DAYS));
    language
}

/// The session's secret in a request.
pub(crate) fn read_session(request: &HttpRequest, secure: bool) -> Option<String> {
    request.cookie(&name(secure, "xindeng")).map(|c| c.value().to_owned()).filter(|v| !v.is_empty())
}

/// The device's token in a request.
pub(crate) fn read_device(request: &HttpRequest, secure: bool) -> Option<String> {
    request.cookie(&name(secure, "xindeng-device")).map(|c| c.value().to_owned())
}
