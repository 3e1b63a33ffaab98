//! `/api/v1/cases` and `/api/v1/students/{id}/support`: one student, one case.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{Case, CaseFilter, SupportDraft, SupportRecord};
use domain::id::StudentId;
use domain::lang::Lang;
use domain::watch_list::Support;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::lists::{ListShape, by_name};
use super::page::{after, cursor, limit, optional};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::present::class_of;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Named support.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupportShape {
    /// Which version.
    version: u64,
    /// What is to be reached.
    target: String,
    /// What is done.
    measures: String,
    /// Who answers for it.
    responsible: Named,
    /// When it was named.
    at: String,
}

impl SupportShape {
    pub(crate) fn of(s: &SupportRecord) -> Self {
        Self {
            version: s.version,
            target: s.target.clone(),
            measures: s.measures.clone(),
            responsible: Named::new(s.responsible.0, s.responsible.1.clone()),
            at: rfc3339(s.at),
        }
    }
}

/// Support to be named.
#[derive(Debug, ToSchema)]
pub(crate) struct SupportBody {
    /// What is to be reached, at most 2,000 characters.
    target: String,
    /// What is done, at most 2,000 characters.
    measures: String,
    /// Who of this school answers for it: `per_…`.
    responsible: String,
}

impl FromFields for SupportBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { target: f.text("target"), measures: f.text("measures"), responsible: f.text("responsible") }
    }
}

/// Support that was named.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptSupportShape {
    /// Which version.
    version: u64,
    /// Somebody else of the school, among those one may see, has the same or a similar name.
    similar_names: bool,
}

/// Names support for a student: what for, what is done, who answers for it.
#[utoipa::path(tag = "lists", params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = SupportBody, responses((status = 201, body = KeptSupportShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/support")]
pub(crate) async fn support(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<SupportBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|b| Support::validate(&b.target, &b.measures, &b.responsible).err().unwrap_or_default())?;
    let draft = SupportDraft { target: b.target, measures: b.measures, responsible: b.responsible };
    let kept = casework::name_support(&api.desk, &caller, *id, &draft, key.as_ref()).await?;
    let similar_names = casework::has_similar_names(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Created().json(KeptSupportShape { version: kept.version, similar_names }))
}

/// Which cases.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CasesQuery {
    /// `support`: only those without named support.
    without: Option<String>,
    /// How many, 1 to 200.
    limit: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// A student who is somebody's case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseItem {
    /// The student.
    student: Named,
    /// The class.
    class: Named,
    /// The level of the open orange or red alert, where there is one.
    level: Option<u8>,
    /// The lists that the student is on.
    lists: Vec<ListShape>,
    /// A membership should have been looked at by now.
    overdue: bool,
    /// The named support; null where there is none.
    support: Option<SupportShape>,
}

/// Cases.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cases {
    /// This page.
    items: Vec<CaseItem>,
    /// Where it ended, if there is more.
    next_cursor: Option<String>,
}

/// Everybody on a list or with an open orange or red, by name.
#[utoipa::path(tag = "lists", params(CasesQuery), responses((status = 200, body = Cases),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/cases")]
pub(crate) async fn cases(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<CasesQuery>,
) -> Result<HttpResponse, Problem> {
    let wanted = filter(&query)?;
    let size = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let wanted = CaseFilter { limit: wanted.limit.saturating_add(1), ..wanted };
    let mut found = casework::list_cases(&api.desk, &caller, &wanted).await?;
    let more = found.len() > size;
    found.truncate(size);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|c| cursor(&[c.student.name_key.clone(), c.student.id.to_string()]));
    let items = found.iter().map(|c| item(&api, c, lang.0)).collect();
    Ok(HttpResponse::Ok().json(Cases { items, next_cursor }))
}

fn item(api: &Api, c: &Case, lang: Lang) -> CaseItem {
    let today = api.desk.calendar.date(api.desk.now());
    CaseItem {
        student: Named::new(c.student.id, c.student.name.clone()),
        class: Named::new(c.student.class.id, class_of(&c.student.class, today, lang)),
        level: c.level.map(domain::level::Level::number),
        lists: c.lists.iter().map(|m| ListShape::by_code(api, &m.list, lang)).collect(),
        overdue: c.lists.iter().any(|m| casework::is_overdue(m, today)),
        support: c.support.as_ref().map(SupportShape::of),
    }
}

fn filter(query: &CasesQuery) -> Result<CaseFilter, Problem> {
    let mut faults = Vec::new();
    let without = optional(query.without.as_ref(), "without", |t| (t == "support").then_some(()), &mut faults);
    let wanted = CaseFilter {
        without_support: without.is_some(),
        after: after(query.cursor.as_ref(), by_name, &mut faults),
        limit: limit(query.limit.as_deref(), &mut faults),
        ..CaseFilter::default()
    };
    if faults.is_empty() { Ok(wanted) } else { Err(Problem::invalid(faults)) }
}
