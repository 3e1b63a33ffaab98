//! `/api/v1/students/{id}/lists` and `/api/v1/lists`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{KeptMembership, MemberFilter, MembershipRecord, StudentRecord};
use domain::fault::Fault;
use domain::id::{MembershipId, StudentId};
use domain::lang::Lang;
use domain::watch_list::{MembershipDraft, WatchList};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{Body, Fields, FromFields};
use super::cases::SupportShape;
use super::decisions::key_of;
use super::page::{after, cursor, limit, optional};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::present::class_of;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListShape {
    /// The code.
    code: String,
    /// What it is called.
    name: String,
    /// Class teachers and grade leads do not learn who is on it.
    hidden: bool,
}

impl ListShape {
    pub(crate) fn of(list: &WatchList, lang: Lang) -> Self {
        Self { code: list.code.clone(), name: list.name(lang).to_owned(), hidden: list.hidden }
    }

    pub(crate) fn by_code(api: &Api, code: &str, lang: Lang) -> Self {
        let unknown = || Self { code: code.to_owned(), name: code.to_owned(), hidden: true };
        api.desk.watch_lists.get(code).map_or_else(unknown, |l| Self::of(l, lang))
    }
}

/// Lists.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lists {
    /// All that the reader may know of.
    items: Vec<ListShape>,
}

/// A membership of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MembershipShape {
    /// The membership.
    id: String,
    /// Which version of it stands.
    version: u64,
    /// The list.
    list: ListShape,
    /// Since when.
    #[schema(format = Date)]
    from: String,
    /// Until when, once it has ended.
    #[schema(format = Date)]
    to: Option<String>,
    /// What shows it; null for readers who do not read it.
    evidence: Option<String>,
    /// Where that comes from.
    source: String,
    /// When it is looked at again.
    #[schema(format = Date)]
    review_at: String,
    /// It should have been looked at by now.
    overdue: bool,
    /// What was said at the last review, or at the end.
    said: Option<String>,
    /// Who wrote this version.
    by: Named,
    /// When.
    at: String,
}

impl MembershipShape {
    fn of(api: &Api, m: &MembershipRecord, lang: Lang) -> Self {
        Self {
            id: m.id.to_string(),
            version: m.version,
            list: ListShape::by_code(api, &m.list, lang),
            from: m.from.to_string(),
            to: m.to.map(|d| d.to_string()),
            evidence: m.evidence.clone(),
            source: m.source.key().to_owned(),
            review_at: m.review_at.to_string(),
            overdue: casework::is_overdue(m, api.desk.calendar.date(api.desk.now())),
            said: m.said.clone(),
            by: Named::new(m.by.0, m.by.1.clone()),
            at: rfc3339(m.at),
        }
    }
}

/// The lists of a student.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StudentListsShape {
    /// Whose.
    student: Named,
    /// The memberships, those that last first.
    items: Vec<MembershipShape>,
    /// The named support; null where there is none, or the reader does not know of it.
    support: Option<SupportShape>,
}

/// A membership to be.
#[derive(Debug, ToSchema)]
pub(crate) struct MembershipBody {
    /// The code of the list.
    list: String,
    /// Since when: a day.
    from: String,
    /// What shows it, at most 2,000 characters.
    evidence: String,
    /// Where that comes from; `staff` where nothing is said.
    source: Option<String>,
    /// When it is looked at again: a day to come.
    review_at: String,
}

impl FromFields for MembershipBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            list: f.text("list"),
            from: f.text("from"),
            evidence: f.text("evidence"),
            source: f.maybe_text("source"),
            review_at: f.text("review_at"),
        }
    }
}

impl MembershipBody {
    fn draft(self, unread: Vec<Fault>) -> MembershipDraft {
        let Self { list, from, evidence, source, review_at } = self;
        MembershipDraft { list, from, evidence, source, review_at, unread }
    }
}

/// A review.
#[derive(Debug, ToSchema)]
pub(crate) struct ReviewBody {
    /// What was found, at most 2,000 characters.
    text: String,
    /// When it is looked at next: a day to come.
    review_at: String,
}

impl FromFields for ReviewBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { text: f.text("text"), review_at: f.text("review_at") }
    }
}

/// An end.
#[derive(Debug, ToSchema)]
pub(crate) struct ListEndBody {
    /// The last day.
    to: String,
    /// Why, at most 2,000 characters.
    reason: String,
}

impl FromFields for ListEndBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { to: f.text("to"), reason: f.text("reason") }
    }
}

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptMembershipShape {
    /// The membership.
    id: String,
    /// Which version.
    version: u64,
    /// Somebody else of the school, among those one may see, has the same or a similar name.
    similar_names: bool,
}

impl KeptMembershipShape {
    async fn of(api: &Api, caller: &Caller, student: StudentId, kept: &KeptMembership) -> Result<Self, Problem> {
        let similar_names = casework::has_similar_names(&api.desk, caller, student).await?;
        Ok(Self { id: kept.id.to_string(), version: kept.version, similar_names })
    }
}

