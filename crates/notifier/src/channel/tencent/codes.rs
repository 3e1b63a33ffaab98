//! Error codes of Tencent Cloud: those of its gateway and of `SendSms`.

use super::super::class::Class::{Ambiguous, BadAddress, Elsewhere, Refused, Retry};
use super::super::class::Codes;

/// `SendSms`.
pub(super) const SMS: &Codes = &[
    // Limits, and money.
    ("LimitExceeded.PhoneNumberThirtySecondLimit", Elsewhere),
    ("LimitExceeded.PhoneNumberOneHourLimit", Elsewhere),
    ("LimitExceeded.PhoneNumberDailyLimit", Elsewhere),
    ("LimitExceeded.PhoneNumberSameContentDailyLimit", Elsewhere),
    ("LimitExceeded.DeliveryFrequencyLimit", Elsewhere),
    ("LimitExceeded.AppDailyLimit", Elsewhere),
    ("LimitExceeded.AppCountryOrRegionDailyLimit", Elsewhere),
    ("LimitExceeded.AppCountryOrRegionInBlacklist", Elsewhere),
    ("LimitExceeded.AppGlobalDailyLimit", Elsewhere),
    ("LimitExceeded.AppMainlandChinaDailyLimit", Elsewhere),
    ("LimitExceeded.DailyLimit", Elsewhere),
    ("LimitExceeded", Elsewhere),
    ("RequestLimitExceeded", Elsewhere),
    ("ResourceInsufficient", Elsewhere),
    ("FailedOperation.InsufficientBalanceInSmsPackage", Elsewhere),
    ("UnauthorizedOperation.SerivceSuspendDueToArrears", Elsewhere),
    ("UnauthorizedOperation.ServiceSuspendDueToArrears", Elsewhere),
    ("InternalError.OtherError", Elsewhere),
    ("FailedOperation.OtherError", Elsewhere),
    // The number.
    ("FailedOperation.PhoneNumberInBlacklist", BadAddress),
    ("FailedOperation.PhoneNumberOnBlacklist", BadAddress),
    ("InvalidParameterValue.IncorrectPhoneNumber", BadAddress),
    ("UnsupportedOperation.UnsupportedRegion", BadAddress),
    ("UnsupportedOperation.UnsuportedRegion", BadAddress),
    // What we registered, or failed to.
    ("FailedOperation.ContainSensitiveWord", Refused),
    ("FailedOperation.FailResolvePacket", Refused),
    ("FailedOperation.ForbidAddMarketingTemplates", Refused),
    ("FailedOperation.JsonParseFail", Refused),
    ("FailedOperation.MarketingSendTimeConstraint", Refused),
    ("FailedOperation.MissingSignature", Refused),
    ("FailedOperation.MissingTemplateToModify", Refused),
    ("FailedOperation.NotEnterpriseCertification", Refused),
    ("FailedOperation.ParametersOtherError", Refused),
    ("FailedOperation.SignatureIncorrectOrUnapproved", Refused),
    ("FailedOperation.TemplateIncorrectOrUnapproved", Refused),
    ("FailedOperation.TemplateParamSetNotMatchApprovedTemplate", Refused),
    ("FailedOperation.TemplateUnapprovedOrNotExist", Refused),
    ("InternalError.RequestTimeException", Refused),
    ("InternalError.RestApiInterfaceNotExist", Refused),
    ("InternalError.SigFieldMissing", Refused),
    ("InternalError.SigVerificationFail", Refused),
    ("InternalError.JsonParseFail", Refused),
    ("InvalidParameter", Refused),
    ("InvalidParameter.AppidAndBizId", Refused),
    ("InvalidParameter.DirtyWordFound", Refused),
    ("InvalidParameter.InvalidParameters", Refused),
    ("InvalidParameterValue.ContentLengthLimit", Refused),
    ("InvalidParameterValue.ProhibitedUseUrlInTemplateParameter", Refused),
    ("InvalidParameterValue.SdkAppIdNotExist", Refused),
    ("InvalidParameterValue.SdkAppidNotExist", Refused),
    ("InvalidParameterValue.TemplateParameterFormatError", Refused),
    ("InvalidParameterValue.TemplateParameterLengthLimit", Refused),
    ("InvalidParameterValue", Refused),
    ("LimitExceeded.PhoneNumberCountLimit", Refused),
    ("MissingParameter", Refused),
    ("MissingParameter.EmptyPhoneNumberSet", Refused),
    ("UnauthorizedOperation", Refused),
    ("UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny", Refused),
    ("UnauthorizedOperation.RequestIpNotInWhitelist", Refused),
    ("UnauthorizedOperation.RequestIpNotOnWhitelist", Refused),
    ("UnauthorizedOperation.RequestPermissionDeny", Refused),
    ("UnauthorizedOperation.SdkAppIdIsDisabled", Refused),
    ("UnauthorizedOperation.SdkAppidIsDisabled", Refused),
    ("UnauthorizedOperation.SmsSdkAppIdVerifyFail", Refused),
    ("UnauthorizedOperation.SmsSdkAppidVerifyFail", Refused),
    ("UnsupportedOperation", Refused),
    ("UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone", Refused),
    ("UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber", Refused),
    ("UnsupportedOperation.GlobalTemplateToChineseMainlandPhone", Refused),
    // The gateway.
    ("AuthFailure.InvalidAuthorization", Refused),
    ("AuthFailure.InvalidSecretId", Refused),
    ("AuthFailure.MFAFailure", Refused),
    ("AuthFailure.SecretIdNotFound", Refused),
    ("AuthFailure.SignatureExpire", Refused),
    ("AuthFailure.SignatureFailure", Refused),
    ("AuthFailure.TokenFailure", Refused),
    ("AuthFailure.UnauthorizedOperation", Refused),
    ("ActionOffline", Refused),
    ("InvalidAction", Refused),
    ("InvalidRequest", Refused),
    ("IpInBlacklist", Refused),
    ("IpNotInWhitelist", Refused),
    ("NoSuchProduct", Refused),
    ("NoSuchVersion", Refused),
    ("UnsupportedProtocol", Refused),
    ("UnsupportedRegion", Refused),
    ("UnknownParameter", Refused),
    ("RequestSizeLimitExceeded", Refused),
    ("ServiceUnavailable", Retry),
    // Its inside gave up: nobody says how far it came.
    ("InternalError", Ambiguous),
    ("InternalError.SendAndRecvFail", Ambiguous),
    ("InternalError.Timeout", Ambiguous),
    ("InternalError.UnknownError", Ambiguous),
];

