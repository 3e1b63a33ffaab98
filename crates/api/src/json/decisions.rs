//! What is done with an alert: `/api/v1/alerts/{id}/…`

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, post, web};
use casework::{Assessed, IdempotencyKey};
use domain::alert::{Assessment, Custody};
use domain::fault::Fault;
use domain::id::AlertId;
use domain::lang::Lang;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::alerts::AlertShape;
use super::body::{Body, Fields, FromFields};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::etag::{etag, if_match};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

const KEY_BYTES: usize = 200;

/// The idempotency key of a request.
pub(crate) fn key_of<T: Serialize>(request: &HttpRequest, body: &T) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(value) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim().trim_matches('"');
    if text.is_empty() || text.len() > KEY_BYTES {
        let fault =
            Fault::new("Idempotency-Key", "bad_key", "幂等键须为 1–200 个可见字符", "1 to 200 visible characters");
        return Err(Problem::invalid(vec![fault]));
    }
    let body = serde_json::to_value(body).map(sorted).unwrap_or_default();
    Ok(Some(IdempotencyKey::new(text, request.path(), body.to_string().as_bytes()).at_once()))
}

/// The same value with its members in order: what was asked is the same however it was written, and whichever program of
/// ours reads it.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<String, Value> = members.into_iter().map(|(k, v)| (k, sorted(v))).collect();
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// A note.
#[derive(Debug, ToSchema)]
pub(crate) struct Note {
    /// At most 2,000 characters.
    pub(super) note: Option<String>,
}

/// Taking and signing need no body.
impl FromFields for Note {
    const MAY_BE_EMPTY: bool = true;

    fn from_fields(f: &mut Fields) -> Self {
        Self { note: f.maybe_text("note") }
    }
}

pub(super) async fn answer(
    api: &Api,
    caller: &Caller,
    id: AlertId,
    lang: Lang,
    mut status: HttpResponseBuilder,
    word: Option<&'static str>,
) -> Result<HttpResponse, Problem> {
    let view = casework::view_alert(&api.desk, caller, id).await?;
    let tag = etag(view.summary.alert.decision);
    let mut shape = AlertShape::of(api, &view, lang);
    shape.status = word.map(str::to_owned);
    Ok(status.insert_header(tag).json(shape))
}

/// Takes an alert. Twice is once.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), request_body = Note, responses(
    (status = 200, body = AlertShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/acknowledge")]
pub(crate) async fn acknowledge(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<AlertId>,
    body: Body<Note>,
) -> Result<HttpResponse, Problem> {
    let note = body.sound(|_| Vec::new())?.note;
    casework::acknowledge_alert(&api.desk, &caller, *id, note.as_deref()).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}

/// Who is with the child.
#[derive(Debug, ToSchema)]
pub(crate) struct CustodyBody {
    /// The adult, by name or office; or who confirmed the whereabouts. At most 200 characters.
    pub(crate) adult: String,
    /// Since when, RFC 3339.
    #[schema(format = DateTime)]
    pub(crate) since: String,
    /// Where, at most 200 characters.
    #[schema(rename = "where")]
    pub(crate) place: String,
}

impl FromFields for CustodyBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { adult: f.text("adult"), since: f.text("since"), place: f.text("where") }
    }
}

/// A recorded custody.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustodyShape {
    /// The adult.
    adult: String,
    /// Since when.
    since: String,
    /// Where.
    #[serde(rename = "where")]
    place: String,
    /// Who recorded it.
    recorded_by: Named,
    /// When.
    recorded_at: String,
}

/// Records who is with the child: this is what stops a red's climb.
#[utoipa::path(tag = "alerts", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = CustodyBody, responses((status = 201, body = CustodyShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/custody")]
pub(crate) async fn custody(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<CustodyBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| Custody::validate(&b.adult, &b.since, &b.place, now).err().unwrap_or_default())?;
    let done = casework::record_custody(&api.desk, &caller, *id, &b.adult, &b.since, &b.place, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(CustodyShape {
        adult: done.custody.adult,
        since: rfc3339(done.custody.since),
        place: done.custody.place,
        recorded_by: Named::new(done.by, caller.name.clone()),
        recorded_at: rfc3339(done.at),
    }))
}

/// An assessment.
#[derive(Debug, ToSchema)]
pub(crate) struct AssessBody {
    /// 1 to 4.
    #[schema(value_type = u8, minimum = 1, maximum = 4)]
    level: Option<u8>,
    /// Why, at most 2,000 characters.
    reason: String,
    /// Whether access to means was asked about.
    #[schema(value_type = bool)]
    means_asked: Option<bool>,
}

impl FromFields for AssessBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { level: f.whole("level"), reason: f.text("reason"), means_asked: f.flag("means_asked") }
    }
}

impl AssessBody {
    fn faults(&self) -> Vec<Fault> {
        Assessment::validate(self.level, &self.reason, self.means_asked).err().unwrap_or_default()
    }
}

/// Confirms or changes the level. Lowering an orange or a red waits for a second person.
#[utoipa::path(tag = "alerts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = AssessBody, responses((status = 200, body = AlertShape), (status = 202, body = AlertShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody),
    (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/assess")]
pub(crate) async fn assess(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<AssessBody>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let b = body.sound(AssessBody::faults)?;
    match casework::assess_alert(&api.desk, &caller, *id, expected, b.level, &b.reason, b.means_asked).await? {
        Assessed::Done => answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await,
        Assessed::AwaitingSecondSignature => {
            let word = Some("awaiting_second_signature");
            answer(&api, &caller, *id, lang.0, HttpResponse::Accepted(), word).await
        }
    }
}

/// What is invisible is 404 before anything is said about headers.
pub(super) async fn if_match_visible(
    api: &Api,
    caller: &Caller,
    id: AlertId,
    request: &HttpRequest,
) -> Result<u64, Problem> {
    match if_match(request) {
        Ok(version) => Ok(version),
        Err(missing) => {
            casework::view_alert(&api.desk, caller, id).await?;
            Err(missing)
        }
    }
}

/// Gives the second signature to the proposal that waits.
#[utoipa::path(tag = "alerts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = Note, responses((status = 200, body = AlertShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody),
    (status = 428, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/approve")]
pub(crate) async fn approve(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<Note>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let note = body.sound(|_| Vec::new())?.note;
    casework::decide_proposal(&api.desk, &caller, *id, expected, true, note.as_deref()).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}

/// Refuses the second signature: nothing changes. Whoever proposed it takes it back by the same call.
#[utoipa::path(tag = "alerts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = Note, responses((status = 200, body = AlertShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody),
    (status = 428, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/reject")]
pub(crate) async fn reject(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<Note>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let note = body.sound(|_| Vec::new())?.note;
    casework::decide_proposal(&api.desk, &caller, *id, expected, false, note.as_deref()).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}

#[cfg(test)]
mod tests {
    use super::sorted;

    #[test]
    fn what_was_asked_is_the_same_in_whatever_order_it_is_written() {
        let of = |text: &str| sorted(serde_json::from_str(text).unwrap()).to_string();
        let one = of(r#"{"b": [{"d": 1, "c": null}], "a": "x"}"#);
        assert_eq!(one, r#"{"a":"x","b":[{"c":null,"d":1}]}"#);
        assert_eq!(one, of(r#"{"a": "x", "b": [{"c": null, "d": 1}]}"#));
        assert_ne!(one, of(r#"{"a": "x", "b": [{"c": null, "d": 2}]}"#));
    }
}
