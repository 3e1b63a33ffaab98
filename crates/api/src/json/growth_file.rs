//! `/api/v1/students/{id}/growth-file`

use actix_web::{HttpResponse, get, web};
use casework::{GrowthCursor, GrowthQuery};
use domain::growth_file::{EntryKind, Sight};
use domain::id::StudentId;
use domain::lang::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::page::{after, cursor, limit, optional};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::present::entry_text;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileQuery {
    /// Entries of this kind only.
    kind: Option<String>,
    /// How many, 1 to 200.
    limit: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// An entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryShape {
    /// The entry.
    id: String,
    /// What kind.
    kind: String,
    /// When it happened.
    at: String,
    /// By whom; null when the service acted by itself.
    by: Option<Named>,
    /// The text; null where the reader may know that the entry exists, and no more.
    text: Option<String>,
    /// Whether its text is restricted.
    restricted: bool,
}

impl EntryShape {
    fn of(api: &Api, e: &casework::GrowthEntry, sight: Sight, lang: Lang) -> Self {
        Self {
            id: e.id.to_string(),
            kind: e.kind.key().to_owned(),
            at: rfc3339(e.at),
            by: e.by.as_ref().map(|(id, name)| Named::new(id, name.clone())),
            text: entry_text(&api.desk.catalogue, e, sight, lang),
            restricted: e.restricted,
        }
    }
}

/// Entries.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entries {
    /// This page, newest first.
    items: Vec<EntryShape>,
    /// Where it ended, if there is more.
    next_cursor: Option<String>,
}

/// A growth file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileShape {
    /// Whose.
    student: Named,
    /// The level of the present response, 1 to 4.
    level: Option<u8>,
    /// The lists that the student is on.
    lists: Vec<String>,
    /// The plan in force.
    plan: Option<String>,
    /// The entries.
    entries: Entries,
}

/// A student's growth file.
#[utoipa::path(tag = "students", params(("id" = String, Path), FileQuery), responses(
    (status = 200, body = FileShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 422, body = ProblemBody), (status = 503, body = ProblemBody)))]
#[get("/api/v1/students/{id}/growth-file")]
pub(crate) async fn growth_file(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<StudentId>,
    query: web::Query<FileQuery>,
) -> Result<HttpResponse, Problem> {
    let file = casework::view_growth_file(&api.desk, &caller, *id, &read(&query)?).await?;
    let last = file.entries.last().filter(|_| file.more);
    let next_cursor = last.map(|(e, _)| cursor(&[domain::time::to_micros(e.at).to_string(), e.id.to_string()]));
    let entry = |(e, sight): &(casework::GrowthEntry, Sight)| EntryShape::of(&api, e, *sight, lang.0);
    Ok(HttpResponse::Ok().json(FileShape {
        student: Named::new(file.student.id, file.student.name.clone()),
        level: file.level.map(domain::level::Level::number),
        lists: Vec::new(),
        plan: None,
        entries: Entries { items: file.entries.iter().map(entry).collect(), next_cursor },
    }))
}

fn read(query: &FileQuery) -> Result<GrowthQuery, Problem> {
    let mut faults = Vec::new();
    let kinds = optional(query.kind.as_ref(), "kind", EntryKind::from_key, &mut faults).into_iter().collect();
    let place = |parts: &[String]| match parts {
        [at, id] => {
            let at = at.parse().ok().and_then(domain::time::from_micros);
            at.zip(id.parse().ok()).map(|(at, id)| GrowthCursor { at, id })
        }
        _ => None,
    };
    let after = after(query.cursor.as_ref(), place, &mut faults);
    let limit = limit(query.limit.as_deref(), &mut faults);
    if faults.is_empty() { Ok(GrowthQuery { kinds, after, limit }) } else { Err(Problem::invalid(faults)) }
}
