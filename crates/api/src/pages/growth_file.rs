//! `/students/{id}/growth-file`: 一生一档 as a timeline.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::{GrowthCursor, GrowthEntry, GrowthQuery};
use chrono::Datelike;
use domain::growth_file::{EntryKind, Sight};
use domain::id::StudentId;

use super::form::Fields;
use super::frame::{page, shell_for};
use super::view::growth_file::{Entry, GrowthFile, Month};
use super::view::parts::{Choice, NavLink};
use super::view::shell::Shell;
use super::visitor::{PageError, Visitor, encoded};
use super::words::{badge, moment, words_of};
use crate::json::page::{bad_cursor, cursor, parts};
use crate::present::{class_of, entry_text};
use crate::printing::{self, respond};
use crate::problem::Problem;
use crate::state::Api;

const ENTRIES: u32 = 50;

/// A growth file.
#[get("/students/{id}/growth-file")]
pub(crate) async fn growth_file(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let file = casework::view_growth_file(&api.desk, &who, *id, &wanted(&fields)?).await?;
    let shell = shell_for(&api, &who).await?;
    Ok(page(StatusCode::OK, &view(&api, &who, &file, shell, fields.get("kind")))?)
}

/// A growth file on paper.
#[get("/students/{id}/growth-file.pdf")]
pub(crate) async fn growth_file_pdf(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    query: web::Query<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let draft = printing::growth_file::draft(&query);
    let (number, bytes) = printing::growth_file::print(&api, &who, *id, &draft, who.lang).await?;
    Ok(respond::file(respond::PDF, &format!("growth-file-{number}.pdf"), bytes))
}

fn view(api: &Api, who: &Visitor, file: &casework::GrowthFile, shell: Shell, kind: &str) -> GrowthFile {
    let (lang, now, id) = (who.lang, api.desk.now(), file.student.id);
    let here = format!("/students/{id}/growth-file");
    GrowthFile {
        shell,
        name: file.student.name.clone(),
        facts: facts(api, who, &file.student),
        level: file.level.map(|level| badge(level, lang)),
        alert_href: file.open_alert.map(|id| format!("/alerts/{id}")),
        lists: Vec::new(),
        plan: None,
        kinds: kinds(&here, kind, who),
        months: months(api, who, &file.entries),
        ask_counsellor: file.restricted == Sight::Nothing,
        filtered: !kind.is_empty(),
        next_href: file.entries.last().filter(|_| file.more).map(|(e, _)| {
            let mark = cursor(&[domain::time::to_micros(e.at).to_string(), e.id.to_string()]);
            format!("{here}?kind={}&cursor={mark}", encoded(kind))
        }),
        care: super::care::links(api, who, &file.student),
        print_action: format!("{here}.pdf"),
        print_kinds: EntryKind::ALL.map(|k| Choice::plain(k.key(), k.name(who.lang), false)).to_vec(),
        report_href: format!("/observations/new?student={id}"),
        read_by: format!("{} · {}", who.name, api.desk.calendar.local(now).format("%Y-%m-%d %H:%M")),
    }
}

fn wanted(fields: &Fields) -> Result<GrowthQuery, Problem> {
    let after = match fields.get("cursor") {
        "" => None,
        text => match parts(text, 2)?.as_slice() {
            [at, id] => {
                let at = at.parse().ok().and_then(domain::time::from_micros);
                let mark = at.zip(id.parse().ok()).map(|(at, id)| GrowthCursor { at, id });
                Some(mark.ok_or_else(|| Problem::invalid(vec![bad_cursor()]))?)
            }
            _ => None,
        },
    };
    Ok(GrowthQuery { kinds: EntryKind::from_key(fields.get("kind")).into_iter().collect(), after, limit: ENTRIES })
}

fn facts(api: &Api, who: &Visitor, student: &casework::StudentRecord) -> Vec<String> {
    let today = api.desk.calendar.date(api.desk.now());
    let boards = who
        .lang
        .pick(if student.boards { "住校" } else { "走读" }, if student.boards { "Boarder" } else { "Day pupil" });
    let seat = student.seat.iter().cloned();
    [class_of(&student.class, today, who.lang)].into_iter().chain(seat).chain([boards.to_owned()]).collect()
}

fn kinds(here: &str, chosen: &str, who: &Visitor) -> Vec<NavLink> {
    let all = words_of(who.lang).texts().growth_file.all;
    let link = |href: String, label: &str, key: &str| NavLink {
        href,
        label: label.to_owned(),
        count: None,
        current: key == chosen,
    };
    let each = |k: EntryKind| link(format!("{here}?kind={}", k.key()), k.name(who.lang), k.key());
    [link(here.to_owned(), all, "")].into_iter().chain(EntryKind::ALL.map(each)).collect()
}

fn months(api: &Api, who: &Visitor, entries: &[(GrowthEntry, Sight)]) -> Vec<Month> {
    let mut out: Vec<Month> = Vec::new();
    for (e, sight) in entries {
        let day = api.desk.calendar.local(e.at).date();
        let label = words_of(who.lang).month(day.year(), day.month());
        if out.last().is_none_or(|m| m.label != label) {
            out.push(Month { label, entries: Vec::new() });
        }
        if let Some(month) = out.last_mut() {
            month.entries.push(entry(api, who, e, *sight));
        }
    }
    out
}

fn entry(api: &Api, who: &Visitor, e: &GrowthEntry, sight: Sight) -> Entry {
    Entry {
        id: e.id.to_string(),
        at: moment(api, e.at),
        kind: e.kind.name(who.lang).to_owned(),
        by: e.by.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        text: entry_text(&api.desk.catalogue, e, sight, who.lang),
        restricted: e.restricted,
    }
}
