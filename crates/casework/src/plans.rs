//! The plan 一生一策 in signed versions: of orange and red by two people.

use domain::access::Right;
use domain::audit::Act;
use domain::growth_file::{EntryKind, Sight, Visibility};
use domain::id::{EventId, MeasureId, PersonId, PlanId, StudentId};
use domain::observation::unknown_person;
use domain::plan::{Plan, PlanDraft};
use domain::staff::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{MeasureRecord, NewGrowthEntry, PlanRecord, ProgressRecord, Read, StudentRecord, Tx};

use crate::file_reader::FileReader;
use crate::idempotency::{answered, remember};
use crate::{CaseError, Desk, IdempotencyKey, Signed};

/// A version that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPlan {
    /// Its id.
    pub id: PlanId,
    /// Which version.
    pub version: u64,
}

/// A version of a plan with all that belongs to it.
#[derive(Debug, Clone)]
pub struct PlanView {
    /// Whose.
    pub student: StudentRecord,
    /// The version; nothing where there is none yet.
    pub record: Option<PlanRecord>,
    /// Its measures.
    pub measures: Vec<MeasureRecord>,
    /// What was said about them, newest first.
    pub progress: Vec<ProgressRecord>,
    /// How many versions there are.
    pub versions: u64,
    /// Whether the reader writes plans.
    pub writes: bool,
    /// Whether the reader's signature is the one that is missing.
    pub may_sign: bool,
}

/// A plan, whole: for those who know of restricted entries. The newest version, or the one that is asked for.
///
/// # Errors
/// [`CaseError::NotFound`] when there is no such version, as far as the reader may know.
pub async fn view_plan(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    version: Option<u64>,
) -> Result<PlanView, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let reader = reading(desk, by, &tx.read()?, student).await?;
    let view = view(desk, by, &tx, reader, version).await?;
    tx.audit(&[by.audit(desk, Act::ReadPlan, Some(student), None)]).await?;
    tx.commit().await?;
    Ok(view)
}

async fn view(
    desk: &Desk,
    by: &Signed,
    tx: &Tx,
    reader: FileReader,
    version: Option<u64>,
) -> Result<PlanView, CaseError> {
    let read = tx.read()?;
    let mut plans = read.plans(&reader.scope, reader.student.id).await?;
    // The plan goes with the student, as it stands; what it was before is sealed with the rest.
    let stands = plans.iter().find(|p| p.is_signed()).or(plans.first()).map(|p| p.version);
    plans.retain(|p| Some(p.version) >= stands || !reader.is_sealed(p.at));
    let versions = plans.first().map_or(0, |p| p.version);
    let record = plans.into_iter().find(|p| version.is_none_or(|v| v == p.version));
    if version.is_some() && record.is_none() {
        return Err(CaseError::NotFound);
    }
    let (mut measures, mut progress, mut may_sign) = (Vec::new(), Vec::new(), false);
    if let Some(plan) = &record {
        measures = read.measures_of(plan.id).await?;
        progress = read.progress_of(plan.id).await?;
        may_sign = plan.version == versions && seat(desk, by, &read, &reader, plan).await?.is_ok();
    }
    let writes = reader.may(desk, by, Right::WritePlan);
    Ok(PlanView { student: reader.student, record, measures, progress, versions, writes, may_sign })
}

async fn reading(desk: &Desk, by: &Signed, read: &Read<'_>, student: StudentId) -> Result<FileReader, CaseError> {
    let reader = FileReader::open(desk, by, read, student).await?;
    if reader.restricted == Sight::Nothing { Err(CaseError::NotFound) } else { Ok(reader) }
}

/// Writes a version of a plan. `expected` is the version that was read; nothing where there is none yet.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or [`CaseError::Stale`]
/// when somebody wrote another version meanwhile.
pub async fn write_plan(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    expected: u64,
    draft: &PlanDraft,
    key: Option<&IdempotencyKey>,
) -> Result<KeptPlan, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_student(student).await?;
    let reader = FileReader::open(desk, by, &tx.read()?, student).await?;
    if !reader.may(desk, by, Right::WritePlan) {
        return Err(CaseError::Forbidden);
    }
    if let Some(kept) = answered::<KeptPlan>(&mut tx, by, key).await? {
        return Ok(kept);
    }
    let plan = Plan::validate(draft, desk.calendar.date(desk.now()))?;
    let staff = tx.read()?.staff_of(reader.student.class.grade.school, desk.now()).await?;
    let strangers = plan.people().filter(|(_, p)| !staff.iter().any(|s| s.id == *p));
    let faults: Vec<_> = strangers.map(|(field, _)| unknown_person(field)).collect();
    if !faults.is_empty() {
        return Err(CaseError::Invalid(faults));
    }
    let before = tx.read()?.plans(&reader.scope, student).await?.first().map_or(0, |p| p.version);
    if before != expected {
        return Err(CaseError::Stale);
    }
    let kept = KeptPlan { id: PlanId::new(desk.ids.uuid()), version: before.saturating_add(1) };
    let measures: Vec<MeasureId> = plan.measures.iter().map(|_| MeasureId::new(desk.ids.uuid())).collect();
    let record = PlanRecord {
        id: kept.id,
        student,
        version: kept.version,
        plan,
        by: (by.person(), String::new()),
        at: desk.now(),
        responsible: String::new(),
        signed_at: None,
        second: None,
    };
    tx.add_plan(&record, &measures).await?;
    let said = json!({ "what": "written", "version": kept.version, "review_at": record.plan.review_at });
    note(desk, by, &mut tx, student, kept.id, said).await?;
    tx.audit(&[by.audit(desk, Act::WritePlan, Some(student), Some(kept.id.to_string()))]).await?;
    remember(&mut tx, by, key, &kept, desk.real_now()).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Signs the newest version: its writer first, then of orange and red a vice-principal who did not write it.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when there is a newer version, the writer has not
