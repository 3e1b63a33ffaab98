//! Twilio. It reports each change of a message, signed over the address and the form.

use actix_web::{HttpRequest, HttpResponse, post, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::knows;
use crate::problem::Problem;
use crate::state::Api;

/// How Twilio's signatures are checked.
#[derive(Clone)]
pub struct TwilioHook {
    /// The account's token.
    pub token: String,
    /// This service's address as Twilio sees it, without a path.
    pub base: String,
}

impl std::fmt::Debug for TwilioHook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TwilioHook").field("base", &self.base).finish_non_exhaustive()
    }
}

impl TwilioHook {
    /// Whether a signature is Twilio's: HMAC-SHA1 over the address and the form's names and values, sorted.
    fn signed(&self, path: &str, form: &[(String, String)], signature: &str) -> bool {
        let mut sorted: Vec<_> = form.iter().collect();
        sorted.sort();
        let said: String = sorted.iter().map(|(name, value)| format!("{name}{value}")).collect();
        let (Ok(mut mac), Ok(bytes)) =
            (Hmac::<Sha1>::new_from_slice(self.token.as_bytes()), STANDARD.decode(signature))
        else {
            return false;
        };
        mac.update(format!("{}{path}{said}", self.base).as_bytes());
        mac.verify_slice(&bytes).is_ok()
    }
}

/// Refuses what Twilio has not signed.
pub(super) fn check(api: &Api, request: &HttpRequest, form: &[(String, String)]) -> Result<(), Problem> {
    let signature = request.headers().get("x-twilio-signature").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let path = request.uri().path_and_query().map_or("", |p| p.as_str());
    let signed = api.settings.twilio.as_ref().is_some_and(|t| t.signed(path, form, signature));
    if signed { Ok(()) } else { Err(Problem::not_found()) }
}

/// A change of a message at Twilio.
#[post("/hooks/twilio/{secret}")]
pub(crate) async fn report(
    api: web::Data<Api>,
    secret: web::Path<String>,
    request: HttpRequest,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    knows(&api, &secret)?;
    check(&api, &request, &form)?;
    let value = |name: &str| form.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    match value("MessageStatus") {
        "delivered" | "read" => casework::record_receipt(&api.desk, "twilio", value("MessageSid"), true).await?,
        "undelivered" | "failed" => casework::record_receipt(&api.desk, "twilio", value("MessageSid"), false).await?,
        _ => {}
    }
    Ok(HttpResponse::NoContent().finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_is_signed_and_nothing_else_is() {
        let hook = TwilioHook { token: "12345".into(), base: "https://mycompany.com".into() };
        let form = [
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("From", "+14158675310"),
            ("Caller", "+14158675310"),
            ("CallSid", "CA1234567890ABCDE"),
        ];
        let mut form = form.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
        let (path, signature) = ("/myapp.php?foo=1&bar=2", "GvWf1cFY/Q7PnoempGyD5oXAezc=");
        assert!(hook.signed(path, &form, signature));
        assert!(!hook.signed("/myapp.php?foo=1&bar=3", &form, signature));
        assert!(!hook.signed(path, &form, "") && !hook.signed(path, &form, "GvWf1cFY"));
        form[0].1.push('5');
        assert!(!hook.signed(path, &form, signature));
        assert!(!format!("{hook:?}").contains("12345"));
    }
}
