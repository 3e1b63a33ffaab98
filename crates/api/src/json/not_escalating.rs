//! Not escalating: `/api/v1/alerts/{id}/not-escalate`

use actix_web::{HttpRequest, HttpResponse, post, web};
use casework::Assessed;
use domain::alert::NotEscalating;
use domain::id::AlertId;
use serde::Serialize;
use utoipa::ToSchema;

use super::alerts::AlertShape;
use super::body::{Body, Fields, FromFields};
use super::decisions::{answer, if_match_visible};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// That an alert need not climb further for a while.
#[derive(Debug, ToSchema)]
pub(crate) struct NotEscalateBody {
    /// Why, at most 2,000 characters.
    reason: String,
    /// Until when, RFC 3339; the policy's usual term where it is not said.
    until: Option<String>,
}

impl FromFields for NotEscalateBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { reason: f.text("reason"), until: f.maybe_text("until") }
    }
}

/// The decision by which an alert does not climb now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotEscalatingShape {
    /// Until when.
    until: String,
    /// Why; null for readers who neither decide on it nor read restricted text.
    reason: Option<String>,
    /// Who decided.
    by: Named,
    /// Who signed as the second.
    signed_by: Option<Named>,
    /// When.
    at: String,
}

impl NotEscalatingShape {
    pub(crate) fn of(d: &casework::NotEscalatingRecord, reads: bool) -> Self {
        let named = |(id, name): &(domain::id::PersonId, String)| Named::new(id, name.clone());
        Self {
            until: rfc3339(d.until),
            reason: reads.then(|| d.reason.clone()),
            by: named(&d.by),
            signed_by: d.second.as_ref().map(named),
            at: rfc3339(d.at),
        }
    }
}

/// Decides that an open alert need not climb further for a bounded time. Never a red; an orange waits for a second person.
/// New evidence ends it at once.
#[utoipa::path(tag = "alerts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = NotEscalateBody, responses((status = 200, body = AlertShape), (status = 202, body = AlertShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody),
    (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/not-escalate")]
pub(crate) async fn not_escalate(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<NotEscalateBody>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let b = body.sound(|b| NotEscalating::validate(b.until.as_deref(), &b.reason).err().unwrap_or_default())?;
    match casework::not_escalate(&api.desk, &caller, *id, expected, b.until.as_deref(), &b.reason).await? {
        Assessed::Done => answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await,
        Assessed::AwaitingSecondSignature => {
            let word = Some("awaiting_second_signature");
            answer(&api, &caller, *id, lang.0, HttpResponse::Accepted(), word).await
        }
    }
}
