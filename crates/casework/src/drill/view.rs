//! Who sees what of a drill: those who answer for the school its report, whoever was told his own part, nobody else a thing.

use chrono::TimeDelta;
use domain::access::Right;
use domain::audit::Act;
use domain::id::DrillId;
use storage::{DrillMessage, DrillRecord, Read, SchoolRecord};

use super::figures::{Figures, answers};
use super::report::{DrillReport, PersonReport};
use crate::{CaseError, Desk, Signed};

const EVENTS: u32 = 2_000;
/// So many drills are listed.
const LISTED: u32 = 50;
/// So long after its start whoever was told of a drill still finds his part of it.
const REMEMBERED_HOURS: i64 = 24;

/// How much of a drill somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrillSight {
    /// The report, with everybody's names.
    Report,
    /// That it runs, and his own part.
    OwnPart,
}

/// A drill, as somebody sees it.
#[derive(Debug, Clone)]
pub struct DrillView {
    /// The drill.
    pub drill: DrillRecord,
    /// Its school.
    pub school: SchoolRecord,
    /// Who started it, by name.
    pub started_by: String,
    /// Who has it in hand, or had, by name.
    pub owner: Option<String>,
    /// How much is seen.
    pub sight: DrillSight,
    /// The report, for whoever may read it.
    pub report: Option<DrillReport>,
    /// What the reader himself got and answered, when he was told.
    pub own: Option<PersonReport>,
    /// Whether he may end it.
    pub may_end: bool,
    /// Whether he may record a custody in it.
    pub may_record: bool,
}

/// The drill and whether the reader was told of it; not found for whoever may see nothing of it.
pub(super) async fn seen(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    id: DrillId,
) -> Result<(DrillRecord, bool), CaseError> {
    let drill = read.drill(id).await?.ok_or(CaseError::NotFound)?;
    let told = read.told_of(domain::drill::subject(id)).await?.contains(&by.person());
    let remembered = desk.now() - drill.started_at < TimeDelta::hours(REMEMBERED_HOURS);
    let reads = by.scope(desk, Right::SeeDrills).schools.contains(&drill.school);
    if reads || (told && remembered) { Ok((drill, told)) } else { Err(CaseError::NotFound) }
}

/// Shows a drill.
///
/// # Errors
/// [`CaseError::NotFound`].
pub async fn view_drill(desk: &Desk, by: &Signed, id: DrillId) -> Result<DrillView, CaseError> {
    let read = desk.storage.read();
    let (drill, told) = seen(desk, &read, by, id).await?;
    let view = view(desk, &read, by, drill, told).await?;
    if view.sight == DrillSight::Report {
        let mut tx = desk.storage.begin().await?;
        tx.audit(&[by.audit(desk, Act::ReadDrill, None, Some(id.to_string()))]).await?;
        tx.commit().await?;
    }
    Ok(view)
}

async fn view(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    drill: DrillRecord,
    told: bool,
) -> Result<DrillView, CaseError> {
    let messages = read.drill_messages(drill.id).await?;
    let events = read.events(drill.id.uuid(), EVENTS).await?;
    let school = read.school(drill.school).await?.ok_or(CaseError::NotFound)?;
    let name = async |id| Ok::<_, CaseError>(read.person(id).await?.map(|p| p.name));
    let started_by = name(drill.started_by).await?.unwrap_or_default();
    let owner = match drill.owner {
        Some(id) => name(id).await?,
        None => None,
    };
    let reads = by.scope(desk, Right::SeeDrills).schools.contains(&drill.school);
    let report = DrillReport::of(&drill, &messages, &events);
    let own = told.then(|| own(by, &messages, &report, &answers(&events)));
    Ok(DrillView {
        sight: if reads { DrillSight::Report } else { DrillSight::OwnPart },
        report: reads.then_some(report),
        own,
        may_end: by.scope(desk, Right::RunDrill).schools.contains(&drill.school),
        may_record: super::answer::may_record(desk, by),
        drill,
        school,
        started_by,
        owner,
    })
}

/// What the reader got, over all rungs.
fn own(
    by: &Signed,
    messages: &[DrillMessage],
    report: &DrillReport,
    answers: &[(domain::id::PersonId, super::figures::Answer)],
) -> PersonReport {
    let mine = report.rungs.iter().flat_map(|r| &r.people).filter(|p| p.person == by.person());
    let known = mine.cloned().reduce(|mut all, more| {
        all.channels.extend(more.channels);
        all
    });
    known.unwrap_or_else(|| PersonReport {
        person: by.person(),
        name: messages.iter().find(|m| m.person.0 == by.person()).map(|m| m.person.1.clone()).unwrap_or_default(),
        office: None,
        channels: Vec::new(),
        answers: answers.iter().filter(|(who, _)| *who == by.person()).map(|(_, a)| a.clone()).collect(),
    })
}

/// The drills that somebody may see, the latest first, each with its figures for whoever reads reports.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever neither reads reports nor was told of a drill lately.
pub async fn list_drills(desk: &Desk, by: &Signed) -> Result<Vec<(DrillRecord, Option<Figures>)>, CaseError> {
    let read = desk.storage.read();
    let schools = by.scope(desk, Right::SeeDrills).schools;
    let mut out = Vec::new();
    for drill in read.drills_of(schools.iter().copied(), LISTED).await? {
        let messages = read.drill_messages(drill.id).await?;
        let events = read.events(drill.id.uuid(), EVENTS).await?;
        let figures = Figures::of(&drill, &messages, &events);
        out.push((drill, Some(figures)));
    }
    let since = desk.now() - TimeDelta::hours(REMEMBERED_HOURS);
    let told = read.drills_told_to(by.person(), since).await?;
    out.extend(told.into_iter().filter(|d| !schools.contains(&d.school)).map(|d| (d, None)));
    if out.is_empty() && schools.is_empty() {
        return Err(CaseError::NotFound);
    }
    Ok(out)
}

/// The drill that runs and that somebody sees, for his home page.
///
/// # Errors
/// When the database refuses.
pub async fn running_for(desk: &Desk, by: &Signed) -> Result<Option<DrillRecord>, CaseError> {
    let read = desk.storage.read();
    let running = read.running_drills().await?;
    if running.is_empty() {
        return Ok(None);
    }
    let schools = by.scope(desk, Right::SeeDrills).schools;
    for drill in running {
        let told = read.told_of(domain::drill::subject(drill.id)).await?.contains(&by.person());
        if told || schools.contains(&drill.school) {
            return Ok(Some(drill));
        }
    }
    Ok(None)
}
