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
mod tests {
    use super::*;

    const SECRET: &str = "YourAccessKeySecret";

    #[test]
    fn the_published_example_is_signed_alike() {
        let query = query(&[
            ("RegionId", "cn-shanghai".to_owned()),
            ("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd".to_owned()),
        ]);
        let call = Call {
            host: "ecs.cn-shanghai.aliyuncs.com",
            action: "RunInstances",
            version: "2014-05-26",
            query: &query,
            date: "2023-10-26T10:22:32Z",
            nonce: "3156853299f313e23d1673dc12e1703d",
        };
        assert_eq!(sha256(&call.canonical()), "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
        assert_eq!(call.signature(SECRET), "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    #[test]
    fn an_sms_with_chinese_and_json_is_signed_as_computed_elsewhere() {
        let query = query(&[
            ("PhoneNumbers", "13711112222".to_owned()),
            ("SignName", "测试签名".to_owned()),
            ("TemplateCode", "SMS_123456789".to_owned()),
            ("TemplateParam", r#"{"code":"A1B2"}"#.to_owned()),
            ("OutId", "01J8ZK7W3Q".to_owned()),
        ]);
        let call = Call {
            host: "dysmsapi.aliyuncs.com",
            action: "SendSms",
            version: "2017-05-25",
            query: &query,
            date: "2023-11-14T22:13:20Z",
            nonce: "3156853299f313e23d1673dc12e1703d",
        };
        assert_eq!(sha256(&call.canonical()), "6a7920c7816520c175407fbe7e184336be71c220a679b14189024f27c5d616c2");
        assert_eq!(call.signature(SECRET), "e07bfe8dcba6dd1803d03b2998d7fb16bcc22444834f42d5bc6923a4d3802f56");
        let header = call.authorization("YourAccessKeyId", SECRET);
        assert!(header.starts_with("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"));
    }
}
