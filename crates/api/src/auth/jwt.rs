//! Tokens of the API: a signed envelope around the session's secret. It lives and dies with the session, which is
//! looked up at every request; expiry is checked with our own clock.

use domain::time::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

const ISSUER: &str = "xindeng";
const AUDIENCE: &str = "xindeng-api";

/// Under which tokens are signed.
pub struct TokenKey {
    sign: EncodingKey,
    check: DecodingKey,
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey")
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    iat: i64,
    exp: i64,
}

impl TokenKey {
    /// A key from 256 bits.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self { sign: EncodingKey::from_secret(secret), check: DecodingKey::from_secret(secret) }
    }

    /// A token for a session.
    pub(crate) fn seal(&self, session: &casework::NewSession, now: Timestamp) -> Option<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: session.person.to_string(),
            sid: session.secret.clone(),
            iat: now.timestamp(),
            exp: session.expires_at.timestamp(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign).ok()
    }

    /// The session's secret in a token, if it is one of ours and has not expired.
    pub(crate) fn open(&self, token: &str, now: Timestamp) -> Option<String> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[AUDIENCE]);
        rules.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.check, &rules).ok()?.claims;
        (claims.exp > now.timestamp()).then_some(claims.sid)
    }
}