/// The lists that a student is on, and was on, as far as the reader may know.
#[utoipa::path(tag = "lists", params(("id" = String, Path)), responses((status = 200, body = StudentListsShape),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/lists")]
pub(crate) async fn of_student(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, Problem> {
    let found = casework::view_lists(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(StudentListsShape {
        student: Named::new(found.student.id, found.student.name.clone()),
        items: found.memberships.iter().map(|m| MembershipShape::of(&api, m, lang.0)).collect(),
        support: found.support.as_ref().map(SupportShape::of),
    }))
}

/// Puts a student on a list. Membership changes no threshold.
#[utoipa::path(tag = "lists", params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = MembershipBody, responses((status = 201, body = KeptMembershipShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/lists")]
pub(crate) async fn put(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<MembershipBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let (body, unread) = body.into_parts();
    let kept = casework::put_on_list(&api.desk, &caller, *id, &body.draft(unread), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(KeptMembershipShape::of(&api, &caller, *id, &kept).await?))
}

/// Looks at a membership again.
#[utoipa::path(tag = "lists", params(("id" = String, Path), ("membership" = String, Path)),
    request_body = ReviewBody, responses((status = 200, body = KeptMembershipShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/lists/{membership}/review")]
pub(crate) async fn review(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, MembershipId)>,
    body: Body<ReviewBody>,
) -> Result<HttpResponse, Problem> {
    let (student, id) = path.into_inner();
    let b = body.sound(|_| Vec::new())?;
    let kept = casework::review_membership(&api.desk, &caller, (student, id), &b.text, &b.review_at).await?;
    Ok(HttpResponse::Ok().json(KeptMembershipShape::of(&api, &caller, student, &kept).await?))
}

/// Takes a student off a list.
#[utoipa::path(tag = "lists", params(("id" = String, Path), ("membership" = String, Path)),
    request_body = ListEndBody, responses((status = 200, body = KeptMembershipShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/lists/{membership}/end")]
pub(crate) async fn end(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, MembershipId)>,
    body: Body<ListEndBody>,
) -> Result<HttpResponse, Problem> {
    let (student, id) = path.into_inner();
    let b = body.sound(|_| Vec::new())?;
    let kept = casework::end_membership(&api.desk, &caller, (student, id), &b.to, &b.reason).await?;
    Ok(HttpResponse::Ok().json(KeptMembershipShape::of(&api, &caller, student, &kept).await?))
}

/// The lists that there are, as far as the reader may know.
#[utoipa::path(tag = "lists", responses((status = 200, body = Lists), (status = 401, body = ProblemBody)))]
#[get("/api/v1/lists")]
pub(crate) async fn lists(api: web::Data<Api>, caller: Caller, lang: Language) -> Result<HttpResponse, Problem> {
    let known = casework::lists_known(&api.desk, &caller);
    Ok(HttpResponse::Ok().json(Lists { items: known.iter().map(|l| ListShape::of(l, lang.0)).collect() }))
}

/// Which members.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MembersQuery {
    /// Of this class.
    class: Option<String>,
    /// Of this grade.
    grade: Option<String>,
    /// Of this school.
    school: Option<String>,
    /// How many, 1 to 200.
    limit: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// A member of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MemberShape {
    /// The student.
    student: Named,
    /// The class.
    class: Named,
    /// The membership.
    membership: String,
    /// Since when.
    #[schema(format = Date)]
    from: String,
    /// When it is looked at again.
    #[schema(format = Date)]
    review_at: String,
    /// It should have been looked at by now.
    overdue: bool,
}

/// Members of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Members {
    /// The list.
    list: ListShape,
    /// This page.
    items: Vec<MemberShape>,
    /// Where it ended, if there is more.
    next_cursor: Option<String>,
}

/// Who is on a list now, by name.
#[utoipa::path(tag = "lists", params(("code" = String, Path), MembersQuery), responses((status = 200, body = Members),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/lists/{code}")]
pub(crate) async fn members(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    code: web::Path<String>,
    query: web::Query<MembersQuery>,
) -> Result<HttpResponse, Problem> {
    let wanted = filter(&code, &query)?;
    let size = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let wanted = MemberFilter { limit: wanted.limit.saturating_add(1), ..wanted };
    let mut found = casework::list_members(&api.desk, &caller, &wanted).await?;
    let more = found.len() > size;
    found.truncate(size);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|(s, _)| cursor(&[s.name_key.clone(), s.id.to_string()]));
    let items = found.iter().map(|(s, m)| member(&api, s, m, lang.0)).collect();
    Ok(HttpResponse::Ok().json(Members { list: ListShape::by_code(&api, &code, lang.0), items, next_cursor }))
}

fn member(api: &Api, s: &StudentRecord, m: &MembershipRecord, lang: Lang) -> MemberShape {
    let today = api.desk.calendar.date(api.desk.now());
    MemberShape {
        student: Named::new(s.id, s.name.clone()),
        class: Named::new(s.class.id, class_of(&s.class, today, lang)),
        membership: m.id.to_string(),
        from: m.from.to_string(),
        review_at: m.review_at.to_string(),
        overdue: casework::is_overdue(m, today),
    }
}

fn filter(code: &str, query: &MembersQuery) -> Result<MemberFilter, Problem> {
    let mut faults = Vec::new();
    let wanted = MemberFilter {
        list: code.to_owned(),
        class: optional(query.class.as_ref(), "class", |t| t.parse().ok(), &mut faults),
        grade: optional(query.grade.as_ref(), "grade", |t| t.parse().ok(), &mut faults),
        school: optional(query.school.as_ref(), "school", |t| t.parse().ok(), &mut faults),
        after: after(query.cursor.as_ref(), by_name, &mut faults),
        limit: limit(query.limit.as_deref(), &mut faults),
    };
    if faults.is_empty() { Ok(wanted) } else { Err(Problem::invalid(faults)) }
}

/// Where a page of students by name ended.
pub(crate) fn by_name(parts: &[String]) -> Option<(String, StudentId)> {
    match parts {
        [name, id] => id.parse().ok().map(|id| (name.clone(), id)),
        _ => None,
    }
}
