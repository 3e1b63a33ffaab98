//! What goes with a student: his place, his alerts with their climb, his tasks, what is done by plan. At another school the rest is
//! sealed.

use std::collections::BTreeSet;

use domain::access::{Place, Right};
use domain::escalation::{ClimbState, Event};
use domain::id::{AlertId, ObservationId, PersonId, StudentHandOverId, StudentId};
use serde_json::Value;
use storage::{StudentRecord, Tx};

use crate::climbing::Climbing;
use crate::{CaseError, Desk};

/// Where a student goes, who has him there, and by which hand-over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carrying {
    pub(super) to: Place,
    pub(super) heir: Option<PersonId>,
    pub(super) hand_over: Option<StudentHandOverId>,
}

/// Moves a student, with all that is open.
pub(super) async fn carry(desk: &Desk, tx: &mut Tx, student: &StudentRecord, c: &Carrying) -> Result<(), CaseError> {
    let (now, was) = (desk.now(), student.place());
    let between = was.school != c.to.school;
    tx.move_student(student.id, &c.to, between).await?;
    let (lasting, over) = tx.read()?.alerts_to_carry(student.id).await?;
    if between {
        tx.seal_alerts(student.id, &lasting, now).await?;
    }
    let moved = lasting.iter().chain(if between { &[][..] } else { &over[..] });
    for id in moved {
        tx.move_alert(*id, &c.to).await?;
    }
    for id in &lasting {
        if between {
            carry_evidence(tx, student.id, *id).await?;
        }
        carry_climb(desk, tx, *id, c.heir, between).await?;
    }
    carry_work(desk, tx, student, c).await?;
    if let Some(hand_over) = c.hand_over.filter(|_| between) {
        tx.seal_file(desk.ids.uuid(), student.id, hand_over, now).await?;
    }
    Ok(())
}

/// What an alert rests on is read where the alert is.
async fn carry_evidence(tx: &mut Tx, student: StudentId, alert: AlertId) -> Result<(), CaseError> {
    let mut rests_on: BTreeSet<ObservationId> = BTreeSet::new();
    for reason in tx.read()?.reasons(alert).await? {
        rests_on.extend(reason.reason.evidence);
    }
    for event in tx.read()?.events(alert.uuid(), 1_000).await?.iter().filter(|e| e.kind == "evidence_joined") {
        let body: Value = event.body.as_deref().and_then(|b| serde_json::from_str(b).ok()).unwrap_or_default();
        rests_on.extend(body.get("observation").and_then(Value::as_str).and_then(|o| o.parse::<ObservationId>().ok()));
    }
    let rests_on: Vec<ObservationId> = rests_on.into_iter().collect();
    Ok(tx.carry(student, alert, &rests_on).await?)
}

/// The ladder is taken anew from where the student is: whoever is on it hears, and nobody who is not any more. What somebody had
/// in hand is the receiver's; where he may not hear of it, it opens again.
async fn carry_climb(
    desk: &Desk,
    tx: &mut Tx,
    id: AlertId,
    heir: Option<PersonId>,
    between: bool,
) -> Result<(), CaseError> {
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(()) };
    let mut climbing = Climbing::of(desk, tx, alert).await?;
    climbing.withhold_from_others(tx).await?;
    if climbing.alert.climb.state == ClimbState::Closed {
        return Ok(());
    }
    if between {
        // What people of another school proposed is not theirs to sign any more, and nobody here has seen it.
        climbing.new_facts(tx).await?;
    } else {
        climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    }
    climbing.log(tx, "moved_with_student", None, None).await?;
    let mut event = Event::DirectoryChanged;
    if let Some(owner) = climbing.alert.owner {
        let next = if may_have(desk, tx, &climbing, owner).await? { Some(owner) } else { heir };
        let next = match next {
            Some(person) if may_have(desk, tx, &climbing, person).await? => Some(person),
            Some(_) | None => None,
        };
        climbing.alert.owner = next;
        if next.is_none() {
            event = Event::StillWorried;
        }
    }
    climbing.step(desk, tx, &event, None).await?;
    climbing.save(tx).await
}

/// Whether somebody sees an alert where it is now, and may hear of it.
async fn may_have(desk: &Desk, tx: &Tx, climbing: &Climbing, person: PersonId) -> Result<bool, CaseError> {
    let alert = &climbing.alert;
    let actor = tx.read()?.actor(person, desk.now()).await?;
    let left_out = tx.read()?.excluded_from(alert.id).await?.contains(&person);
    let admitted = actor.positions.iter().any(|(p, _)| alert.audience.admits(p.role));
    Ok(actor.scope(Right::SeeAlert, desk.now()).covers(&alert.place) && admitted && !left_out)
}

/// Tasks and measures of those who have the student no more go to whoever has him.
async fn carry_work(desk: &Desk, tx: &mut Tx, student: &StudentRecord, c: &Carrying) -> Result<(), CaseError> {
    let was = student.place();
    if was.school != c.to.school {
        // A decision of one school is looked at there, or not at all.
        let open = tx.read()?.open_tasks_about_student(student.id).await?;
        for task in open.iter().filter(|t| t.kind.is_of_samples()) {
            crate::sample::look_anew(desk, tx, task).await?;
        }
    }
    let Some(heir) = c.heir else { return Ok(()) };
    for task in tx.read()?.open_tasks_about_student(student.id).await? {
        // What the law demands stays with whoever reported: to hand it on would name him, or tell whom it is about.
        if task.kind.is_by_law() || !lost(desk, tx, task.owner.0, &was, &c.to).await? {
            continue;
        }
        if let Some(to) = crate::task::first_who_may_have(desk, tx, &task, Some(heir)).await? {
            crate::task::pass_with_student(desk, tx, &task, to).await?;
        }
    }
    for (owner, plan, measure) in tx.read()?.measures_in_force(student.id).await? {
        if lost(desk, tx, owner, &was, &c.to).await? {
            tx.add_plan_heir(desk.ids.uuid(), plan, Some(measure), heir, desk.now()).await?;
        }
    }
    Ok(())
}

/// Whether somebody had the student where he was, and has him no more where he is; nobody of one school works in another.
async fn lost(desk: &Desk, tx: &Tx, person: PersonId, was: &Place, is: &Place) -> Result<bool, CaseError> {
    let actor = tx.read()?.actor(person, desk.now()).await?;
    let opens = actor.scope(Right::OpenFile, desk.now());
    let works = |school| actor.positions.iter().any(|(_, s)| *s == Some(school));
    let here = opens.covers(is) || (works(is.school) && !opens.covers(was));
    Ok(!here)
}
