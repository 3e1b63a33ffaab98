//! What is written about the care of a student: `/api/v1/students/{id}/interviews`, `/home-visits`, `/guardian-contacts`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::care::{GuardianContactDraft, HomeVisitDraft, InterviewDraft, decided};
use domain::id::StudentId;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::shapes::rfc3339;
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Written {
    /// The entry in the growth file.
    id: String,
    /// Whether it has to be reported at once, as an observation: a note in a file wakes nobody.
    report_now: bool,
}

/// A talk with the child.
#[derive(Debug, ToSchema)]
pub(crate) struct InterviewBody {
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// What was said, at most 2,000 characters. The counsellor alone reads it.
    text: String,
    /// Whether access to means was asked about.
    #[schema(value_type = bool)]
    means_asked: Option<bool>,
    /// Whether the child wishes to die: `yes`, `no` or `unclear`.
    wish_to_die: String,
    /// Whether the child is safe now: `yes`, `no` or `unclear`.
    safe_now: String,
    /// The next talk, RFC 3339: a task of whoever writes.
    #[schema(format = DateTime)]
    next_at: Option<String>,
}

impl FromFields for InterviewBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            at: f.text("at"),
            text: f.text("text"),
            means_asked: f.flag("means_asked"),
            wish_to_die: f.text("wish_to_die"),
            safe_now: f.text("safe_now"),
            next_at: f.maybe_text("next_at"),
        }
    }
}

impl InterviewBody {
    fn draft(&self) -> InterviewDraft {
        InterviewDraft {
            at: self.at.clone(),
            text: self.text.clone(),
            means_asked: self.means_asked,
            wish_to_die: self.wish_to_die.clone(),
            safe_now: self.safe_now.clone(),
            next_at: self.next_at.clone(),
        }
    }
}

/// Writes down a talk with the child.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = InterviewBody, responses((status = 201, body = Written), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/interviews")]
pub(crate) async fn interview(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<InterviewBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| b.draft().validate(now).err().unwrap_or_default())?;
    let (entry, report_now) = casework::record_interview(&api.desk, &caller, *id, &b.draft(), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(Written { id: entry.to_string(), report_now }))
}

/// A visit at home.
#[derive(Debug, ToSchema)]
pub(crate) struct HomeVisitBody {
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// Who went, at most 200 characters.
    went: String,
    /// Whom they met, at most 200 characters.
    met: String,
    /// Whether they saw the child.
    #[schema(value_type = bool)]
    seen_child: Option<bool>,
    /// What they saw and heard, at most 2,000 characters.
    text: String,
    /// The next visit, RFC 3339: a task of whoever writes.
    #[schema(format = DateTime)]
    next_at: Option<String>,
}

impl FromFields for HomeVisitBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            at: f.text("at"),
            went: f.text("went"),
            met: f.text("met"),
            seen_child: f.flag("seen_child"),
            text: f.text("text"),
            next_at: f.maybe_text("next_at"),
        }
    }
}

impl HomeVisitBody {
    fn draft(&self) -> HomeVisitDraft {
        HomeVisitDraft {
            at: self.at.clone(),
            went: self.went.clone(),
            met: self.met.clone(),
            seen_child: self.seen_child,
            text: self.text.clone(),
            next_at: self.next_at.clone(),
        }
    }
}

/// Writes down a visit at home.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = HomeVisitBody, responses((status = 201, body = Written), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/home-visits")]
pub(crate) async fn home_visit(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<HomeVisitBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| b.draft().validate(now).err().unwrap_or_default())?;
    let entry = casework::record_home_visit(&api.desk, &caller, *id, &b.draft(), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(Written { id: entry.to_string(), report_now: false }))
}

/// A call to a guardian.
#[derive(Debug, ToSchema)]
pub(crate) struct GuardianContactBody {
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// Which guardian, by name. At most 200 characters.
    guardian: String,
    /// How he stands to the child: `mother`, `father`, `grandparent`, `carer` or `other`.
    relation: String,
    /// `telephone` or `in_person`; never by SMS.
    by: String,
    /// What he was told, at most 2,000 characters.
    told: String,
    /// What became of it: `reached`, `not_reached` or `refused`.
    answer: String,
    /// What the child said, asked in private, about whether telling home makes it less safe: `no`, `yes`, `unclear` or
    /// `family_suspected`. Unless it is `no` the household is locked, and nothing else of this is kept.
    less_safe: String,
    /// The next call, RFC 3339: a task of whoever writes.
    #[schema(format = DateTime)]
    next_at: Option<String>,
}

