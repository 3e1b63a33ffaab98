//! Error codes of Aliyun: those of its gateway, of SMS and of calls.

use super::super::class::Class::{Ambiguous, BadAddress, Elsewhere, Refused, Retry};
use super::super::class::Codes;

/// The gateway, which stands before every call.
pub(super) const GATEWAY: &Codes = &[
    ("Throttling", Elsewhere),
    ("Throttling.User", Elsewhere),
    ("Throttling.Api", Elsewhere),
    ("SignatureDoesNotMatch", Refused),
    ("IncompleteSignature", Refused),
    ("InvalidAccessKeyId.NotFound", Refused),
    ("InvalidAccessKeyId.Inactive", Refused),
    ("Forbidden.RAM", Refused),
    ("InvalidTimeStamp.Expired", Refused),
    ("InvalidVersion", Refused),
    ("InvalidAction.NotFound", Refused),
    ("SignatureNonceUsed", Retry),
    ("ServiceUnavailable", Retry),
    // Its inside gave up: nobody says how far it came.
    ("InternalError", Ambiguous),
];

/// `SendSms`.
pub(super) const SMS: &Codes = &[
    // Out of money, out of service, or over a limit: another provider can.
    ("isv.OUT_OF_SERVICE", Elsewhere),
    ("isv.AMOUNT_NOT_ENOUGH", Elsewhere),
    ("isv.ACCOUNT_ABNORMAL", Elsewhere),
    ("isv.BUSINESS_LIMIT_CONTROL", Elsewhere),
    ("isv.MINUTE_LIMIT_CONTROL", Elsewhere),
    ("isv.HOUR_LIMIT_CONTROL", Elsewhere),
    ("isv.DAY_LIMIT_CONTROL", Elsewhere),
    ("isv.MONTH_LIMIT_CONTROL", Elsewhere),
    ("VALVE:M_MC", Elsewhere),
    ("VALVE:H_MC", Elsewhere),
    ("VALVE:D_MC", Elsewhere),
    ("VALVE:D_ALL", Elsewhere),
    ("PORT_NOT_REGISTERED", Elsewhere),
    ("FILTER", Elsewhere),
    // The number.
    ("isv.MOBILE_NUMBER_ILLEGAL", BadAddress),
    ("isv.DOMESTIC_NUMBER_NOT_SUPPORTED", BadAddress),
    // What we registered, or failed to.
    ("isv.PRODUCT_UN_SUBSCRIPT", Refused),
    ("isv.PRODUCT_UNSUBSCRIBE", Refused),
    ("isv.ACCOUNT_NOT_EXISTS", Refused),
    ("isv.DENY_IP_RANGE", Refused),
    ("isp.RAM_PERMISSION_DENY", Refused),
    ("isv.SMS_SIGNATURE_ILLEGAL", Refused),
    ("isv.SMS_SIGNATURE_SCENE_ILLEGAL", Refused),
    ("isv.SMS_SIGN_ILLEGAL", Refused),
    ("isv.SIGN_NAME_ILLEGAL", Refused),
    ("SIGNATURE_BLACKLIST", Refused),
    ("isv.SMS_TEMPLATE_ILLEGAL", Refused),
    ("isv.SMS_CONTENT_ILLEGAL", Refused),
    ("isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE", Refused),
    ("isv.TEMPLATE_MISSING_PARAMETERS", Refused),
    ("isv.TEMPLATE_PARAMS_ILLEGAL", Refused),
    // Its blacklist is one of words: "the variables hold what may not be sent".
    ("isv.BLACK_KEY_CONTROL_LIMIT", Refused),
    ("isv.PARAM_NOT_SUPPORT_URL", Refused),
    ("isv.PARAM_LENGTH_LIMIT", Refused),
    ("isv.INVALID_PARAMETERS", Refused),
    ("isv.INVALID_JSON_PARAM", Refused),
    ("isv.MOBILE_COUNT_OVER_LIMIT", Refused),
    ("isv.EXTEND_CODE_ERROR", Refused),
    ("isv.CUSTOMER_REFUSED", Refused),
    ("isp.SYSTEM_ERROR", Retry),
    // Its inside gave up: nobody says how far it came.
    ("isp.UNKNOWN", Ambiguous),
];

