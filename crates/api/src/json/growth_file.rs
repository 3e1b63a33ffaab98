//! `/api/v1/students/{id}/growth-file`

use actix_web::{HttpResponse, get, web};
use casework::{GrowthCursor, GrowthQuery};
use domain::fault::Fault;
use domain::growth_file::{EntryKind, Sight};
use domain::id::StudentId;
use domain::lang::Lang;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::attachments::AttachmentShape;
use super::page::{after, cursor, limit, optional};
use super::plan_shapes::FilePlanShape;
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::pages::form::Fields;
use crate::present::entry_text;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which entries.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes what is read field by field, since a kind may be named several times")]
pub(crate) struct FileQuery {
    /// Entries of this kind only; named several times, of these kinds.
    kind: Option<String>,
    /// From this day on.
    from: Option<String>,
    /// Up to this day, itself included.
    to: Option<String>,
    /// In which these words stand, as far as the reader may read them.
    q: Option<String>,
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
    /// Where it comes from, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// When it was written down, where that is another time.
    #[serde(skip_serializing_if = "Option::is_none")]
    filed_at: Option<String>,
    /// The entry whose place it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<String>,
    /// Which life event.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    /// The files that belong to it, as far as its text may be read; left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<AttachmentShape>,
}

impl EntryShape {
    pub(crate) fn of(api: &Api, e: &casework::GrowthEntry, sight: Sight, lang: Lang) -> Self {
        let reads = sight == Sight::Reads;
        Self {
            source: e.source.filter(|_| reads).map(|s| s.key().to_owned()),
            filed_at: (reads && e.filed_at != e.at).then(|| rfc3339(e.filed_at)),
            corrects: e.corrects.filter(|_| reads).map(|id| id.to_string()),
            event: event_of(e).filter(|_| reads),
            id: e.id.to_string(),
            kind: e.kind.key().to_owned(),
            at: rfc3339(e.at),
            by: e.by.as_ref().map(|(id, name)| Named::new(id, name.clone())),
            text: entry_text(&api.desk.catalogue, e, sight, lang),
            restricted: e.restricted,
            attachments: e.attachments.iter().filter(|_| reads).map(AttachmentShape::of).collect(),
        }
    }
}

/// The code of a life event.
fn event_of(e: &casework::GrowthEntry) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(e.body.as_deref()?).ok()?;
    let what = body.get("what").and_then(|w| w.as_str()).filter(|_| e.kind == EntryKind::LifeEvent)?;
    Some(what.to_owned())
}

/// A day that comes round soon.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyDateShape {
    /// When.
    date: String,
    /// For the how manieth time.
    years: i32,
    /// Of which entry.
    entry: String,
    /// Which life event.
    event: String,
    /// What it is called.
    name: String,
}

impl KeyDateShape {
    fn of(api: &Api, d: &casework::KeyDate, lang: Lang) -> Self {
        let event = api.desk.life_events.get(&d.event);
        Self {
            date: d.on.to_string(),
            years: d.years,
            entry: d.entry.to_string(),
            event: d.event.clone(),
            name: event.map(|e| e.name(lang).to_owned()).unwrap_or_default(),
        }
    }
}

/// A list that the student is on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileListShape {
    /// The membership.
    id: String,
    /// The code of the list.
    code: String,
    /// What it is called.
    name: String,
    /// Since when.
    #[schema(format = Date)]
    from: String,
    /// When it is looked at again.
    #[schema(format = Date)]
    review_at: String,
    /// It should have been looked at by now.
    overdue: bool,
}

impl FileListShape {
    fn of(api: &Api, m: &casework::MembershipRecord, lang: Lang) -> Self {
        let name = api.desk.watch_lists.get(&m.list).map(|l| l.name(lang).to_owned());
        Self {
            id: m.id.to_string(),
            code: m.list.clone(),
            name: name.unwrap_or_default(),
            from: m.from.to_string(),
            review_at: m.review_at.to_string(),
            overdue: casework::is_overdue(m, api.desk.calendar.date(api.desk.now())),
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
    lists: Vec<FileListShape>,
    /// The plan, or what is the reader's own to do in it; null where there is none for him.
    plan: Option<FilePlanShape>,
    /// Days that come round within sixty days; left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    key_dates: Vec<KeyDateShape>,
    /// Whether what was written at a school before is sealed to the reader.
    sealed: bool,
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
    query: web::Query<Fields>,
) -> Result<HttpResponse, Problem> {
    let file = casework::view_growth_file(&api.desk, &caller, *id, &read(&query)?).await?;
    let last = file.entries.last().filter(|_| file.more);
    let next_cursor = last.map(|(e, _)| cursor(&[domain::time::to_micros(e.at).to_string(), e.id.to_string()]));
    let entry = |(e, sight): &(casework::GrowthEntry, Sight)| EntryShape::of(&api, e, *sight, lang.0);
    Ok(HttpResponse::Ok().json(FileShape {
        student: Named::new(file.student.id, file.student.name.clone()),
        level: file.level.map(domain::level::Level::number),
        lists: file.lists.iter().map(|m| FileListShape::of(&api, m, lang.0)).collect(),
        plan: file.plan.as_ref().map(|p| FilePlanShape::of(&api, p)),
        key_dates: file.key_dates.iter().map(|d| KeyDateShape::of(&api, d, lang.0)).collect(),
        sealed: file.sealed,
        entries: Entries { items: file.entries.iter().map(entry).collect(), next_cursor },
    }))
}

fn read(query: &Fields) -> Result<GrowthQuery, Problem> {
    let (wanted, mut faults) = asked(query);
    let one = |name: &str| Some(query.get(name).to_owned()).filter(|t| !t.is_empty());
    let after = after(one("cursor").as_ref(), place, &mut faults);
    let limit = limit(one("limit").as_deref(), &mut faults);
    let wanted = GrowthQuery { after, limit, ..wanted };
    faults.extend(wanted.clone().validate().err().unwrap_or_default());
    if faults.is_empty() { Ok(wanted) } else { Err(Problem::invalid(faults)) }
}

/// What is asked of a file, in the words that pages and programs share.
pub(crate) fn asked(query: &Fields) -> (GrowthQuery, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut kinds = Vec::new();
    for word in query.all("kind") {
        kinds.extend(optional(Some(&word.to_owned()), "kind", EntryKind::from_key, &mut faults));
    }
    let mut day = |name: &str| optional(Some(&query.get(name).to_owned()), name, |t| t.parse().ok(), &mut faults);
    let (from, to) = (day("from"), day("to"));
    let words = Some(query.get("q").to_owned()).filter(|t| !t.is_empty());
    (GrowthQuery { kinds, from, to, words, ..GrowthQuery::default() }, faults)
}

/// Where a page of a file ended.
pub(crate) fn place(parts: &[String]) -> Option<GrowthCursor> {
    match parts {
        [at, id] => {
            let at = at.parse().ok().and_then(domain::time::from_micros);
            at.zip(id.parse().ok()).map(|(at, id)| GrowthCursor { at, id })
        }
        _ => None,
    }
}
