//! `/observations`: 我报的, and "I am still worried".

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, ObservationLoop, OwnReport, StudentRecord};
use domain::id::ObservationId;

use super::form_view::place;
use super::received::{self, late};
use crate::pages::form::Fields;
use crate::pages::frame::{page, shell_for};
use crate::pages::texts::ObservationTexts;
use crate::pages::view::observations::{Observations, OwnRow};
use crate::pages::visitor::{PageError, Visitor, see_other};
use crate::pages::words::{errors, masked, moment, words_of};
use crate::state::Api;

const ROWS: u32 = 100;

/// What one filed, newest first.
#[get("/observations")]
pub(crate) async fn mine(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    let found = casework::own_observations(&api.desk, &who, ROWS).await?;
    let t = &words_of(who.lang).texts().observation;
    let row = |o: &OwnReport| OwnRow {
        href: format!("/observations/{}/received", o.record.id),
        reference: o.record.reference.clone(),
        about: about(&api, &who, &o.students),
        received_at: moment(&api, o.record.received_at),
        became: late(&o.became, api.desk.now(), t).unwrap_or_else(|| became(&o.became, t)).to_owned(),
        open: o.became.decided_at.is_none(),
    };
    let view = Observations { shell: shell_for(&api, &who).await?, rows: found.iter().map(row).collect() };
    Ok(page(StatusCode::OK, &view)?)
}

/// Whom it is about: class, masked name, seat.
pub(super) fn about(api: &Api, who: &Visitor, students: &[StudentRecord]) -> String {
    let one = |s: &StudentRecord| {
        let (class, seat) = (place(api, who, s, false), s.seat.clone().unwrap_or_default());
        match (who.lang, seat.is_empty()) {
            (_, true) => format!("{class} {}", masked(&s.name)),
            (domain::lang::Lang::Zh, false) => format!("{class} {}（{seat}）", masked(&s.name)),
            (domain::lang::Lang::En, false) => format!("{class} {} ({seat})", masked(&s.name)),
        }
    };
    students.iter().map(one).collect::<Vec<_>>().join(who.lang.pick("、", ", "))
}

/// What became of it, in a word.
fn became(loop_: &ObservationLoop, t: &ObservationTexts) -> &'static str {
    match (loop_.outcome, loop_.decided_at, loop_.read_at) {
        (Some("closed"), ..) => t.outcome_closed,
        (Some("no_response_needed"), ..) => t.outcome_none,
        (Some(_), ..) | (None, Some(_), _) => t.outcome_in_hand,
        (None, None, Some(_)) => t.loop_read,
        (None, None, None) if loop_.kept => t.loop_kept,
        (None, None, None) => t.loop_sent,
    }
}

/// "I am still worried": goes above the one who decided.
#[post("/observations/{id}/still-worried")]
pub(crate) async fn worried(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<ObservationId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let here = format!("/observations/{id}/received");
    match casework::still_worried(&api.desk, &who, *id, fields.get("reason"), None).await {
        Ok(()) => Ok(see_other(&format!("{here}?done=worried"))),
        Err(CaseError::Invalid(faults)) => {
            let errors = errors(&faults, who.lang, str::to_owned);
            received::show(&api, &who.at(&here), *id, StatusCode::UNPROCESSABLE_ENTITY, errors, &fields).await
        }
        Err(err) => Err(err.into()),
    }
}
