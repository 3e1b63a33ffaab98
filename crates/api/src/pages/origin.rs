//! Whether a form comes from a page of ours: Fetch Metadata where the browser sends it, else `Origin`, and the
//! session's token besides.

use actix_web::HttpRequest;
use actix_web::http::header;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// The token that the forms of a session carry. Nobody can find the secret from it.
pub(crate) fn token_of(secret: &str) -> String {
    let digest = Sha256::new().chain_update(b"form\0").chain_update(secret.as_bytes()).finalize();
    digest.iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// Refuses a form that another site has sent.
pub(crate) fn same_site(request: &HttpRequest) -> Result<(), Problem> {
    let text = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    let ours = match (text("Sec-Fetch-Site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => {
            let host = text(header::HOST.as_str()).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, from)| !host.is_empty() && from == host)
        }
        // Neither a browser of today nor a page: there is no cookie to abuse that SameSite would have sent.
        (None, None) => true,
    };
    if ours { Ok(()) } else { Err(Problem::cross_site()) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{same_site, token_of};

    #[test]
    fn a_form_of_another_site_is_refused() {
        let with = |headers: &[(&'static str, &'static str)]| {
            let request = headers.iter().fold(TestRequest::post(), |r, h| r.insert_header(*h));
            same_site(&request.to_http_request()).is_ok()
        };
        assert!(with(&[("Sec-Fetch-Site", "same-origin")]));
        assert!(with(&[("Sec-Fetch-Site", "none")]));
        assert!(!with(&[("Sec-Fetch-Site", "cross-site")]));
        assert!(!with(&[("Sec-Fetch-Site", "same-site")]));
        assert!(with(&[("Host", "a.example"), ("Origin", "https://a.example")]));
        assert!(!with(&[("Host", "a.example"), ("Origin", "https://b.example")]));
        assert!(!with(&[("Host", "a.example"), ("Origin", "null")]));
    }

    #[test]
    fn each_session_has_a_token_of_its_own() {
        assert_ne!(token_of("a"), token_of("b"));
        assert_eq!(token_of("a").len(), 32);
    }
}
