//! What the class teachers of a child must not know of. A roster that moves the child does not tell them by making it wait; the
//! counsellor hears that it moved, and sees whom he has to tell.

use domain::directory::Office;
use domain::id::{AlertId, PersonId};
use domain::org::Unit;
use domain::staff::Role;
use domain::task::TaskKind;
use storage::{StudentRecord, Tx};

use crate::sweep::danger_unreported;
use crate::task::{Wanted, directory_for, give_by_service};
use crate::{CaseError, Desk};

const OFFICES: [Office; 3] = [Office::Counsellor, Office::VicePrincipal, Office::Principal];
const TEXT: &str = "名册已把这名学生编入新的班级，未办结的事项已随之转去：请核对，并决定需要告诉新班主任什么。";

/// Whether anything is open that the class teachers, old and new, may know of.
pub(super) async fn is_known(desk: &Desk, tx: &Tx, student: &StudentRecord) -> Result<bool, CaseError> {
    let read = tx.read()?;
    let lists: Vec<String> = desk.watch_lists.all().iter().filter(|l| !l.hidden).map(|l| l.code.clone()).collect();
    let household = !read.circle_of_household(student.id).await?.is_restricted();
    let danger = danger_unreported(desk, &read, student.id, None).await? > 0;
    if danger || read.is_openly_open(student.id, &lists, household).await? {
        return Ok(true);
    }
    // Of a plan a class teacher knows his own measures.
    for (owner, _, _) in read.measures_in_force(student.id).await? {
        let actor = read.actor(owner, desk.now()).await?;
        let his = |(p, _): &(domain::staff::Position, _)| {
            (p.role, p.unit) == (Role::ClassTeacher, Unit::Class(student.class.id))
        };
        if actor.positions.iter().any(his) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who has what the old class teacher had of it.
pub(super) async fn heir(desk: &Desk, tx: &Tx, student: &StudentRecord) -> Result<Option<PersonId>, CaseError> {
    first(desk, tx, student, None).await
}

async fn first(
    desk: &Desk,
    tx: &Tx,
    student: &StudentRecord,
    alert: Option<AlertId>,
) -> Result<Option<PersonId>, CaseError> {
    let directory = directory_for(desk, tx, &student.place(), alert, None).await?;
    Ok(OFFICES.iter().find_map(|office| directory.people(&[*office]).first().map(|e| e.person)))
}

/// Says that a child has moved, to the first who may hear of what is open: of each alert, and of what else there is. Where the school
/// has nobody who may hear of an alert, its own ladder says it. `student` is as he is now.
pub(super) async fn say(desk: &Desk, tx: &mut Tx, student: &StudentRecord) -> Result<(), CaseError> {
    let due_at = desk.policy_in_force().await?.1.student_hand_over.answer_within.after(desk.now(), &desk.calendar);
    let alerts = tx.read()?.confided_alerts(student.id).await?;
    let cared = tx.read()?.is_cared_for(student.id).await?;
    for alert in alerts.into_iter().map(Some).chain(cared.then_some(None)) {
        let Some(owner) = first(desk, tx, student, alert).await? else { continue };
        let wanted = Wanted {
            alert,
            record: None,
            kind: TaskKind::FollowUp,
            text: TEXT.to_owned(),
            restricted: true,
            owner,
            from: None,
            due_at,
        };
        give_by_service(desk, tx, student, wanted).await?;
    }
    Ok(())
}
