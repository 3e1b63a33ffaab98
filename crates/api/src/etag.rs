//! Entity tags: the decision version in quotes.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::problem::Problem;

/// The tag of a version.
pub(crate) fn etag(version: u64) -> (&'static str, String) {
    ("ETag", format!("\"{version}\""))
}

/// The version that the client last read. A tag that no version of ours ever had matches nothing; nor does a weak one,
/// since the comparison is the strong one of RFC 9110 §8.8.3.2.
pub(crate) fn if_match(request: &HttpRequest) -> Result<u64, Problem> {
    let value = request.headers().get(header::IF_MATCH).ok_or_else(Problem::precondition_required)?;
    let text = value.to_str().unwrap_or_default().trim();
    Ok(text.trim_matches('"').parse().unwrap_or(0))
}
