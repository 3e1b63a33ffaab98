//! What is sent about sweeps.

use domain::sweep::{ConcernDraft, SweepDraft};
use utoipa::ToSchema;

use super::body::{Fields, FromFields};

/// A student of concern.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct ConcernBody {
    /// `stu_…`, of this class.
    student: String,
    /// What was seen: the code of a sign that suggests a level.
    sign: String,
    /// In words, at most 500 characters.
    note: String,
}

impl FromFields for ConcernBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { student: f.text("student"), sign: f.text("sign"), note: f.text("note") }
    }
}

/// A class teacher's own list.
#[derive(Debug, ToSchema)]
pub(crate) struct SweepBody {
    /// The first day of the sweep; the one that began last when nothing is said.
    pub(super) sweep: String,
    /// Nobody 零报告.
    nil: bool,
    /// Those whom he is concerned about.
    #[schema(max_items = 200)]
    students: Vec<ConcernBody>,
    /// About the class as a whole, at most 1,000 characters.
    remarks: String,
    /// Whoever files it stands by it: `true`.
    signed: bool,
}

impl FromFields for SweepBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            sweep: f.text("sweep"),
            nil: f.flag("nil").unwrap_or_default(),
            students: f.objects("students"),
            remarks: f.text("remarks"),
            signed: f.flag("signed").unwrap_or_default(),
        }
    }
}

impl From<&SweepBody> for SweepDraft {
    fn from(b: &SweepBody) -> Self {
        let concern =
            |c: &ConcernBody| ConcernDraft { student: c.student.clone(), sign: c.sign.clone(), note: c.note.clone() };
        Self {
            nil: b.nil,
            students: b.students.iter().map(concern).collect(),
            remarks: b.remarks.clone(),
            signed: b.signed,
        }
    }
}

/// What the tier above adds.
#[derive(Debug, ToSchema)]
pub(crate) struct SweepSummaryBody {
    /// The first day of the sweep; the one that began last when nothing is said.
    pub(super) sweep: String,
    /// What the sweep came to, at most 1,000 characters.
    pub(super) text: String,
    /// Whoever files it stands by it: `true`.
    pub(super) signed: bool,
}

impl FromFields for SweepSummaryBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { sweep: f.text("sweep"), text: f.text("text"), signed: f.flag("signed").unwrap_or_default() }
    }
}
