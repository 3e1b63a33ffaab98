//! `/cases` and `/lists/{code}`: everybody who is somebody's case, and who is on a list. Names are masked.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::{Case, CaseFilter, MemberFilter, MembershipRecord, StudentRecord};
use domain::level::Level;

use super::form::Fields;
use super::frame::page;
use super::sheets::{link, sheet};
use super::view::parts::NavLink;
use super::view::sheet::{Item, Section, Sheet};
use super::visitor::{PageError, Visitor};
use super::words::{masked, words_of};
use crate::json::lists::by_name;
use crate::json::page::{bad_cursor, cursor, parts};
use crate::present::class_of;
use crate::problem::Problem;
use crate::state::Api;

const MOST: u32 = 50;

/// Everybody on a list or with an open orange or red.
#[get("/cases")]
pub(crate) async fn cases(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let t = &words_of(who.lang).texts().record;
    let without = fields.get("without") == "support";
    let (after, limit) = (place(&fields)?, MOST + 1);
    let filter = CaseFilter { without_support: without, after, limit, ..CaseFilter::default() };
    let mut found = casework::list_cases(&api.desk, &who, &filter).await?;
    let next = cut(&mut found, |c| &c.student).map(|mark| {
        let kept = if without { "without=support&" } else { "" };
        format!("/cases?{kept}cursor={mark}")
    });
    let items = found.iter().map(|c| case(&api, &who, c)).collect();
    let mut view = sheet(&api, &who, t.cases_title, None).await?;
    view.lead = vec![t.cases_lead.to_owned()];
    view.links =
        if without { vec![link("/cases", t.all_cases)] } else { vec![link("/cases?without=support", t.without)] };
    view.links.extend(import_link(&api, &who).into_iter().chain(list_links(&api, &who, "")));
    let title = if without { t.without } else { t.all_cases };
    view.sections = vec![Section { title: title.to_owned(), items, empty: t.no_cases.to_owned(), next }];
    Ok(page(StatusCode::OK, &view)?)
}

/// Who is on a list now.
#[get("/lists/{code}")]
pub(crate) async fn members(
    api: web::Data<Api>,
    who: Visitor,
    code: web::Path<String>,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let filter =
        MemberFilter { list: code.clone(), after: place(&fields)?, limit: MOST + 1, ..MemberFilter::default() };
    let mut found = casework::list_members(&api.desk, &who, &filter).await?;
    let next = cut(&mut found, |(s, _)| s).map(|mark| format!("/lists/{code}?cursor={mark}"));
    let view = members_view(&api, &who, &code, &found, next).await?;
    Ok(page(StatusCode::OK, &view)?)
}

async fn members_view(
    api: &Api,
    who: &Visitor,
    code: &str,
    found: &[(StudentRecord, MembershipRecord)],
    next: Option<String>,
) -> Result<Sheet, PageError> {
    let t = &words_of(who.lang).texts().record;
    let name = api.desk.watch_lists.get(code).map(|l| l.name(who.lang).to_owned()).unwrap_or_default();
    let mut view = sheet(api, who, &name, None).await?;
    view.links = list_links(api, who, code);
    let items = found.iter().map(|(s, m)| member(api, who, s, m)).collect();
    view.sections = vec![Section { title: t.members.to_owned(), items, empty: t.no_members.to_owned(), next }];
    Ok(view)
}

fn place(fields: &Fields) -> Result<Option<(String, domain::id::StudentId)>, Problem> {
    match fields.get("cursor") {
        "" => Ok(None),
        text => Ok(Some(by_name(&parts(text, 2)?).ok_or_else(|| Problem::invalid(vec![bad_cursor()]))?)),
    }
}

/// Cuts a page off, and says where it ended if there is more.
fn cut<T>(found: &mut Vec<T>, student: impl Fn(&T) -> &StudentRecord) -> Option<String> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let last = found.last().filter(|_| more).map(student)?;
    Some(cursor(&[last.name_key.clone(), last.id.to_string()]))
}

/// Where memberships are brought in from a spreadsheet, for whoever puts students on lists.
fn import_link(api: &Api, who: &Visitor) -> Vec<NavLink> {
    let may = !casework::has_lists_to_import(&api.desk, who).is_empty();
    may.then(|| link("/lists/imports", words_of(who.lang).texts().imports.title)).into_iter().collect()
}

fn list_links(api: &Api, who: &Visitor, here: &str) -> Vec<NavLink> {
    let known = casework::lists_known(&api.desk, who);
    let others = known.iter().filter(|l| l.code != here);
    others.map(|l| link(&format!("/lists/{}", l.code), l.name(who.lang))).collect()
}

fn named(api: &Api, who: &Visitor, s: &StudentRecord) -> String {
    format!("{} {}", class_of(&s.class, api.desk.calendar.date(api.desk.now()), who.lang), masked(&s.name))
}

fn case(api: &Api, who: &Visitor, c: &Case) -> Item {
    let t = &words_of(who.lang).texts().record;
    let today = api.desk.calendar.date(api.desk.now());
    let list = |m: &MembershipRecord| api.desk.watch_lists.get(&m.list).map(|l| l.name(who.lang).to_owned());
    let level = c.level.map(|l: Level| (l.name(who.lang).to_owned(), true));
    let lists = c.lists.iter().filter_map(list).map(|name| (name, false));
    let overdue = c.lists.iter().any(|m| casework::is_overdue(m, today)).then(|| (t.overdue.to_owned(), true));
    let bare = c.support.is_none().then(|| (t.no_support.to_owned(), true));
    let row = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let support = c.support.iter();
    let rows = support
        .flat_map(|s| [row(t.responsible, &s.responsible.1), row(t.target, &s.target), row(t.measures, &s.measures)]);
    Item {
        head: named(api, who, &c.student),
        href: Some(format!("/students/{}/lists", c.student.id)),
        marks: level.into_iter().chain(lists).chain(overdue).chain(bare).collect(),
        rows: rows.collect(),
        ..Item::default()
    }
}

fn member(api: &Api, who: &Visitor, s: &StudentRecord, m: &MembershipRecord) -> Item {
    let t = &words_of(who.lang).texts().record;
    let overdue = casework::is_overdue(m, api.desk.calendar.date(api.desk.now()));
    Item {
        head: named(api, who, s),
        href: Some(format!("/students/{}/lists", s.id)),
        marks: overdue.then(|| (t.overdue.to_owned(), true)).into_iter().collect(),
        rows: vec![(t.since.to_owned(), m.from.to_string()), (t.review_at.to_owned(), m.review_at.to_string())],
        ..Item::default()
    }
}
