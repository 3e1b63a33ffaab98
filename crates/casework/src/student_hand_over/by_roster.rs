//! A roster that puts a pupil into another class. Where nothing is open of which the class teachers may know he is there at once, and
//! the file says that the service looked; otherwise a hand-over waits for the class teacher there: nobody signs for what he cannot
//! know, and no custody moves silently. What they must not know of goes along, and makes no child wait that would not wait without.

use std::collections::HashMap;

use domain::id::{ClassId, GradeId, ImportId, SchoolId, StudentId};
use domain::org::Stage;
use domain::student_hand_over::{MoveKind, MoveState};
use storage::{NewStudent, NewStudentHandOver, Read, Tx};

use super::carry::{Carrying, carry};
use super::entry::{self, Line, place_name};
use super::send::{add, new, stored, tell_receivers};
use super::tell::Said;
use super::unsaid;
use crate::{CaseError, Desk};

/// The roster of a school as whoever keeps it knows it: pupils whom an import has put into another class are there to him, whether
/// somebody has accepted them or not. He learns of no child that there is something to accept.
pub(crate) async fn roster_as_kept(read: &Read<'_>, school: SchoolId) -> Result<Vec<NewStudent>, CaseError> {
    let mut roster = read.roster_of(school).await?;
    let placed = placed_by_imports(read, school).await?;
    for pupil in &mut roster {
        if let Some((grade, class)) = placed.get(&pupil.id) {
            (pupil.grade, pupil.class) = (*grade, *class);
        }
    }
    Ok(roster)
}

/// Where imports have put pupils who are not there yet.
pub(crate) async fn placed_by_imports(
    read: &Read<'_>,
    school: SchoolId,
) -> Result<HashMap<StudentId, (GradeId, ClassId)>, CaseError> {
    let found = read.placed_by_imports(school).await?;
    Ok(found.into_iter().map(|(student, grade, class)| (student, (grade, class))).collect())
}

/// Puts a pupil into another class of the school.
pub(crate) async fn place_by_roster(
    desk: &Desk,
    tx: &mut Tx,
    (student, class): (StudentId, ClassId),
    import: Option<ImportId>,
    said: &mut Said,
) -> Result<(), CaseError> {
    tx.alone_with_student(student).await?;
    let read = tx.read()?;
    let was = read.student_for_service(student).await?.ok_or(CaseError::NotFound)?;
    let (to, stage) = read.place_of_class(class).await?.ok_or(CaseError::NotFound)?;
    if let Some(live) = read.live_hand_over_of(student).await? {
        if live.to.as_ref().and_then(|t| t.class.as_ref()).is_some_and(|c| c.id == class) {
            return Ok(());
        }
        if live.state == MoveState::Waiting && live.sent_by.is_some() {
            // Somebody hands him over elsewhere: what a person sent is not overruled by a file.
            return Ok(());
        }
        tx.end_student_hand_over(live.id, MoveState::Withdrawn, None, desk.now()).await?;
    }
    if was.class.id == class {
        return Ok(());
    }
    if !unsaid::is_known(desk, tx, &was).await? {
        let more = tx.read()?.has_open_matters(student).await?;
        let heir = if more { unsaid::heir(desk, tx, &was).await? } else { None };
        carry(desk, tx, &was, &Carrying { to, heir, hand_over: None }).await?;
        let now_in = tx.read()?.student_for_service(student).await?.ok_or(CaseError::NotFound)?;
        let (from, to) = (place_name(desk, None, Some(&was.class)), place_name(desk, None, Some(&now_in.class)));
        let body = serde_json::json!({ "what": "moved_by_roster", "from": from, "to": to, "nothing": true });
        entry::write(desk, tx, Line { student, hand_over: None, by: None, body, restricted: false }).await?;
        return if more { unsaid::say(desk, tx, &now_in).await } else { Ok(()) };
    }
    let rank = |s: Stage| Stage::ALL.iter().position(|x| *x == s);
    let kind = if rank(stage) > rank(was.class.grade.stage) { MoveKind::Promotion } else { MoveKind::ClassChange };
    let wanted = NewStudentHandOver {
        kind,
        to_school: Some(to.school),
        to_class: Some(class),
        import,
        ..new(desk, student, was.place()).await?
    };
    let id = add(desk, tx, &wanted).await?;
    let h = stored(&tx.read()?, id).await?;
    tell_receivers(desk, &tx.read()?, &h, said).await
}
