//! Whoever looked does not agree: the alert goes the road of new facts. The decision stays as it was signed.

use domain::directory::Circle;
use domain::escalation::Event;
use domain::growth_file::EntryKind;
use domain::id::EventId;
use domain::sample::DecisionKind;
use storage::{AlertRecord, DrawRecord, NewGrowthEntry, Tx};

use crate::climbing::Climbing;
use crate::{CaseError, Desk, Signed};

/// Opens the alert again at the level that it had, or, where it is open, raises it to that level, or tells those above.
pub(super) async fn open_again(desk: &Desk, tx: &mut Tx, by: &Signed, draw: &DrawRecord) -> Result<(), CaseError> {
    let found = tx.read()?.alert_for_service(draw.alert).await?.ok_or(CaseError::NotFound)?;
    let alert = in_its_place(tx, found).await?;
    let mut climbing = Climbing::of(desk, tx, alert).await?;
    climbing.new_facts(tx).await?;
    let lowered = draw.kind == DecisionKind::Lowering && climbing.alert.climb.level < draw.from;
    if !climbing.alert.state.is_open() {
        let level = climbing.alert.climb.level.max(draw.from);
        climbing.reopen(desk, tx, level).await?;
        let body = serde_json::json!({ "what": "case_reopened", "to": level });
        tx.add_growth_entries(&[entry(desk, &climbing, by, &body)]).await?;
    } else if lowered {
        let body = serde_json::json!({ "from": climbing.alert.climb.level, "to": draw.from });
        climbing.log(tx, "raised", Some(by.person()), Some(body)).await?;
        climbing.step(desk, tx, &Event::Raised { to: draw.from }, Some(by.person())).await?;
    } else {
        climbing.step(desk, tx, &Event::StillWorried, None).await?;
    }
    climbing.save(tx).await
}

/// The student may have another alert of the same circle by now: there is one that is open.
async fn in_its_place(tx: &Tx, found: AlertRecord) -> Result<AlertRecord, CaseError> {
    if found.state.is_open() {
        return Ok(found);
    }
    let left_out = tx.read()?.excluded_from(found.id).await?;
    let circle = Circle { audience: found.audience, left_out };
    Ok(tx.read()?.open_alert_of(found.student, &circle).await?.unwrap_or(found))
}

fn entry(desk: &Desk, climbing: &Climbing, by: &Signed, body: &serde_json::Value) -> NewGrowthEntry {
    NewGrowthEntry {
        by: Some(by.person()),
        alert: Some(climbing.alert.id),
        body: Some(body.to_string()),
        audience: climbing.alert.audience,
        ..NewGrowthEntry::new(EntryKind::Alert, climbing.alert.student, EventId::new(desk.ids.uuid()), climbing.now)
    }
}
