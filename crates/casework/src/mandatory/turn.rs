//! The clock of reports. It is the wall's: it runs at night, on Sundays and on holidays, whatever becomes of the alert.

use domain::audit::Act;
use domain::directory::{Directory, Entry, Office};
use domain::id::{MandatoryId, MessageId, TaskId};
use domain::mandatory::Step;
use domain::notice::NoticeKind;
use domain::time::{Timestamp, minutes};
use serde_json::json;
use storage::{AuditEntry, MandatoryRecord, TaskMessage, Tx};

use super::write_down;
use crate::climbing::units;
use crate::{CaseError, Desk};

/// The most reports that one turn takes up; the next turn takes the rest.
const MOST: u32 = 200;
const SCHOOL: [Office; 3] = [Office::Counsellor, Office::VicePrincipal, Office::Principal];
const DISTRICT: [Office; 2] = [Office::DistrictDuty, Office::DistrictLead];

/// Tells whoever has to hear now; gives how many reports moved.
///
/// # Errors
/// When the database cannot be read at all.
pub(crate) async fn turn_mandatory(desk: &Desk) -> Result<usize, CaseError> {
    let mut moved = 0;
    for id in desk.storage.read().due_mandatory(desk.now(), MOST).await? {
        match turn(desk, id).await {
            Ok(done) => moved += usize::from(done),
            Err(err) => tracing::error!(report = %id, error = %err, "a report by law could not be turned"),
        }
    }
    Ok(moved)
}

async fn turn(desk: &Desk, id: MandatoryId) -> Result<bool, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let Some(found) = tx.read()?.mandatory_for_service(id).await? else { return Ok(false) };
    tx.alone_with_student(found.student.id).await?;
    let Some(mut record) = tx.read()?.mandatory_for_service(id).await? else { return Ok(false) };
    if record.clock.act_at.is_none_or(|at| at > desk.now()) {
        return Ok(false);
    }
    advance(desk, &mut tx, &mut record).await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes every step whose time has come. A step that nobody could be told of is taken again, and that of the district until the
/// police were told.
pub(super) async fn advance(desk: &Desk, tx: &mut Tx, r: &mut MandatoryRecord) -> Result<(), CaseError> {
    let (now, terms) = (desk.now(), desk.policy_in_force().await?.1.outside.clone());
    let due = r.running().due(now, &terms, &desk.calendar);
    for step in &due {
        let again = *step == Step::Breach && r.clock.breached_at.is_some();
        let heard = tell(desk, tx, r, *step).await?;
        if heard == Heard::Nobody {
            continue;
        }
        if heard == Heard::District && r.clock.breached_at.is_none() {
            // It reads what it was told of, though it was told in place of the school.
            r.clock.breached_at = Some(now);
        }
        let (seen, what) = match step {
            Step::Chase => (&mut r.clock.chased_at, "chased"),
            Step::Breach => (&mut r.clock.breached_at, "breached"),
            Step::Rest => (&mut r.clock.reminded_at, "reminded"),
        };
        *seen = Some(now);
        if !again {
            write_down(desk, tx, r, &json!({ "what": what })).await?;
        }
        tx.audit(&[line(desk, r)]).await?;
    }
    let running = r.running();
    let untold = !running.due(now, &terms, &desk.calendar).is_empty();
    let again = untold.then(|| now + minutes(terms.police_chase_minutes));
    let ahead = running.next(&terms, &desk.calendar).filter(|at| *at > now);
    r.clock.act_at = again.into_iter().chain(ahead).min();
    tx.set_mandatory_clock(r.id, &r.clock).await?;
    Ok(())
}

fn line(desk: &Desk, r: &MandatoryRecord) -> AuditEntry {
    AuditEntry {
        id: desk.ids.uuid(),
        at: desk.now(),
        person: None,
        act: Act::Escalate,
        student: Some(r.student.id),
        object: Some(r.id.to_string()),
        detail: None,
        request: None,
    }
}

/// Who was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    Nobody,
    School,
    District,
}

/// Tells those of whom a step is, by every way and at whatever hour. Says who heard.
async fn tell(desk: &Desk, tx: &mut Tx, r: &MandatoryRecord, step: Step) -> Result<Heard, CaseError> {
    let now = desk.now();
    let directory = directory_for(desk, tx, r).await?;
    // Whoever reported hears with his colleagues: the one who was not told would be known for it.
    let people = |offices: &[Office]| -> Vec<Entry> { directory.people(offices).into_iter().cloned().collect() };
    let school = people(&SCHOOL);
    // Where nobody of the school may hear, or can, the district hears in its place.
    let district = step == Step::Breach || school.is_empty();
    let heard = if district { people(&DISTRICT) } else { school };
    for entry in &heard {
        for channel in entry.channels.iter().copied() {
            // In the outbox a report lies under its own id, as a task does.
            let (task, school) = (TaskId::new(r.id.uuid()), r.place.school);
            let (kind, turn) = (NoticeKind::UrgentOverdue, turn_of(step, r, now));
            let m = TaskMessage { task, school, person: entry.person, channel, kind, count: 1, turn, not_before: now };
            tx.put_task_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
        }
    }
    Ok(match (heard.is_empty(), district) {
        (true, _) => Heard::Nobody,
        (false, true) => Heard::District,
        (false, false) => Heard::School,
    })
}

/// Which turn of messages it is: each time that the district is told again is another one.
fn turn_of(step: Step, r: &MandatoryRecord, now: Timestamp) -> u32 {
    match r.clock.breached_at.filter(|_| step == Step::Breach) {
        Some(_) => u32::try_from((now - r.opened_at).num_minutes().max(0)).unwrap_or(u32::MAX).saturating_add(10),
        None => step.turn(),
    }
}

/// Everybody who may hear of a report.
async fn directory_for(desk: &Desk, tx: &Tx, r: &MandatoryRecord) -> Result<Directory, CaseError> {
    let now = desk.now();
    let mut sources = tx.read()?.directory_sources(&r.place, now).await?;
    sources.excluded.clone_from(&r.circle.left_out);
    sources.audience = r.circle.audience;
    sources.contacts.retain(|c| desk.carried.contains(&c.channel));
    Ok(Directory::of(&sources, &units(&r.place), now))
}
