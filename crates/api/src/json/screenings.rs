//! Screenings, written down by hand: `/api/v1/students/{id}/screenings`

use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::fault::Fault;
use domain::id::StudentId;
use domain::screening::ScreeningDraft;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::shapes::rfc3339;
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A sitting of one child with one instrument.
#[derive(Debug, ToSchema)]
pub(crate) struct ScreeningBody {
    /// When it was answered, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// The code of the instrument, of `config/instruments.toml`.
    instrument: String,
    /// Its version.
    version: String,
    /// The raw score, within the range of the instrument. It may be left out of an invalid sheet.
    #[schema(minimum = 0)]
    total: Option<i64>,
    /// The answer to its critical item, where it has one. It may be left out of an invalid sheet, and counts there too.
    #[schema(minimum = 0)]
    critical: Option<i64>,
    /// `valid`, `doubtful` or `invalid`: the score of an invalid sheet does not count, and the child is asked again.
    validity: String,
    /// What it shows, in words and never a diagnosis, at most 2,000 characters. The counsellor alone reads it.
    #[schema(max_length = 2000)]
    reading: String,
    /// When it is taken again, RFC 3339: a task of whoever writes.
    #[schema(format = DateTime)]
    next_at: Option<String>,
}

impl FromFields for ScreeningBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            at: f.text("at"),
            instrument: f.text("instrument"),
            version: f.text("version"),
            total: f.number("total"),
            critical: f.number("critical"),
            validity: f.text("validity"),
            reading: f.text("reading"),
            next_at: f.maybe_text("next_at"),
        }
    }
}

impl ScreeningBody {
    fn into_draft(self, unread: Vec<Fault>) -> ScreeningDraft {
        let Self { at, instrument, version, total, critical, validity, reading, next_at } = self;
        ScreeningDraft { at, instrument, version, total, critical, validity, reading, next_at, unread }
    }
}

/// What was written, and what follows from it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScreeningKept {
    /// The entry in the growth file.
    id: String,
    /// `nothing`, `queue`, `next_school_day`, `today`, or `at_once`: an alert as well.
    follow: String,
    /// By when the interview is to be held: a task of whoever writes.
    due_at: Option<String>,
    /// The alert that it opened or joined.
    alert: Option<String>,
}

/// Writes down a screening. An answer to a critical item leads to an interview in time, or to an alert at once.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = ScreeningBody, responses((status = 201, body = ScreeningKept), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/screenings")]
pub(crate) async fn screening(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<ScreeningBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let (sent, unread) = body.into_parts();
    let done = casework::record_screening(&api.desk, &caller, *id, &sent.into_draft(unread), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(ScreeningKept {
        id: done.id.to_string(),
        follow: done.follow,
        due_at: done.due_at.map(rfc3339),
        alert: done.alert.map(|a| a.to_string()),
    }))
}
