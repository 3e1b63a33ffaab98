//! `/observations/{id}/received`: shown only after the durable commit.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::{ObservationLoop, Receipt, ToldOffice};
use domain::alert::REASON_CHARS;
use domain::directory::Office;
use domain::id::ObservationId;
use domain::level::Level;
use domain::time::Timestamp;

use super::mine::about;
use crate::pages::form::Fields;
use crate::pages::frame::{page, phones, shell_for};
use crate::pages::texts::ObservationTexts;
use crate::pages::view::observation_received::{ObservationReceived, Told};
use crate::pages::view::parts::Errors;
use crate::pages::visitor::{PageError, Visitor};
use crate::pages::words::{moment, sending, words_of};
use crate::state::Api;

/// The receipt.
#[get("/observations/{id}/received")]
pub(crate) async fn received(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<ObservationId>,
    query: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    show(&api, &who, *id, StatusCode::OK, Errors::default(), &query).await
}

/// Shows a receipt, after "I am still worried" with what was typed and what was wrong with it.
pub(super) async fn show(
    api: &Api,
    who: &Visitor,
    id: ObservationId,
    status: StatusCode,
    errors: Errors,
    fields: &Fields,
) -> Result<HttpResponse, PageError> {
    let receipt = casework::view_receipt(&api.desk, who, id).await?;
    let t = &words_of(who.lang).texts().observation;
    let schools = casework::telephones(&api.desk, who).await?;
    let red = receipt.level == Some(Level::Red);
    let calls = !receipt.peer && unseen(&receipt.became, api.desk.now());
    let own = if receipt.peer { None } else { Some(casework::own_observation(&api.desk, who, id).await?) };
    let by_law = own.as_ref().and_then(|own| own.students.first()).map(|s| s.id);
    let view = ObservationReceived {
        shell: shell_for(api, who).await?,
        errors,
        reference: receipt.reference.clone(),
        received_at: moment(api, receipt.received_at),
        about: own.map(|own| about(api, who, &own.students)).filter(|a| !a.is_empty()),
        words: receipt.peer.then(|| t.peer.to_owned()),
        done: (fields.get("done") == "worried").then_some(t.worried_done),
        now_do: now_do(t, red, calls),
        told: told(api, who, &receipt, t),
        told_shown: !receipt.peer && !receipt.became.kept,
        next: next(api, &receipt, t),
        worried_href: (!receipt.peer).then(|| format!("/observations/{id}/still-worried")),
        reason: fields.get("reason").to_owned(),
        reason_limit: REASON_CHARS,
        by_law_href: by_law.map(|student| format!("/students/{student}/mandatory-report")),
        phones: if red || calls { phones(who.lang, &schools) } else { Vec::new() },
    };
    Ok(page(status, &view)?)
}

fn now_do(t: &ObservationTexts, red: bool, calls: bool) -> Vec<String> {
    let all = [(calls, t.do_call), (red, t.do_stay), (red, t.do_means), (red, t.do_phone)];
    all.into_iter().filter(|(shown, _)| *shown).map(|(_, text)| text.to_owned()).collect()
}

/// Who was told by the report; where nobody was, who has it in hand, or had been told before.
fn told(api: &Api, who: &Visitor, receipt: &Receipt, t: &ObservationTexts) -> Vec<Told> {
    let named = |o: &Office, how: &str| Told { office: o.name(who.lang).to_owned(), how: how.to_owned() };
    let told = receipt.told.iter().map(|told| office(api, who, told));
    let in_hand = receipt.in_hand.iter().map(|o| named(o, t.told_in_hand));
    told.chain(in_hand).chain(receipt.earlier.iter().map(|o| named(o, t.told_earlier))).collect()
}

fn office(api: &Api, who: &Visitor, told: &ToldOffice) -> Told {
    let channels: Vec<&str> = told.channels.iter().map(|c| c.name(who.lang)).collect();
    let became = sending(api, &told.standings, who.lang).unwrap_or_default();
    let how = format!("{} {became}", channels.join(who.lang.pick("、", ", ")));
    Told { office: told.office.name(who.lang).to_owned(), how }
}

/// What has become of it so far, then what is still to come.
fn next(api: &Api, receipt: &Receipt, t: &ObservationTexts) -> Vec<String> {
    if receipt.peer {
        return Vec::new();
    }
    let became = &receipt.became;
    if became.kept {
        return vec![t.next_kept.to_owned()];
    }
    let mut out = Vec::new();
    let at = |at: Option<Timestamp>, text: &str| at.map(|at| format!("{} {text}", moment(api, at).text));
    out.extend(at(became.read_at, t.became_read));
    out.extend(at(became.decided_at, t.became_decided));
    if let Some(late) = late(became, api.desk.now(), t) {
        out.extend([late.to_owned(), t.late_worried.to_owned()]);
    } else {
        out.extend(at(became.read_due_at.filter(|_| became.read_at.is_none()), t.due_read));
    }
    if became.decided_at.is_none() {
        out.extend(at(became.decided_due_at, t.due_decided));
        let nobody = receipt.told.is_empty() && receipt.earlier.is_empty();
        if receipt.in_hand.is_empty() {
            out.push(if nobody { t.next_read } else { t.next_taken }.to_owned());
        }
        out.push(t.next_outcome.to_owned());
    }
    out
}

/// That a time has passed in which somebody was to look at it, or to decide; that it has gone one tier higher by itself only
/// where it has. Nothing of what was decided is in it.
pub(super) fn late(became: &ObservationLoop, now: Timestamp, t: &ObservationTexts) -> Option<&'static str> {
    let unread = became.read_at.is_none() && passed(became.read_due_at, now);
    let undecided = passed(became.decided_due_at, now);
    match (became.decided_at, rose(became)) {
        (Some(_), _) => None,
        (None, true) if unread => Some(t.late_read),
        (None, false) if unread => Some(t.late_read_still),
        (None, true) if undecided => Some(t.late_decided),
        (None, false) if undecided => Some(t.late_decided_still),
        (None, _) => None,
    }
}

/// Whether a time has passed and it has not gone higher either: then nobody but whoever filed it can say so.
fn unseen(became: &ObservationLoop, now: Timestamp) -> bool {
    let unread = became.read_at.is_none() && passed(became.read_due_at, now);
    became.decided_at.is_none() && (unread || passed(became.decided_due_at, now)) && !rose(became)
}

/// Whether it has gone higher since somebody last looked at it.
fn rose(became: &ObservationLoop) -> bool {
    became.risen_at.is_some_and(|at| became.read_at.is_none_or(|read| at > read))
}

fn passed(due: Option<Timestamp>, now: Timestamp) -> bool {
    due.is_some_and(|due| due <= now)
}
