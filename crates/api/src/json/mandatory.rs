//! Reports that the law demands: `/api/v1/students/{id}/mandatory-reports`, `/api/v1/mandatory-reports`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::id::{MandatoryId, StudentId};
use domain::mandatory::{MandatoryDraft, RecipientDraft};
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::mandatory_shapes::{MandatoryReports, MandatoryShape};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// What is suspected. To suspect is enough.
#[derive(Debug, ToSchema)]
pub(crate) struct MandatoryBody {
    /// The alert beside it: whoever may not hear of that does not hear of this.
    alert: Option<String>,
    /// What was seen or heard, at most 2,000 characters.
    suspicion: String,
    /// Who is suspected: `family`, `staff`, `pupils`, `other` or `unknown`.
    suspected: String,
    /// Which of the staff, `per_…`; they never hear of it.
    #[schema(value_type = Option<Vec<String>>)]
    staff: Vec<String>,
    /// Since when it is known, RFC 3339; now where nothing is said. The clock runs from there.
    #[schema(format = DateTime)]
    known_at: Option<String>,
    /// Whether the child is in danger now: `yes`, `no` or `unclear`.
    danger_now: String,
}

impl FromFields for MandatoryBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            alert: f.maybe_text("alert"),
            suspicion: f.text("suspicion"),
            suspected: f.text("suspected"),
            staff: f.texts("staff"),
            known_at: f.maybe_text("known_at"),
            danger_now: f.text("danger_now"),
        }
    }
}

impl MandatoryBody {
    fn draft(&self) -> MandatoryDraft {
        MandatoryDraft {
            alert: self.alert.clone(),
            suspicion: self.suspicion.clone(),
            suspected: self.suspected.clone(),
            staff: self.staff.clone(),
            known_at: self.known_at.clone(),
            danger_now: self.danger_now.clone(),
        }
    }
}

async fn one(api: &Api, caller: &Caller, id: MandatoryId) -> Result<MandatoryShape, Problem> {
    let found = casework::view_mandatory(&api.desk, caller, id).await?;
    let terms = casework::outside_terms(&api.desk).await?;
    Ok(MandatoryShape::of(&found, &terms, caller.person()))
}

/// Reports a suspected crime against a child, as the law demands. The police are told at once: after 30 minutes the school's
/// leaders hear that they were not, after two hours the district. Nothing takes it back, lowers it or closes it.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = MandatoryBody, responses((status = 201, body = MandatoryShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/mandatory-reports")]
pub(crate) async fn report(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<MandatoryBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| b.draft().validate(now).err().unwrap_or_default())?;
    let id = casework::report_by_law(&api.desk, &caller, *id, &b.draft(), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(one(&api, &caller, id).await?))
}

/// The open reports that the caller may know of: those first of which the police were not told, the oldest first.
#[utoipa::path(tag = "students", responses((status = 200, body = MandatoryReports), (status = 401, body = ProblemBody)))]
#[get("/api/v1/mandatory-reports")]
pub(crate) async fn list(api: web::Data<Api>, caller: Caller) -> Result<HttpResponse, Problem> {
    let found = casework::list_mandatory(&api.desk, &caller, None).await?;
    let terms = casework::outside_terms(&api.desk).await?;
    let items = found.iter().map(|r| MandatoryShape::of(r, &terms, caller.person())).collect();
    Ok(HttpResponse::Ok().json(MandatoryReports { items, next_cursor: None }))
}

/// One report.
#[utoipa::path(tag = "students", params(("id" = String, Path)), responses((status = 200, body = MandatoryShape),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/mandatory-reports/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<MandatoryId>,
) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(one(&api, &caller, *id).await?))
}

/// Who was told.
#[derive(Debug, ToSchema)]
pub(crate) struct RecipientBody {
    /// `police`, `civil_affairs` or `education`.
    recipient: String,
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// Which office, at most 200 characters.
    office: String,
    /// The officer's name, at most 200 characters.
    officer: String,
    /// The number of the receipt. Where it comes later it is written down with another record of the same recipient.
    receipt: Option<String>,
    /// When the receipt was given, RFC 3339.
    #[schema(format = DateTime)]
    receipt_at: Option<String>,
}

impl FromFields for RecipientBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            recipient: f.text("recipient"),
            at: f.text("at"),
            office: f.text("office"),
            officer: f.text("officer"),
            receipt: f.maybe_text("receipt"),
            receipt_at: f.maybe_text("receipt_at"),
        }
    }
}

impl RecipientBody {
    fn draft(&self) -> RecipientDraft {
        RecipientDraft {
            recipient: self.recipient.clone(),
            at: self.at.clone(),
            office: self.office.clone(),
            officer: self.officer.clone(),
            receipt: self.receipt.clone(),
            receipt_at: self.receipt_at.clone(),
        }
    }
}

/// Writes down who was told. That the police were stops the clock; nothing else does.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = RecipientBody, responses((status = 201, body = MandatoryShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/mandatory-reports/{id}/recipients")]
pub(crate) async fn told(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<MandatoryId>,
    body: Body<RecipientBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let known = casework::view_mandatory(&api.desk, &caller, *id).await?.report.known_at;
    let b = body.sound(|b| b.draft().validate(known, now).err().unwrap_or_default())?;
    casework::record_told(&api.desk, &caller, *id, &b.draft(), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(one(&api, &caller, *id).await?))
}
