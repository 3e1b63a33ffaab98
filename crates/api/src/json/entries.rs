//! `/api/v1/students/{id}/growth-file/entries`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{CaseError, EntryVersions, KeptEntry};
use domain::fault::Fault;
use domain::growth_file::EntryDraft;
use domain::id::{EventId, StudentId};
use domain::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::growth_file::EntryShape;
use super::shapes::rfc3339;
use crate::auth::{Caller, Language};
use crate::etag::{etag, if_match};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A dated text for the file.
#[derive(Debug, ToSchema)]
pub(crate) struct EntryBody {
    /// What kind.
    kind: String,
    /// When it happened: a day, or an instant.
    at: String,
    /// The words, at most 4,000 characters.
    text: String,
    /// Where they come from; `staff` where nothing is said.
    source: Option<String>,
    /// Which life event; for these alone.
    event: Option<String>,
    /// `true`: the counsellor alone reads it. What is restricted by its kind stays so.
    restricted: Option<bool>,
}

impl FromFields for EntryBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            kind: f.text("kind"),
            at: f.text("at"),
            text: f.text("text"),
            source: f.maybe_text("source"),
            event: f.maybe_text("event"),
            restricted: f.flag("restricted"),
        }
    }
}

impl EntryBody {
    fn draft(self, unread: Vec<Fault>) -> EntryDraft {
        EntryDraft {
            kind: self.kind,
            at: self.at,
            text: self.text,
            source: self.source,
            event: self.event,
            restricted: self.restricted.unwrap_or_default(),
            unread,
        }
    }
}

/// A corrected text, whole.
#[derive(Debug, ToSchema)]
pub(crate) struct CorrectionBody {
    /// When it happened: a day, or an instant.
    at: String,
    /// The words, at most 4,000 characters.
    text: String,
    /// Where they come from; `staff` where nothing is said.
    source: Option<String>,
    /// Which life event; for these alone.
    event: Option<String>,
    /// `true`: from now on the counsellor alone reads it, in all its versions. It is never made wider.
    restricted: Option<bool>,
}

impl FromFields for CorrectionBody {
    fn from_fields(f: &mut Fields) -> Self {
        let EntryBody { at, text, source, event, restricted, .. } = EntryBody::from_fields(f);
        Self { at, text, source, event, restricted }
    }
}

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptShape {
    /// The entry.
    id: String,
    /// Which version it is of what it tells.
    version: u64,
    /// When it was written.
    filed_at: String,
    /// Somebody else of the school, among those one may see, has the same or a similar name.
    similar_names: bool,
}

/// An entry in all its versions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionsShape {
    /// The entry as it stands.
    entry: EntryShape,
    /// How many versions there are.
    version: u64,
    /// Every version, oldest first.
    versions: Vec<EntryShape>,
}

impl VersionsShape {
    fn of(api: &Api, found: &EntryVersions, lang: Lang) -> Option<Self> {
        let shape = |(e, sight): &(casework::GrowthEntry, _)| EntryShape::of(api, e, *sight, lang);
        let versions = found.versions.iter().map(shape).collect();
        Some(Self { entry: shape(found.versions.last()?), version: found.version(), versions })
    }
}

async fn created(api: &Api, caller: &Caller, id: StudentId, kept: &KeptEntry) -> Result<HttpResponse, Problem> {
    let location = format!("/api/v1/students/{id}/growth-file/entries/{}", kept.id);
    let shape = KeptShape {
        id: kept.id.to_string(),
        version: kept.version,
        filed_at: rfc3339(kept.filed_at),
        similar_names: casework::has_similar_names(&api.desk, caller, id).await?,
    };
    let mut answer = HttpResponse::Created();
    Ok(answer.insert_header(("Location", location)).insert_header(etag(kept.version)).json(shape))
}

/// Writes a dated text into a file: a life event, or a note of counselling.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = EntryBody, responses((status = 201, body = KeptShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/growth-file/entries")]
pub(crate) async fn write(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<EntryBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let (body, unread) = body.into_parts();
    let kept = casework::write_entry(&api.desk, &caller, *id, &body.draft(unread), key.as_ref()).await?;
    created(&api, &caller, *id, &kept).await
}

/// An entry with every version that it has had.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("entry" = String, Path)), responses(
    (status = 200, body = VersionsShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/growth-file/entries/{entry}")]
pub(crate) async fn read(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    path: web::Path<(StudentId, EventId)>,
) -> Result<HttpResponse, Problem> {
    let (student, entry) = path.into_inner();
    let found = casework::view_entry(&api.desk, &caller, student, entry).await?;
    let shape = VersionsShape::of(&api, &found, lang.0).ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok().insert_header(etag(found.version())).json(shape))
}

/// Corrects an entry: a further one takes its place, and both stay. Where somebody was quicker, 412 shows both texts.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("entry" = String, Path),
    ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = CorrectionBody, responses((status = 201, body = KeptShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody),
    (status = 428, body = ProblemBody)))]
#[post("/api/v1/students/{id}/growth-file/entries/{entry}/correct")]
pub(crate) async fn correct(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    path: web::Path<(StudentId, EventId)>,
    body: Body<CorrectionBody>,
) -> Result<HttpResponse, Problem> {
    let (student, entry) = path.into_inner();
    let (key, sent) = (key_of(&request, &body.sent)?, body.sent.clone());
    let expected = tag_of(&api, &caller, (student, entry), &request).await?;
    let (b, unread) = body.into_parts();
    let draft = correction(b, unread);
    match casework::correct_entry(&api.desk, &caller, student, entry, expected, &draft, key.as_ref()).await {
        Ok(kept) => created(&api, &caller, student, &kept).await,
        Err(CaseError::Stale) => {
            let found = casework::view_entry(&api.desk, &caller, student, entry).await?;
            Err(Problem::overtaken(&VersionsShape::of(&api, &found, lang.0).map(|v| v.entry), sent))
        }
        Err(err) => Err(err.into()),
    }
}

fn correction(b: CorrectionBody, unread: Vec<Fault>) -> EntryDraft {
    let CorrectionBody { at, text, source, event, restricted } = b;
    EntryBody { kind: String::new(), at, text, source, event, restricted }.draft(unread)
}

/// The version that was read; what is not visible is not asked about its version.
async fn tag_of(
    api: &Api,
    caller: &Caller,
    (student, entry): (StudentId, EventId),
    request: &HttpRequest,
) -> Result<u64, Problem> {
    match if_match(request) {
        Ok(version) => Ok(version),
        Err(missing) => {
            casework::view_entry(&api.desk, caller, student, entry).await?;
            Err(missing)
        }
    }
}
