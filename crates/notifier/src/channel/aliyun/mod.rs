//! Aliyun: SMS and calls. One account, one signature, one form of answers.

mod codes;
mod sign;
pub(crate) mod sms;
pub(crate) mod voice;

use std::sync::Arc;

use domain::delivery::Outcome;
use domain::id::Ids;
use domain::time::Clock;
use serde_json::Value;

use super::class::{self, Codes};
use super::http::{Answer, ask, text};
use super::text::host;

/// The version of both interfaces.
const VERSION: &str = "2017-05-25";

/// An account at Aliyun, at the address of one of its services.
#[derive(Clone)]
pub struct AliyunAccount {
    /// The service's address, without a path: `https://dysmsapi.aliyuncs.com`.
    pub url: String,
    /// The access key's id.
    pub id: String,
    /// The access key's secret.
    pub secret: String,
    /// The real clock: a signature is good for fifteen minutes.
    pub clock: Arc<dyn Clock>,
    /// Where nonces come from.
    pub ids: Arc<dyn Ids>,
}

impl std::fmt::Debug for AliyunAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AliyunAccount").field("url", &self.url).finish_non_exhaustive()
    }
}

impl AliyunAccount {
    /// A signed call.
    async fn call(&self, client: &reqwest::Client, action: &str, values: &[(&str, String)]) -> Result<Answer, Outcome> {
        let query = sign::query(values);
        let date = self.clock.now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let nonce = self.ids.uuid().simple().to_string();
        let call =
            sign::Call { host: host(&self.url), action, version: VERSION, query: &query, date: &date, nonce: &nonce };
        let mut request = client.post(format!("{}/?{query}", self.url));
        for (name, value) in call.headers() {
            request = request.header(name, value);
        }
        ask(request.header("authorization", call.authorization(&self.id, &self.secret))).await
    }
}

/// What an answer means: HTTP 200 can carry an error.
fn classify(own: &Codes, answer: &Answer, provider_id: impl Fn(&Value) -> Option<String>) -> Outcome {
    let Some((json, code)) = answer.json.as_ref().and_then(|j| Some((j, text(j, "Code")?))) else {
        return answer.wordless();
    };
    if code == "OK" {
        return Outcome::Accepted { provider_id: provider_id(json) };
    }
    class::outcome(&[own, codes::GATEWAY], "aliyun", code)
}
