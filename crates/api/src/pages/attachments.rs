//! `/students/{id}/attachments`: files that belong to entries of a growth file.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{AttachmentRecord, CaseError, EntryVersions};
use domain::id::{AttachmentId, EventId, StudentId};

use super::entry::{entry_page, key_of, new_key};
use super::form::Fields;
use super::frame::page;
use super::sheets::{faults_of, hidden, wrong};
use super::view::sheet::{Field, Form, Input, Item, Section};
use super::visitor::{PageError, Visitor, see_other};
use super::words::words_of;
use crate::json::attachments::saved;
use crate::state::Api;

/// In the words of a browser.
const TAKEN: &str = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png";

/// A file, to be saved.
#[get("/students/{id}/attachments/{attachment}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, AttachmentId)>,
) -> Result<HttpResponse, PageError> {
    let (student, id) = path.into_inner();
    Ok(saved(casework::view_attachment(&api.desk, &who, student, id).await?))
}

/// Adds a file to an entry.
#[post("/students/{id}/growth-file/entries/{entry}/attachments")]
pub(crate) async fn add(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, EventId)>,
    form: Multipart,
) -> Result<HttpResponse, PageError> {
    let (student, entry) = path.into_inner();
    casework::open_file(&api.desk, &who, student).await?;
    let sent = crate::upload::read(form, casework::largest_attachment()).await?.of_entry(entry);
    let fields = Fields::from(sent.texts.clone());
    who.check(&fields)?;
    let here = here(student, entry);
    let done = match sent.entry_and_file() {
        Ok((entry, file)) => {
            let key = key_of(&fields, &here);
            casework::attach(&api.desk, &who, student, entry, file, key.as_ref()).await.map(|_| ())
        }
        Err(problem) => Err(CaseError::Invalid(problem.faults)),
    };
    answered(&api, who, (student, entry), "", done).await
}

/// Withdraws a file.
#[post("/students/{id}/attachments/{attachment}/withdraw")]
pub(crate) async fn withdraw(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, AttachmentId)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (student, id) = path.into_inner();
    let done = casework::withdraw_attachment(&api.desk, &who, student, id, fields.get("reason")).await;
    match (done, fields.get("entry").parse()) {
        (Ok(entry), _) => answered(&api, who, (student, entry), "", Ok(())).await,
        (Err(err), Ok(entry)) => answered(&api, who, (student, entry), &key(id), Err(err)).await,
        (Err(err), Err(_)) => Err(err.into()),
    }
}

fn here(student: StudentId, entry: EventId) -> String {
    format!("/students/{student}/growth-file/entries/{entry}")
}

/// What the ids of the form begin with that withdraws a file: there is one for each.
fn key(id: AttachmentId) -> String {
    format!("{id}-")
}

/// The entry again, with what is wrong in the form of this key.
async fn answered(
    api: &Api,
    who: Visitor,
    (student, entry): (StudentId, EventId),
    key: &str,
    done: Result<(), CaseError>,
) -> Result<HttpResponse, PageError> {
    let faults = match done {
        Ok(()) => return Ok(see_other(&here(student, entry))),
        Err(err) => faults_of(err)?,
    };
    let found = casework::view_entry(&api.desk, &who, student, entry).await?;
    let who = who.at(&here(student, entry));
    let mut view = entry_page(api, &who, &found, None, &[]).await?;
    view.errors = wrong(&who, key, &faults);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view)?)
}

/// The files of an entry.
pub(super) fn section(api: &Api, who: &Visitor, found: &EntryVersions) -> Option<Section> {
    let t = &words_of(who.lang).texts().attachments;
    let (last, _) = found.versions.last()?;
    let items: Vec<Item> = last.attachments.iter().map(|a| item(api, who, found, a)).collect();
    let empty = t.none.to_owned();
    (!items.is_empty() || found.may_attach).then(|| Section { title: t.title.to_owned(), items, empty, next: None })
}

/// The form that adds one.
pub(super) fn form(api: &Api, who: &Visitor, found: &EntryVersions) -> Option<Form> {
    let t = &words_of(who.lang).texts().attachments;
    let (last, _) = found.versions.last().filter(|_| found.may_attach)?;
    Some(Form {
        title: t.add_title.to_owned(),
        hint: t.add_hint.to_owned(),
        action: format!("{}/attachments", here(found.student.id, last.id)),
        hidden: vec![new_key(api)],
        submit: t.add.to_owned(),
        takes: TAKEN.to_owned(),
        ..Form::default()
    })
}

fn item(api: &Api, who: &Visitor, found: &EntryVersions, a: &AttachmentRecord) -> Item {
    let t = &words_of(who.lang).texts().attachments;
    let when = |at| api.desk.calendar.local(at).format("%Y-%m-%d %H:%M").to_string();
    let row = |label: &str, value: String| (label.to_owned(), value);
    let mut rows = vec![row(t.added, format!("{} · {}", a.by.1, when(a.at))), row(t.size, size(a.bytes))];
    if let Some(w) = &a.withdrawn {
        rows.push(row(t.withdrawn_by, format!("{} · {}", w.by.1, when(w.at))));
        rows.push(row(t.why, w.reason.clone()));
    }
    let may = a.withdrawn.is_none() && (found.may_attach || a.by.0 == who.person());
    Item {
        id: a.id.to_string(),
        head: a.name.clone(),
        href: a.withdrawn.is_none().then(|| format!("/students/{}/attachments/{}", found.student.id, a.id)),
        marks: a.withdrawn.iter().map(|_| (t.withdrawn.to_owned(), true)).collect(),
        rows,
        forms: may.then(|| withdrawal(who, found.student.id, a)).into_iter().collect(),
        ..Item::default()
    }
}

fn withdrawal(who: &Visitor, student: StudentId, a: &AttachmentRecord) -> Form {
    let t = &words_of(who.lang).texts().attachments;
    Form {
        title: t.withdraw_title.to_owned(),
        hint: t.withdraw_hint.to_owned(),
        action: format!("/students/{student}/attachments/{}/withdraw", a.id),
        fields: vec![Field::new(&key(a.id), "reason", t.why, "", Input::Line)],
        hidden: vec![hidden("entry", &a.entry.to_string())],
        submit: t.withdraw.to_owned(),
        folded: true,
        ..Form::default()
    }
}

/// In words that people use.
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1 << 20 { format!("{} KB", bytes.div_ceil(1 << 10)) } else { format!("{} MB", bytes.div_ceil(1 << 20)) }
}