#[cfg(test)]
mod tests {
    use domain::delivery::Outcome;
    use serde_json::{Value, json};

    use super::super::super::class::{agree, walk};
    use super::super::super::http::Answer;
    use super::super::classify;
    use super::*;

    fn answered(response: Value) -> Outcome {
        classify(&Answer { status: 200, json: Some(json!({ "Response": response })) })
    }

    #[test]
    fn every_code_has_its_class_for_the_call_and_for_the_number() {
        walk(&[SMS], |code| answered(json!({ "Error": { "Code": code, "Message": "" }, "RequestId": "r" })));
        walk(&[SMS], |code| answered(json!({ "SendStatusSet": [{ "SerialNo": "", "Code": code }] })));
        agree(SMS, Ambiguous, &["InternalError.Timeout", "InternalError.SendAndRecvFail"]);
        agree(SMS, BadAddress, &["FailedOperation.PhoneNumberInBlacklist"]);
    }

    #[test]
    fn only_ok_is_accepted_and_garbage_says_nothing() {
        let ok = answered(json!({ "SendStatusSet": [{ "SerialNo": "2640:1", "Code": "Ok" }] }));
        assert_eq!(ok, Outcome::Accepted { provider_id: Some("2640:1".to_owned()) });
        assert_eq!(answered(json!({ "SendStatusSet": [] })).key(), "ambiguous");
        assert_eq!(classify(&Answer { status: 200, json: None }).key(), "ambiguous");
    }
}
