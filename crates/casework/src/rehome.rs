//! An open alert goes to a successor.

use domain::access::Right;
use domain::escalation::Event;
use domain::id::{AlertId, PersonId};
use domain::notice::NoticeKind;
use storage::Tx;

use crate::climbing::Climbing;
use crate::{CaseError, Desk};

/// Gives an alert to somebody, who hears of it at once. Whoever must not hear of it, or does not see it, does not get it: then it is nobody's, and
/// it is told to those whom the ladder calls.
pub(crate) async fn rehome(desk: &Desk, tx: &mut Tx, id: AlertId, to: PersonId) -> Result<(), CaseError> {
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(()) };
    tx.alone_with_student(alert.student).await?;
    let Some(alert) = tx.read()?.alert_for_service(id).await? else { return Ok(()) };
    let heir = tx.read()?.actor(to, desk.now()).await?;
    let excluded = tx.read()?.excluded_from(id).await?.contains(&to);
    let admitted = heir.positions.iter().any(|(p, _)| alert.audience.admits(p.role));
    let sees = heir.scope(Right::SeeAlert, desk.now()).covers(&alert.place) && admitted && !excluded;
    let mut climbing = Climbing::of(desk, tx, alert).await?;
    climbing.alert.owner = sees.then_some(to);
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    climbing.log(tx, "owner_changed", None, None).await?;
    let event = if sees { Event::DirectoryChanged } else { Event::StillWorried };
    climbing.step(desk, tx, &event, None).await?;
    if sees {
        climbing.tell_people(desk, tx, [to], NoticeKind::NewFacts).await?;
    }
    climbing.save(tx).await
}
