//! `/api/v1/observations`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::OwnObservation;
use domain::fault::Fault;
use domain::id::ObservationId;
use domain::observation::FilingDraft;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::shapes::rfc3339;
use crate::auth::Caller;
use crate::json::decisions::key_of;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A student in an observation.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct StudentInPart {
    /// The student.
    student: String,
    /// `subject`, `affected` or `witness`.
    part: String,
}

impl FromFields for StudentInPart {
    fn from_fields(f: &mut Fields) -> Self {
        Self { student: f.text("student"), part: f.text("part") }
    }
}

/// Whom it concerns.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Concerns {
    /// `none`, `family`, `staff`, `pupils` or `unclear`.
    kind: String,
    /// The member of staff, where named.
    #[serde(skip_serializing_if = "Option::is_none")]
    staff: Option<String>,
}

impl FromFields for Concerns {
    fn from_fields(f: &mut Fields) -> Self {
        Self { kind: f.required_text("kind"), staff: f.maybe_text("staff") }
    }
}

/// An observation to be filed. A sign or a narrative is required.
#[derive(Debug, ToSchema)]
pub(crate) struct ObservationBody {
    /// Who, in which part.
    students: Vec<StudentInPart>,
    /// When it happened, RFC 3339.
    #[schema(format = DateTime)]
    observed_at: String,
    /// Codes of signs.
    #[schema(required = false)]
    signs: Vec<String>,
    /// Free text, at most 4,000 characters.
    #[schema(required = false)]
    narrative: String,
    /// How urgent: `notice` (when nothing is said), `today` or `danger`.
    urgency: Option<String>,
    /// `yes`, `no` or `unknown`.
    safe_now: String,
    /// Who is with the student, at most 200 characters.
    with_whom: Option<String>,
    /// `school`, `dormitory`, `home`, `elsewhere` or `unknown`.
    where_now: Option<String>,
    /// Whom it concerns.
    concerns: Option<Concerns>,
    /// Members of staff who are left out of everything that follows.
    #[schema(required = false)]
    involved_staff: Vec<String>,
}

impl FromFields for ObservationBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            students: f.objects("students"),
            observed_at: f.text("observed_at"),
            signs: f.texts("signs"),
            narrative: f.text("narrative"),
            urgency: f.maybe_text("urgency"),
            safe_now: f.text("safe_now"),
            with_whom: f.maybe_text("with_whom"),
            where_now: f.maybe_text("where_now"),
            concerns: f.object("concerns"),
            involved_staff: f.texts("involved_staff"),
        }
    }
}

impl ObservationBody {
    fn draft(self, unread: Vec<Fault>) -> FilingDraft {
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
            unread,
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
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 503, body = ProblemBody)))]
#[post("/api/v1/observations")]
pub(crate) async fn file(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    body: Body<ObservationBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let (body, unread) = body.into_parts();
    let filed = casework::file_observation(&api.desk, &caller, &body.draft(unread), key.as_ref()).await?;
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
    /// By when a person looks at it: after that the next tier is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_due_at: Option<String>,
    /// When a person first looked at it.
    read_at: Option<String>,
    /// By when a person decides: after that it is open again.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_due_at: Option<String>,
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
    /// Who, in which part.
    students: Vec<StudentInPart>,
    /// When it happened.
    observed_at: String,
    /// Codes of signs.
    signs: Vec<String>,
    /// Free text.
    narrative: String,
    /// How urgent, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<String>,
    /// `yes`, `no` or `unknown`.
    safe_now: String,
    /// Who is with the student.
    #[serde(skip_serializing_if = "Option::is_none")]
    with_whom: Option<String>,
    /// Where the student was, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    where_now: Option<String>,
    /// Whom it concerns, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    concerns: Option<Concerns>,
    /// Members of staff who are left out of everything that follows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    involved_staff: Vec<String>,
    /// What became of it.
    r#loop: LoopShape,
}

impl From<OwnObservation> for OwnShape {
    fn from(own: OwnObservation) -> Self {
        let (record, became) = (own.record, own.became);
        let f = record.filing;
        let staff = f.answered.concerned_staff;
        let student = |(id, part): &(domain::id::StudentId, domain::observation::Part)| StudentInPart {
            student: id.to_string(),
            part: part.key().to_owned(),
        };
        Self {
            id: record.id.to_string(),
            reference: record.reference,
            received_at: rfc3339(record.received_at),
            students: f.students.iter().map(student).collect(),
            observed_at: rfc3339(f.observed_at),
            signs: f.signs,
            narrative: f.narrative,
            urgency: f.answered.urgency.then(|| f.urgency.key().to_owned()),
            safe_now: f.safe_now.key().to_owned(),
            with_whom: f.with_whom,
            where_now: f.answered.where_now.then(|| f.where_now.key().to_owned()),
            concerns: f.answered.concerns.then(|| Concerns {
                kind: f.concerns.key().to_owned(),
                staff: f.answered.concerned_staff.map(|p| p.to_string()),
            }),
            involved_staff: f.excluded.iter().filter(|p| Some(**p) != staff).map(ToString::to_string).collect(),
            r#loop: LoopShape {
                delivered_at: became.delivered_at.map(rfc3339),
                read_due_at: became.read_due_at.map(rfc3339),
                read_at: became.read_at.map(rfc3339),
                decided_due_at: became.decided_due_at.map(rfc3339),
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
#[derive(Debug, ToSchema)]
pub(crate) struct Worry {
    /// Why, at most 2,000 characters.
    reason: String,
}

impl FromFields for Worry {
    fn from_fields(f: &mut Fields) -> Self {
        Self { reason: f.text("reason") }
    }
}

/// That it was heard.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Accepted {
    /// `accepted`.
    status: String,
}

/// Goes above the decider.
#[utoipa::path(tag = "observations", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = Worry, responses(
    (status = 202, body = Accepted), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/observations/{id}/still-worried")]
pub(crate) async fn still_worried(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<ObservationId>,
    body: Body<Worry>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let worry = body.sound(|_| Vec::new())?;
    casework::still_worried(&api.desk, &caller, *id, &worry.reason, key.as_ref()).await?;
    Ok(HttpResponse::Accepted().json(Accepted { status: "accepted".to_owned() }))
}
