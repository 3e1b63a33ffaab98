//! Accepting a student: from now on the receiver has him, and everything that is open about him.

use domain::access::Place;
use domain::audit::Act;
use domain::fault::Fault;
use domain::id::{ClassId, PersonId, StudentHandOverId};
use domain::notice::NoticeKind;
use domain::student_hand_over::MoveState;
use storage::{Read, StudentHandOverRecord, Tx};

use super::carry::{Carrying, carry};
use super::entry::{self, Line};
use super::may::may_answer;
use super::send::stored;
use super::sides::Side;
use super::tell::Said;
use super::{reader, summary};
use crate::{CaseError, Desk, Signed};

/// Accepts a student, into a class of the receiving school where the sender named none. Twice is once.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`] for whoever sees it and does not answer it, [`CaseError::Invalid`] when a class
/// is to be chosen, or a conflict when nothing waits, or the receiver was not told by telephone of an open orange or red.
pub async fn accept_student(
    desk: &Desk,
    by: &Signed,
    id: StudentHandOverId,
    class: Option<&str>,
) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let seen = tx.read()?.student_hand_over(&reader(desk, by), id).await?.ok_or(CaseError::NotFound)?;
    tx.alone_with_student(seen.student.0).await?;
    let h = stored(&tx.read()?, id).await?;
    let his = h.answer.as_ref().is_some_and(|a| a.by.0 == by.person());
    if h.state == MoveState::Accepted && his {
        return Ok(());
    }
    if !may_answer(desk, &tx.read()?, by, &h).await? {
        return Err(CaseError::Forbidden);
    }
    if h.state != MoveState::Waiting {
        return Err(CaseError::Conflict("student_hand_over_ended"));
    }
    if needs_telephone(desk, &tx.read()?, &h).await? {
        return Err(CaseError::Conflict("not_told_by_telephone"));
    }
    if h.to.is_none() {
        leave(desk, &mut tx, &h, by.person()).await?;
    } else {
        let to = chosen(&tx.read()?, &h, class).await?;
        tx.choose_class(id, to.class).await?;
        arrive(desk, &mut tx, &h, to, by.person()).await?;
    }
    let line = by.audit(desk, Act::AcceptStudent, Some(h.student.0), Some(id.to_string()));
    tx.audit(&[line]).await?;
    Ok(tx.commit().await?)
}

/// Whether another school, or whoever has the child outside, is yet to be told of an open orange or red.
pub(super) async fn needs_telephone(
    desk: &Desk,
    read: &Read<'_>,
    h: &StudentHandOverRecord,
) -> Result<bool, CaseError> {
    if !(h.is_between_schools() || h.to.is_none()) || h.telephone.is_some() {
        return Ok(false);
    }
    let sender: Vec<PersonId> = h.sent_by.iter().map(|(p, _)| *p).collect();
    Ok(read.is_serious(h.student.0, &sender, desk.now()).await?)
}

/// The class that was named, or one of the receiving school that is chosen now.
async fn chosen(read: &Read<'_>, h: &StudentHandOverRecord, class: Option<&str>) -> Result<Place, CaseError> {
    let named = h.to.as_ref().and_then(|to| to.class.as_ref()).map(|c| c.id);
    let typed = class.map(str::trim).filter(|c| !c.is_empty());
    let fault = |code| {
        let zh = "请选择编入本校的哪个班级";
        CaseError::Invalid(vec![Fault::new("class", code, zh, "Choose a class of this school")])
    };
    let id: ClassId = match (typed, named) {
        (Some(typed), _) => typed.parse().map_err(|_| fault("unknown_value"))?,
        (None, Some(named)) => named,
        (None, None) => return Err(fault("required")),
    };
    let found = read.place_of_class(id).await?;
    let (place, _) = found
        .filter(|(p, _)| h.to.as_ref().is_some_and(|to| to.school == p.school))
        .ok_or_else(|| fault("unknown_value"))?;
    // Inside a school the class is the sender's to name: its teacher is the one who accepts.
    if !h.is_between_schools() && named != Some(id) {
        return Err(fault("unknown_value"));
    }
    Ok(place)
}

/// The student is somebody else's.
async fn arrive(desk: &Desk, tx: &mut Tx, h: &StudentHandOverRecord, to: Place, by: PersonId) -> Result<(), CaseError> {
    let student = tx.read()?.student_for_service(h.student.0).await?.ok_or(CaseError::NotFound)?;
    let between = student.place().school != to.school;
    let summary = if between { Some(summary::of(desk, &tx.read()?, &student).await?) } else { None };
    carry(desk, tx, &student, &Carrying { to, heir: Some(by), hand_over: Some(h.id) }).await?;
    tx.end_student_hand_over(h.id, MoveState::Accepted, Some(by), desk.now()).await?;
    let h = stored(&tx.read()?, h.id).await?;
    let line = |body, restricted| Line { student: h.student.0, hand_over: Some(h.id), by: Some(by), body, restricted };
    entry::write(desk, tx, line(entry::body(desk, "accepted", &h), false)).await?;
    if let Some(text) = summary {
        let mut body = entry::body(desk, "summary", &h);
        if let Some(fields) = body.as_object_mut() {
            fields.insert("text".to_owned(), text.into());
        }
        entry::write(desk, tx, line(body, true)).await?;
    }
    tell_sender(desk, tx, &h).await
}

/// Whoever sent it hears that he is not responsible any more.
async fn tell_sender(desk: &Desk, tx: &mut Tx, h: &StudentHandOverRecord) -> Result<(), CaseError> {
    let Some((sender, _)) = &h.sent_by else { return Ok(()) };
    let between = h.is_between_schools() || h.to.is_none();
    let side = Side::sending(desk, &tx.read()?, h.from, between).await?;
    let mut said = Said::default();
    if let Some(entry) = side.directory.of_person(*sender) {
        said.add(h.from.school, entry, NoticeKind::StudentAnswered, h.id);
    }
    said.put(desk, tx).await
}

/// The student leaves the service. No alert is closed by it: what is open stays with the school until somebody decides.
async fn leave(desk: &Desk, tx: &mut Tx, h: &StudentHandOverRecord, by: PersonId) -> Result<(), CaseError> {
    tx.set_left(h.student.0, Some(desk.now())).await?;
    tx.end_student_hand_over(h.id, MoveState::Accepted, Some(by), desk.now()).await?;
    let body = entry::body(desk, "left", h);
    let line = Line { student: h.student.0, hand_over: Some(h.id), by: Some(by), body, restricted: false };
    entry::write(desk, tx, line).await?;
    if h.sent_by.as_ref().is_some_and(|(p, _)| *p != by) {
        tell_sender(desk, tx, h).await?;
    }
    Ok(())
}
