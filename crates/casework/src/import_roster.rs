//! Importing a roster 名册导入: read, match, show; nothing is changed yet.

use std::collections::BTreeMap;

use domain::access::Right;
use domain::audit::Act;
use domain::fault::Fault;
use domain::id::{ClassId, GradeId, ImportId, PersonId, SchoolId, StudentId};
use domain::org::Stage;
use roster::{Context, Limits, Parsed, Row, StageYears};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use storage::{NewImport, NewStudent};

use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::match_roster::Matched;
use crate::{CaseError, Desk, Signed};

/// The largest file, in bytes.
#[must_use]
pub fn largest_roster() -> usize {
    Limits::default().file_bytes
}

/// A file as it was uploaded.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// The file's name.
    pub file_name: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Something wrong in one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// The row in the file, counted from 1.
    pub row: u32,
    /// The header of the column.
    pub column: String,
    /// The cell, as a spreadsheet names it.
    pub cell: String,
    /// Stable code.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The row is left out; otherwise it is a warning.
    pub blocks: bool,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// The import; nothing for a dry run.
    pub id: Option<ImportId>,
    /// Header → field, for the columns that are used.
    pub columns: BTreeMap<String, String>,
    /// Headers that are not needed: their cells were dropped before anything was stored.
    pub dropped: Vec<String>,
    /// Rows with a pupil in them.
    pub rows: usize,
    /// Pupils who will be added.
    pub creates: usize,
    /// Pupils who will be changed.
    pub updates: usize,
    /// Pupils who stay as they are.
    pub unchanged: usize,
    /// Pupils of the school who are not in the file; they stay as they are.
    pub missing: usize,
    /// Everything that is wrong.
    pub errors: Vec<RowFault>,
}

/// One pupil of the file. Who that is in the roster, and the ids of grade and class, are found when it is applied.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Planned {
    pub(crate) stage: Stage,
    pub(crate) entry_year: i32,
    pub(crate) class: String,
    pub(crate) student: NewStudent,
}

/// Reads a file and says what it would change. The upload is kept, without the columns that are not needed.
///
/// # Errors
/// [`CaseError::Invalid`] when it cannot be read; [`CaseError::NotFound`] for a school that is not the person's.
pub async fn import_roster(
    desk: &Desk,
    by: Option<&Signed>,
    school: SchoolId,
    upload: &UploadedFile,
    key: Option<&IdempotencyKey>,
) -> Result<ImportPreview, CaseError> {
    let _claim = by.map(|by| desk.in_flight.claim(by.person(), key)).transpose()?;
    if let Some(by) = by {
        permitted(desk, by, school).await?;
        let mut tx = desk.storage.begin().await?;
        if let Some(before) = answered(&mut tx, by, key).await? {
            return Ok(before);
        }
    }
    let (mut preview, planned) = plan(desk, school, upload).await?;
    let id = ImportId::new(desk.ids.uuid());
    preview.id = Some(id);
    let json = |e: serde_json::Error| CaseError::Storage(storage::StorageError::Refused(e.to_string()));
    let new = NewImport {
        id,
        school,
        by: by.map_or(PersonId::new(uuid::Uuid::nil()), Signed::person),
        file_hash: crate::signed::hex(&Sha256::digest(&upload.bytes)),
        summary: serde_json::to_string(&preview).map_err(json)?,
        body: serde_json::to_string(&planned).map_err(json)?,
    };
    let mut tx = desk.storage.begin().await?;
    // While the file was read, another process may have answered.
    if let Some(by) = by
        && let Some(before) = answered(&mut tx, by, key).await?
    {
        return Ok(before);
    }
    tx.add_import(&new, desk.now()).await?;
    if let Some(by) = by {
        tx.audit(&[by.audit(desk, Act::UploadRoster, None, Some(id.to_string()))]).await?;
        remember(&mut tx, by, key, &preview, desk.real_now()).await?;
    }
    tx.commit().await?;
    Ok(preview)
}

/// Reads a file and says what it would change; keeps nothing.
///
/// # Errors
/// [`CaseError::Invalid`] when it cannot be read.
pub async fn preview_roster(desk: &Desk, school: SchoolId, upload: &UploadedFile) -> Result<ImportPreview, CaseError> {
    Ok(plan(desk, school, upload).await?.0)
}

/// The school is one whose roster the person keeps.
pub(crate) async fn permitted(desk: &Desk, by: &Signed, school: SchoolId) -> Result<(), CaseError> {
    let scope = by.scope(desk, Right::ImportRoster);
    let record = desk.storage.read().school(school).await?.ok_or(CaseError::NotFound)?;
    let inside = scope.schools.contains(&school) || scope.districts.contains(&record.district);
    if inside { Ok(()) } else { Err(CaseError::NotFound) }
}

