//! `/api/v1/students/{id}/attachments`

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{AttachmentRecord, KeptAttachment};
use domain::id::{AttachmentId, StudentId};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::shapes::{Named, rfc3339};
use crate::auth::Caller;
use crate::printing::respond;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// What to send: `multipart/form-data`.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the form")]
pub(crate) struct AttachmentForm {
    /// The entry of the growth file that it belongs to.
    entry: String,
    /// A PDF without scripts, actions and files in it, a JPEG or a PNG; at most 10 MiB and 50 megapixels.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// A file that belongs to an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentShape {
    /// The file.
    id: String,
    /// Its name.
    name: String,
    /// `application/pdf`, `image/jpeg` or `image/png`.
    media_type: String,
    /// Its size in bytes.
    bytes: u64,
    /// The SHA-256 of what is kept, in hex.
    sha256: String,
    /// Who added it.
    by: Named,
    /// When.
    at: String,
    /// That it was withdrawn; null where it was not.
    withdrawn: Option<WithdrawnShape>,
}

/// That a file was withdrawn: nobody reads it any more.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithdrawnShape {
    /// By whom.
    by: Named,
    /// When.
    at: String,
    /// Why.
    reason: String,
}

impl AttachmentShape {
    pub(crate) fn of(a: &AttachmentRecord) -> Self {
        let named = |(id, name): &(domain::id::PersonId, String)| Named::new(*id, name.clone());
        Self {
            id: a.id.to_string(),
            name: a.name.clone(),
            media_type: a.media.clone(),
            bytes: a.bytes,
            sha256: a.sha256.clone(),
            by: named(&a.by),
            at: rfc3339(a.at),
            withdrawn: a.withdrawn.as_ref().map(|w| WithdrawnShape {
                by: named(&w.by),
                at: rfc3339(w.at),
                reason: w.reason.clone(),
            }),
        }
    }
}

/// What was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachedShape {
    /// The file.
    id: String,
    /// The entry that it belongs to.
    entry: String,
}

impl AttachedShape {
    fn of(kept: &KeptAttachment) -> Self {
        Self { id: kept.id.to_string(), entry: kept.entry.to_string() }
    }
}

/// Why a file is withdrawn.
#[derive(Debug, ToSchema)]
pub(crate) struct WithdrawBody {
    /// In words, at most 500 characters.
    reason: String,
}

impl FromFields for WithdrawBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { reason: f.text("reason") }
    }
}

/// Adds a file to an entry of a growth file: a hospital's opinion, a photograph of a signed notice. Whoever reads the entry
/// reads it. A picture is made anew from its pixels: where and with what it was taken is not kept.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses((status = 201, body = AttachedShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody),
    (status = 503, body = ProblemBody)))]
#[post("/api/v1/students/{id}/attachments")]
pub(crate) async fn add(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    form: Multipart,
) -> Result<HttpResponse, Problem> {
    casework::open_file(&api.desk, &caller, *id).await?;
    let (entry, file) = crate::upload::read(form, casework::largest_attachment()).await?.entry_and_file()?;
    let key = key_of(&request, &(entry.to_string(), &file.file_name, &file.bytes))?;
    let kept = casework::attach(&api.desk, &caller, *id, entry, file, key.as_ref()).await?;
    let location = format!("/api/v1/students/{id}/attachments/{}", kept.id);
    Ok(HttpResponse::Created().insert_header(("Location", location)).json(AttachedShape::of(&kept)))
}

/// A file, to be saved. It has the name of its id: what it is called stands in the growth file alone.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("attachment" = String, Path)), responses(
    (status = 200, content((Vec<u8> = "application/pdf"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
#[get("/api/v1/students/{id}/attachments/{attachment}")]
pub(crate) async fn read(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, AttachmentId)>,
) -> Result<HttpResponse, Problem> {
    let (student, id) = path.into_inner();
    let file = casework::view_attachment(&api.desk, &caller, student, id).await?;
    Ok(saved(file))
}

/// A file under the name of its id, with the ending of what it is.
pub(crate) fn saved(file: casework::AttachedFile) -> HttpResponse {
    let ending = file.record.name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    respond::file(&file.record.media, &format!("{}.{ending}", file.record.id), file.content)
}

/// Withdraws a file that does not belong there. Nobody reads it any more; that it was there, and why it is not, stands in the
/// entry, and it is kept for an inquiry.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("attachment" = String, Path)),
    request_body = WithdrawBody, responses((status = 200, body = AttachedShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/attachments/{attachment}/withdraw")]
pub(crate) async fn withdraw(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, AttachmentId)>,
    body: Body<WithdrawBody>,
) -> Result<HttpResponse, Problem> {
    let (student, id) = path.into_inner();
    let body = body.sound(|_| Vec::new())?;
    let entry = casework::withdraw_attachment(&api.desk, &caller, student, id, &body.reason).await?;
    Ok(HttpResponse::Ok().json(AttachedShape::of(&KeptAttachment { id, entry })))
}
