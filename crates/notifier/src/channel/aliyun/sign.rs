//! Aliyun's signature, ACS3-HMAC-SHA256, for calls that carry everything in the query and have no body.

use super::super::text::{encode, hex, hmac_sha256, sha256};

/// What is signed.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) host: &'a str,
    pub(super) action: &'a str,
    pub(super) version: &'a str,
    pub(super) query: &'a str,
    pub(super) date: &'a str,
    pub(super) nonce: &'a str,
}

/// A query in the form in which it is signed and sent: sorted, and encoded as RFC 3986 wants it.
pub(super) fn query(values: &[(&str, String)]) -> String {
    let mut pairs: Vec<(String, String)> = values.iter().map(|(k, v)| (encode(k), encode(v))).collect();
    pairs.sort();
    pairs.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("&")
}

impl Call<'_> {
    /// Every header that is signed, sorted by its name.
    pub(super) fn headers(&self) -> [(&'static str, String); 6] {
        [
            ("host", self.host.to_owned()),
            ("x-acs-action", self.action.to_owned()),
            ("x-acs-content-sha256", sha256("")),
            ("x-acs-date", self.date.to_owned()),
            ("x-acs-signature-nonce", self.nonce.to_owned()),
            ("x-acs-version", self.version.to_owned()),
        ]
    }

    fn canonical(&self) -> String {
        let headers: String = self.headers().iter().map(|(k, v)| format!("{k}:{v}\n")).collect();
        format!("POST\n/\n{}\n{headers}\n{}\n{}", self.query, self.names(), sha256(""))
    }

    fn names(&self) -> String {
        self.headers().map(|(name, _)| name).join(";")
    }

    fn signature(&self, secret: &str) -> String {
        let text = format!("ACS3-HMAC-SHA256\n{}", sha256(&self.canonical()));
        hex(&hmac_sha256(secret.as_bytes(), &text))
    }

    /// The `Authorization` header.
    pub(super) fn authorization(&self, id: &str, secret: &str) -> String {
        let signature = self.signature(secret);
        format!("ACS3-HMAC-SHA256 Credential={id},SignedHeaders={},Signature={signature}", self.names())
    }
}

#[cfg(test)]
#[path = "sign_tests.rs"]
mod tests;
