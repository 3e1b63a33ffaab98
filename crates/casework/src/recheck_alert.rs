//! Looking again after a close 回访: all is well, or it is open again.

use domain::access::Right;
use domain::alert::{Recheck, Refused};
use domain::audit::Act;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId};
use storage::{NewGrowthEntry, StorageError};

use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::{CaseError, Desk, Signed};

/// Records what somebody found who looked again. Not well opens the alert again, at the level that it was closed at.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`] for whoever may neither
/// assess it nor sign, or a conflict when nobody is to look again, or somebody has.
pub async fn recheck_alert(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    well: Option<bool>,
    note: &str,
) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = match find(desk, &tx, by, id, Right::Assess).await {
        Err(CaseError::Forbidden) => find(desk, &tx, by, id, Right::Approve).await?,
        found => found?,
    };
    let seen = Recheck::validate(well, note)?;
    tx.alone_with_student(alert.student).await?;
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    match tx.recheck(id, by.person(), seen.well, climbing.now).await {
        Err(StorageError::Stale) => return Err(Refused::NoRecheck.into()),
        done => done?,
    }
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    climbing.log(&mut tx, "rechecked", Some(by.person()), Some(serde_json::json!({ "well": seen.well }))).await?;
    let body = serde_json::json!({ "what": "rechecked", "well": seen.well, "reason": seen.note });
    let mut entries = vec![entry(desk, &climbing, EntryKind::Assessment, &body, by)];
    if !seen.well {
        let level = climbing.alert.climb.level;
        climbing.reopen(desk, &mut tx, level).await?;
        let body = serde_json::json!({ "what": "case_reopened", "to": level });
        entries.push(entry(desk, &climbing, EntryKind::Alert, &body, by));
    }
    climbing.save(&mut tx).await?;
    tx.add_growth_entries(&entries).await?;
    tx.audit(&[by.audit(desk, Act::Recheck, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

fn entry(desk: &Desk, climbing: &Climbing, kind: EntryKind, body: &serde_json::Value, by: &Signed) -> NewGrowthEntry {
    NewGrowthEntry {
        by: Some(by.person()),
        alert: Some(climbing.alert.id),
        body: Some(body.to_string()),
        audience: climbing.alert.audience,
        ..NewGrowthEntry::new(kind, climbing.alert.student, EventId::new(desk.ids.uuid()), climbing.now)
    }
}
