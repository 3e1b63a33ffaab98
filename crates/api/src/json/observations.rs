//! `/api/v1/observations`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::OwnObservation;
use domain::id::ObservationId;
use domain::observation::FilingDraft;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shapes::rfc3339;
use crate::auth::Caller;
use crate::json::decisions::key_of;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A student in an observation.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct StudentInPart {
    /// The student.
    #[serde(default)]
    student: String,
    /// `subject`, `affected` or `witness`.
    #[serde(default)]
    part: String,
}

/// Whom it concerns.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub(crate) struct Concerns {
    /// `none`, `family`, `staff`, `pupils` or `unclear`.
    #[serde(default)]
    kind: String,
    /// The member of staff, where named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    staff: Option<String>,
}

/// An observation to be filed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ObservationBody {
    /// Who, in which part.
    #[serde(default)]
    students: Vec<StudentInPart>,
    /// When it happened, RFC 3339.
    #[serde(default)]
    observed_at: String,
    /// Codes of signs.
    #[serde(default)]
    signs: Vec<String>,
    /// Free text, at most 4,000 characters.
    #[serde(default)]
    narrative: String,
    /// How urgent: `notice` (when nothing is said), `today` or `danger`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    urgency: Option<String>,
    /// `yes`, `no` or `unknown`.
    #[serde(default)]
    safe_now: String,
    /// Who is with the student.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    with_whom: Option<String>,
    /// `school`, `dormitory`, `home`, `elsewhere` or `unknown`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    where_now: Option<String>,
    /// Whom it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    concerns: Option<Concerns>,
    /// Members of staff who are left out of everything that follows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    involved_staff: Vec<String>,
}

impl ObservationBody {
    fn draft(self) -> FilingDraft {
        let (kind, staff) = self.concerns.map_or((None, None), |c| (Some(c.kind), c.staff));
        FilingDraft {
            students: self.students.into_iter().map(|s| (s.student, s.part)).collect(),
            observed_at: self.observed_at,
            signs: self.signs,
            narrative: self.narrative,
            urgency: self.urgency,
            safe_now: self.safe_now,
            with_whom: self.with_whom,
            where_now: self.where_now,
            concerns: kind,
            concerned_staff: staff,
            involved_staff: self.involved_staff,
        }
    }
}

/// What was filed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiledShape {
    /// The observation.
    id: String,
    /// The number that people read out.
    reference: String,
    /// When it was durably received.
    received_at: String,
}

/// Files an observation. The answer comes after the durable commit.
#[utoipa::path(tag = "observations", request_body = ObservationBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    responses((status = 201, body = FiledShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[post("/api/v1/observations")]
pub(crate) async fn file(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    body: web::Json<ObservationBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &*body)?;
    let filed = casework::file_observation(&api.desk, &caller, &body.into_inner().draft(), key.as_ref()).await?;
    let location = format!("/api/v1/observations/{}", filed.id);
    let shape =
        FiledShape { id: filed.id.to_string(), reference: filed.reference, received_at: rfc3339(filed.received_at) };
    Ok(HttpResponse::Created().insert_header(("Location", location)).json(shape))
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LoopShape {
    /// When it was durable and on its way.
    delivered_at: Option<String>,
    /// When a person first looked at it.
    read_at: Option<String>,
    /// When a person decided.
    decided_at: Option<String>,
    /// `in_hand`, `no_response_needed` or `closed`; never clinical content.
    outcome: Option<String>,
}

/// One's own observation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnShape {
    /// The observation.
    id: String,
    /// The number that people read out.
    reference: String,
    /// When it was received.
    received_at: String,
    /// What was filed.
    #[serde(flatten)]
    filed: ObservationBody,
    /// What became of it.
    r#loop: LoopShape,
}

impl From<OwnObservation> for OwnShape {
    fn from(own: OwnObservation) -> Self {
        let (record, became) = (own.record, own.became);
        let f = record.filing;
        let student = |(id, part): &(domain::id::StudentId, domain::observation::Part)| StudentInPart {
            student: id.to_string(),
            part: part.key().to_owned(),
        };
        let filed = ObservationBody {
            students: f.students.iter().map(student).collect(),
            observed_at: rfc3339(f.observed_at),
            signs: f.signs,
            narrative: f.narrative,
            urgency: Some(f.urgency.key().to_owned()),
            safe_now: f.safe_now.key().to_owned(),
            with_whom: f.with_whom,
            where_now: Some(f.where_now.key().to_owned()),
            concerns: Some(Concerns { kind: f.concerns.key().to_owned(), staff: None }),
            involved_staff: f.excluded.iter().map(ToString::to_string).collect(),
        };
        Self {
            id: record.id.to_string(),
            reference: record.reference,
            received_at: rfc3339(record.received_at),
            filed,
            r#loop: LoopShape {
                delivered_at: became.delivered_at.map(rfc3339),
                read_at: became.read_at.map(rfc3339),
                decided_at: became.decided_at.map(rfc3339),
                outcome: became.outcome.map(str::to_owned),
            },
        }
    }
}

/// One's own observation, and what became of it.
#[utoipa::path(tag = "observations", params(("id" = String, Path)), responses(
    (status = 200, body = OwnShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/observations/{id}")]
pub(crate) async fn read(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<ObservationId>,
) -> Result<HttpResponse, Problem> {
    let own = casework::read_observation(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(OwnShape::from(own)))
}

/// Why one is still worried.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Worry {
    /// Why, at most 2,000 characters.
    #[serde(default)]
    reason: String,
}

/// Goes above the decider.
#[utoipa::path(tag = "observations", params(("id" = String, Path)), request_body = Worry, responses(
    (status = 202), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/observations/{id}/still-worried")]
pub(crate) async fn still_worried(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<ObservationId>,
    body: web::Json<Worry>,
) -> Result<HttpResponse, Problem> {
    casework::still_worried(&api.desk, &caller, *id, &body.reason).await?;
    Ok(HttpResponse::Accepted().json(serde_json::json!({ "status": "accepted" })))
}
