//! Accounts and positions: `/api/v1/people`, `/api/v1/positions`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{Contact, ListedPerson, NewStaff, PeopleQuery};
use domain::delivery::Channel;
use domain::fault::Fault;
use domain::id::{PersonId, PositionId};
use domain::org::Unit;
use domain::staff::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::appointment_shapes::AddedPersonShape;
use super::contacts::MethodShape;
use super::decisions::key_of;
use super::page::{bad_cursor, cursor, limit, optional, parts};
use super::shapes::PositionShape;
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeopleParams {
    /// With a position in this unit.
    unit: Option<String>,
    /// With this role.
    role: Option<String>,
    /// How many, 1 to 200.
    limit: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// A position, with its id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldShape {
    /// The id.
    id: String,
    /// What it is.
    #[serde(flatten)]
    position: PositionShape,
}

/// Somebody, as an administrator sees him.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonShape {
    /// The id.
    id: String,
    /// The name.
    name: String,
    /// The login.
    login: String,
    /// Positions that hold now.
    positions: Vec<HeldShape>,
    /// How he is reached, and since when that is verified.
    contact_methods: Vec<MethodShape>,
}

impl From<&ListedPerson> for PersonShape {
    fn from(p: &ListedPerson) -> Self {
        let held = p.positions.iter();
        Self {
            id: p.person.id.to_string(),
            name: p.person.name.clone(),
            login: p.person.login.clone(),
            positions: held.map(|(id, p)| HeldShape { id: id.to_string(), position: p.into() }).collect(),
            contact_methods: p.contacts.iter().map(MethodShape::from).collect(),
        }
    }
}

/// People.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct People {
    /// This page, by name.
    items: Vec<PersonShape>,
    /// Where it ended, if there is more.
    next_cursor: Option<String>,
}

/// A unit by its id.
pub(super) fn unit(text: &str) -> Option<Unit> {
    let class = text.parse().ok().map(Unit::Class);
    let grade = || text.parse().ok().map(Unit::Grade);
    let school = || text.parse().ok().map(Unit::School);
    class.or_else(grade).or_else(school).or_else(|| text.parse().ok().map(Unit::District))
}

fn read(query: &PeopleParams) -> Result<PeopleQuery, Problem> {
    let mut faults = Vec::new();
    let found = PeopleQuery {
        unit: optional(query.unit.as_ref(), "unit", unit, &mut faults),
        role: optional(query.role.as_ref(), "role", Role::from_key, &mut faults),
        after: match &query.cursor {
            Some(text) => match parts(text, 2)?.as_slice() {
                [name, id] => id.parse().ok().map(|id| (name.clone(), id)),
                _ => None,
            },
            None => None,
        },
        limit: limit(query.limit.as_deref(), &mut faults).saturating_add(1),
    };
    if query.cursor.is_some() && found.after.is_none() {
        faults.push(bad_cursor());
    }
    if faults.is_empty() { Ok(found) } else { Err(Problem::invalid(faults)) }
}

/// The people whose accounts one keeps.
#[utoipa::path(tag = "people", params(PeopleParams), responses((status = 200, body = People),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/people")]
pub(crate) async fn list(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<PeopleParams>,
) -> Result<HttpResponse, Problem> {
    let query = read(&query)?;
    let mut found = casework::list_people(&api.desk, &caller, &query, lang.0).await?;
    let page = usize::try_from(query.limit.saturating_sub(1)).unwrap_or_default();
    let more = found.len() > page;
    found.truncate(page);
    let mark = |p: &ListedPerson| cursor(&[p.person.name.clone(), p.person.id.to_string()]);
    let next_cursor = found.last().filter(|_| more).map(mark);
    Ok(HttpResponse::Ok().json(People { items: found.iter().map(PersonShape::from).collect(), next_cursor }))
}

/// An address of a channel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct AddressBody {
    /// `voice`, `sms`, `wecom`, `dingtalk` or `mail`.
    #[serde(default)]
    channel: String,
    /// The address.
    #[serde(default)]
    address: String,
}

