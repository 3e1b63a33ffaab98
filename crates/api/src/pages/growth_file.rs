//! `/students/{id}/growth-file`: 一生一档 as a timeline.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::{GrowthEntry, GrowthQuery};
use chrono::Datelike;
use domain::access::Right;
use domain::fault::Fault;
use domain::growth_file::{EntryKind, Sight, WRITTEN, attach_right};
use domain::id::StudentId;
use domain::lang::Lang;

use super::form::Fields;
use super::frame::{page, shell_for};
use super::view::growth_file::{Entry, GrowthFile, Month, Plan, Search};
use super::view::parts::{Choice, NavLink};
use super::view::shell::Shell;
use super::visitor::{PageError, Visitor, encoded};
use super::words::{badge, moment, words_of};
use crate::json::growth_file::{asked, place};
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
    let (query, faults) = wanted(&fields)?;
    let file = casework::view_growth_file(&api.desk, &who, *id, &query).await?;
    let shell = shell_for(&api, &who).await?;
    let search = search(&who, *id, &fields, &faults);
    Ok(page(StatusCode::OK, &view(&api, &who, &file, shell, search))?)
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

fn view(api: &Api, who: &Visitor, file: &casework::GrowthFile, shell: Shell, search: Search) -> GrowthFile {
    let (lang, now, id) = (who.lang, api.desk.now(), file.student.id);
    let here = format!("/students/{id}/growth-file");
    let filtered = [&search.kind, &search.words, &search.from, &search.to].iter().any(|t| !t.is_empty());
    let last = file.entries.last().filter(|_| file.more);
    GrowthFile {
        shell,
        name: file.student.name.clone(),
        facts: facts(api, who, &file.student),
        level: file.level.map(|level| badge(level, lang)),
        alert_href: file.open_alert.map(|id| format!("/alerts/{id}")),
        lists: file.lists.iter().filter_map(|m| list_name(api, m, lang)).collect(),
        lists_href: format!("/students/{id}/lists"),
        plan_href: (file.restricted != Sight::Nothing).then(|| format!("/students/{id}/plan")),
        plan: file.plan.as_ref().map(|p| plan(p, id)),
        kinds: kinds(&here, &search.kind, who),
        months: months(api, who, file),
        ask_counsellor: file.restricted == Sight::Nothing,
        filtered,
        next_href: last.map(|(e, _)| {
            let mark = cursor(&[domain::time::to_micros(e.at).to_string(), e.id.to_string()]);
            let said = [("kind", &search.kind), ("q", &search.words), ("from", &search.from), ("to", &search.to)];
            let said: String = said.iter().map(|(name, value)| format!("{name}={}&", encoded(value))).collect();
            format!("{here}?{said}cursor={mark}")
        }),
        care: super::care::links(api, who, &file.student),
        print_action: format!("{here}.pdf"),
        print_kinds: EntryKind::ALL.map(|k| Choice::plain(k.key(), k.name(who.lang), false)).to_vec(),
        write_href: (!file.writes.is_empty()).then(|| format!("{here}/new")),
        key_dates: file.key_dates.iter().map(|d| key_date(api, d, lang)).collect(),
        search,
        hand_over_href: who
            .scope(&api.desk, Right::HandOverStudent)
            .covers(&file.student.place())
            .then(|| format!("/students/{id}/hand-over")),
        readers_href: casework::sees_file_readers(&api.desk, who, &file.student).then(|| format!("{here}/readers")),
        sealed: file.sealed,
        unseal_href: who
            .scope(&api.desk, Right::Counsel)
            .covers(&file.student.place())
            .then(|| format!("/students/{id}/unseal")),
        report_href: format!("/observations/new?student={id}"),
        read_by: format!("{} · {}", who.name, api.desk.calendar.local(now).format("%Y-%m-%d %H:%M")),
    }
}

