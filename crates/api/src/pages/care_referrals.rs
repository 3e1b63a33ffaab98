//! Referrals on the forms about the care of a student.

use casework::{CaseError, ReferralRecord, StudentRecord};
use domain::fault::Fault;
use domain::id::ReferralId;
use domain::lang::Lang;
use domain::referral::Consent;

use super::care::{Form, address};
use super::care_fields::Making;
use super::care_forms::pairs;
use super::form::Fields;
use super::view::care::Known;
use super::view::duty::Pick;
use super::visitor::Visitor;
use super::words::moment;
use crate::state::Api;

/// One that was made already.
pub(super) fn referral(api: &Api, student: &StudentRecord, r: &ReferralRecord, lang: Lang) -> Known {
    let at = |label: &str, at| format!("{label} {}", moment(api, at).text);
    let mut lines = vec![
        at(lang.pick("预约", "Appointment"), r.referral.appointment_at),
        format!("{} {}", lang.pick("陪同", "Escort"), r.referral.escort),
    ];
    lines.extend(r.leg.went_at.map(|t| at(lang.pick("已前往", "Went"), t)));
    lines.extend(r.leg.back_at.map(|t| at(lang.pick("有结果", "Back"), t)));
    lines.extend(r.outcome.clone().filter(|o| !o.is_empty()));
    let link = |form: Form| (format!("{}?referral={}", address(student.id, form), r.id), form.title(lang).to_owned());
    let links = match (r.leg.went_at, r.leg.back_at) {
        (None, _) => vec![link(Form::ReferralWent)],
        (Some(_), None) => vec![link(Form::ReferralBack)],
        (Some(_), Some(_)) => Vec::new(),
    };
    let print = format!("/students/{}/papers/referral/{}", student.id, r.id);
    let print = (print, lang.pick("打印转介单", "Print the slip").to_owned());
    let links = [print].into_iter().chain(links).collect();
    let late = r.leg.went_at.is_none() && r.referral.appointment_at <= api.desk.now();
    Known { title: r.referral.to.clone(), lines, alarm: late, links }
}

/// What is asked of a new one.
pub(super) fn referral_fields(making: Making<'_>, lang: Lang) -> Making<'_> {
    let consents = pairs(&Consent::ALL, Consent::key, |c| c.name(lang));
    let to = (lang.pick("转介到哪里", "Where to"), lang.pick("医院、科室、心理中心", "hospital, ward, centre"));
    making
        .line("to", to, false)
        .text("reason", (lang.pick("理由", "Why"), ""), false)
        .radios("consent", (lang.pick("谁同意了", "Who has agreed"), ""), false, &consents)
        .line("consent_by", (lang.pick("哪一位监护人同意的", "Which guardian"), ""), true)
        .line("escort", (lang.pick("谁陪同前往", "Who goes along"), ""), false)
        .moment("appointment_at", (lang.pick("预约时间", "Appointment"), ""), false, "")
}

/// The referrals that wait for this.
pub(super) async fn referrals(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    typed: &Fields,
    gone: bool,
) -> Result<Vec<Pick>, CaseError> {
    let (_, all) = casework::list_referrals(&api.desk, who, student.id).await?;
    let waits = |r: &&ReferralRecord| r.leg.went_at.is_some() == gone && r.leg.back_at.is_none();
    let pick = |r: &ReferralRecord| Pick {
        value: r.id.to_string(),
        label: format!("{} {}", r.referral.to, moment(api, r.referral.appointment_at).text),
        chosen: typed.get("referral") == r.id.to_string(),
    };
    Ok(all.iter().filter(waits).map(pick).collect())
}

/// Which one is meant.
pub(super) fn chosen(typed: &Fields) -> Result<ReferralId, CaseError> {
    typed.get("referral").parse().map_err(|_| {
        CaseError::Invalid(vec![Fault::new("referral", "required", "请选择是哪一次转介", "Say which referral")])
    })
}
