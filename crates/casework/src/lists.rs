//! Lists 清单: a person puts a student on a list, looks at it again, and takes him off. Membership changes no threshold.

use chrono::NaiveDate;
use domain::access::{Right, Scope};
use domain::audit::Act;
use domain::growth_file::{EntryKind, Sight, Visibility};
use domain::id::{EventId, MembershipId, StudentId};
use domain::watch_list::{self, Days, Membership, MembershipDraft, WatchList};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{MemberFilter, MembershipRecord, NewGrowthEntry, Read, StudentRecord, SupportRecord, Tx};

use crate::file_reader::FileReader;
use crate::idempotency::{answered, remember};
use crate::{CaseError, Desk, IdempotencyKey, Signed};

/// What was written about a membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMembership {
    /// The membership.
    pub id: MembershipId,
    /// Which version.
    pub version: u64,
}

/// The lists that a student is on, and was on, as far as the reader may know.
#[derive(Debug, Clone)]
pub struct StudentLists {
    /// Whose.
    pub student: StudentRecord,
    /// The memberships, those that last first.
    pub memberships: Vec<MembershipRecord>,
    /// The named support, for those who may know of it.
    pub support: Option<SupportRecord>,
    /// Whether the reader puts students on lists and takes them off.
    pub manages: bool,
    /// The lists that the reader may know of.
    pub known: Vec<WatchList>,
}

/// The lists of a student.
///
/// # Errors
/// [`CaseError::NotFound`] when the reader may not know of the student.
pub async fn view_lists(desk: &Desk, by: &Signed, student: StudentId) -> Result<StudentLists, CaseError> {
    let read = desk.storage.read();
    let reader = FileReader::open(desk, by, &read, student).await?;
    let memberships = known_of(desk, &read, &reader).await?;
    let support = read.support(&reader.scope, &[student]).await?.pop();
    let support = support.filter(|s| reader.restricted != Sight::Nothing || s.responsible.0 == by.person());
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadLists, Some(student), None)]).await?;
    tx.commit().await?;
    let known = desk.watch_lists.all().iter().filter(|l| knows(&reader, l)).cloned().collect();
    let manages = reader.may(desk, by, Right::ManageLists);
    Ok(StudentLists { memberships, support, manages, known, student: reader.student })
}

fn knows(reader: &FileReader, list: &WatchList) -> bool {
    !list.hidden || reader.restricted != Sight::Nothing
}

/// The memberships that a reader may know of. What shows a hidden one is read like other restricted text.
pub(crate) async fn known_of(
    desk: &Desk,
    read: &Read<'_>,
    reader: &FileReader,
) -> Result<Vec<MembershipRecord>, CaseError> {
    let mut found = read.memberships(&reader.scope, &[reader.student.id]).await?;
    found.retain(|m| desk.watch_lists.get(&m.list).is_some_and(|l| knows(reader, l)));
    found.retain(|m| m.to.is_none() || !reader.is_sealed(m.at));
    for m in &mut found {
        if hidden(desk, &m.list) && reader.restricted != Sight::Reads {
            without_words(m);
        }
    }
    Ok(found)
}

/// What shows a membership is in the student's own lists alone.
pub(crate) fn without_words(m: &mut MembershipRecord) {
    (m.evidence, m.said) = (None, None);
}

fn hidden(desk: &Desk, list: &str) -> bool {
    desk.watch_lists.get(list).is_none_or(|l| l.hidden)
}

/// Puts a student on a list.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when the
/// student is on it already.
pub async fn put_on_list(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &MembershipDraft,
    key: Option<&IdempotencyKey>,
) -> Result<KeptMembership, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_student(student).await?;
    let reader = managing(desk, by, &tx, student).await?;
    if let Some(kept) = answered::<KeptMembership>(&mut tx, by, key).await? {
        return Ok(kept);
    }
    let days = days(desk, &tx.read()?, student).await?;
    let m = Membership::validate(draft, &desk.watch_lists, days)?;
    let there = tx.read()?.memberships(&reader.scope, &[student]).await?;
    if there.iter().any(|t| t.list == m.list && t.to.is_none()) {
        return Err(CaseError::Conflict("already_on_list"));
    }
    let record = listed(desk, by, student, m);
    let kept = keep(desk, by, &mut tx, &record).await?;
    remember(&mut tx, by, key, &kept, desk.real_now()).await?;
    tx.commit().await?;
    Ok(kept)
}

/// The first version of a membership.
pub(crate) fn listed(desk: &Desk, by: &Signed, student: StudentId, m: Membership) -> MembershipRecord {
    MembershipRecord {
        id: MembershipId::new(desk.ids.uuid()),
        version: 1,
        student,
        list: m.list,
        from: m.from,
        to: None,
        evidence: Some(m.evidence),
        source: m.source,
        review_at: m.review_at,
        deed: "listed".to_owned(),
        said: None,
        by: (by.person(), String::new()),
        at: desk.now(),
    }
}

/// Looks at a membership again: what was found, and when it is looked at next.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when it has
/// ended.
pub async fn review_membership(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, MembershipId),
    text: &str,
    review_at: &str,
) -> Result<KeptMembership, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (last, days) = lasting(desk, by, &mut tx, student, id).await?;
    let (said, review_at) = watch_list::review(text, review_at, days)?;
    let next = MembershipRecord { review_at, deed: "reviewed".to_owned(), said: Some(said), ..after(desk, by, last) };
    let kept = keep(desk, by, &mut tx, &next).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Takes a student off a list. That he was on it stays.
