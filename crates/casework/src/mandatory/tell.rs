//! Somebody was told. That the police were stops the clock; nothing else does.

use domain::audit::Act;
use domain::id::{EventId, MandatoryId, PersonId};
use domain::mandatory::{Recipient, RecipientDraft, Told};
use domain::task::TaskState;
use serde_json::json;
use storage::{MandatoryRecord, ToldRecord, Tx};

use super::{open, reader, turn, write_down};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// The task of bringing the number of a receipt that was not given at once.
const RECEIPT: &str = "补登受理回执编号";

/// Writes down who was told. Whoever may know of the report does, since whoever is quickest tells the police.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever may not know of it, or [`CaseError::Invalid`] with every fault.
pub async fn record_told(
    desk: &Desk,
    by: &Signed,
    id: MandatoryId,
    draft: &RecipientDraft,
    key: Option<&IdempotencyKey>,
) -> Result<(), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let reader = reader(desk, by);
    let found = tx.read()?.mandatory(&reader, id).await?.ok_or(CaseError::NotFound)?;
    if answered::<bool>(&mut tx, by, key).await?.is_some() {
        return Ok(());
    }
    tx.alone_with_student(found.student.id).await?;
    let mut r = tx.read()?.mandatory(&reader, id).await?.ok_or(CaseError::NotFound)?;
    let now = desk.now();
    let told = draft.validate(r.report.known_at, now)?;
    let record = ToldRecord { id: EventId::new(desk.ids.uuid()), told, by: (by.person(), by.name.clone()), at: now };
    tx.add_told(id, &record).await?;
    let told = record.told.clone();
    r.told.push(record);
    tasks(desk, &mut tx, by, &r, &told).await?;
    let all = Recipient::ALL.iter().all(|who| r.has_told(*who));
    if told.recipient == Recipient::Police {
        r.clock.police_at = Some(r.clock.police_at.map_or(told.at, |at| at.min(told.at)));
    }
    r.clock.settled_at = r.clock.settled_at.or(all.then_some(now));
    let body = json!({
        "what": "told", "recipient": told.recipient.key(), "office": told.office, "officer": told.officer,
        "receipt": told.receipt, "at": wall(desk, told.at),
    });
    write_down(desk, &mut tx, &r, &body).await?;
    turn::advance(desk, &mut tx, &mut r).await?;
    tx.audit(&[by.audit(desk, Act::RecordTold, Some(r.student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &true, desk.real_now()).await?;
    Ok(tx.commit().await?)
}

/// The task of telling them is done; a receipt that was not given yet is one of its own, for whoever had it.
async fn tasks(desk: &Desk, tx: &mut Tx, by: &Signed, r: &MandatoryRecord, told: &Told) -> Result<(), CaseError> {
    let (now, who) = (desk.now(), told.recipient);
    let mut owner: PersonId = by.person();
    for task in tx.read()?.open_tasks_about(r.id.uuid()).await?.into_iter().filter(|t| t.kind == who.task()) {
        owner = task.owner.0;
        tx.end_task(task.id, TaskState::Done, Some(by.person()), None, now).await?;
    }
    let known = r.told.iter().any(|t| t.told.recipient == who && t.told.receipt.is_some());
    if known {
        return Ok(());
    }
    let due = desk.policy_in_force().await?.1.outside.others_within.after(now, &desk.calendar);
    open::give(desk, tx, owner, r, who, (RECEIPT, due)).await
}
