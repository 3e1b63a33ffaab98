//! Looking again after a close, on the page of the alert: `POST /alerts/{id}/recheck`.

use actix_web::{HttpResponse, post, web};
use casework::AlertView;
use domain::access::Right;
use domain::alert::REASON_CHARS;
use domain::id::AlertId;

use super::alert_acts::back_to;
use super::alert_view::Filled;
use super::form::Fields;
use super::view::parts::Choice;
use super::view::recheck::Recheck;
use super::visitor::{PageError, Visitor};
use super::words::{moment, words_of};
use crate::state::Api;

/// Records what somebody found.
#[post("/alerts/{id}/recheck")]
pub(crate) async fn recheck(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (well, note) = (fields.get("well").parse().ok(), fields.get("seen"));
    let done = casework::recheck_alert(&api.desk, &who, *id, well, note).await;
    let word = if well == Some(true) { "recheck" } else { "recheck-reopened" };
    let field = |fault: &str| if fault == "note" { "seen".to_owned() } else { fault.to_owned() };
    back_to(&api, who, *id, &fields, done.map(|()| word), field).await
}

/// When somebody looks again after the close that is in force, and the form for whoever may record it.
pub(super) fn shown(api: &Api, v: &AlertView, who: &Visitor, filled: &Filled<'_>) -> Option<Recheck> {
    let closing = v.closing.as_ref().filter(|c| c.reopened_at.is_none() && c.rechecked_at.is_none())?;
    let at = closing.recheck_at?;
    let t = &words_of(who.lang).texts().decide;
    let typed = filled.get("well");
    Some(Recheck {
        at: moment(api, at),
        due: at <= api.desk.now(),
        may: v.may.iter().any(|r| matches!(r, Right::Assess | Right::Approve)),
        well: vec![
            Choice::hinted("true", t.recheck_well, t.recheck_well_hint, typed == "true"),
            Choice::hinted("false", t.recheck_not_well, t.recheck_not_well_hint, typed == "false"),
        ],
        note: filled.get("seen"),
        note_limit: REASON_CHARS,
    })
}
