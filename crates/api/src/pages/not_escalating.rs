//! Keeping an alert from climbing, on its page: `POST /alerts/{id}/not-escalate`.

use actix_web::{HttpResponse, post, web};
use casework::{AlertView, Assessed};
use domain::access::Right;
use domain::alert::{NotEscalating, REASON_CHARS};
use domain::id::AlertId;

use super::alert_acts::{back_to, version};
use super::alert_view::Filled;
use super::form::Fields;
use super::view::not_escalating::{KeepForm, Kept};
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor};
use super::words::{instant_of, local_field, moment, words_of};
use crate::state::Api;

/// Decides it, or proposes to.
#[post("/alerts/{id}/not-escalate")]
pub(crate) async fn not_escalate(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (until, reason) = (instant_of(&api, fields.get("until")), fields.get("keep_reason"));
    let done = casework::not_escalate(&api.desk, &who, *id, version(&fields), Some(&until), reason).await;
    let word = done.map(|done| match done {
        Assessed::Done => "not-escalate",
        Assessed::AwaitingSecondSignature => "propose",
    });
    back_to(&api, who, *id, &fields, word, field_of).await
}

/// Where a fault stands on the page. A red has no such form: what is wrong with the level is said on top.
fn field_of(fault: &str) -> String {
    match fault {
        "reason" => "keep_reason".to_owned(),
        "level" => "main".to_owned(),
        other => other.to_owned(),
    }
}

/// The form, for whoever may decide it, where there is a climb to be kept.
pub(super) fn form(api: &Api, v: &AlertView, errors: &Errors, filled: &Filled<'_>) -> Option<KeepForm> {
    let (alert, now) = (&v.summary.alert, api.desk.now());
    if !v.may.contains(&Right::Assess) || v.proposal.is_some() {
        return None;
    }
    let usual = NotEscalating { until: None, reason: String::new() };
    let (level, until) = usual.beside(&alert.climb, &v.policy, &api.desk.calendar, now).ok()?;
    let longest = v.policy.not_escalating.of(level).longest.after(now, &api.desk.calendar);
    let typed = filled.get("until");
    Some(KeepForm {
        open: errors.any_of(&["until", "keep_reason"]),
        until: if typed.is_empty() { local_field(api, until) } else { typed },
        longest: moment(api, longest),
        reason: filled.get("keep_reason"),
        reason_limit: REASON_CHARS,
        needs_second: level.level().needs_second_signature(),
    })
}

/// That it is kept from climbing now.
pub(super) fn kept(api: &Api, v: &AlertView, who: &Visitor) -> Option<Kept> {
    let d = v.not_escalating.as_ref()?;
    let words = words_of(who.lang);
    let by = match &d.second {
        Some((_, second)) => words.proposed_and_signed(&d.by.1, second),
        None => vec![d.by.1.clone()],
    };
    Some(Kept { what: words.kept_until(&moment(api, d.until).text, &by), reason: d.reason.clone() })
}
