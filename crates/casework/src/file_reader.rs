//! Somebody before an open growth file: which student it is of, and how much of it he may read.

use domain::access::{Right, Scope};
use domain::growth_file::Sight;
use domain::id::StudentId;
use domain::time::Timestamp;
use storage::{GrowthEntry, Read, StudentRecord};

use crate::{CaseError, Desk, Signed};

/// A reader and the file before him.
#[derive(Debug, Clone)]
pub(crate) struct FileReader {
    /// Whose file.
    pub(crate) student: StudentRecord,
    /// In which scope it is read.
    pub(crate) scope: Scope,
    /// How he meets restricted text.
    pub(crate) restricted: Sight,
    /// What is older is sealed to him.
    pub(crate) sealed: Option<Timestamp>,
}

impl FileReader {
    /// Opens a file, as far as it may be opened.
    ///
    /// # Errors
    /// [`CaseError::NotFound`] when the reader may not know of the student.
    pub(crate) async fn open(desk: &Desk, by: &Signed, read: &Read<'_>, student: StudentId) -> Result<Self, CaseError> {
        let mut scope = by.scope(desk, Right::OpenFile);
        let student = read.student(&scope, student).await?.ok_or(CaseError::NotFound)?;
        let place = student.place();
        scope.confidant_schools.retain(|s| *s == place.school);
        let mut through = scope.through(&place);
        if !through.remove(&by.person()) {
            scope.on_behalf_of = through;
        }
        let restricted = if by.scope(desk, Right::ReadRestricted).covers(&place) {
            Sight::Reads
        } else if by.scope(desk, Right::KnowOfRestricted).covers(&place) {
            Sight::Knows
        } else {
            Sight::Nothing
        };
        let mut sealed = read.sealed_since(student.id).await?;
        if sealed.is_some() && read.unsealed_until(student.id, by.person(), desk.now()).await?.is_some() {
            scope.unsealed.insert(student.id);
            sealed = None;
        }
        Ok(Self { student, scope, restricted, sealed })
    }

    /// Whether something that was over at an instant is sealed to him.
    pub(crate) fn is_sealed(&self, over: Timestamp) -> bool {
        self.sealed.is_some_and(|since| over < since)
    }

    /// Whether he holds a right over this student.
    pub(crate) fn may(&self, desk: &Desk, by: &Signed, right: Right) -> bool {
        by.scope(desk, right).covers(&self.student.place())
    }

    /// Takes out what this reader must not read, before it goes anywhere.
    pub(crate) fn redacted(&self, mut entry: GrowthEntry) -> (GrowthEntry, Sight) {
        if !entry.restricted || self.restricted == Sight::Reads {
            return (entry, Sight::Reads);
        }
        entry.body = None;
        entry.filing = None;
        entry.signs.clear();
        entry.source = None;
        entry.record = None;
        entry.corrects = None;
        entry.attachments.clear();
        (entry, Sight::Knows)
    }
}
