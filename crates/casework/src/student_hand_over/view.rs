//! Looking at hand-overs. The audit line is durable before anything is given back.

use domain::access::Right;
use domain::audit::Act;
use domain::id::{StudentHandOverId, StudentId};
use domain::level::Level;
use domain::student_hand_over::MoveState;
use domain::time::Timestamp;
use storage::{ClassRecord, MoveFilter, Read, SchoolRecord, StudentHandOverRecord};

use super::accept::needs_telephone;
use super::may::{may_answer, may_take_back};
use super::reader;
use super::sides::Side;
use crate::{CaseError, Desk, Signed};

/// Which hand-overs.
#[derive(Debug, Clone, Default)]
pub struct StudentHandOverQuery {
    /// Those that one sent, and those that wait for one's answer, alone.
    pub mine: bool,
    /// In this state; live ones when nothing is said.
    pub state: Option<MoveState>,
    /// About this student.
    pub student: Option<StudentId>,
    /// After this one, in the order of the list.
    pub after: Option<(Timestamp, StudentHandOverId)>,
    /// At most so many.
    pub limit: u32,
}

/// A hand-over, as somebody sees it.
#[derive(Debug, Clone)]
pub struct StudentHandOverView {
    /// What is kept of it. What was open is there for whoever sent it, and for whoever has accepted it.
    pub record: StudentHandOverRecord,
    /// Whether the reader answers it.
    pub may_answer: bool,
    /// Whether the reader can take it back.
    pub may_withdraw: bool,
    /// Whether the receiver is yet to be told by telephone.
    pub needs_telephone: bool,
    /// Whether the reader knows what was open.
    pub knows_matters: bool,
    /// The classes to choose from, where the sender named none.
    pub classes: Vec<ClassRecord>,
}

/// Hand-overs that the reader may see, the latest first; and whether there are more, and where they begin.
///
/// # Errors
/// When the database refuses.
pub async fn list_student_hand_overs(
    desk: &Desk,
    by: &Signed,
    query: &StudentHandOverQuery,
) -> Result<(Vec<StudentHandOverView>, Option<(Timestamp, StudentHandOverId)>), CaseError> {
    let (read, who) = (desk.storage.read(), reader(desk, by));
    let filter = MoveFilter {
        state: query.state,
        any_state: query.student.is_some() && query.state.is_none(),
        student: query.student,
        mine: query.mine,
        after: query.after,
        limit: query.limit.saturating_add(1),
    };
    let mut found = read.student_hand_overs(&who, &filter).await?;
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|h| (h.sent_at, h.id));
    let mut out = Vec::new();
    for h in found {
        let sent = h.sent_by.as_ref().is_some_and(|(p, _)| who.own.contains(p));
        let view = seen(desk, &read, by, h).await?;
        if !query.mine || sent || view.may_answer || (view.may_withdraw && view.record.state == MoveState::Refused) {
            out.push(view);
        }
    }
    let lines: Vec<_> = out
        .iter()
        .map(|v| by.audit(desk, Act::ReadStudentHandOver, Some(v.record.student.0), Some(v.record.id.to_string())))
        .collect();
    if !lines.is_empty() {
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    Ok((out, next))
}

/// A hand-over.
///
/// # Errors
/// [`CaseError::NotFound`] when there is none, as far as the reader may know.
pub async fn view_student_hand_over(
    desk: &Desk,
    by: &Signed,
    id: StudentHandOverId,
) -> Result<StudentHandOverView, CaseError> {
    let read = desk.storage.read();
    let found = read.student_hand_over(&reader(desk, by), id).await?.ok_or(CaseError::NotFound)?;
    let view = seen(desk, &read, by, found).await?;
    let mut tx = desk.storage.begin().await?;
    let student = Some(view.record.student.0);
    tx.audit(&[by.audit(desk, Act::ReadStudentHandOver, student, Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(view)
}

async fn seen(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    mut h: StudentHandOverRecord,
) -> Result<StudentHandOverView, CaseError> {
    let waits = h.state == MoveState::Waiting;
    let may_answer = waits && may_answer(desk, read, by, &h).await?;
    let may_withdraw = h.state.is_live() && may_take_back(desk, read, by, &h).await?;
    let sent = h.sent_by.as_ref().is_some_and(|(p, _)| *p == by.person()) && h.state.is_live();
    let has = h.state == MoveState::Accepted && h.answer.as_ref().is_some_and(|a| a.by.0 == by.person());
    let knows_matters = sent || has;
    if !knows_matters {
        h.matters.clear();
    }
    // Whoever receives the child is to be told; of those who have him, who knows of the alert.
    let asked = (may_answer && h.to.is_some()) || ((may_answer || may_withdraw) && knows(desk, read, by, &h).await?);
    let needs_telephone = waits && asked && needs_telephone(desk, read, &h).await?;
    let open = h.to.as_ref().filter(|to| may_answer && to.class.is_none());
    let classes = match open {
        Some(to) => read.classes(to.school).await?,
        None => Vec::new(),
    };
    Ok(StudentHandOverView { record: h, may_answer, may_withdraw, needs_telephone, knows_matters, classes })
}

/// Whether somebody may hear of an orange or a red that is open about the student.
async fn knows(desk: &Desk, read: &Read<'_>, by: &Signed, h: &StudentHandOverRecord) -> Result<bool, CaseError> {
    let alert = read.open_alert_in_scope(&by.scope(desk, Right::SeeAlert), h.student.0).await?;
    Ok(alert.is_some_and(|a| a.climb.level >= Level::Orange))
}

/// How many hand-overs wait for the reader's answer, or came back to him.
///
/// # Errors
/// When the database refuses.
pub async fn waiting_for_answer(desk: &Desk, by: &Signed) -> Result<usize, CaseError> {
    if !by.actor.may_somewhere(Right::OpenFile, desk.now()) {
        return Ok(0);
    }
    let (read, who) = (desk.storage.read(), reader(desk, by));
    let filter = MoveFilter { mine: true, limit: 100, ..MoveFilter::default() };
    let mut count = 0;
    for h in read.student_hand_overs(&who, &filter).await? {
        let waits = h.state == MoveState::Waiting;
        count += usize::from(if waits {
            may_answer(desk, &read, by, &h).await?
        } else {
            may_take_back(desk, &read, by, &h).await?
        });
    }
    Ok(count)
}

/// Where a student can be sent.
#[derive(Debug, Clone, Default)]
pub struct Destinations {
    /// The classes of his own school.
    pub classes: Vec<ClassRecord>,
    /// The other schools, for whoever sends between schools.
    pub schools: Vec<SchoolRecord>,
}

/// Where a student whom the reader hands over can be sent.
///
/// # Errors
/// [`CaseError::NotFound`] when he may not know of the student.
pub async fn destinations(desk: &Desk, by: &Signed, student: StudentId) -> Result<Destinations, CaseError> {
    let read = desk.storage.read();
    let scope = by.scope(desk, Right::HandOverStudent);
    let place = read.student(&scope, student).await?.ok_or(CaseError::NotFound)?.place();
    let mut classes = read.classes(place.school).await?;
    classes.retain(|c| c.id != place.class);
    let between = Side::sending(desk, &read, place, true).await?.has(by);
    let mut schools = if between { read.schools().await? } else { Vec::new() };
    schools.retain(|s| s.id != place.school && s.district == place.district);
    Ok(Destinations { classes, schools })
}
