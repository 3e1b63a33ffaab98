//! `/api/v1/students`

use actix_web::{HttpResponse, get, web};
use casework::{ListedStudent, StudentQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::page::{after, cursor, limit, optional};
use super::shapes::Named;
use crate::auth::{Caller, Language};
use crate::present::{class_of, grade_of};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which students.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StudentsQuery {
    /// Name, pinyin or pinyin initials.
    q: Option<String>,
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

/// A student in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StudentItem {
    /// The id.
    id: String,
    /// The name.
    name: String,
    /// The class.
    class: Named,
    /// The grade.
    grade: Named,
    /// The seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    seat: Option<String>,
    /// Somebody else of the school, among those one may see, has the same or a similar name.
    similar_names: bool,
}

/// Students.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Students {
    /// This page.
    items: Vec<StudentItem>,
    /// Where it ended, if there is more.
    next_cursor: Option<String>,
}

/// The students whom one may file about, or whose roster one keeps.
#[utoipa::path(tag = "students", params(StudentsQuery), responses(
    (status = 200, body = Students), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/students")]
pub(crate) async fn students(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<StudentsQuery>,
) -> Result<HttpResponse, Problem> {
    let wanted = read(&query)?;
    let size = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let wanted = StudentQuery { limit: wanted.limit.saturating_add(1), ..wanted };
    let mut found = casework::list_students(&api.desk, &caller, &wanted).await?;
    let more = found.len() > size;
    found.truncate(size);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|s| cursor(&[s.record.name_key.clone(), s.record.id.to_string()]));
    let today = api.desk.calendar.date(api.desk.now());
    let item = |s: &ListedStudent| StudentItem {
        id: s.record.id.to_string(),
        name: s.record.name.clone(),
        class: Named::new(s.record.class.id, class_of(&s.record.class, today, lang.0)),
        grade: Named::new(s.record.class.grade.id, grade_of(&s.record.class, today, lang.0)),
        seat: s.record.seat.clone(),
        similar_names: s.similar,
    };
    Ok(HttpResponse::Ok().json(Students { items: found.iter().map(item).collect(), next_cursor }))
}

fn read(query: &StudentsQuery) -> Result<StudentQuery, Problem> {
    let mut faults = Vec::new();
    let place = |parts: &[String]| match parts {
        [name, id] => id.parse().ok().map(|id| (name.clone(), id)),
        _ => None,
    };
    let wanted = StudentQuery {
        text: query.q.clone(),
        class: optional(query.class.as_ref(), "class", |t| t.parse().ok(), &mut faults),
        grade: optional(query.grade.as_ref(), "grade", |t| t.parse().ok(), &mut faults),
        school: optional(query.school.as_ref(), "school", |t| t.parse().ok(), &mut faults),
        after: after(query.cursor.as_ref(), place, &mut faults),
        limit: limit(query.limit.as_deref(), &mut faults),
    };
    if faults.is_empty() { Ok(wanted) } else { Err(Problem::invalid(faults)) }
}
