//! Answering a drill, just as an alert is answered: signed in, or under the number of a message.

use domain::access::Right;
use domain::alert::Custody;
use domain::audit::Act;
use domain::drill::DrillEnd;
use domain::escalation::{ClimbState, Event};
use domain::id::{DrillId, PersonId};
use domain::level::Level;
use serde_json::json;
use storage::{AuditEntry, DrillRecord, Tx};

use super::climb::DrillClimb;
use super::turn::taken_up;
use super::view::seen;
use crate::{CaseError, CodeAnswer, Desk, Signed};

/// What somebody does who is told of a drill.
#[derive(Debug, Clone, Copy)]
pub enum DrillAct<'a> {
    /// I take it.
    Take,
    /// I cannot, next please.
    Cannot,
    /// An adult is there: said as it would be in earnest, and about nobody.
    Custody {
        /// Which adult.
        adult: &'a str,
        /// Since when, RFC 3339.
        since: &'a str,
        /// Where.
        place: &'a str,
    },
}

/// Answers a drill that one was told of. Twice is once; after its end nothing changes any more.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`] for whoever was not told, or every fault of a custody.
pub async fn answer_drill(desk: &Desk, by: &Signed, id: DrillId, act: DrillAct<'_>) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (drill, told) = seen(desk, &tx.read()?, by, id).await?;
    if !told {
        return Err(CaseError::Forbidden);
    }
    let custody = match act {
        DrillAct::Take | DrillAct::Cannot => None,
        DrillAct::Custody { .. } if !may_record(desk, by) => {
            return Err(CaseError::Forbidden);
        }
        DrillAct::Custody { adult, since, place } => Some(Custody::validate(adult, since, place, desk.now())?),
    };
    let Some(drill) = taken_up(&mut tx, drill.id).await? else { return Ok(()) };
    let mut climb = DrillClimb::of(desk, &tx, drill).await?;
    let (person, way) = (by.person(), "signed_in");
    match (act, custody) {
        (DrillAct::Take, _) => answer(desk, &mut tx, &mut climb, person, CodeAnswer::Take, way).await?,
        (DrillAct::Cannot, _) => answer(desk, &mut tx, &mut climb, person, CodeAnswer::Cannot, way).await?,
        (DrillAct::Custody { .. }, custody) => {
            let body = custody.map(|c| json!({ "adult": c.adult, "where": c.place, "since": c.since, "via": way }));
            climb.log(&mut tx, "custody", Some(person), body).await?;
            climb.drill.owner = Some(person);
            climb.end(desk, &mut tx, DrillEnd::Custody, Some(person)).await?;
        }
    }
    climb.save(&mut tx).await?;
    tx.audit(&[by.audit(desk, Act::AnswerDrill, None, Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// Answers under a number; gives the drill as it then is. The caller commits.
pub(crate) async fn answer_by_number(
    desk: &Desk,
    tx: &mut Tx,
    drill: DrillRecord,
    (person, given, way): (PersonId, CodeAnswer, &'static str),
) -> Result<DrillRecord, CaseError> {
    let Some(drill) = taken_up(tx, drill.id).await? else {
        return Ok(tx.read()?.drill(drill.id).await?.unwrap_or(drill));
    };
    let mut climb = DrillClimb::of(desk, tx, drill).await?;
    answer(desk, tx, &mut climb, person, given, way).await?;
    climb.save(tx).await?;
    let line = AuditEntry {
        id: desk.ids.uuid(),
        at: climb.now,
        person: Some(person),
        act: Act::AnswerDrill,
        student: None,
        object: Some(climb.drill.id.to_string()),
        detail: Some(way.to_owned()),
        request: None,
    };
    tx.audit(&[line]).await?;
    Ok(climb.drill)
}

/// The first who takes it has it, and an orange is over with that. Whoever answers after him changes nothing, but the
/// report says that he answered: it is about people.
async fn answer(
    desk: &Desk,
    tx: &mut Tx,
    climb: &mut DrillClimb,
    person: PersonId,
    given: CodeAnswer,
    way: &'static str,
) -> Result<(), CaseError> {
    let waits = matches!(climb.drill.climb.state, ClimbState::Open { .. });
    let his = waits || climb.drill.owner == Some(person);
    let (event, kind) = match given {
        CodeAnswer::Take => (Event::Acknowledged { by: person }, "acknowledged"),
        CodeAnswer::Cannot => (Event::Declined { by: person }, "declined"),
    };
    let orange = given == CodeAnswer::Take && waits && climb.drill.climb.level != Level::Red;
    let body = Some(json!({ "via": way }));
    if orange {
        climb.log(tx, kind, Some(person), body).await?;
        climb.drill.owner = Some(person);
        return climb.end(desk, tx, DrillEnd::Taken, Some(person)).await;
    }
    if his && climb.step(desk, tx, &event, Some(person)).await? {
        climb.drill.owner = (given == CodeAnswer::Take).then_some(person);
        climb.log(tx, kind, Some(person), body).await?;
    } else if !his {
        climb.log(tx, "answered", Some(person), body).await?;
    }
    Ok(())
}

/// Whether somebody could be with a child: of the school, or on duty there. The district's right is about alerts that it
/// alone may hear of.
pub(super) fn may_record(desk: &Desk, by: &Signed) -> bool {
    let s = by.scope(desk, Right::RecordCustody);
    !(s.schools.is_empty() && s.grades.is_empty() && s.classes.is_empty() && s.duty.is_empty())
}