///
/// # Errors
/// As for a review.
pub async fn end_membership(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, MembershipId),
    to: &str,
    reason: &str,
) -> Result<KeptMembership, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (last, days) = lasting(desk, by, &mut tx, student, id).await?;
    let (to, said) = watch_list::end(to, reason, last.from, days)?;
    let next = MembershipRecord { to: Some(to), deed: "ended".to_owned(), said: Some(said), ..after(desk, by, last) };
    let kept = keep(desk, by, &mut tx, &next).await?;
    tx.commit().await?;
    Ok(kept)
}

pub(crate) fn after(desk: &Desk, by: &Signed, last: MembershipRecord) -> MembershipRecord {
    MembershipRecord {
        version: last.version.saturating_add(1),
        by: (by.person(), String::new()),
        at: desk.now(),
        ..last
    }
}

/// The student before somebody who manages lists.
pub(crate) async fn managing(desk: &Desk, by: &Signed, tx: &Tx, student: StudentId) -> Result<FileReader, CaseError> {
    let reader = FileReader::open(desk, by, &tx.read()?, student).await?;
    if reader.may(desk, by, Right::ManageLists) { Ok(reader) } else { Err(CaseError::Forbidden) }
}

async fn lasting(
    desk: &Desk,
    by: &Signed,
    tx: &mut Tx,
    student: StudentId,
    id: MembershipId,
) -> Result<(MembershipRecord, Days), CaseError> {
    tx.alone_with_student(student).await?;
    let read = tx.read()?;
    let reader = FileReader::open(desk, by, &read, student).await?;
    let found = read.memberships(&reader.scope, &[student]).await?;
    let known = |m: &MembershipRecord| desk.watch_lists.get(&m.list).is_some_and(|l| knows(&reader, l));
    let last = found.into_iter().find(|m| m.id == id).filter(known).ok_or(CaseError::NotFound)?;
    if !reader.may(desk, by, Right::ManageLists) {
        return Err(CaseError::Forbidden);
    }
    if last.to.is_some() {
        return Err(CaseError::Conflict("already_ended"));
    }
    Ok((last, days(desk, &read, student).await?))
}

pub(crate) async fn days(desk: &Desk, read: &Read<'_>, student: StudentId) -> Result<Days, CaseError> {
    Ok(Days { today: desk.calendar.date(desk.now()), born: read.born(student).await? })
}

/// The version, and a line in the file: of a hidden list it is restricted.
pub(crate) async fn keep(
    desk: &Desk,
    by: &Signed,
    tx: &mut Tx,
    m: &MembershipRecord,
) -> Result<KeptMembership, CaseError> {
    tx.add_membership(m).await?;
    let list = desk.watch_lists.get(&m.list).ok_or(CaseError::NotFound)?;
    let text = m.said.as_ref().or(m.evidence.as_ref());
    let body = json!({
        "what": m.deed, "list": list.code, "zh": list.zh, "en": list.en, "text": text,
        "from": m.from, "to": m.to, "review_at": m.review_at
    });
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(body.to_string()),
        visibility: if list.hidden { Visibility::Restricted } else { Visibility::Open },
        source: (m.deed == "listed").then_some(m.source),
        record: Some(m.id.uuid()),
        ..NewGrowthEntry::new(EntryKind::List, m.student, EventId::new(desk.ids.uuid()), m.at)
    };
    tx.add_growth_entries(&[entry]).await?;
    tx.audit(&[by.audit(desk, Act::ChangeList, Some(m.student), Some(m.id.to_string()))]).await?;
    Ok(KeptMembership { id: m.id, version: m.version })
}

/// Who is on a list now, in the reader's scope, by name. One audit line for each, before the answer.
///
/// # Errors
/// [`CaseError::NotFound`] when there is no such list, as far as the reader may know.
pub async fn list_members(
    desk: &Desk,
    by: &Signed,
    filter: &MemberFilter,
) -> Result<Vec<(StudentRecord, MembershipRecord)>, CaseError> {
    let list = desk.watch_lists.get(&filter.list).ok_or(CaseError::NotFound)?;
    let scope = scope_of(desk, by, list);
    if scope.is_empty() {
        return Err(CaseError::NotFound);
    }
    let mut found = desk.storage.read().members(&scope, filter).await?;
    found.iter_mut().for_each(|(_, m)| without_words(m));
    let lines: Vec<_> = found.iter().map(|(s, _)| by.audit(desk, Act::ReadLists, Some(s.id), None)).collect();
    if !lines.is_empty() {
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    Ok(found)
}

/// The lists that the reader may know of anywhere.
#[must_use]
pub fn lists_known(desk: &Desk, by: &Signed) -> Vec<WatchList> {
    desk.watch_lists.all().iter().filter(|l| !scope_of(desk, by, l).is_empty()).cloned().collect()
}

fn scope_of(desk: &Desk, by: &Signed, list: &WatchList) -> Scope {
    by.scope(desk, if list.hidden { Right::KnowOfRestricted } else { Right::OpenFile })
}

/// Whether a membership should have been looked at by now.
#[must_use]
pub fn is_overdue(m: &MembershipRecord, today: NaiveDate) -> bool {
    m.to.is_none() && m.review_at < today
}