/// `SingleCallByTts` and `IvrCall`.
pub(super) const VOICE: &Codes = &[
    ("isv.OUT_OF_SERVICE", Elsewhere),
    ("isv.AMOUNT_NOT_ENOUGH", Elsewhere),
    ("isv.ACCOUNT_ABNORMAL", Elsewhere),
    ("isv.BUSINESS_LIMIT_CONTROL", Elsewhere),
    ("isv.MINUTE_LIMIT_CONTROL", Elsewhere),
    ("isv.HOUR_LIMIT_CONTROL", Elsewhere),
    ("isv.DAY_LIMIT_CONTROL", Elsewhere),
    ("isv.MOBILE_NUMBER_ILLEGAL", BadAddress),
    ("isv.CALLED_NUMBER_BLACK", BadAddress),
    ("isv.PRODUCT_UN_SUBSCRIPT", Refused),
    ("isv.PRODUCT_UNSUBSCRIBE", Refused),
    ("isv.ACCOUNT_NOT_EXISTS", Refused),
    ("isp.RAM_PERMISSION_DENY", Refused),
    ("isv.DISPLAY_NUMBER_ILLEGAL", Refused),
    ("isv.TTS_TEMPLATE_ILLEGAL", Refused),
    ("isv.VOICE_FILE_ILLEGAL", Refused),
    ("isv.TEMPLATE_MISSING_PARAMETERS", Refused),
    ("isv.BLACK_KEY_CONTROL_LIMIT", Refused),
    ("isv.PARAM_NOT_SUPPORT_URL", Refused),
    ("isv.PARAM_LENGTH_LIMIT", Refused),
    ("isv.INVALID_PARAMETERS", Refused),
    ("isv.INVALID_JSON_PARAM", Refused),
    ("isp.SYSTEM_ERROR", Retry),
    ("isp.UNKNOWN", Ambiguous),
];

#[cfg(test)]
mod tests {
    use domain::delivery::Outcome;
    use serde_json::json;

    use super::super::super::class::{agree, walk};
    use super::super::super::http::Answer;
    use super::super::classify;
    use super::*;

    fn answered(codes: &Codes, status: u16, code: &str) -> Outcome {
        let json = json!({ "Code": code, "Message": "13711112222", "RequestId": "r", "BizId": "b" });
        classify(codes, &Answer { status, json: Some(json) }, |_| None)
    }

    #[test]
    fn every_code_has_its_class_also_under_http_200() {
        for status in [200, 400] {
            walk(&[SMS, GATEWAY], |code| answered(SMS, status, code));
            walk(&[VOICE, GATEWAY], |code| answered(VOICE, status, code));
        }
        assert_eq!(answered(SMS, 200, "OK").key(), "accepted");
        let limits = ["isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL"];
        agree(SMS, Elsewhere, &limits);
        agree(SMS, Elsewhere, &["isv.OUT_OF_SERVICE", "isv.AMOUNT_NOT_ENOUGH", "PORT_NOT_REGISTERED"]);
        agree(SMS, BadAddress, &["isv.MOBILE_NUMBER_ILLEGAL"]);
        agree(SMS, Refused, &["isv.BLACK_KEY_CONTROL_LIMIT"]);
        agree(SMS, Refused, &["isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_TEMPLATE_ILLEGAL", "isv.DENY_IP_RANGE"]);
    }

    #[test]
    fn what_a_provider_says_in_words_is_not_written_down() {
        let Outcome::Elsewhere(said) = answered(SMS, 200, "isv.DAY_LIMIT_CONTROL") else { panic!("another class") };
        assert_eq!(said, "aliyun: isv.DAY_LIMIT_CONTROL");
    }

    #[test]
    fn an_answer_that_cannot_be_read_says_nothing() {
        let wordless = |status| classify(SMS, &Answer { status, json: None }, |_| None);
        assert_eq!([200, 502, 429, 503].map(|s| wordless(s).key()), ["ambiguous", "ambiguous", "elsewhere", "retry"]);
        let odd = Answer { status: 200, json: Some(json!({ "code": "OK" })) };
        assert_eq!(classify(SMS, &odd, |_| None).key(), "ambiguous");
    }
}
