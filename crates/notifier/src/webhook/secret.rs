//! Secrets of the feed, and what is signed with them (Standard Webhooks: `v1`, HMAC-SHA256 over `id.timestamp.body`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::channel::hmac_sha256;

/// How long a secret is, in bytes.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A secret of an endpoint.
#[derive(Clone)]
pub struct WebhookSecret(Vec<u8>);

impl std::fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookSecret")
    }
}

impl WebhookSecret {
    /// Reads `whsec_` and 24 to 64 bytes in base64.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.strip_prefix("whsec_")?).ok()?;
        BYTES.contains(&bytes.len()).then_some(Self(bytes))
    }

    fn sign(&self, text: &str) -> String {
        format!("v1,{}", STANDARD.encode(hmac_sha256(&self.0, text)))
    }
}

/// The `webhook-signature` header: one signature by each secret, so that the other side can change over in its own time.
pub(super) fn signatures(secrets: &[WebhookSecret], id: &str, seconds: i64, body: &str) -> String {
    let text = format!("{id}.{seconds}.{body}");
    secrets.iter().map(|secret| secret.sign(&text)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_is_signed_alike() {
        let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = r#"{"test": 2432232314}"#;
        let signed = signatures(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_of_their_form_and_of_their_length() {
        let of = |bytes: usize| WebhookSecret::parse(&format!("whsec_{}", STANDARD.encode(vec![7; bytes])));
        assert_eq!([23, 24, 32, 64, 65].map(|n| of(n).is_some()), [false, true, true, true, false]);
        assert!(WebhookSecret::parse(&STANDARD.encode([7; 32])).is_none(), "without its name");
        assert!(WebhookSecret::parse("whsec_no base64").is_none());
        assert_eq!(format!("{:?}", of(24).unwrap()), "WebhookSecret");
    }
}
