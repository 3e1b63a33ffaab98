//! Tokens of the API: a signed envelope around the session's secret. It lives and dies with the session, which is
//! looked up at every request; expiry is checked with our own clock.

use domain::time::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

const ISSUER: &str = "xindeng";
const AUDIENCE: &str = "xindeng-api";
const DEVICE: &str = "xindeng-device";

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

#[derive(Serialize, Deserialize)]
struct DeviceClaims {
    aud: String,
    sub: String,
    mark: String,
}

/// Upper and lower case are one account.
fn account(login: &str) -> String {
    login.trim().to_lowercase()
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

    /// A token for a device that has signed in to an account.
    pub(crate) fn seal_device(&self, login: &str, mark: &str) -> Option<String> {
        let claims = DeviceClaims { aud: DEVICE.to_owned(), sub: account(login), mark: mark.to_owned() };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign).ok()
    }

    /// What marks the device, if it has signed in to this account before. A device that anybody could claim to be would
    /// be a way around the delays.
    pub(crate) fn known_device(&self, token: &str, login: &str) -> Option<String> {
        self.device(token).filter(|claims| claims.sub == account(login)).map(|claims| claims.mark)
    }

    /// The account that a device has signed in to before, and what marks the device.
    pub(crate) fn marked_device(&self, token: &str) -> Option<(String, String)> {
        self.device(token).map(|claims| (claims.sub, claims.mark))
    }

    /// The account that a device has signed in to before.
    pub(crate) fn account_of_device(&self, token: &str) -> Option<String> {
        self.device(token).map(|claims| claims.sub)
    }

    fn device(&self, token: &str) -> Option<DeviceClaims> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_audience(&[DEVICE]);
        rules.set_required_spec_claims::<&str>(&[]);
        rules.validate_exp = false;
        jsonwebtoken::decode::<DeviceClaims>(token, &self.check, &rules).ok().map(|token| token.claims)
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

#[cfg(test)]
mod tests {
    use super::TokenKey;

    #[test]
    fn a_device_is_known_for_its_own_account_alone() {
        let (ours, theirs) = (TokenKey::new(&[1; 32]), TokenKey::new(&[2; 32]));
        let token = ours.seal_device("Teacher ", "m1").unwrap();
        assert_eq!(ours.known_device(&token, "teacher").as_deref(), Some("m1"));
        assert_eq!(ours.known_device(&token, "counsellor"), None);
        assert_eq!(theirs.known_device(&token, "teacher"), None);
        assert_eq!(ours.known_device("m1", "teacher"), None);
        assert_eq!(ours.account_of_device(&token).as_deref(), Some("teacher"));
        assert_eq!(theirs.account_of_device(&token), None);
    }
}
