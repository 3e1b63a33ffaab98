//! How one is reached: `/api/v1/me/contact-methods`, `/api/v1/me/channels`

use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use casework::ContactRecord;
use domain::delivery::Channel;
use domain::id::ContactId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decisions::key_of;
use super::shapes::rfc3339;
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A contact method of one's own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MethodShape {
    /// The id.
    id: String,
    /// `voice`, `sms`, `wecom`, `dingtalk` or `mail`.
    channel: String,
    /// The address.
    address: String,
    /// Since when messages are sent to it; nothing is while this is `null`.
    verified_at: Option<String>,
    /// When a message last arrived there.
    last_ok_at: Option<String>,
    /// The test that runs: `pending`, `sending`, `sent` or `failed`.
    test: Option<String>,
}

impl From<&ContactRecord> for MethodShape {
    fn from(c: &ContactRecord) -> Self {
        Self {
            id: c.id.to_string(),
            channel: c.method.channel.key().to_owned(),
            address: c.method.address.clone(),
            verified_at: c.method.verified_at.map(rfc3339),
            last_ok_at: c.last_ok_at.map(rfc3339),
            test: c.test.as_ref().map(|t| t.state.clone()),
        }
    }
}

/// One's contact methods.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MethodList {
    /// The contact methods.
    items: Vec<MethodShape>,
    /// Always `null`.
    next_cursor: Option<String>,
    /// By which channels one wants to hear of yellow and blue; none for all of them.
    channels: Vec<String>,
}

fn words(channels: &[Channel]) -> Vec<String> {
    channels.iter().map(|c| c.key().to_owned()).collect()
}

/// One's contact methods, tested or not.
#[utoipa::path(tag = "coverage", responses((status = 200, body = MethodList), (status = 401, body = ProblemBody)))]
#[get("/api/v1/me/contact-methods")]
pub(crate) async fn mine(api: web::Data<Api>, caller: Caller) -> Result<HttpResponse, Problem> {
    let (contacts, chosen) = casework::my_contacts(&api.desk, &caller).await?;
    let items = contacts.iter().map(MethodShape::from).collect();
    Ok(HttpResponse::Ok().json(MethodList { items, next_cursor: None, channels: words(&chosen) }))
}

/// A contact method to be added.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct MethodBody {
    /// `voice`, `sms`, `wecom`, `dingtalk` or `mail`.
    #[serde(default)]
    channel: String,
    /// The address.
    #[serde(default)]
    address: String,
}

/// Adds a contact method and sends six digits there. Nothing else is sent to it until they have come back.
#[utoipa::path(tag = "coverage",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = MethodBody, responses((status = 201, body = MethodShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
#[post("/api/v1/me/contact-methods")]
pub(crate) async fn add(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    body: web::Json<MethodBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &*body)?;
    let added = casework::add_contact(&api.desk, &caller, &body.channel, &body.address, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(MethodShape::from(&added)))
}

/// Sends other six digits.
#[utoipa::path(tag = "coverage", params(("contact" = String, Path)), responses((status = 202, body = MethodShape),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 429, body = ProblemBody)))]
#[post("/api/v1/me/contact-methods/{contact}/test")]
pub(crate) async fn test(
    api: web::Data<Api>,
    caller: Caller,
    contact: web::Path<ContactId>,
) -> Result<HttpResponse, Problem> {
    let tested = casework::test_contact(&api.desk, &caller, *contact).await?;
    Ok(HttpResponse::Accepted().json(MethodShape::from(&tested)))
}

/// The six digits that came.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CodeBody {
    /// Six digits.
    #[serde(default)]
    code: String,
}

/// Takes the six digits that were sent: from now on the contact method counts.
#[utoipa::path(tag = "coverage", params(("contact" = String, Path)), request_body = CodeBody, responses(
    (status = 200, body = MethodShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/me/contact-methods/{contact}/verify")]
pub(crate) async fn verify(
    api: web::Data<Api>,
    caller: Caller,
    contact: web::Path<ContactId>,
    body: web::Json<CodeBody>,
) -> Result<HttpResponse, Problem> {
    let verified = casework::verify_contact(&api.desk, &caller, *contact, &body.code).await?;
    Ok(HttpResponse::Ok().json(MethodShape::from(&verified)))
}

/// Takes a contact method away; refused while nothing else reaches somebody whom the ladder calls.
#[utoipa::path(tag = "coverage", params(("contact" = String, Path)), responses((status = 204),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
#[delete("/api/v1/me/contact-methods/{contact}")]
pub(crate) async fn remove(
    api: web::Data<Api>,
    caller: Caller,
    contact: web::Path<ContactId>,
) -> Result<HttpResponse, Problem> {
    casework::remove_contact(&api.desk, &caller, *contact).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Channels, in order.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ChannelsBody {
    /// By which one wants to hear of yellow and blue; none for all of them.
    #[serde(default)]
    channels: Vec<String>,
}

/// Chooses channels for yellow and blue. Orange and red always use all of them.
#[utoipa::path(tag = "coverage", request_body = ChannelsBody, responses((status = 200, body = ChannelsBody),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/me/channels")]
pub(crate) async fn choose(
    api: web::Data<Api>,
    caller: Caller,
    body: web::Json<ChannelsBody>,
) -> Result<HttpResponse, Problem> {
    let chosen = casework::choose_channels(&api.desk, &caller, &body.channels).await?;
    Ok(HttpResponse::Ok().json(ChannelsBody { channels: words(&chosen) }))
}
