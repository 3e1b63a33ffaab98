//! What a file would do. It is looked at anew whenever it is shown: the roster and the lists may have changed since.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Right;
use domain::audit::Act;
use domain::fault::Fault;
use domain::id::{ClassId, ImportId, SchoolId, StudentId};
use domain::watch_list::{Days, Membership, MembershipDraft};
use roster::{Limits, MemberField, MemberRow, Members};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use storage::{ClassRecord, ListImportRecord, MembershipRecord, NewImport, Read};

use super::find::{Pupils, fault};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::import_roster::context;
use crate::{CaseError, Desk, RowFault, Signed, UploadedFile};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineFate {
    /// The student comes onto the list.
    New,
    /// He is on it already.
    Unchanged,
    /// It is left out.
    Error,
}

/// A row and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListImportLine {
    /// The row in the file.
    pub row: u32,
    /// Who is meant, where that is sure: the student, his name, his class.
    pub student: Option<(StudentId, String, ClassId)>,
    /// The code of the list, where there is such a one.
    pub list: Option<String>,
    /// Since when, as it can be read.
    pub from: String,
    /// When it is looked at again.
    pub review_at: String,
    /// What becomes of it.
    pub fate: LineFate,
}

/// What an import would do, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListImport {
    /// The import.
    pub id: ImportId,
    /// The school.
    pub school: SchoolId,
    /// Header → field, for the columns that are used.
    pub columns: BTreeMap<String, String>,
    /// Headers that are not needed: their cells were dropped before anything was stored.
    pub dropped: Vec<String>,
    /// Every row.
    pub lines: Vec<ListImportLine>,
    /// Everything that is wrong.
    pub errors: Vec<RowFault>,
    /// Whether it was applied.
    pub applied: bool,
    /// Whether it was taken back.
    pub undone: bool,
    /// The classes of the school, for the names of those in the rows.
    #[serde(skip)]
    pub classes: Vec<ClassRecord>,
}

impl ListImport {
    /// How many rows have a fate.
    #[must_use]
    pub fn count(&self, fate: LineFate) -> usize {
        self.lines.iter().filter(|l| l.fate == fate).count()
    }
}

/// What is kept of an upload until it is applied.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Upload {
    pub(super) rows: Vec<MemberRow>,
    pub(super) faults: Vec<RowFault>,
}

/// What is known of a file besides its rows.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    columns: BTreeMap<String, String>,
    dropped: Vec<String>,
}

/// Whether somebody puts students on lists for a whole school; of several schools, which.
#[must_use]
pub fn has_lists_to_import(desk: &Desk, by: &Signed) -> Vec<SchoolId> {
    by.scope(desk, Right::ManageLists).schools.into_iter().collect()
}

/// Reads a file and says what it would change; nothing is changed yet.
///
/// # Errors
/// [`CaseError::Invalid`] when it cannot be read; [`CaseError::NotFound`] for a school whose lists are not the person's.
pub async fn import_lists(
    desk: &Desk,
    by: &Signed,
    school: SchoolId,
    upload: &UploadedFile,
    key: Option<&IdempotencyKey>,
) -> Result<ListImport, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    if !by.scope(desk, Right::ManageLists).schools.contains(&school) {
        return Err(CaseError::NotFound);
    }
    let mut tx = desk.storage.begin().await?;
    if let Some(before) = answered::<ImportId>(&mut tx, by, key).await? {
        drop(tx);
        return Ok(view_list_import(desk, by, before).await?.0);
    }
    drop(tx);
    let read = read(desk, school, upload).await?;
    let faults = read.faults.iter().map(crate::import_roster::fault).collect();
    let (head, body) = (Head { columns: read.columns, dropped: read.dropped }, Upload { rows: read.rows, faults });
    let new = NewImport {
        id: ImportId::new(desk.ids.uuid()),
        school,
        by: by.person(),
        file_hash: crate::signed::hex(&Sha256::digest(&upload.bytes)),
        summary: json(&head)?,
        body: json(&body)?,
    };
    let mut tx = desk.storage.begin().await?;
    if answered::<ImportId>(&mut tx, by, key).await?.is_none() {
        tx.add_list_import(&new, desk.now()).await?;
        tx.audit(&[by.audit(desk, Act::UploadLists, None, Some(new.id.to_string()))]).await?;
        remember(&mut tx, by, key, &new.id, desk.real_now()).await?;
        tx.commit().await?;
    }
    Ok(view_list_import(desk, by, new.id).await?.0)
}

