//! Asking providers over HTTP. Addresses often carry a secret: they stay out of everything that is written down.

use std::time::Duration;

use domain::delivery::Outcome;
use serde_json::Value;

/// How long a provider may take to be reached at all. Shorter than the whole attempt, so that "not reached", after which
/// nothing can have been sent, is told from "no answer".
const CONNECT: Duration = Duration::from_secs(3);
/// The longest answer that is read, in bytes.
const ANSWER_BYTES: usize = 256 * 1024;

/// What a provider answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Nothing when it is not JSON.
    pub(super) json: Option<Value>,
}

/// A client that follows nobody elsewhere.
pub(super) fn client() -> Result<reqwest::Client, reqwest::Error> {
    let none = reqwest::redirect::Policy::none();
    reqwest::Client::builder().redirect(none).no_proxy().connect_timeout(CONNECT).build()
}

/// Asks; an answer that did not come, or not whole, is an outcome already.
pub(super) async fn ask(request: reqwest::RequestBuilder) -> Result<Answer, Outcome> {
    let lost = |err: reqwest::Error| {
        let away = err.is_connect();
        let said = err.without_url().to_string();
        if away { Outcome::Retry(said) } else { Outcome::Ambiguous(said) }
    };
    let mut answer = request.send().await.map_err(lost)?;
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|e| Outcome::Ambiguous(e.without_url().to_string()))? {
        body.extend_from_slice(&part);
        if body.len() > ANSWER_BYTES {
            return Err(Outcome::Ambiguous("an endless answer".to_owned()));
        }
    }
    Ok(Answer { status, json: serde_json::from_slice(&body).ok() })
}

impl Answer {
    /// What an answer without the provider's own words means: it may come from something in between.
    pub(super) fn wordless(&self) -> Outcome {
        let said = format!("HTTP {} without an answer that can be read", self.status);
        match self.status {
            429 => Outcome::Elsewhere(said),
            503 => Outcome::Retry(said),
            _ => Outcome::Ambiguous(said),
        }
    }
}

/// A text of an answer.
pub(super) fn text<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    json.get(name)?.as_str()
}
