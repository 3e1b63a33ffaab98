//! Hand-overs of students. What is written here moves nobody: `move_student` does, in the transaction of the acceptance.

mod find;
mod message;
mod moving;
mod open;
mod seal;
mod write;

use chrono::NaiveDate;
use domain::access::{Place, Scope};
use domain::id::{ClassId, ImportId, PersonId, SchoolId, StudentHandOverId, StudentId};
use domain::student_hand_over::{MatterKind, MoveKind, MoveState};
use domain::time::Timestamp;
pub use message::StudentMessage;
pub use seal::NewUnsealing;
pub(crate) use seal::unsealed;

use crate::org::ClassRecord;

/// Where a student is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The school.
    pub school: SchoolId,
    /// What it is called.
    pub school_name: String,
    /// The class, once it is known.
    pub class: Option<ClassRecord>,
}

/// Who answered, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveAnswer {
    /// Who, with the name.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
    /// Why not.
    pub reason: Option<String>,
}

/// A hand-over of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudentHandOverRecord {
    /// Its id.
    pub id: StudentHandOverId,
    /// The student, with the name.
    pub student: (StudentId, String),
    /// Why the student passes on.
    pub kind: MoveKind,
    /// Where the student was when it was sent.
    pub from: Place,
    /// That class.
    pub from_class: ClassRecord,
    /// What that school is called.
    pub from_school: String,
    /// Where to; nothing for whoever leaves.
    pub to: Option<Destination>,
    /// Who has the child outside.
    pub outside: Option<String>,
    /// The first day there.
    pub effective_on: NaiveDate,
    /// What the receiver reads before he answers.
    pub note: Option<String>,
    /// What was open when it was sent, as the sender knew it.
    pub matters: Vec<MatterKind>,
    /// Who sent it, with the name; nobody where an import made it.
    pub sent_by: Option<(PersonId, String)>,
    /// When.
    pub sent_at: Timestamp,
    /// By when it is to be answered, or to be sent again.
    pub due_at: Timestamp,
    /// How many of those above have been told.
    pub told: u8,
    /// When somebody was last asked.
    pub chased_at: Option<Timestamp>,
    /// Who was told by telephone, and when.
    pub telephone: Option<(String, Timestamp)>,
    /// Where it stands.
    pub state: MoveState,
    /// The entity tag.
    pub version: u64,
    /// The answer.
    pub answer: Option<MoveAnswer>,
}

impl StudentHandOverRecord {
    /// Whether another school gets the student.
    #[must_use]
    pub fn is_between_schools(&self) -> bool {
        self.to.as_ref().is_some_and(|to| to.school != self.from.school)
    }
}

/// A hand-over to be stored.
#[derive(Debug, Clone)]
pub struct NewStudentHandOver {
    /// Its id.
    pub id: StudentHandOverId,
    /// The student.
    pub student: StudentId,
    /// Why the student passes on.
    pub kind: MoveKind,
    /// Where the student is.
    pub from: Place,
    /// To which school.
    pub to_school: Option<SchoolId>,
    /// To which class.
    pub to_class: Option<ClassId>,
    /// Who has the child outside.
    pub outside: Option<String>,
    /// The first day there.
    pub effective_on: NaiveDate,
    /// What the receiver reads before he answers.
    pub note: Option<String>,
    /// What is open.
    pub matters: Vec<MatterKind>,
    /// Who sends it; nobody where an import makes it.
    pub sent_by: Option<PersonId>,
    /// When.
    pub sent_at: Timestamp,
    /// By when it is to be answered.
    pub due_at: Timestamp,
    /// When it first moves by itself.
    pub act_at: Timestamp,
    /// Who was told by telephone, when, and who wrote that down.
    pub telephone: Option<(String, Timestamp, PersonId)>,
    /// The import that made it.
    pub import: Option<ImportId>,
}

/// Who looks at hand-overs.
#[derive(Debug, Clone, Default)]
pub struct MoveReader {
    /// Himself, and those for whom he stands in.
    pub own: Vec<PersonId>,
    /// Where he opens files.
    pub files: Scope,
}

/// Which hand-overs.
#[derive(Debug, Clone, Default)]
pub struct MoveFilter {
    /// In this state; live ones when nothing is said.
    pub state: Option<MoveState>,
    /// In any state.
    pub any_state: bool,
    /// Of this student.
    pub student: Option<StudentId>,
    /// Those that he sent, that wait on his side for an answer, or that came back to his side, alone.
    pub mine: bool,
    /// After this one, in the order of the list.
    pub after: Option<(Timestamp, StudentHandOverId)>,
    /// At most so many.
    pub limit: u32,
}