/// signed yet, or nothing is left to sign.
pub async fn sign_plan(desk: &Desk, by: &Signed, student: StudentId, version: u64) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_student(student).await?;
    let reader = reading(desk, by, &tx.read()?, student).await?;
    let plans = tx.read()?.plans(&reader.scope, student).await?;
    let plan = plans.iter().find(|p| p.version == version).ok_or(CaseError::NotFound)?;
    if plans.first().is_some_and(|newest| newest.version != version) {
        return Err(CaseError::Conflict("plan_superseded"));
    }
    let second = seat(desk, by, &tx.read()?, &reader, plan).await??;
    tx.sign_plan(plan.id, second, by.person(), desk.now()).await?;
    let what = if second || !plan.plan.needs_second() { "in_force" } else { "signed" };
    note(desk, by, &mut tx, student, plan.id, json!({ "what": what, "version": version })).await?;
    tx.audit(&[by.audit(desk, Act::SignPlan, Some(student), Some(plan.id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// Whether somebody's signature is the next one, and whether it is the second.
async fn seat(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    reader: &FileReader,
    plan: &PlanRecord,
) -> Result<Result<bool, CaseError>, CaseError> {
    let writer = plan.by.0;
    if by.person() == writer {
        let again = plan.signed_at.is_some();
        return Ok(if again { Err(CaseError::Conflict("already_signed")) } else { Ok(false) });
    }
    // Whoever stands in for the writer does not sign what that one wrote.
    let own = by.actor.without(|away| away == writer);
    let roles = roles_at(&own, reader);
    let vices = [Role::VicePrincipal, Role::ClinicalVicePrincipal];
    let wrote = roles_at(&read.actor(writer, desk.now()).await?, reader);
    let heads = [Role::Principal, Role::PartySecretary];
    let may = roles.iter().any(|r| vices.contains(r))
        || (wrote.iter().any(|r| vices.contains(r)) && roles.iter().any(|r| heads.contains(r)));
    if !plan.plan.needs_second() || !may {
        return Ok(Err(CaseError::Forbidden));
    }
    Ok(match (plan.signed_at, &plan.second) {
        (None, _) => Err(CaseError::Conflict("writer_signs_first")),
        (Some(_), Some(_)) => Err(CaseError::Conflict("already_signed")),
        (Some(_), None) => Ok(true),
    })
}

/// The roles that somebody holds in the school of the student, by himself or for somebody.
fn roles_at(actor: &domain::access::Actor, reader: &FileReader) -> Vec<Role> {
    let school = Some(reader.student.class.grade.school);
    let others = actor.stands_in.iter().flat_map(|s| &s.away.positions);
    actor.positions.iter().chain(others).filter(|(_, s)| *s == school).map(|(p, _)| p.role).collect()
}

/// A line in the file about a plan: whoever may not read the plan does not learn of it.
pub(crate) async fn note(
    desk: &Desk,
    by: &Signed,
    tx: &mut Tx,
    student: StudentId,
    plan: PlanId,
    body: Value,
) -> Result<(), CaseError> {
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(body.to_string()),
        visibility: Visibility::Restricted,
        record: Some(plan.uuid()),
        ..NewGrowthEntry::new(EntryKind::Plan, student, EventId::new(desk.ids.uuid()), desk.now())
    };
    Ok(tx.add_growth_entries(&[entry]).await?)
}

/// What a reader knows of the plan of a file that he has open.
#[derive(Debug, Clone)]
pub enum PlanGlance {
    /// The newest version, whole, with its measures.
    Whole(Box<PlanRecord>, Vec<MeasureRecord>),
    /// The measures that are his own, of the version in force.
    Own(Vec<MeasureRecord>),
}

pub(crate) async fn glance(by: &Signed, read: &Read<'_>, reader: &FileReader) -> Result<Option<PlanGlance>, CaseError> {
    if reader.restricted == Sight::Nothing {
        let own = own_measures(read, reader, by.person()).await?;
        return Ok((!own.is_empty()).then_some(PlanGlance::Own(own)));
    }
    let newest = read.plans(&reader.scope, reader.student.id).await?.into_iter().next();
    let Some(plan) = newest else { return Ok(None) };
    let measures = read.measures_of(plan.id).await?;
    Ok(Some(PlanGlance::Whole(Box::new(plan), measures)))
}

async fn own_measures(read: &Read<'_>, reader: &FileReader, person: PersonId) -> Result<Vec<MeasureRecord>, CaseError> {
    let of = storage::MeasuresOf::Student(reader.student.id);
    let all = read.measures(&reader.scope, &of, 100).await?;
    Ok(all.into_iter().map(|(_, m)| m).filter(|m| m.measure.owner == person).collect())
}

/// Whether somebody writes plans for a student.
#[must_use]
pub fn writes_plans(desk: &Desk, by: &Signed, student: &StudentRecord) -> bool {
    by.scope(desk, Right::WritePlan).covers(&student.place())
}

/// Whether somebody writes plans at all.
#[must_use]
pub fn has_plans_to_write(desk: &Desk, by: &Signed) -> bool {
    by.actor.may_somewhere(Right::WritePlan, desk.now())
}