/// An import as it stands, with its version. He who uploaded it alone sees it: the evidence in it is his.
///
/// # Errors
/// [`CaseError::NotFound`] for anybody else, and when he manages those lists no more.
pub async fn view_list_import(desk: &Desk, by: &Signed, id: ImportId) -> Result<(ListImport, u64), CaseError> {
    let found = desk.storage.read().list_import(by.person(), id).await?;
    let import = found.filter(|i| by.scope(desk, Right::ManageLists).schools.contains(&i.school));
    let import = import.ok_or(CaseError::NotFound)?;
    let shown = standing(desk, by, &desk.storage.read(), &import).await?.0;
    let named: BTreeSet<StudentId> = shown.lines.iter().filter_map(|l| l.student.as_ref().map(|s| s.0)).collect();
    let line = |s| by.audit(desk, Act::ReadListImport, s, Some(id.to_string()));
    let mut lines: Vec<_> = named.into_iter().map(|s| line(Some(s))).collect();
    if lines.is_empty() {
        lines.push(line(None));
    }
    let mut tx = desk.storage.begin().await?;
    tx.audit(&lines).await?;
    tx.commit().await?;
    Ok((shown, import.version))
}

/// How an import stands: what it did, or what it would do now, with the memberships that it would write.
pub(super) async fn standing(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    import: &ListImportRecord,
) -> Result<(ListImport, Vec<(StudentId, Membership)>), CaseError> {
    let classes = read.classes(import.school).await?;
    if import.applied_at.is_some() {
        let done: ListImport = serde_json::from_str(&import.summary).map_err(|_| corrupt())?;
        return Ok((ListImport { undone: import.undone_at.is_some(), classes, ..done }, Vec::new()));
    }
    let head: Head = serde_json::from_str(&import.summary).map_err(|_| corrupt())?;
    let body: Upload = serde_json::from_str(&import.body).map_err(|_| corrupt())?;
    let students = read.roster_of(import.school).await?;
    let found: Vec<StudentId> = students.iter().map(|s| s.id).collect();
    let scope = by.scope(desk, Right::ManageLists);
    let mut there = Vec::new();
    for some in found.chunks(500) {
        there.extend(read.memberships(&scope, some).await?);
    }
    let mut plan = Plan { desk, hidden: knows_hidden(desk, by, import.school), there, twice: BTreeSet::new() };
    let pupils = Pupils::of(&students, &classes);
    let (mut lines, mut wanted, mut errors) = (Vec::new(), Vec::new(), body.faults);
    for row in &body.rows {
        let (line, membership) = plan.line(row, &pupils, &mut errors);
        wanted.extend(membership);
        lines.push(line);
    }
    errors.sort_by_key(|f| f.row);
    let (id, school) = (import.id, import.school);
    let Head { columns, dropped } = head;
    Ok((ListImport { id, school, columns, dropped, lines, errors, applied: false, undone: false, classes }, wanted))
}

fn knows_hidden(desk: &Desk, by: &Signed, school: SchoolId) -> bool {
    by.scope(desk, Right::KnowOfRestricted).schools.contains(&school)
}

struct Plan<'a> {
    desk: &'a Desk,
    hidden: bool,
    there: Vec<MembershipRecord>,
    twice: BTreeSet<(StudentId, String)>,
}

