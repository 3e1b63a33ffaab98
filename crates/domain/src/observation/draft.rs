//! What somebody typed into the form.

use super::{INVOLVED_STAFF, STUDENTS_PER_OBSERVATION};
use crate::fault::Fault;
use crate::id::{PersonId, StudentId};

/// What somebody typed, not yet looked at.
#[derive(Debug, Clone, Default)]
pub struct FilingDraft {
    /// Student id and part, as typed.
    pub students: Vec<(String, String)>,
    /// RFC 3339.
    pub observed_at: String,
    /// Codes of signs.
    pub signs: Vec<String>,
    /// Free text.
    pub narrative: String,
    /// notice, today or danger.
    pub urgency: Option<String>,
    /// yes, no or unknown.
    pub safe_now: String,
    /// Who is with the student.
    pub with_whom: Option<String>,
    /// Where the student is.
    pub where_now: Option<String>,
    /// Whom it concerns.
    pub concerns: Option<String>,
    /// The member of staff it concerns, where named.
    pub concerned_staff: Option<String>,
    /// Members of staff who are left out of everything that follows.
    pub involved_staff: Vec<String>,
    /// What could not even be read; it is named together with what is wrong with the rest.
    pub unread: Vec<Fault>,
}

impl FilingDraft {
    /// The students whose ids can be read, with their places in the list.
    #[must_use]
    pub fn student_ids(&self) -> Vec<(usize, StudentId)> {
        let first = self.students.iter().take(STUDENTS_PER_OBSERVATION).enumerate();
        first.filter_map(|(i, (id, _))| id.parse().ok().map(|id| (i, id))).collect()
    }

    /// The members of staff whose ids can be read, with the fields that name them.
    #[must_use]
    pub fn staff_ids(&self) -> Vec<(String, PersonId)> {
        self.named_staff().into_iter().filter_map(|(field, id)| id.parse().ok().map(|id| (field, id))).collect()
    }

    pub(super) fn named_staff(&self) -> Vec<(String, &str)> {
        let involved = self.involved_staff.iter().take(INVOLVED_STAFF).enumerate();
        let involved = involved.map(|(i, p)| (format!("involved_staff[{i}]"), p.as_str()));
        let concerned = self.concerned_staff.iter().filter(|p| !p.trim().is_empty());
        involved.chain(concerned.map(|p| ("concerns.staff".to_owned(), p.as_str()))).collect()
    }
}
