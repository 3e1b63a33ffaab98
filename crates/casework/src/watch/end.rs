//! A watch ends by a signature alone: an assessment says that it is not needed, or a guardian or a hospital has the child.

use domain::access::Right;
use domain::audit::Act;
use domain::fault::Fault;
use domain::id::AlertId;
use domain::watch::{Ending, WatchEnd};
use serde_json::json;
use storage::{Tx, WatchRecord};

use super::write_down;
use crate::acknowledge_alert::find;
use crate::climbing::Climbing;
use crate::{CaseError, Desk, Signed};

/// The end of a watch, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct EndDraft {
    /// How.
    pub how: String,
    /// To whom the child was handed over.
    pub to: Option<String>,
    /// Whether both were there.
    pub in_person: Option<bool>,
    /// Why.
    pub reason: String,
}

/// Ends the watch that runs beside an alert. Only whoever may assess it ends it by an assessment; no child is given to a guardian
/// while nobody of the household may be told.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when none runs, or
/// while the household is locked.
pub async fn end_watch(desk: &Desk, by: &Signed, id: AlertId, draft: &EndDraft) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::RecordCustody).await?;
    let ending = Ending::validate(&draft.how, draft.to.as_deref(), draft.in_person, &draft.reason)?;
    if ending.how == WatchEnd::Reassessed {
        find(desk, &tx, by, id, Right::Assess).await?;
    }
    tx.alone_with_student(alert.student).await?;
    if ending.how == WatchEnd::Guardian {
        crate::care::refuse_while_locked(&tx.read()?, by, alert.student).await?;
    }
    let alert = tx.read()?.alert_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let watch = tx.read()?.open_watch(id).await?.ok_or(CaseError::Conflict("no_watch"))?;
    if ending.how == WatchEnd::Reassessed && !assessed_since(&tx, id, &watch).await? {
        return Err(CaseError::Invalid(vec![not_assessed()]));
    }
    let mut climbing = Climbing::of(desk, &tx, alert).await?;
    tx.end_watch(watch.id, &ending, by.person(), climbing.now).await?;
    climbing.alert.decision = climbing.alert.decision.saturating_add(1);
    let body = json!({ "what": "ended", "how": ending.how.key(), "to": ending.to, "reason": ending.reason });
    write_down(desk, &mut tx, &climbing, watch.id, Some(by.person()), &body).await?;
    climbing.save(&mut tx).await?;
    tx.audit(&[by.audit(desk, Act::EndWatch, Some(climbing.alert.student), Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// Whether the alert was assessed since the last shift began, and access to means was asked about.
async fn assessed_since(tx: &Tx, id: AlertId, watch: &WatchRecord) -> Result<bool, CaseError> {
    let since = watch.last().map_or(watch.begun_at, |s| s.at);
    let events = tx.read()?.events(id.uuid(), 1_000).await?;
    let asked = |body: Option<&str>| {
        let body: serde_json::Value = body.and_then(|b| serde_json::from_str(b).ok()).unwrap_or_default();
        body.get("means_asked").and_then(serde_json::Value::as_bool) == Some(true)
    };
    Ok(events.iter().any(|e| e.kind == "assessed" && e.at >= since && asked(e.body.as_deref())))
}

fn not_assessed() -> Fault {
    Fault::new(
        "how",
        "not_assessed",
        "这一班开始以后还没有研判（并问过身边有没有能伤害自己的东西），请先研判再解除",
        "Nobody has assessed it since this shift began, asking about means: assess it first",
    )
}
