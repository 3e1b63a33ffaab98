//! What is done with an alert: `/api/v1/alerts/{id}/…`

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, post, web};
use casework::{Assessed, IdempotencyKey};
use domain::fault::Fault;
use domain::id::AlertId;
use domain::lang::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::alerts::AlertShape;
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
    let body = serde_json::to_vec(body).unwrap_or_default();
    Ok(Some(IdempotencyKey::new(text, request.path(), &body)))
}

/// A note.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct Note {
    /// At most 2,000 characters.
    note: Option<String>,
}

/// A note, or none: taking an alert needs no body.
fn read_note(body: &[u8]) -> Result<Note, Problem> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Note::default());
    }
    serde_json::from_slice(body).map_err(|err| Problem::malformed("", "JSON 有误", &err.to_string()))
}

async fn answer(
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
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let note = read_note(&body)?.note.map(|n| n.chars().take(domain::alert::REASON_CHARS).collect());
    let note: Option<String> = note;
    casework::acknowledge_alert(&api.desk, &caller, *id, note.as_deref()).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}

/// Who is with the child.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct CustodyBody {
    /// The adult, by name or office; or who confirmed the whereabouts.
    #[serde(default)]
    adult: String,
    /// Since when, RFC 3339.
    #[serde(default)]
    since: String,
    /// Where.
    #[serde(default, rename = "where")]
    place: String,
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
    body: web::Json<CustodyBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &*body)?;
    let b = body.into_inner();
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
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AssessBody {
    /// 1 to 4.
    level: Option<u8>,
    /// Why, at most 2,000 characters.
    #[serde(default)]
    reason: String,
    /// Whether access to means was asked about.
    means_asked: Option<bool>,
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
    body: web::Json<AssessBody>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let b = body.into_inner();
    match casework::assess_alert(&api.desk, &caller, *id, expected, b.level, &b.reason, b.means_asked).await? {
        Assessed::Done => answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await,
        Assessed::AwaitingSecondSignature => {
            let word = Some("awaiting_second_signature");
            answer(&api, &caller, *id, lang.0, HttpResponse::Accepted(), word).await
        }
    }
}

/// What is invisible is 404 before anything is said about headers.
async fn if_match_visible(api: &Api, caller: &Caller, id: AlertId, request: &HttpRequest) -> Result<u64, Problem> {
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
    request_body = Note, responses((status = 200, body = AlertShape), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/approve")]
pub(crate) async fn approve(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<AlertId>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    casework::decide_proposal(&api.desk, &caller, *id, expected, true).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}

/// Refuses the second signature: nothing changes.
#[utoipa::path(tag = "alerts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = Note, responses((status = 200, body = AlertShape), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/reject")]
pub(crate) async fn reject(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<AlertId>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    casework::decide_proposal(&api.desk, &caller, *id, expected, false).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}