impl Plan<'_> {
    /// One row: every fault of it at once.
    fn line(
        &mut self,
        row: &MemberRow,
        pupils: &Pupils<'_>,
        errors: &mut Vec<RowFault>,
    ) -> (ListImportLine, Option<(StudentId, Membership)>) {
        let before = errors.len();
        let unreadable = errors.iter().any(|e| e.row == row.row && e.blocks);
        let student = if row.readable { pupils.meant(row).map_err(|f| errors.push(*f)).ok() } else { None };
        let said = |f: MemberField| row.said.get(&f).cloned().unwrap_or_default();
        let born = student.and_then(|s| s.birth_date.as_deref()).and_then(|d| d.parse().ok());
        let days = Days { today: self.desk.calendar.date(self.desk.now()), born };
        let list = self.list(&said(MemberField::List));
        let draft = MembershipDraft {
            list: list.clone().unwrap_or_else(|| if said(MemberField::List).is_empty() { "" } else { "?" }.to_owned()),
            from: said(MemberField::From),
            evidence: said(MemberField::Evidence),
            source: Some(source(&said(MemberField::Source))).filter(|s| !s.is_empty()),
            review_at: said(MemberField::ReviewAt),
            unread: Vec::new(),
        };
        let read = Membership::validate(&draft, &self.desk.watch_lists, days);
        let membership = read.map_err(|faults| errors.extend(faults.iter().map(|f| of_row(row, f)))).ok();
        let key = student.zip(list.as_ref()).map(|(s, l)| (s.id, l.clone()));
        if key.is_some_and(|key| !self.twice.insert(key)) {
            let (zh, en) = ("和前面一行重复", "the same as a row before");
            errors.push(*fault(row, "list", "twice", zh, en));
        }
        let on = |s: StudentId, l: &str| self.there.iter().any(|m| m.student == s && m.list == l && m.to.is_none());
        let fate = match (student, &membership) {
            _ if unreadable || errors.len() > before => LineFate::Error,
            (Some(s), Some(m)) if on(s.id, &m.list) => LineFate::Unchanged,
            (Some(_), Some(_)) => LineFate::New,
            _ => LineFate::Error,
        };
        let line = ListImportLine {
            row: row.row,
            student: student.map(|s| (s.id, s.name.clone(), s.class)),
            list,
            from: membership.as_ref().map(|m| m.from.to_string()).unwrap_or_default(),
            review_at: membership.as_ref().map(|m| m.review_at.to_string()).unwrap_or_default(),
            fate,
        };
        let wanted = student.map(|s| s.id).zip(membership).filter(|_| fate == LineFate::New);
        (line, wanted)
    }

    /// The list that is meant, by its code or one of its names; a hidden one only for those who may know of it.
    fn list(&self, said: &str) -> Option<String> {
        let all = self.desk.watch_lists.all().iter().filter(|l| self.hidden || !l.hidden);
        let mut found = all.filter(|l| l.code == said || l.zh == said || l.en.eq_ignore_ascii_case(said));
        found.next().map(|l| l.code.clone())
    }
}

/// A source by its word, or by one of its names.
fn source(said: &str) -> String {
    use domain::growth_file::Source;
    use domain::lang::Lang;
    let named = |s: &Source| s.name(Lang::Zh) == said || s.name(Lang::En).eq_ignore_ascii_case(said);
    Source::ALL.into_iter().find(named).map_or_else(|| said.to_owned(), |s| s.key().to_owned())
}

fn of_row(row: &MemberRow, f: &Fault) -> RowFault {
    *fault(row, &f.field, f.code, &f.zh, &f.en)
}

/// Reading is work for the processor: it goes to the bounded pool, apart from filing.
async fn read(desk: &Desk, school: SchoolId, upload: &UploadedFile) -> Result<Members, CaseError> {
    let context = context(desk, school).await?;
    let (bytes, name) = (upload.bytes.clone(), upload.file_name.clone());
    let read = desk
        .with_password(move || {
            let limits = Limits::default();
            let most = Limits { rows: limits.member_rows, ..limits };
            roster::read(&bytes, name.as_deref(), &most).map(|table| roster::members(&table, &context))
        })
        .await?;
    let members = read.map_err(|e| CaseError::Invalid(vec![Fault::new("file", e.code(), e.zh(), e.to_string())]))?;
    let missing: Vec<Fault> = MemberField::ALL
        .into_iter()
        .filter(|f| *f != MemberField::Source && !members.columns.values().any(|c| c == f.key()))
        .map(|f| {
            let (zh, en) = (format!("没有找到“{}”一列", column(f)), format!("no column for {} was found", f.key()));
            Fault::new("file", "column_missing", zh, en)
        })
        .collect();
    if missing.is_empty() { Ok(members) } else { Err(CaseError::Invalid(missing)) }
}

fn column(field: MemberField) -> &'static str {
    match field {
        MemberField::List => "清单",
        MemberField::From => "列入日期",
        MemberField::Evidence => "依据",
        MemberField::Source => "依据来源",
        MemberField::ReviewAt => "复核日期",
    }
}

pub(super) fn json<T: Serialize>(what: &T) -> Result<String, CaseError> {
    serde_json::to_string(what).map_err(|e| CaseError::Storage(storage::StorageError::Refused(e.to_string())))
}

fn corrupt() -> CaseError {
    CaseError::Storage(storage::StorageError::Corrupt("list_import"))
}
