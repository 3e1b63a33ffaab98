//! Locking a household: nobody of it is told of anything before two people have decided.

use domain::care::HomeSafety;
use domain::directory::Office;
use domain::growth_file::{EntryKind, Visibility};
use domain::id::{EventId, PersonId};
use domain::task::TaskKind;
use domain::time::minutes;
use serde_json::json;
use storage::{MandatoryRecord, NewGrowthEntry, StudentRecord, Tx};

use crate::task::{Wanted, directory_for, give_by_service};
use crate::{CaseError, Desk};

/// How long the decision may take, in minutes.
const DECIDE_WITHIN: u32 = 60;

/// Locks a household, and tells those who decide. Where a report by law is why, nothing says who reported; and where not
/// everybody may hear of that report nobody is told: it is the police who speak with the family then.
pub(crate) async fn lock_household(
    desk: &Desk,
    tx: &mut Tx,
    (by, report): (PersonId, Option<&MandatoryRecord>),
    student: &StudentRecord,
    why: HomeSafety,
) -> Result<(), CaseError> {
    let (id, now) = (EventId::new(desk.ids.uuid()), desk.now());
    tx.lock_household(id, student.id, why, by, now).await?;
    let entry = NewGrowthEntry {
        by: report.is_none().then_some(by),
        body: Some(json!({ "what": "locked", "why": why.key() }).to_string()),
        record: Some(report.map_or(id.uuid(), |r| r.id.uuid())),
        audience: report.map(|r| r.circle.audience).unwrap_or_default(),
        visibility: Visibility::Restricted,
        ..NewGrowthEntry::new(EntryKind::GuardianContact, student.id, EventId::new(desk.ids.uuid()), now)
    };
    tx.add_growth_entries(&[entry]).await?;
    if report.is_some_and(|r| r.circle.is_restricted()) {
        return Ok(());
    }
    for owner in deciders(desk, tx, student).await? {
        let wanted = Wanted {
            alert: None,
            record: Some(id.uuid()),
            kind: TaskKind::GuardianDecision,
            text: "一小时内决定是否告知家长（两人签字；有危险时会同公安）".to_owned(),
            restricted: true,
            owner,
            from: Some(by).filter(|p| *p != owner && report.is_none()),
            due_at: now + minutes(DECIDE_WITHIN),
        };
        give_by_service(desk, tx, student, wanted).await?;
    }
    Ok(())
}

/// Vice-principal and counsellor; where there is neither, the principal.
async fn deciders(desk: &Desk, tx: &Tx, student: &StudentRecord) -> Result<Vec<PersonId>, CaseError> {
    let directory = directory_for(desk, tx, &student.place(), None).await?;
    let people = |offices: &[Office]| -> Vec<PersonId> {
        directory.people(offices).into_iter().filter(|e| e.deputy_of.is_none()).map(|e| e.person).collect()
    };
    let first = people(&[Office::VicePrincipal, Office::Counsellor]);
    Ok(if first.is_empty() { people(&[Office::Principal]) } else { first })
}