/// Somebody new.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct PersonBody {
    /// The login.
    login: String,
    /// The name.
    name: String,
    /// The role.
    role: String,
    /// The unit's id.
    unit: String,
    /// Heads the unit.
    lead: bool,
    /// How to reach him; whoever adds them vouches for them.
    contact_methods: Vec<AddressBody>,
    /// The first password.
    password: String,
}

fn staff(body: PersonBody) -> Result<NewStaff, Problem> {
    let mut faults = Vec::new();
    let mut missing =
        |field: &str| faults.push(Fault::new(field, "unknown_value", "不认识这个值", "this value is not known"));
    let (role, place) = (Role::from_key(&body.role), unit(&body.unit));
    if role.is_none() {
        missing("role");
    }
    if place.is_none() {
        missing("unit");
    }
    let mut contacts = Vec::new();
    for (i, c) in body.contact_methods.into_iter().enumerate() {
        match Channel::from_key(&c.channel) {
            Some(channel) => contacts.push(Contact { channel, address: c.address }),
            None => missing(&format!("contact_methods[{i}].channel")),
        }
    }
    let (login, name, lead, password) = (body.login, body.name, body.lead, body.password);
    let known = role.zip(place).filter(|_| faults.is_empty());
    let (role, unit) = known.ok_or_else(|| Problem::invalid(faults))?;
    Ok(NewStaff { login, name, role, unit, lead, contacts, password })
}

/// Adds somebody with a position. What reads, takes, assesses or signs anything about children waits until somebody else confirms
/// it; without anybody there who could, it holds at once.
#[utoipa::path(tag = "people",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = PersonBody, responses((status = 201, body = AddedPersonShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/people")]
pub(crate) async fn add(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    body: web::Json<PersonBody>,
) -> Result<HttpResponse, Problem> {
    casework::may_manage_staff(&api.desk, &caller)?;
    let body = body.into_inner();
    // What is kept of the body must not let the password be guessed.
    let kept = PersonBody { password: api.desk.codes.of_secret(&body.password), ..body.clone() };
    let (key, new) = (key_of(&request, &kept)?, staff(body)?);
    let id = casework::add_staff_by(&api.desk, &caller, &new, key.as_ref()).await?;
    let view = casework::appointment_of(&api.desk, &caller, id, lang.0).await?;
    Ok(HttpResponse::Created().json(AddedPersonShape::from(&view)))
}

/// To whom everything goes.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct LeaveBody {
    /// A colleague who takes positions, open alerts and turns of duty over; without one it is refused while anything is
    /// left. An office that has to be confirmed he must hold already, and one such at that school to take over what lets him read.
    successor: Option<String>,
}

/// A successor, or none. What is not an id is nobody's: it is told as such by the verb, after what is visible.
fn successor(body: &LeaveBody) -> Option<PersonId> {
    let nobody = || PersonId::new(uuid::Uuid::nil());
    body.successor.as_deref().filter(|t| !t.is_empty()).map(|t| t.parse().unwrap_or_else(|_| nobody()))
}

/// Ends a position. Refused with all that still needs it, unless a successor takes it over.
#[utoipa::path(tag = "people", params(("id" = String, Path)), request_body = LeaveBody, responses((status = 204),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/positions/{id}/end")]
pub(crate) async fn end_position(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<PositionId>,
    body: web::Json<LeaveBody>,
) -> Result<HttpResponse, Problem> {
    casework::end_position(&api.desk, Some(&caller), *id, successor(&body)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Closes an account; its sessions end with it. Refused with all that still needs it, unless a successor takes it over.
#[utoipa::path(tag = "people", params(("id" = String, Path)), request_body = LeaveBody, responses((status = 204),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/people/{id}/disable")]
pub(crate) async fn disable(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<PersonId>,
    body: web::Json<LeaveBody>,
) -> Result<HttpResponse, Problem> {
    casework::disable_person(&api.desk, Some(&caller), *id, successor(&body)).await?;
    Ok(HttpResponse::NoContent().finish())
}
