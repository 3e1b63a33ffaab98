//! Tasks.

mod find;
mod message;
mod subject;
mod unheld;
mod write;

use domain::access::Scope;
use domain::id::{AlertId, PersonId, StudentId, TaskId};
use domain::task::{TaskKind, TaskState};
use domain::time::Timestamp;
pub use message::TaskMessage;
pub use subject::TaskSubject;
use uuid::Uuid;

/// A task to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// Its id.
    pub id: TaskId,
    /// About whom, or which class.
    pub about: TaskSubject,
    /// Beside which alert.
    pub alert: Option<AlertId>,
    /// The record that it tells of.
    pub record: Option<Uuid>,
    /// What kind.
    pub kind: TaskKind,
    /// What is to be done.
    pub text: String,
    /// Whether the counsellor alone reads what it says.
    pub restricted: bool,
    /// Whose it is.
    pub owner: PersonId,
    /// Who gave it; nobody when the service did.
    pub from: Option<PersonId>,
    /// When.
    pub given_at: Timestamp,
    /// By when it is to be done.
    pub due_at: Timestamp,
    /// When it first moves by itself.
    pub act_at: Timestamp,
    /// How many of those above have been told.
    pub told: u8,
    /// The task that it was before it was handed on.
    pub handed_from: Option<TaskId>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRecord {
    /// Its id.
    pub id: TaskId,
    /// About whom, or which class.
    pub about: TaskSubject,
    /// Beside which alert.
    pub alert: Option<AlertId>,
    /// The record that it tells of.
    pub record: Option<Uuid>,
    /// What kind.
    pub kind: TaskKind,
    /// What is to be done.
    pub text: String,
    /// Whether the counsellor alone reads what it says.
    pub restricted: bool,
    /// Whose it is.
    pub owner: (PersonId, String),
    /// Who gave it; nobody when the service did.
    pub from: Option<(PersonId, String)>,
    /// When.
    pub given_at: Timestamp,
    /// By when it is to be done.
    pub due_at: Timestamp,
    /// How many of those above have been told.
    pub told: u8,
    /// When its owner was last reminded of it.
    pub chased_at: Option<Timestamp>,
    /// Where it stands.
    pub state: TaskState,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What was said at the end.
    pub note: Option<String>,
    /// The task that it was before it was handed on.
    pub handed_from: Option<TaskId>,
    /// The task that it is since it was handed on.
    pub handed_to: Option<TaskId>,
}

/// Who looks at tasks: at his own, and at those about students whose files he opens.
#[derive(Debug, Clone)]
pub struct TaskReader {
    /// Himself.
    pub person: PersonId,
    /// Himself, and those for whom he stands in.
    pub own: Vec<PersonId>,
    /// Himself, and those of them who chose him.
    pub entrusted: Vec<PersonId>,
    /// Where he opens files.
    pub files: Scope,
    /// Where he knows that restricted things exist.
    pub knows: Scope,
    /// Where he oversees decisions that were drawn.
    pub oversees: Scope,
}

/// Which tasks.
#[derive(Debug, Clone, Default)]
pub struct TaskFilter {
    /// His own alone.
    pub mine: bool,
    /// In this state; open ones when nothing is said.
    pub state: Option<TaskState>,
    /// About this student.
    pub student: Option<StudentId>,
    /// After this one, in the order of the list: due, id.
    pub after: Option<(Timestamp, TaskId)>,
    /// At most so many.
    pub limit: u32,
}
