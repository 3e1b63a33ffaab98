//! Whom an event may have touched 受影响同伴: somebody looks in on each, and again some days later. Nothing in a peer's file,
//! nor in what the look-in says, names the other child or the alert.

use domain::access::Right;
use domain::affected::{Peer, PeerDraft, validate};
use domain::audit::Act;
use domain::fault::Fault;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId, PersonId};
use domain::task::{TaskKind, cannot_have_it, unknown_student};
use domain::time::Timestamp;
use serde_json::{Value, json};
use storage::{NewGrowthEntry, PeerRecord, StudentRecord, TaskRecord, Tx};
use uuid::Uuid;

use crate::acknowledge_alert::find;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::{Wanted, can_have, give_by_service};
use crate::{CaseError, Desk, Signed};

const FIRST: &str = "身边的事可能影响到这名学生：课间看望，聊一聊";
const AGAIN: &str = "再看望一次：身边的事可能影响到这名学生";

/// Names those whom the event of an alert may have touched.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`].
pub async fn name_affected_peers(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
    drafts: &[PeerDraft],
    key: Option<&IdempotencyKey>,
) -> Result<(), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let alert = find(desk, &tx, by, id, Right::Assess).await?;
    if let Some(()) = answered(&mut tx, by, key).await? {
        return Ok(());
    }
    tx.alone_with_student(alert.student).await?;
    let peers = validate(drafts, alert.student, desk.now())?;
    for (peer, student) in known(desk, &tx, by, id, &peers).await? {
        let record = desk.ids.uuid();
        tx.add_affected_peer(record, (id, peer.student), peer.why, by.person(), desk.now()).await?;
        look_in(desk, &mut tx, &student, record, (FIRST, peer.look_in_by, Some(by.person())), peer.due_at).await?;
        let said = json!({ "what": "look_in_wanted" });
        write_down(desk, &mut tx, &student, record, by.person(), &said).await?;
        tx.audit(&[by.audit(desk, Act::NameAffectedPeer, Some(student.id), Some(id.to_string()))]).await?;
    }
    let body = json!({ "count": peers.len() });
    tx.append_event(id.uuid(), "affected_named", Some(by.person()), desk.now(), Some(body.to_string())).await?;
    remember(&mut tx, by, key, &(), desk.real_now()).await?;
    Ok(tx.commit().await?)
}

/// Everybody who is named is there, is not named yet, and has somebody who can look in.
async fn known(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    id: AlertId,
    peers: &[Peer],
) -> Result<Vec<(Peer, StudentRecord)>, CaseError> {
    let (read, mut faults, mut out) = (tx.read()?, Vec::new(), Vec::new());
    let ids: Vec<_> = peers.iter().map(|p| p.student).collect();
    let scope = by.scope(desk, Right::RecordCare);
    let found = read.students_by_id(&scope, &ids).await?;
    let named = read.affected_peers(&scope, id).await?;
    for (i, peer) in peers.iter().enumerate() {
        let at = |name: &str| format!("students[{i}].{name}");
        let Some(student) = found.iter().find(|s| s.id == peer.student) else {
            faults.push(Fault { field: at("student"), ..unknown_student() });
            continue;
        };
        if named.iter().any(|n| n.student.id == peer.student) {
            let (zh, en) = ("已经在名单上", "Named already");
            faults.push(Fault::new(at("student"), "named_already", zh, en));
        }
        if !can_have(desk, &read, peer.look_in_by, &student.place()).await? {
            faults.push(Fault { field: at("look_in_by"), ..cannot_have_it() });
        }
        out.push((*peer, student.clone()));
    }
    if faults.is_empty() { Ok(out) } else { Err(CaseError::Invalid(faults)) }
}

async fn look_in(
    desk: &Desk,
    tx: &mut Tx,
    student: &StudentRecord,
    record: Uuid,
    (text, owner, from): (&str, PersonId, Option<PersonId>),
    due_at: Timestamp,
) -> Result<(), CaseError> {
    let wanted = Wanted {
        // The alert is another child's: whoever looks in does not learn of it.
        alert: None,
        record: Some(record),
        kind: TaskKind::LookIn,
        text: text.to_owned(),
        restricted: false,
        owner,
        from,
        due_at,
    };
    give_by_service(desk, tx, student, wanted).await.map(|_| ())
}

async fn write_down(
    desk: &Desk,
    tx: &mut Tx,
    student: &StudentRecord,
    record: Uuid,
    by: PersonId,
    body: &Value,
) -> Result<(), CaseError> {
    let entry = NewGrowthEntry {
        by: Some(by),
        body: Some(body.to_string()),
        record: Some(record),
        ..NewGrowthEntry::new(EntryKind::LookIn, student.id, EventId::new(desk.ids.uuid()), desk.now())
    };
    Ok(tx.add_growth_entries(&[entry]).await?)
}

/// A task was done: if it was to look in on one of them, what was seen stands in the file, and after the first time somebody
/// looks in again.
pub(crate) async fn looked_in(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    task: &TaskRecord,
    note: &str,
) -> Result<(), CaseError> {
    let Some(record) = task.record.filter(|_| task.kind == TaskKind::LookIn) else { return Ok(()) };
    let Some(student) = task.about.student() else { return Ok(()) };
    let Some(first) = tx.looked_in(record, desk.now()).await? else { return Ok(()) };
    let said = json!({ "what": "looked_in", "text": note });
    write_down(desk, tx, student, record, by.person(), &said).await?;
    if first {
        let policy = desk.policy_in_force().await?.1;
        let due = policy.tasks.second_look_after.after(desk.now(), &desk.calendar);
        let owner = task.owner.0;
        look_in(desk, tx, student, record, (AGAIN, owner, Some(owner)), due).await?;
    }
    Ok(())
}

/// Those whom the event of an alert may have touched, as far as the reader opens their files. The audit line is durable
/// before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`], or [`CaseError::Forbidden`] for whoever sees the alert and does not decide on it.
pub async fn affected_peers(
    desk: &Desk,
    by: &Signed,
    id: AlertId,
) -> Result<(storage::AlertSummary, Vec<PeerRecord>), CaseError> {
    let mut tx = desk.storage.begin().await?;
    find(desk, &tx, by, id, Right::Assess).await?;
    let read = tx.read()?;
    let alert = read.alert(&by.scope(desk, Right::SeeAlert), id).await?.ok_or(CaseError::NotFound)?;
    let peers = read.affected_peers(&by.scope(desk, Right::OpenFile), id).await?;
    for peer in &peers {
        tx.audit(&[by.audit(desk, Act::ReadAffectedPeers, Some(peer.student.id), Some(id.to_string()))]).await?;
    }
    tx.audit(&[by.audit(desk, Act::ReadAffectedPeers, Some(alert.alert.student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok((alert, peers))
}
