//! Writing a report down. To suspect is enough.

use std::collections::BTreeSet;

use domain::access::Right;
use domain::audit::Act;
use domain::care::HomeSafety;
use domain::directory::Circle;
use domain::fault::Fault;
use domain::id::{MandatoryId, PersonId, StudentId};
use domain::mandatory::{MandatoryDraft, MandatoryReport, Recipient, Suspected, not_yourself, unknown_staff};
use domain::task::unknown_alert;
use domain::time::{Timestamp, minutes};
use serde_json::json;
use storage::{MandatoryClock, MandatoryRecord, StudentRecord, Tx};

use super::{turn, view, write_down};
use crate::care::lock_household;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::{Wanted, give_by_service};
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// Writes a report down: its clock runs from when it was known, and telling police and others is the task of whoever reports.
/// Gives its id.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, or [`CaseError::NotFound`] for whoever may not report about this student.
pub async fn report_by_law(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &MandatoryDraft,
    key: Option<&IdempotencyKey>,
) -> Result<MandatoryId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = view::reportable(desk, &tx.read()?, by, student).await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    tx.alone_with_student(student.id).await?;
    let (report, circle) = looked_at(desk, &tx, by, &student, draft).await?;
    let mut record = MandatoryRecord {
        id: MandatoryId::new(desk.ids.uuid()),
        place: student.place(),
        school: String::new(),
        student,
        report,
        named: Vec::new(),
        circle,
        opened_by: by.person(),
        opened_at: desk.now(),
        clock: MandatoryClock::default(),
        told: Vec::new(),
    };
    tx.add_mandatory(&record).await?;
    let r = &record.report;
    let body = json!({
        "what": "opened", "suspected": r.suspected.key(), "text": r.suspicion, "danger_now": r.danger_now.key(),
        "known": wall(desk, r.known_at),
    });
    write_down(desk, &mut tx, &record, &body).await?;
    give_tasks(desk, &mut tx, by, &record).await?;
    if record.report.suspected == Suspected::Family {
        // Nothing goes to the household; what was proposed or decided of it before is decided anew.
        let by = (record.opened_by, Some(&record));
        lock_household(desk, &mut tx, by, &record.student, HomeSafety::FamilySuspected).await?;
    }
    turn::advance(desk, &mut tx, &mut record).await?;
    tx.audit(&[by.audit(desk, Act::ReportByLaw, Some(record.student.id), Some(record.id.to_string()))]).await?;
    remember(&mut tx, by, key, &record.id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(record.id)
}

/// Everything that is wrong is named at once: what was typed, and what the record says of it.
async fn looked_at(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    student: &StudentRecord,
    draft: &MandatoryDraft,
) -> Result<(MandatoryReport, Circle), CaseError> {
    let (read, looked, now) = (tx.read()?, draft.validate(desk.now()), desk.now());
    let mut faults: Vec<Fault> = looked.as_ref().err().cloned().unwrap_or_default();
    let school = student.place().school;
    let staff: BTreeSet<PersonId> = read.staff_of(school, now).await?.into_iter().map(|p| p.id).collect();
    for (n, person) in draft.named() {
        if person == by.person() {
            faults.push(not_yourself(n));
        } else if !staff.contains(&person) {
            faults.push(unknown_staff(n));
        }
    }
    let mut beside = Circle::default();
    if let Some(id) = draft.alert.as_deref().and_then(|a| a.trim().parse().ok()) {
        let alert = read.alert(&by.scope(desk, Right::SeeAlert), id).await?;
        match alert.filter(|a| a.alert.student == student.id) {
            Some(found) => {
                beside = Circle { audience: found.alert.audience, left_out: read.excluded_from(id).await? };
            }
            None => faults.push(unknown_alert()),
        }
    }
    match looked {
        Ok(report) if faults.is_empty() => {
            let named: Vec<PersonId> = report.staff.iter().copied().collect();
            let principal = !named.is_empty() && read.holds_principal(&named, school, now).await?;
            let circle = report.circle(principal, &beside);
            Ok((report, circle))
        }
        Ok(_) | Err(_) => Err(CaseError::Invalid(faults)),
    }
}

/// Each who has to be told is a task of whoever reports, and nobody else sees it.
async fn give_tasks(desk: &Desk, tx: &mut Tx, by: &Signed, r: &MandatoryRecord) -> Result<(), CaseError> {
    let terms = desk.policy_in_force().await?.1.outside.clone();
    let others = terms.others_within.after(r.opened_at, &desk.calendar);
    for who in Recipient::ALL.iter().copied() {
        let police = who == Recipient::Police;
        let due_at = if police { r.report.known_at + minutes(terms.police_chase_minutes) } else { others };
        give(desk, tx, by.person(), r, who, (who.asks(), due_at)).await?;
    }
    Ok(())
}

/// Gives somebody the task of telling one of them.
pub(super) async fn give(
    desk: &Desk,
    tx: &mut Tx,
    owner: PersonId,
    r: &MandatoryRecord,
    who: Recipient,
    (text, due_at): (&str, Timestamp),
) -> Result<(), CaseError> {
    let wanted = Wanted {
        alert: None,
        record: Some(r.id.uuid()),
        kind: who.task(),
        text: text.to_owned(),
        restricted: true,
        owner,
        from: Some(owner),
        due_at,
    };
    give_by_service(desk, tx, &r.student, wanted).await.map(|_| ())
}
