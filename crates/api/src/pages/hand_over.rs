//! Handing an alert over on its page: `POST /alerts/{id}/hand-over`, `/accept`, `/refuse`.

use actix_web::{HttpResponse, post, web};
use casework::{AlertView, Successor};
use domain::access::Right;
use domain::alert::REASON_CHARS;
use domain::id::AlertId;

use super::alert_acts::{back_to, version};
use super::alert_view::Filled;
use super::form::Fields;
use super::view::hand_over::{HandForm, Offer};
use super::view::parts::{Choice, Errors};
use super::visitor::{PageError, Visitor};
use super::words::{moment, words_of};
use crate::state::Api;

/// Offers it to a colleague.
#[post("/alerts/{id}/hand-over")]
pub(crate) async fn hand_over(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (to, reason) = (fields.get("to"), fields.get("hand_reason"));
    let done = casework::hand_over(&api.desk, &who, *id, version(&fields), to, reason).await;
    let field = |fault: &str| if fault == "reason" { "hand_reason".to_owned() } else { fault.to_owned() };
    back_to(&api, who, *id, &fields, done.map(|()| "hand-over"), field).await
}

/// Accepts what is offered to the reader.
#[post("/alerts/{id}/accept")]
pub(crate) async fn accept(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::accept_hand_over(&api.desk, &who, *id).await;
    back_to(&api, who, *id, &fields, done.map(|()| "accept"), str::to_owned).await
}

/// Refuses it.
#[post("/alerts/{id}/refuse")]
pub(crate) async fn refuse(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::refuse_hand_over(&api.desk, &who, *id, Some(fields.get("offer_note"))).await;
    let field = |fault: &str| if fault == "note" { "offer_note".to_owned() } else { fault.to_owned() };
    back_to(&api, who, *id, &fields, done.map(|()| "refuse"), field).await
}

/// The offer that waits.
pub(super) fn offer(api: &Api, v: &AlertView, who: &Visitor, filled: &Filled<'_>) -> Option<Offer> {
    let h = v.hand_over.as_ref()?;
    let to_me = h.to.0 == who.person();
    let words = words_of(who.lang);
    Some(Offer {
        what: if to_me { words.offers_you(&h.from.1) } else { words.offers_to(&h.from.1, &h.to.1) },
        until: moment(api, h.due_at),
        reason: h.reason.clone(),
        to_me,
        note: filled.get("offer_note"),
    })
}

/// The form, for its owner and for those who may assess it, while it is somebody's and offered to nobody.
pub(super) async fn form(
    api: &Api,
    who: &Visitor,
    v: &AlertView,
    errors: &Errors,
    filled: &Filled<'_>,
) -> Result<Option<HandForm>, PageError> {
    let alert = &v.summary.alert;
    let owns = alert.owner == Some(who.person()) && v.may.contains(&Right::Acknowledge);
    let may = alert.state.is_open() && alert.owner.is_some() && (owns || v.may.contains(&Right::Assess));
    if !may || v.hand_over.is_some() {
        return Ok(None);
    }
    let people = casework::who_can_take_over(&api.desk, who, alert.id).await?;
    let chosen = filled.get("to");
    let one = |s: &Successor| {
        let label = words_of(who.lang).with_office(&s.name, s.office.name(who.lang));
        Choice::plain(&s.person.to_string(), &label, chosen == s.person.to_string())
    };
    Ok((!people.is_empty()).then(|| HandForm {
        open: errors.any_of(&["to", "hand_reason"]),
        people: people.iter().map(one).collect(),
        reason: filled.get("hand_reason"),
        reason_limit: REASON_CHARS,
    }))
}
