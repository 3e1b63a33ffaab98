//! The token of an application: fetched once, kept until it runs out.

use chrono::TimeDelta;
use domain::delivery::Outcome;
use domain::time::Timestamp;
use serde_json::Value;
use tokio::sync::Mutex;

use super::super::class;
use super::super::http::{ask, text};
use super::{code, codes};

/// A token is renewed so long before it runs out.
const EARLY_SECONDS: i64 = 300;

/// A token that is kept. One request fetches it, the others wait.
#[derive(Default)]
pub(super) struct Token(Mutex<Option<(String, Timestamp)>>);

impl Token {
    /// The token, or why there is none. Nothing has been sent then.
    pub(super) async fn get(&self, request: reqwest::RequestBuilder, now: Timestamp) -> Result<String, Outcome> {
        let mut kept = self.0.lock().await;
        if let Some((token, until)) = kept.as_ref()
            && now < *until
        {
            return Ok(token.clone());
        }
        let answer = ask(request).await.map_err(unsent)?;
        let number = code(&answer).ok_or_else(|| unsent(answer.wordless()))?;
        if number != 0 {
            return Err(unsent(class::outcome(&[codes::CODES], "wecom", &number.to_string())));
        }
        let json = answer.json.unwrap_or_default();
        let token = text(&json, "access_token").ok_or_else(|| Outcome::Retry("wecom: no token".to_owned()))?;
        let lives = json.get("expires_in").and_then(Value::as_i64).unwrap_or_default();
        let lives = lives.clamp(EARLY_SECONDS, 24 * 60 * 60);
        *kept = Some((token.to_owned(), now + TimeDelta::seconds(lives - EARLY_SECONDS)));
        Ok(token.to_owned())
    }

    /// Forgets it: WeCom does not know it any more.
    pub(super) async fn forget(&self) {
        *self.0.lock().await = None;
    }
}

/// A lost answer about a token is no doubt about the message.
fn unsent(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Ambiguous(said) => Outcome::Retry(said),
        Outcome::Accepted { .. }
        | Outcome::Retry(_)
        | Outcome::Elsewhere(_)
        | Outcome::BadAddress(_)
        | Outcome::Refused(_) => outcome,
    }
}
