//! Filing an observation 报观察: the main door of the service.

use std::collections::BTreeSet;

use chrono::Months;
use domain::assessment::{Evidence, Happened, Seen};
use domain::audit::Act;
use domain::directory::{Audience, Circle};
use domain::fault::Fault;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId, ObservationId, SchoolId, StudentId};
use domain::level::Level;
use domain::observation::{self, Filing, FilingDraft, Part};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use storage::{AuditEntry, NewGrowthEntry, NewObservation, StudentRecord, Tx};

use crate::care::danger_reported;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::open_or_join::{Brought, open_or_join};
use crate::student_hand_over::filing_scope;
use crate::unread_report::watch_report;
use crate::{CaseError, Desk, Signed};

/// So far rules look back.
pub(crate) const HISTORY_MONTHS: u32 = 12;
/// So many earlier observations they look at.
pub(crate) const HISTORY_ENTRIES: u32 = 200;

/// Who files: somebody signed in.
pub type Filer = Signed;

/// What was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The observation.
    pub id: ObservationId,
    /// The number that people read out.
    pub reference: String,
    /// When it was received.
    pub received_at: Timestamp,
    /// The alerts that it opened or joined.
    pub alerts: Vec<AlertId>,
    /// It was filed before, with the same key.
    #[serde(skip)]
    pub again: bool,
}

