//! Tencent Cloud's signature, TC3-HMAC-SHA256, for calls with a JSON body.

use domain::time::Timestamp;

use super::super::text::{hex, hmac_sha256, sha256};

/// The type of every body; it is signed.
pub(super) const CONTENT_TYPE: &str = "application/json; charset=utf-8";
const SIGNED: &str = "content-type;host;x-tc-action";

/// What is signed.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) service: &'a str,
    pub(super) host: &'a str,
    pub(super) action: &'a str,
    pub(super) at: Timestamp,
    pub(super) body: &'a str,
}

impl Call<'_> {
    fn canonical(&self) -> String {
        let action = self.action.to_lowercase();
        let headers = format!("content-type:{CONTENT_TYPE}\nhost:{}\nx-tc-action:{action}\n", self.host);
        format!("POST\n/\n\n{headers}\n{SIGNED}\n{}", sha256(self.body))
    }

    fn scope(&self) -> String {
        format!("{}/{}/tc3_request", self.at.format("%Y-%m-%d"), self.service)
    }

    fn signature(&self, secret: &str) -> String {
        let day = self.at.format("%Y-%m-%d").to_string();
        let text = format!("TC3-HMAC-SHA256\n{}\n{}\n{}", self.at.timestamp(), self.scope(), sha256(&self.canonical()));
        let key = hmac_sha256(format!("TC3{secret}").as_bytes(), &day);
        let key = hmac_sha256(&key, self.service);
        let key = hmac_sha256(&key, "tc3_request");
        hex(&hmac_sha256(&key, &text))
    }

    /// The `Authorization` header.
    pub(super) fn authorization(&self, id: &str, secret: &str) -> String {
        let (scope, signature) = (self.scope(), self.signature(secret));
        format!("TC3-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={SIGNED}, Signature={signature}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_published_example_is_signed_alike() {
        let body = r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
        let call = Call {
            service: "cvm",
            host: "cvm.tencentcloudapi.com",
            action: "DescribeInstances",
            at: at(1_551_113_065),
            body,
        };
        assert_eq!(sha256(body), "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
        assert_eq!(sha256(&call.canonical()), "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84");
        let secret = "*".repeat(32);
        assert_eq!(call.signature(&secret), "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");
        let header = call.authorization(&format!("AKID{secret}"), &secret);
        assert!(header.contains("/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, "));
    }

    #[test]
    fn an_sms_with_chinese_is_signed_as_computed_elsewhere() {
        let body = r#"{"PhoneNumberSet":["+8613711112222"],"SmsSdkAppId":"1400006666","SignName":"测试签名","TemplateId":"449739","TemplateParamSet":["A1B2","10"],"SessionContext":"01J8ZK7W3Q"}"#;
        let call =
            Call { service: "sms", host: "sms.tencentcloudapi.com", action: "SendSms", at: at(1_700_000_000), body };
        assert_eq!(sha256(body), "ae33b76288636ed4e08ed25952c0853dc782fba04aac687ebf1c6277e776588e");
        assert_eq!(sha256(&call.canonical()), "6b11337db766b926c0d4e679886d1ecb50172562a11de99f9041bf95f43d061b");
        let secret = "*".repeat(32);
        assert_eq!(call.signature(&secret), "fe0f03a2210186a1cb7d9685e96f94e4825d8b295d3b82b4f59bba5d91a5aee2");
    }
}
