//! The clock of hand-overs. It runs beside the tick of alerts, never in it. What it costs is what is due; what nobody answers is
//! asked for for ever.

use domain::directory::{Entry, Office};
use domain::id::StudentHandOverId;
use domain::notice::NoticeKind;
use domain::student_hand_over::{MoveState, StudentCourse, above};
use domain::time::Timestamp;
use storage::{StudentHandOverRecord, Tx};

use super::send::receivers;
use super::sides::Side;
use super::tell::Said;
use crate::{CaseError, Desk};

/// The most that one turn takes up; the next turn takes the rest.
const MOST: u32 = 100;

/// Asks whoever has to answer, and tells those above; gives how many moved.
///
/// # Errors
/// When the database refuses.
pub async fn turn_student_hand_overs(desk: &Desk) -> Result<usize, CaseError> {
    let due = desk.storage.read().due_student_hand_overs(desk.now(), MOST).await?;
    if due.is_empty() {
        return Ok(0);
    }
    if let Ok(moved) = together(desk, &due).await {
        return Ok(moved);
    }
    // One that cannot be turned stops none of the others; they are told of one by one then.
    let mut moved = 0;
    for id in due {
        match together(desk, &[id]).await {
            Ok(done) => moved += done,
            Err(err) => tracing::error!(hand_over = %id, error = %err, "a hand-over of a student could not be turned"),
        }
    }
    Ok(moved)
}

/// In one transaction: whoever hears of several hears once.
async fn together(desk: &Desk, all: &[StudentHandOverId]) -> Result<usize, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (mut said, mut moved) = (Said::default(), 0);
    for id in all {
        moved += usize::from(turn(desk, &mut tx, *id, &mut said).await?);
    }
    if !said.is_empty() {
        said.put(desk, &mut tx).await?;
    }
    tx.commit().await?;
    Ok(moved)
}

async fn turn(desk: &Desk, tx: &mut Tx, id: StudentHandOverId, said: &mut Said) -> Result<bool, CaseError> {
    let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
    let Some(seen) = tx.read()?.student_hand_over_for_service(id).await? else { return Ok(false) };
    tx.alone_with_student(seen.student.0).await?;
    let Some(h) = tx.read()?.student_hand_over_for_service(id).await?.filter(|h| h.state.is_live()) else {
        return Ok(false);
    };
    let between = h.is_between_schools() || h.to.is_none();
    let sending = Side::sending(desk, &tx.read()?, h.from, between).await?;
    let (side, asked, rungs) = if h.state == MoveState::Waiting {
        let side = Side::answering(desk, &tx.read()?, &h).await?;
        let asked: Vec<Entry> = receivers(desk, &tx.read()?, &h).await?.into_iter().map(|(_, e)| e).collect();
        let rungs = side.office().map(above).unwrap_or_else(|| vec![Office::VicePrincipal, Office::Principal]);
        (side, asked, rungs)
    } else {
        let (asked, rungs) = senders(&sending, &h);
        (Side::sending(desk, &tx.read()?, h.from, between).await?, asked, rungs)
    };
    // The first of those above heard when it came back; the next ones count from when it is due again.
    let first = u8::from(h.state == MoveState::Refused);
    let above_all = u8::try_from(rungs.len()).unwrap_or(u8::MAX);
    let course = StudentCourse {
        due_at: h.due_at,
        told: h.told.saturating_sub(first),
        above: above_all.saturating_sub(first),
        chased_at: h.chased_at,
    };
    let acts = course.acts(now, &policy.tasks, &desk.calendar);
    if acts.chase {
        asked.iter().for_each(|e| said.add(side.place.school, e, NoticeKind::StudentWaits, id));
    }
    let told = tell_above(&side, &rungs, (h.told, acts.told.saturating_add(first)), &asked, id, said);
    if h.state == MoveState::Waiting && h.told == 0 && told > 0 {
        let vice = sending.first_of(&[Office::VicePrincipal, Office::Principal], None);
        vice.iter().for_each(|e| said.add(h.from.school, e, NoticeKind::StudentOverdue, id));
    }
    let chased_at = if acts.chase { Some(now) } else { h.chased_at };
    let next = StudentCourse { told: told.saturating_sub(first), chased_at, ..course }.next(
        now,
        &policy.tasks,
        &desk.calendar,
    );
    tx.step_student_hand_over(id, told, chased_at, after(next, now)).await?;
    Ok(true)
}

/// What moves next moves later than now: a turn is taken once.
fn after(next: Timestamp, now: Timestamp) -> Timestamp {
    next.max(now + chrono::TimeDelta::seconds(1))
}

/// Those of the rungs that come to hear of it now. A rung with nobody on it but those who were asked is passed in the same step.
fn tell_above(
    side: &Side,
    rungs: &[Office],
    (from, to): (u8, u8),
    asked: &[Entry],
    id: StudentHandOverId,
    said: &mut Said,
) -> u8 {
    let mut told = from;
    while told < to {
        let mut heard = false;
        while !heard && usize::from(told) < rungs.len() {
            if let Some(office) = rungs.get(usize::from(told)) {
                let people = side.first_of(&[*office], None);
                for entry in people.iter().filter(|e| !asked.iter().any(|a| a.person == e.person)) {
                    said.add(side.place.school, entry, NoticeKind::StudentOverdue, id);
                    heard = true;
                }
            }
            told = told.saturating_add(1);
        }
        if !heard {
            break;
        }
    }
    told
}

/// Whoever has to send it again, and who is above: the sender while he is of that side, otherwise those who could have sent it.
pub(super) fn senders(side: &Side, h: &StudentHandOverRecord) -> (Vec<Entry>, Vec<Office>) {
    let own = h.sent_by.as_ref().and_then(|(p, _)| side.directory.of_person(*p)).cloned();
    let asked = own.map_or_else(|| side.people(), |e| vec![e]);
    let rungs =
        asked.first().map(|e| above(e.office)).unwrap_or_else(|| vec![Office::VicePrincipal, Office::Principal]);
    (asked, rungs)
}
