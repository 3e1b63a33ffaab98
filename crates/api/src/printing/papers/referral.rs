//! 转介单, in two halves.

use casework::{ReferralRecord, Sheet};
use domain::lang::Lang;
use domain::referral::Consent;
use paper::Document;
use paper::template::{Head, ReferralSlip, referral_slip};

use super::{day, wall};
use crate::state::Api;

pub(super) fn document(api: &Api, head: Head, sheet: &mut Sheet, r: &ReferralRecord) -> Document {
    let w = &r.referral;
    let by = w.consent_by.as_ref().map(|n| format!("（{n}）")).unwrap_or_default();
    let emergency = w.consent == Consent::Emergency;
    let phone = sheet.school.counsellor_phone.clone().map(|p| format!("　{p}")).unwrap_or_default();
    referral_slip(&ReferralSlip {
        to: w.to.clone(),
        urgency: if emergency { "紧急" } else { "按预约" }.to_owned(),
        appointment: wall(api, w.appointment_at),
        reason: sheet.hide(&w.reason),
        done: String::new(),
        consent: format!("{}{by}", w.consent.name(Lang::Zh)),
        escort: w.escort.clone(),
        referred_by: format!("{}{phone}", r.by.1),
        date: day(api, r.leg.made_at),
        head,
    })
}
