//! Starting a drill.

use domain::access::{Right, Scope};
use domain::audit::Act;
use domain::drill::{Around, DrillDraft, DrillPlan, ends_at, unknown_unit};
use domain::escalation::{Climb, ClimbState};
use domain::fault::Fault;
use domain::id::{DrillId, SchoolId};
use domain::level::Level;
use storage::{ClassRecord, DrillRecord, GradeRecord, Read};

use super::climb::DrillClimb;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// Starts a drill, in the one school that he leads or in the one that he names. Gives its id.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], every fault, or a conflict: `drill_running`, or `real_alert_open` when
/// the school has a red that somebody has to see to.
pub async fn start_drill(
    desk: &Desk,
    by: &Signed,
    school: Option<&str>,
    draft: &DrillDraft,
    key: Option<&IdempotencyKey>,
) -> Result<DrillId, CaseError> {
    let scope = by.scope(desk, Right::RunDrill);
    if scope.schools.is_empty() {
        let sees = !by.scope(desk, Right::SeeDrills).schools.is_empty();
        return Err(if sees { CaseError::Forbidden } else { CaseError::NotFound });
    }
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    let (school, (plan, around)) = wanted(desk, &tx.read()?, &scope, school, draft).await?;
    let (policy, _) = desk.policy_in_force().await?;
    let record = tx.read()?.school(school).await?.ok_or(CaseError::NotFound)?;
    if tx.read()?.running_drill_of(school).await?.is_some() {
        return Err(CaseError::Conflict("drill_running"));
    }
    if tx.read()?.has_urgent_red(school).await? {
        return Err(CaseError::Conflict("real_alert_open"));
    }
    let now = desk.now();
    let drill = DrillRecord {
        id: DrillId::new(desk.ids.uuid()),
        school,
        district: record.district,
        around,
        note: plan.note,
        by_night: plan.by_night,
        with_district: plan.district,
        started_by: by.person(),
        started_at: now,
        ends_at: ends_at(plan.level, now),
        policy,
        ended: None,
        owner: None,
        climb: unopened(plan.level, now),
    };
    let id = drill.id;
    let opened = DrillClimb::new(desk, &mut tx, drill).await;
    if matches!(opened, Err(CaseError::Conflict("already_exists"))) {
        // Somebody else was faster.
        return Err(CaseError::Conflict("drill_running"));
    }
    opened?;
    tx.audit(&[by.audit(desk, Act::StartDrill, None, Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Everything that is wrong, the school included, is named at once.
async fn wanted(
    desk: &Desk,
    read: &Read<'_>,
    scope: &Scope,
    school: Option<&str>,
    draft: &DrillDraft,
) -> Result<(SchoolId, (DrillPlan, Around)), CaseError> {
    let only = scope.schools.first().copied().filter(|_| scope.schools.len() == 1);
    let named = school.map(str::trim).filter(|s| !s.is_empty());
    let school = match named {
        Some(text) => text.parse().ok().filter(|id| scope.schools.contains(id)),
        None => only,
    };
    let plan = draft.validate(&desk.calendar, desk.now());
    let Some(school) = school else {
        let mut faults = plan.err().unwrap_or_default();
        faults.insert(0, Fault::new("school", "unknown_school", "请选择您所在的学校", "Name a school that you lead"));
        return Err(CaseError::Invalid(faults));
    };
    let plan = plan?;
    let around = around(read, school, &plan).await?;
    Ok((school, (plan, around)))
}

async fn around(read: &Read<'_>, school: SchoolId, plan: &DrillPlan) -> Result<Around, CaseError> {
    if let Some(class) = plan.class {
        let class = read.class(class).await?.filter(|c| c.grade.school == school);
        let class = class.ok_or_else(|| CaseError::Invalid(vec![unknown_unit("class")]))?;
        return Ok(Around::Class(class.id, class.grade.id));
    }
    if let Some(grade) = plan.grade {
        let grade = read.grade(grade).await?.filter(|g| g.school == school);
        let grade = grade.ok_or_else(|| CaseError::Invalid(vec![unknown_unit("grade")]))?;
        return Ok(Around::Grade(grade.id));
    }
    Ok(Around::School)
}

fn unopened(level: Level, now: domain::time::Timestamp) -> Climb {
    Climb {
        state: ClimbState::Closed,
        level,
        rung: 0,
        epoch: 0,
        repeat: 0,
        version: 0,
        last_seen: now,
        late: false,
        custody: false,
        assessed: false,
        reached: Vec::new(),
        turn_at: now,
        declined: Vec::new(),
    }
}

/// The schools in which he may start one, each with its grades and classes.
///
/// # Errors
/// When the database refuses.
pub async fn drill_choices(
    desk: &Desk,
    by: &Signed,
) -> Result<Vec<(storage::SchoolRecord, Vec<GradeRecord>, Vec<ClassRecord>)>, CaseError> {
    let read = desk.storage.read();
    let mut out = Vec::new();
    for school in by.scope(desk, Right::RunDrill).schools {
        let Some(record) = read.school(school).await? else { continue };
        out.push((record, read.grades(school).await?, read.classes(school).await?));
    }
    Ok(out)
}
