//! Who has opened a growth file.

use std::collections::BTreeSet;

use domain::access::Right;
use domain::audit::Act;
use domain::id::{PersonId, StudentId};
use domain::lang::Lang;
use domain::time::Timestamp;
use storage::{FileReaderRecord, StudentRecord};
use uuid::Uuid;

use crate::file_reader::FileReader;
use crate::who_am_i::{PositionView, unit_name};
use crate::{CaseError, Desk, Signed};

/// Which of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadersQuery {
    /// After this one.
    pub after: Option<(Timestamp, Uuid)>,
    /// At most so many.
    pub limit: u32,
}

/// Who has opened a file, the newest first.
#[derive(Debug, Clone)]
pub struct FileReaders {
    /// Whose file.
    pub student: StudentRecord,
    /// Each with the offices that he held then.
    pub items: Vec<(FileReaderRecord, Vec<PositionView>)>,
    /// There is more.
    pub more: bool,
}

/// Whether somebody may see who has opened the file: whoever signs about the child, and so answers for who reads of him. A class
/// teacher does not: that the counsellor reads it again and again would tell him what is restricted.
#[must_use]
pub fn sees_file_readers(desk: &Desk, by: &Signed, student: &StudentRecord) -> bool {
    by.scope(desk, Right::Approve).covers(&student.place())
}

/// Who has opened a growth file; who did so before it was sealed is sealed with it. The audit line is durable before anything is given back: to look here is to be seen as well.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever does not open the file, [`CaseError::Forbidden`] for whoever opens it and signs nothing.
pub async fn file_readers(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    query: ReadersQuery,
    lang: Lang,
) -> Result<FileReaders, CaseError> {
    let read = desk.storage.read();
    let FileReader { student, sealed, .. } = FileReader::open(desk, by, &read, student).await?;
    if !sees_file_readers(desk, by, &student) {
        return Err(CaseError::Forbidden);
    }
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadFileReaders, Some(student.id), None)]).await?;
    tx.commit().await?;
    let (scope, limit) = (by.scope(desk, Right::Approve), query.limit.saturating_add(1));
    let mut found = read.file_readers(&scope, (student.id, sealed), query.after, limit).await?;
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let people: BTreeSet<PersonId> = found.iter().map(|r| r.person.0).collect();
    let held = read.positions_ever(&people).await?;
    let today = desk.calendar.date(desk.now());
    let mut items = Vec::new();
    for record in found {
        let mut offices = Vec::new();
        for p in held.iter().filter(|p| p.person == record.person.0 && p.holds(record.at)) {
            let unit_name = unit_name(&read, p.unit, today, lang).await?;
            offices.push(PositionView { role: p.role, unit: p.unit, unit_name });
        }
        items.push((record, offices));
    }
    Ok(FileReaders { student, items, more })
}
