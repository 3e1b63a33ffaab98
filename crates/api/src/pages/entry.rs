//! `/students/{id}/growth-file/new` and `/students/{id}/growth-file/entries`: writing into a file, and correcting it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, EntryVersions, GrowthEntry, IdempotencyKey, OpenedFile};
use domain::fault::Fault;
use domain::growth_file::{EntryDraft, EntryKind, Sight, Source};
use domain::id::{EventId, StudentId};
use serde_json::Value;

use super::form::Fields;
use super::frame::page;
use super::sheets::{faults_of, hidden, pick, sheet, unless_confirmed, wrong};
use super::view::parts::HiddenField;
use super::view::sheet::{Field, Form, Input, Item, Section, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use super::words::words_of;
use crate::present::entry_text;
use crate::state::Api;

/// The form for an entry.
#[get("/students/{id}/growth-file/new")]
pub(crate) async fn new(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let file = opened(&api, &who, *id).await?;
    Ok(page(StatusCode::OK, &form_page(&api, &who, &file, &fields, &[]).await?)?)
}

/// Writes an entry, once it is sure which student is meant.
#[post("/students/{id}/growth-file/entries")]
pub(crate) async fn write(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let file = opened(&api, &who, *id).await?;
    let here = format!("/students/{id}/growth-file");
    if let Some(asked) = unless_confirmed(&api, &who, &file.student, &format!("{here}/entries"), &fields).await? {
        return Ok(asked);
    }
    let key = key_of(&fields, &here);
    match casework::write_entry(&api.desk, &who, *id, &draft(&fields), key.as_ref()).await {
        Ok(kept) => Ok(see_other(&format!("{here}#{}", kept.id))),
        Err(err) => {
            let (faults, who) = (faults_of(err)?, who.at(&format!("{here}/new")));
            let view = form_page(&api, &who, &file, &fields, &faults).await?;
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view)?)
        }
    }
}

async fn opened(api: &Api, who: &Visitor, id: StudentId) -> Result<OpenedFile, PageError> {
    let file = casework::open_file(&api.desk, who, id).await?;
    if file.writes.is_empty() { Err(CaseError::Forbidden.into()) } else { Ok(file) }
}

/// An entry in all its versions.
#[get("/students/{id}/growth-file/entries/{entry}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, EventId)>,
) -> Result<HttpResponse, PageError> {
    let (student, entry) = path.into_inner();
    let found = casework::view_entry(&api.desk, &who, student, entry).await?;
    Ok(page(StatusCode::OK, &entry_page(&api, &who, &found, None, &[]).await?)?)
}

/// Corrects an entry; where somebody was quicker, both texts are on the page.
#[post("/students/{id}/growth-file/entries/{entry}/correct")]
pub(crate) async fn correct(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, EventId)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (id, entry) = path.into_inner();
    let here = format!("/students/{id}/growth-file/entries/{entry}");
    let (base, key) = (fields.get("base").parse().unwrap_or(0), key_of(&fields, &here));
    let done = casework::correct_entry(&api.desk, &who, id, entry, base, &draft(&fields), key.as_ref()).await;
    let (status, faults) = match done {
        Ok(kept) => return Ok(see_other(&format!("/students/{id}/growth-file#{}", kept.id))),
        Err(CaseError::Stale) => (StatusCode::PRECONDITION_FAILED, Vec::new()),
        Err(err) => (StatusCode::UNPROCESSABLE_ENTITY, faults_of(err)?),
    };
    let found = casework::view_entry(&api.desk, &who, id, entry).await?;
    Ok(page(status, &entry_page(&api, &who.at(&here), &found, Some(&fields), &faults).await?)?)
}

fn draft(fields: &Fields) -> EntryDraft {
    let typed = |name: &str| Some(fields.get(name).to_owned()).filter(|t| !t.is_empty());
    EntryDraft {
        kind: fields.get("kind").to_owned(),
        at: fields.get("at").to_owned(),
        text: fields.get("text").to_owned(),
        source: typed("source"),
        event: typed("event"),
        restricted: typed("restricted").is_some(),
        unread: Vec::new(),
    }
}

/// A form that is sent twice is kept once.
pub(super) fn key_of(fields: &Fields, action: &str) -> Option<IdempotencyKey> {
    let key = fields.get("key");
    let sound = !key.is_empty() && key.len() <= 64 && key.bytes().all(|b| b.is_ascii_graphic());
    let said: Vec<String> = fields.carried().into_iter().map(|f| format!("{}={}", f.name, f.value)).collect();
    sound.then(|| IdempotencyKey::new(key, action, said.join("&").as_bytes()))
}

/// The same, where a form that was changed on the way back is another one: what a hand sends again with other words is never
/// turned away.
pub(super) fn once(fields: &Fields, action: &str) -> Option<IdempotencyKey> {
    key_of(fields, action).map(|k| IdempotencyKey { key: format!("{}-{}", k.key, k.fingerprint), ..k })
}

pub(super) fn new_key(api: &Api) -> HiddenField {
    hidden("key", &api.desk.ids.uuid().simple().to_string())
}