async fn plan(
    desk: &Desk,
    school: SchoolId,
    upload: &UploadedFile,
) -> Result<(ImportPreview, Vec<Planned>), CaseError> {
    let context = context(desk, school).await?;
    let parsed = read(desk, upload, context).await?;
    let record = desk.storage.read().school(school).await?.ok_or(CaseError::NotFound)?;
    let existing = crate::student_hand_over::roster_as_kept(&desk.storage.read(), school).await?;
    let classes = desk.storage.read().classes(school).await?;
    let planned: Vec<Planned> = parsed.rows.iter().map(|r| planned_of(r, record.district, school)).collect();
    let matched = Matched::of(&planned, &existing, &classes);
    let counts = matched.counts(&planned);
    let preview = ImportPreview {
        id: None,
        columns: used(&parsed),
        dropped: parsed.dropped_columns.iter().map(|c| c.header.clone()).collect(),
        rows: parsed.listed,
        creates: counts.creates,
        updates: counts.updates,
        unchanged: counts.unchanged,
        missing: existing.len().saturating_sub(counts.updates + counts.unchanged),
        errors: parsed.faults.iter().map(fault).collect(),
    };
    Ok((preview, planned))
}

pub(crate) async fn context(desk: &Desk, school: SchoolId) -> Result<Context, CaseError> {
    let grades = desk.storage.read().grades(school).await?;
    let mut stages: Vec<Stage> = grades.iter().map(|g| g.stage).collect();
    stages.sort_by_key(|s| s.key());
    stages.dedup();
    if stages.is_empty() {
        stages = Stage::ALL.to_vec();
    }
    let usual = |s: &Stage| {
        StageYears::usual(match s {
            Stage::Primary => roster::Stage::Primary,
            Stage::Junior => roster::Stage::Junior,
            Stage::Senior => roster::Stage::Senior,
        })
    };
    Ok(Context { today: desk.calendar.date(desk.now()), stages: stages.iter().map(usual).collect() })
}

/// Reading is work for the processor: it goes to the bounded pool, apart from filing.
async fn read(desk: &Desk, upload: &UploadedFile, context: Context) -> Result<Parsed, CaseError> {
    let (bytes, name) = (upload.bytes.clone(), upload.file_name.clone());
    let parsed = desk
        .with_password(move || {
            let table = roster::read(&bytes, name.as_deref(), &Limits::default())?;
            let columns = roster::match_columns(&table);
            Ok::<_, roster::ReadError>(roster::parse(&table, &columns, &context))
        })
        .await?;
    parsed.map_err(|e| CaseError::Invalid(vec![Fault::new("file", e.code(), e.zh(), e.to_string())]))
}

fn used(parsed: &Parsed) -> BTreeMap<String, String> {
    let columns = parsed.columns.all().iter();
    let used = columns.filter(|c| c.dropped.is_none());
    used.filter_map(|c| c.field.map(|f| (c.header.clone(), f.key().to_owned()))).collect()
}

pub(crate) fn fault(f: &roster::Fault) -> RowFault {
    RowFault {
        row: f.row,
        column: f.column.clone(),
        cell: f.cell.clone(),
        code: f.code.key().to_owned(),
        zh: f.message_zh.clone(),
        en: f.message_en.clone(),
        blocks: f.severity == roster::Severity::Error,
    }
}

fn planned_of(row: &Row, district: domain::id::DistrictId, school: SchoolId) -> Planned {
    let stage = match row.grade.stage {
        roster::Stage::Primary => Stage::Primary,
        roster::Stage::Junior => Stage::Junior,
        roster::Stage::Senior => Stage::Senior,
    };
    let pinyin = roster::pinyin::Pinyin::of(&row.name);
    let guardian = |g: &roster::Guardian| (g.name.clone().unwrap_or_default(), g.phone.clone().unwrap_or_default());
    let none = uuid::Uuid::nil();
    let student = NewStudent {
        id: StudentId::new(none),
        district,
        school,
        grade: GradeId::new(none),
        class: ClassId::new(none),
        name: row.name.clone(),
        name_key: row.name_key.clone(),
        pinyin: pinyin.full,
        initials: pinyin.initials.join(" "),
        seat: row.seat.clone(),
        gender: row.gender.map(|g| if g == roster::Gender::Male { "male" } else { "female" }.to_owned()),
        birth_date: row.birth_date.map(|d| d.to_string()),
        student_number: row.student_number.clone(),
        boards: row.boarding == Some(roster::Boarding::Boards),
        dormitory: row.dormitory.clone(),
        bed: row.bed.clone(),
        guardians: row.guardians.iter().map(guardian).collect(),
    };
    Planned { stage, entry_year: row.grade.entry_year, class: row.class.label(), student }
}