impl FromFields for GuardianContactBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            at: f.text("at"),
            guardian: f.text("guardian"),
            relation: f.text("relation"),
            by: f.text("by"),
            told: f.text("told"),
            answer: f.text("answer"),
            less_safe: f.text("less_safe"),
            next_at: f.maybe_text("next_at"),
        }
    }
}

impl GuardianContactBody {
    fn draft(&self) -> GuardianContactDraft {
        GuardianContactDraft {
            at: self.at.clone(),
            guardian: self.guardian.clone(),
            relation: self.relation.clone(),
            by: self.by.clone(),
            told: self.told.clone(),
            answer: self.answer.clone(),
            less_safe: self.less_safe.clone(),
            next_at: self.next_at.clone(),
        }
    }
}

/// Writes down a call to a guardian, after the child was asked in private. A conflict says that the household is locked.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = GuardianContactBody, responses((status = 201, body = Written), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/guardian-contacts")]
pub(crate) async fn guardian_contact(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<GuardianContactBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| b.draft().validate(now).err().unwrap_or_default())?;
    let entry = casework::record_guardian_contact(&api.desk, &caller, *id, &b.draft(), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(Written { id: entry.to_string(), report_now: false }))
}

/// Whether home may be told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HouseholdShape {
    /// Whether nobody of the household may be told.
    locked: bool,
    /// Why.
    why: Option<String>,
    /// Since when.
    locked_at: Option<String>,
    /// What was proposed: `tell`, `tell_with_police` or `do_not_tell`.
    proposed: Option<String>,
    /// Which proposal it is: whoever signs names it.
    proposal: Option<String>,
    /// Why it was proposed.
    reason: Option<String>,
    /// When a second person signed it.
    signed_at: Option<String>,
}

fn household_shape(lock: Option<&casework::HouseholdLock>) -> HttpResponse {
    let proposal = lock.and_then(|l| l.proposal.as_ref());
    HttpResponse::Ok().json(HouseholdShape {
        locked: lock.is_some(),
        why: lock.map(|l| l.why.key().to_owned()),
        locked_at: lock.map(|l| rfc3339(l.locked_at)),
        proposed: proposal.map(|p| p.decision.key().to_owned()),
        proposal: proposal.map(|p| p.id.to_string()),
        reason: proposal.map(|p| p.reason.clone()),
        signed_at: lock.and_then(|l| l.signed_at).map(rfc3339),
    })
}

/// Whether home may be told, for those who decide it.
#[utoipa::path(tag = "students", params(("id" = String, Path)), responses((status = 200, body = HouseholdShape),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/household")]
pub(crate) async fn household(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, Problem> {
    let lock = casework::view_household(&api.desk, &caller, *id).await?;
    Ok(household_shape(lock.as_ref()))
}

/// A decision about telling home.
#[derive(Debug, ToSchema)]
pub(crate) struct HouseholdBody {
    /// `tell`, `tell_with_police` or `do_not_tell`.
    decision: String,
    /// Why, at most 2,000 characters.
    reason: String,
}

impl FromFields for HouseholdBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { decision: f.text("decision"), reason: f.text("reason") }
    }
}

/// Proposes whether home is told. Another person signs.
#[utoipa::path(tag = "students", params(("id" = String, Path)), request_body = HouseholdBody, responses(
    (status = 200, body = HouseholdShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/household/propose")]
pub(crate) async fn propose(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
    body: Body<HouseholdBody>,
) -> Result<HttpResponse, Problem> {
    let b = body.sound(|b| decided(&b.decision, &b.reason).err().unwrap_or_default())?;
    let lock = casework::propose_household(&api.desk, &caller, *id, &b.decision, &b.reason).await?;
    Ok(household_shape(lock.as_ref()))
}

/// What is signed.
#[derive(Debug, ToSchema)]
pub(crate) struct HouseholdSignBody {
    /// The proposal that was read.
    proposal: String,
}

impl FromFields for HouseholdSignBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { proposal: f.text("proposal") }
    }
}

/// Signs what another person proposed. A conflict says that something else is proposed by now: it has to be read first.
#[utoipa::path(tag = "students", params(("id" = String, Path)), request_body = HouseholdSignBody, responses(
    (status = 200, body = HouseholdShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/household/sign")]
pub(crate) async fn sign(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
    body: Body<HouseholdSignBody>,
) -> Result<HttpResponse, Problem> {
    let b = body.sound(|_| Vec::new())?;
    let lock = casework::sign_household(&api.desk, &caller, *id, &b.proposal).await?;
    Ok(household_shape(lock.as_ref()))
}