async fn form_page(
    api: &Api,
    who: &Visitor,
    file: &OpenedFile,
    fields: &Fields,
    faults: &[Fault],
) -> Result<Sheet, PageError> {
    let t = &words_of(who.lang).texts().record;
    let mut view = sheet(api, who, t.write_title, Some(&file.student)).await?;
    view.errors = wrong(who, "", faults);
    let picks = file.writes.iter().map(|k| pick(k.key(), k.name(who.lang), fields.get("kind"))).collect();
    let mut all = vec![Field::new("", "kind", t.kind, fields.get("kind"), Input::Pick(picks))];
    all.extend(written_fields(api, who, fields, file.writes.contains(&EntryKind::LifeEvent)));
    view.forms = vec![Form {
        action: format!("/students/{}/growth-file/entries", file.student.id),
        fields: all,
        hidden: vec![new_key(api)],
        submit: t.save.to_owned(),
        ..Form::default()
    }];
    Ok(view)
}

fn written_fields(api: &Api, who: &Visitor, fields: &Fields, events: bool) -> Vec<Field> {
    let t = &words_of(who.lang).texts().record;
    let typed = |name: &str| fields.get(name);
    let known = api.desk.life_events.all().iter();
    let picks = known.map(|e| pick(&e.code, e.name(who.lang), typed("event"))).collect();
    let event = Field::new("", "event", t.event, typed("event"), Input::Pick(picks)).hint(t.event_hint).optional();
    let sources = Source::ALL.into_iter().filter(|s| *s != Source::Service);
    let sources = sources.map(|s| pick(s.key(), s.name(who.lang), typed("source"))).collect();
    let rest = [
        Field::new("", "at", t.at, typed("at"), Input::Day),
        Field::new("", "text", t.text, typed("text"), Input::Lines).hint(t.text_hint),
        Field::new("", "source", t.source, typed("source"), Input::Pick(sources)).optional(),
        Field::new("", "restricted", t.restricted, typed("restricted"), Input::Tick).hint(t.restricted_hint),
    ];
    events.then_some(event).into_iter().chain(rest).collect()
}

pub(super) async fn entry_page(
    api: &Api,
    who: &Visitor,
    found: &EntryVersions,
    fields: Option<&Fields>,
    faults: &[Fault],
) -> Result<Sheet, PageError> {
    let t = &words_of(who.lang).texts().record;
    let mut view = sheet(api, who, t.entry_title, Some(&found.student)).await?;
    view.errors = wrong(who, "", faults);
    view.warnings.extend((fields.is_some() && faults.is_empty()).then(|| t.overtaken.to_owned()));
    let count = found.versions.len();
    let items = found.versions.iter().enumerate().rev();
    let items = items.map(|(n, (e, sight))| version(api, who, (n + 1, count), e, *sight)).collect();
    view.sections = vec![Section { title: t.versions.to_owned(), items, ..Section::default() }];
    view.sections.extend(super::attachments::section(api, who, found));
    view.forms.extend(super::attachments::form(api, who, found));
    if let Some((last, _)) = found.versions.last().filter(|_| found.may_correct) {
        let typed = fields.cloned().unwrap_or_else(|| as_written(api, last));
        view.forms.push(Form {
            title: t.correct_title.to_owned(),
            hint: t.correct_hint.to_owned(),
            action: format!("/students/{}/growth-file/entries/{}/correct", found.student.id, last.id),
            fields: written_fields(api, who, &typed, last.kind == EntryKind::LifeEvent),
            hidden: vec![hidden("base", &count.to_string()), new_key(api)],
            submit: t.save.to_owned(),
            ..Form::default()
        });
    }
    Ok(view)
}

fn version(api: &Api, who: &Visitor, (n, count): (usize, usize), e: &GrowthEntry, sight: Sight) -> Item {
    let t = words_of(who.lang).texts();
    let local = |at| api.desk.calendar.local(at);
    let row = |label: &str, value: String| (label.to_owned(), value);
    let by = e.by.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let mut rows = vec![
        row(t.record.happened_at, local(e.at).format("%Y-%m-%d").to_string()),
        row(t.record.by, by),
        row(t.record.written_at, local(e.filed_at).format("%Y-%m-%d %H:%M").to_string()),
    ];
    rows.extend(e.source.map(|s| row(t.record.source, s.name(who.lang).to_owned())));
    let mut marks = vec![(e.kind.name(who.lang).to_owned(), false)];
    marks.extend(e.restricted.then(|| (t.growth_file.restricted_badge.to_owned(), false)));
    marks.extend((n == count).then(|| (t.record.stands.to_owned(), false)));
    let text = entry_text(&api.desk.catalogue, e, sight, who.lang);
    Item {
        id: e.id.to_string(),
        head: t.record.version.replace('#', &n.to_string()),
        marks,
        rows,
        text: Some(text.unwrap_or_else(|| t.growth_file.restricted.to_owned())),
        ..Item::default()
    }
}

/// The form as the entry stands.
fn as_written(api: &Api, e: &GrowthEntry) -> Fields {
    let body: Value = e.body.as_deref().and_then(|b| serde_json::from_str(b).ok()).unwrap_or_default();
    let member = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let source = e.source.map(|s| s.key().to_owned()).unwrap_or_default();
    let restricted = if e.restricted && e.kind == EntryKind::LifeEvent { "yes" } else { "" };
    let pairs = [
        ("event", member("what")),
        ("at", api.desk.calendar.date(e.at).to_string()),
        ("text", member("text")),
        ("source", source),
        ("restricted", restricted.to_owned()),
    ];
    Fields::from(pairs.map(|(n, v)| (n.to_owned(), v)).to_vec())
}
