//! Hand-overs of students 学生交接. Until the receiver has accepted it, nothing moves: the sender is responsible, reads and writes.

mod accept;
mod answer;
mod by_roster;
mod carry;
mod entry;
mod matters;
mod may;
mod send;
mod sides;
mod summary;
mod tell;
mod turn;
mod unsaid;
mod unseal;
mod view;

pub use accept::accept_student;
pub use answer::{refuse_student, tell_of_student, withdraw_student};
pub(crate) use by_roster::{place_by_roster, placed_by_imports, roster_as_kept};
pub use matters::{OpenMatter, OpenMatters, view_open_matters};
pub use send::{SentStudents, send_students};
pub(crate) use tell::Said;
pub use turn::turn_student_hand_overs;
pub use unseal::{Unsealed, unseal_file};
pub use view::{
    Destinations, StudentHandOverQuery, StudentHandOverView, destinations, list_student_hand_overs,
    view_student_hand_over, waiting_for_answer,
};

use domain::access::{Right, Scope};
use storage::{MoveReader, Read};

use crate::{CaseError, Desk, Signed};

/// About whom somebody may report: also about those whom another school has accepted, until they have their first day there.
/// Whoever is with a child sees it.
pub(crate) async fn filing_scope(desk: &Desk, read: &Read<'_>, by: &Signed) -> Result<Scope, CaseError> {
    let mut scope = by.scope(desk, Right::File);
    let today = desk.calendar.date(desk.now());
    scope.beyond.extend(read.still_here(&scope, today).await?);
    Ok(scope)
}

/// What somebody sees of hand-overs.
fn reader(desk: &Desk, by: &Signed) -> MoveReader {
    let away = by.actor.stands_in.iter().map(|s| s.away.person);
    MoveReader { own: std::iter::once(by.person()).chain(away).collect(), files: by.scope(desk, Right::OpenFile) }
}
