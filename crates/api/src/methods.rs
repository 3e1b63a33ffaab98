//! What may be asked of each address. A method that an address does not know is told so, with those that it knows.

use actix_web::HttpRequest;
use actix_web::http::Method;

const READ: &str = "GET, HEAD, OPTIONS";
const WRITE: &str = "POST, OPTIONS";
const REMOVE: &str = "DELETE, OPTIONS";
const BOTH: &str = "GET, HEAD, POST, OPTIONS";

/// Every address by its pattern; a test finds one that is missing.
const ADDRESSES: &[(&str, &str)] = &[
    ("/", READ),
    ("/a", BOTH),
    ("/alerts", READ),
    ("/alerts/{id}", READ),
    ("/alerts/{id}/acknowledge", WRITE),
    ("/alerts/{id}/approve", WRITE),
    ("/alerts/{id}/assess", WRITE),
    ("/alerts/{id}/custody", WRITE),
    ("/alerts/{id}/reject", WRITE),
    ("/api/docs", READ),
    ("/api/docs/{_:.*}", READ),
    ("/api/openapi.json", READ),
    ("/api/v1/alerts", READ),
    ("/api/v1/alerts/{id}", READ),
    ("/api/v1/alerts/{id}/accept", WRITE),
    ("/api/v1/alerts/{id}/acknowledge", WRITE),
    ("/api/v1/alerts/{id}/approve", WRITE),
    ("/api/v1/alerts/{id}/assess", WRITE),
    ("/api/v1/alerts/{id}/close", WRITE),
    ("/api/v1/alerts/{id}/custody", WRITE),
    ("/api/v1/alerts/{id}/hand-over", WRITE),
    ("/api/v1/alerts/{id}/refuse", WRITE),
    ("/api/v1/alerts/{id}/reject", WRITE),
    ("/api/v1/drills", BOTH),
    ("/api/v1/drills/{id}", READ),
    ("/api/v1/drills/{id}/acknowledge", WRITE),
    ("/api/v1/drills/{id}/custody", WRITE),
    ("/api/v1/drills/{id}/decline", WRITE),
    ("/api/v1/drills/{id}/end", WRITE),
    ("/api/v1/me", READ),
    ("/api/v1/me/channels", WRITE),
    ("/api/v1/me/contact-methods", BOTH),
    ("/api/v1/me/contact-methods/{contact}", REMOVE),
    ("/api/v1/me/contact-methods/{contact}/test", WRITE),
    ("/api/v1/me/contact-methods/{contact}/verify", WRITE),
    ("/api/v1/me/deputies", BOTH),
    ("/api/v1/me/deputies/{deputy}", REMOVE),
    ("/api/v1/observations", WRITE),
    ("/api/v1/observations/{id}", READ),
    ("/api/v1/observations/{id}/still-worried", WRITE),
    ("/api/v1/people", BOTH),
    ("/api/v1/people/{id}/deputies", BOTH),
    ("/api/v1/people/{id}/deputies/{deputy}", REMOVE),
    ("/api/v1/people/{id}/disable", WRITE),
    ("/api/v1/positions/{id}/end", WRITE),
    ("/api/v1/roster/imports", WRITE),
    ("/api/v1/roster/imports/{id}", READ),
    ("/api/v1/roster/imports/{id}/apply", WRITE),
    ("/api/v1/roster/imports/{id}/undo", WRITE),
    ("/api/v1/schools/{id}/duty", BOTH),
    ("/api/v1/schools/{id}/duty/{duty}", REMOVE),
    ("/api/v1/session", "DELETE, POST, OPTIONS"),
    ("/api/v1/signs", READ),
    ("/api/v1/students", READ),
    ("/api/v1/students/{id}/growth-file", READ),
    ("/api/v1/students/{id}/growth-file/entries", WRITE),
    ("/api/v1/students/{id}/growth-file/entries/{entry}", READ),
    ("/api/v1/students/{id}/growth-file/entries/{entry}/correct", WRITE),
    ("/assets/{name}", READ),
    ("/demo/messages", READ),
    ("/drills", BOTH),
    ("/drills/{id}", READ),
    ("/drills/{id}/acknowledge", WRITE),
    ("/drills/{id}/custody", WRITE),
    ("/drills/{id}/decline", WRITE),
    ("/drills/{id}/end", WRITE),
    ("/duty", BOTH),
    ("/duty/deputies", WRITE),
    ("/duty/{duty}/remove", WRITE),
    ("/health/live", READ),
    ("/health/ready", READ),
    ("/hooks/aliyun/{secret}", WRITE),
    ("/hooks/aliyun/{secret}/keys", WRITE),
    ("/hooks/kannel/{secret}", READ),
    ("/hooks/kannel/{secret}/reply", READ),
    ("/hooks/tencent/{secret}", WRITE),
    ("/hooks/twilio/{secret}", WRITE),
    ("/hooks/twilio/{secret}/keys", WRITE),
    ("/me", READ),
    ("/me/channels", WRITE),
    ("/me/contacts", WRITE),
    ("/me/contacts/{contact}/remove", WRITE),
    ("/me/contacts/{contact}/test", WRITE),
    ("/me/contacts/{contact}/verify", WRITE),
    ("/me/deputies", WRITE),
    ("/me/deputies/{deputy}/end", WRITE),
    ("/metrics", READ),
    ("/observations", BOTH),
    ("/observations/new", READ),
    ("/observations/{id}/received", READ),
    ("/observations/{id}/still-worried", WRITE),
    ("/sign-in", BOTH),
    ("/sign-out", WRITE),
    ("/students/{id}/growth-file", READ),
    ("/students/{id}/growth-file/entries", WRITE),
    ("/students/{id}/growth-file/entries/{entry}", READ),
    ("/students/{id}/growth-file/entries/{entry}/correct", WRITE),
    ("/students/{id}/growth-file/new", READ),
];

/// The methods that the address of a request knows, if it is one of ours.
pub(crate) fn known(request: &HttpRequest) -> Option<&'static str> {
    let pattern = request.match_pattern()?;
    ADDRESSES.iter().find(|(p, _)| *p == pattern).map(|(_, methods)| *methods)
}

/// A method by a word of ours: what a stranger calls his own is one word for all.
#[must_use]
pub fn word_of(method: &Method) -> &'static str {
    const WORDS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
    WORDS.into_iter().find(|w| *w == method.as_str()).unwrap_or("other")
}