/// The plan in short, or the reader's own measures of it.
fn plan(glance: &casework::PlanGlance, id: StudentId) -> Plan {
    let said = |m: &casework::MeasureRecord| m.measure.text.clone();
    match glance {
        casework::PlanGlance::Own(measures) => Plan {
            goal: String::new(),
            measures: measures.iter().map(said).collect(),
            responsible: String::new(),
            review_on: None,
            href: "/measures".to_owned(),
        },
        casework::PlanGlance::Whole(r, measures) => Plan {
            goal: r.plan.goals.iter().map(|g| g.text.clone()).collect::<Vec<_>>().join("；"),
            measures: measures.iter().map(said).collect(),
            responsible: r.responsible.clone(),
            review_on: Some(r.plan.review_at.to_string()),
            href: format!("/students/{id}/plan"),
        },
    }
}

fn list_name(api: &Api, m: &casework::MembershipRecord, lang: Lang) -> Option<String> {
    api.desk.watch_lists.get(&m.list).map(|l| l.name(lang).to_owned())
}

fn key_date(api: &Api, d: &casework::KeyDate, lang: Lang) -> String {
    let name = api.desk.life_events.get(&d.event).map(|e| e.name(lang)).unwrap_or_default();
    match lang {
        Lang::Zh => format!("{} {name}（满 {} 年）", d.on.format("%m-%d"), d.years),
        Lang::En => format!("{} {name} ({} years ago)", d.on.format("%m-%d"), d.years),
    }
}

/// What is asked for. A question that cannot be read is left out, and said so beside it; a cursor is not typed by hand.
fn wanted(fields: &Fields) -> Result<(GrowthQuery, Vec<Fault>), Problem> {
    let (mut query, mut faults) = asked(fields);
    if let Err(wrong) = query.clone().validate() {
        faults.extend(wrong);
        query = GrowthQuery { kinds: query.kinds, ..GrowthQuery::default() };
    }
    let after = match fields.get("cursor") {
        "" => None,
        text => Some(place(&parts(text, 2)?).ok_or_else(|| Problem::invalid(vec![bad_cursor()]))?),
    };
    Ok((GrowthQuery { after, limit: ENTRIES, ..query }, faults))
}

fn search(who: &Visitor, id: StudentId, fields: &Fields, faults: &[Fault]) -> Search {
    let typed = |name: &str| fields.get(name).to_owned();
    Search {
        action: format!("/students/{id}/growth-file"),
        kind: EntryKind::from_key(fields.get("kind")).map(|k| k.key().to_owned()).unwrap_or_default(),
        words: typed("q"),
        from: typed("from"),
        to: typed("to"),
        faults: faults.iter().map(|f| f.message(who.lang).to_owned()).collect(),
    }
}

pub(super) fn facts(api: &Api, who: &Visitor, student: &casework::StudentRecord) -> Vec<String> {
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

fn months(api: &Api, who: &Visitor, file: &casework::GrowthFile) -> Vec<Month> {
    let mut out: Vec<Month> = Vec::new();
    for (e, sight) in &file.entries {
        let day = api.desk.calendar.local(e.at).date();
        let label = words_of(who.lang).month(day.year(), day.month());
        if out.last().is_none_or(|m| m.label != label) {
            out.push(Month { label, entries: Vec::new() });
        }
        if let Some(month) = out.last_mut() {
            month.entries.push(entry(api, who, file.student.id, e, *sight));
        }
    }
    out
}

fn entry(api: &Api, who: &Visitor, student: StudentId, e: &GrowthEntry, sight: Sight) -> Entry {
    let versions = WRITTEN.contains(&e.kind) && sight == Sight::Reads;
    let takes = attach_right(e.kind).is_some() && sight == Sight::Reads;
    let here = format!("/students/{student}/growth-file/entries/{}", e.id);
    let file = |a: &casework::AttachmentRecord| (format!("/students/{student}/attachments/{}", a.id), a.name.clone());
    Entry {
        id: e.id.to_string(),
        at: moment(api, e.at),
        kind: e.kind.name(who.lang).to_owned(),
        by: e.by.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        text: entry_text(&api.desk.catalogue, e, sight, who.lang),
        restricted: e.restricted,
        print_href: (e.kind == EntryKind::Interview && sight == Sight::Reads)
            .then(|| format!("/students/{student}/papers/interview/{}", e.id)),
        href: versions.then(|| here.clone()),
        files: e.attachments.iter().filter(|a| a.withdrawn.is_none()).map(file).collect(),
        files_href: (takes && !versions).then_some(here),
    }
}