/// Files an observation. The answer comes after the durable commit, never before.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault; [`CaseError::KeyReused`]; [`CaseError::Storage`] when nothing was kept.
pub async fn file_observation(
    desk: &Desk,
    filer: &Filer,
    draft: &FilingDraft,
    key: Option<&IdempotencyKey>,
) -> Result<Filed, CaseError> {
    let _claim = desk.in_flight.claim(filer.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    if let Some(filed) = answered::<Filed>(&mut tx, filer, key).await? {
        return Ok(Filed { again: true, ..filed });
    }
    let (filing, students, school) = looked_at(desk, &tx, filer, draft).await?;
    let filed = keep(desk, &mut tx, filer, &filing, &students, school).await?;
    remember(&mut tx, filer, key, &filed, desk.real_now()).await?;
    tx.commit().await?;
    Ok(filed)
}

/// Files words about those of the same students who are still within reach, in the caller's transaction: nobody can say
/// that they are safe.
pub(crate) async fn file_again(
    desk: &Desk,
    tx: &mut Tx,
    filer: &Filer,
    before: &Filing,
    words: &str,
) -> Result<Filed, CaseError> {
    let scope = filing_scope(desk, &tx.read()?, filer).await?;
    let ids: Vec<_> = before.students.iter().map(|(id, _)| *id).collect();
    let found = tx.read()?.students_by_id(&scope, &ids).await?;
    let reached: BTreeSet<StudentId> = found.iter().map(|s| s.id).collect();
    let filing = before.again(words, &reached, desk.now());
    let filing = filing.ok_or_else(|| CaseError::Invalid(vec![observation::out_of_reach()]))?;
    let students = pair(&filing, found)?;
    let school = students.first().map(|(s, _)| s.class.grade.school).ok_or(CaseError::NotFound)?;
    keep(desk, tx, filer, &filing, &students, school).await
}

async fn keep(
    desk: &Desk,
    tx: &mut Tx,
    filer: &Filer,
    filing: &Filing,
    students: &[(StudentRecord, Part)],
    school: SchoolId,
) -> Result<Filed, CaseError> {
    let now = desk.now();
    let audience = audience(tx, filing, school, now).await?;
    let circle = filing.circle(audience);
    let id = ObservationId::new(desk.ids.uuid());
    let reference = domain::reference::reference(id, desk.calendar.date(now));
    let new = NewObservation { id, reference: &reference, filed_by: filer.person(), school, received_at: now, filing };
    tx.add_observation(&new).await?;
    tx.append_event(id.uuid(), "filed", Some(filer.person()), now, None).await?;
    let mut alerts = Vec::new();
    for (record, part) in students {
        let mut alert = None;
        if *part == Part::Subject {
            tx.alone_with_student(record.id).await?;
            let evidence = evidence(desk, tx, filer, filing, &circle, id, record).await?;
            let brought =
                Brought { student: record, observation: id, circle: &circle, evidence: &evidence, by: filer.person() };
            alert = open_or_join(desk, tx, &brought).await?;
            danger_reported(desk, tx, filer, record.id, filing).await?;
        }
        alerts.extend(alert);
    }
    watch_report(desk, tx, filer, id, now).await?;
    let entries = entries(desk, filer, filing, id, students, audience);
    tx.add_growth_entries(&entries).await?;
    let lines: Vec<AuditEntry> = students
        .iter()
        .map(|(s, _)| filer.audit(desk, Act::FileObservation, Some(s.id), Some(id.to_string())))
        .collect();
    tx.audit(&lines).await?;
    Ok(Filed { id, reference, received_at: now, alerts, again: false })
}

/// Which students a draft names, and the level that the rules suggest. Before a red goes out they are shown with class
/// and seat: the audit line of that is durable before anything is given back.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault.
pub async fn confirm_students(
    desk: &Desk,
    filer: &Filer,
    draft: &FilingDraft,
) -> Result<(Vec<(StudentRecord, Part)>, Option<Level>), CaseError> {
    let filing = Filing::validate(draft, &desk.catalogue, desk.now())?;
    let read = desk.storage.read();
    let scope = filing_scope(desk, &read, filer).await?;
    let ids: Vec<_> = filing.students.iter().map(|(id, _)| *id).collect();
    let found = read.students_by_id(&scope, &ids).await?;
    let students = pair(&filing, found)?;
    let (_, policy) = desk.policy_in_force().await?;
    let id = ObservationId::new(uuid_of(&filing));
    let seen = Seen { id, observed_at: filing.observed_at, observer: filer.person(), signs: filing.signs.clone() };
    let evidence = Evidence {
        seen,
        urgency: filing.urgency,
        safe_now: filing.safe_now,
        has_words: !filing.narrative.is_empty(),
        grave: false,
        history: Vec::new(),
        alerts: Vec::new(),
        events: Vec::new(),
    };
    let level = domain::assessment::assess(&policy, &desk.catalogue, &evidence).map(|s| s.level);
    if level == Some(Level::Red) {
        let lines: Vec<AuditEntry> =
            students.iter().map(|(s, _)| filer.audit(desk, Act::ListStudents, Some(s.id), None)).collect();
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    Ok((students, level))
}

fn uuid_of(filing: &Filing) -> uuid::Uuid {
    filing.students.first().map(|(s, _)| s.uuid()).unwrap_or_default()
}

/// What may be stored, or everything that is wrong: with the form, with its students and with the staff it names.
async fn looked_at(
    desk: &Desk,
    tx: &Tx,
    filer: &Filer,
    draft: &FilingDraft,
) -> Result<(Filing, Vec<(StudentRecord, Part)>, SchoolId), CaseError> {
    let filing = Filing::validate(draft, &desk.catalogue, desk.now());
    let mut faults = filing.as_ref().err().cloned().unwrap_or_default();
    let scope = filing_scope(desk, &tx.read()?, filer).await?;
    let named = draft.student_ids();
    let ids: Vec<_> = named.iter().map(|(_, id)| *id).collect();
    let found = if ids.is_empty() { Vec::new() } else { tx.read()?.students_by_id(&scope, &ids).await? };
    let known = |id: StudentId| found.iter().any(|s| s.id == id);
    faults.extend(named.iter().filter(|(_, id)| !known(*id)).map(|(i, _)| observation::unknown_student(*i)));
    let schools: BTreeSet<SchoolId> = found.iter().map(|s| s.class.grade.school).collect();
    if schools.len() > 1 {
        faults.push(Fault::new(
            "students",
            "several_schools",
            "一次只能报一所学校的学生",
            "students of one school at a time",
        ));
    }
    let theirs = if schools.is_empty() { scope.schools.iter().copied().collect() } else { schools.clone() };
    faults.extend(unknown_staff(tx, draft, &theirs, desk.now()).await?);
    match (filing, schools.first()) {
        (Ok(filing), Some(school)) if faults.is_empty() => {
            let students = pair(&filing, found)?;
            Ok((filing, students, *school))
        }
        _ => Err(CaseError::Invalid(faults)),
    }
}

/// Everybody who is named works at the school; where no student was found, at one of the filer's.
async fn unknown_staff(
    tx: &Tx,
    draft: &FilingDraft,
    schools: &BTreeSet<SchoolId>,
    now: Timestamp,
) -> Result<Vec<Fault>, CaseError> {
    let named = draft.staff_ids();
    let mut staff = BTreeSet::new();
    for school in schools.iter().filter(|_| !named.is_empty()) {
        staff.extend(tx.read()?.staff_of(*school, now).await?.into_iter().map(|s| s.id));
    }
    let unknown = named.into_iter().filter(|(_, id)| !staff.contains(id));
    Ok(unknown.map(|(field, _)| observation::unknown_person(field)).collect())
}

fn pair(filing: &Filing, found: Vec<StudentRecord>) -> Result<Vec<(StudentRecord, Part)>, CaseError> {
    let mut faults = Vec::new();
    let mut out = Vec::new();
    for (index, (id, part)) in filing.students.iter().enumerate() {
        match found.iter().find(|s| s.id == *id) {
            Some(student) => out.push((student.clone(), *part)),
            None => faults.push(observation::unknown_student(index)),
        }
    }
    if faults.is_empty() { Ok(out) } else { Err(CaseError::Invalid(faults)) }
}

/// Who may hear.
async fn audience(tx: &Tx, filing: &Filing, school: SchoolId, now: Timestamp) -> Result<Audience, CaseError> {
    let named: Vec<_> = filing.excluded.iter().copied().collect();
    if named.is_empty() {
        return Ok(Audience::of(filing.concerns, false, false));
    }
    let principal = tx.read()?.holds_principal(&named, school, now).await?;
    Ok(Audience::of(filing.concerns, true, principal))
}

async fn evidence(
    desk: &Desk,
    tx: &Tx,
    filer: &Filer,
    filing: &Filing,
    circle: &Circle,
    id: ObservationId,
    student: &StudentRecord,
) -> Result<Evidence, CaseError> {
    let read = tx.read()?;
    let since = filing.observed_at.checked_sub_months(Months::new(HISTORY_MONTHS)).unwrap_or(filing.observed_at);
    let history = read.history(student.id, since, circle, HISTORY_ENTRIES).await?;
    let alerts = read.earlier_alerts(student.id, since, circle).await?;
    let seen = Seen { id, observed_at: filing.observed_at, observer: filer.person(), signs: filing.signs.clone() };
    let (urgency, safe_now, has_words) = (filing.urgency, filing.safe_now, !filing.narrative.is_empty());
    let events = read.open_life_events(student.id, since).await?;
    let events = events.into_iter().filter_map(|(at, body)| happened(desk, at, &body)).collect();
    Ok(Evidence { seen, urgency, safe_now, has_words, grave: false, history, alerts, events })
}

fn happened(desk: &Desk, at: Timestamp, body: &str) -> Option<Happened> {
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    let event = desk.life_events.get(body.get("what")?.as_str()?)?;
    Some(Happened { at, tags: event.tags.clone() })
}

fn entries(
    desk: &Desk,
    filer: &Filer,
    filing: &Filing,
    id: ObservationId,
    students: &[(StudentRecord, Part)],
    audience: Audience,
) -> Vec<NewGrowthEntry> {
    let entry = |(student, part): &(StudentRecord, Part)| NewGrowthEntry {
        by: Some(filer.person()),
        part: Some(*part),
        signs: Some(filing.signs.join(" ")),
        observation: Some(id),
        audience,
        ..NewGrowthEntry::new(EntryKind::Observation, student.id, EventId::new(desk.ids.uuid()), filing.observed_at)
    };
    students.iter().map(entry).collect()
}
