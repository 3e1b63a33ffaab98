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
