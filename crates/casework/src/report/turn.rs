//! The clock of reports. It runs beside the tick of alerts, never in it: whatever goes wrong here holds back no alert. What it
//! costs is what is due.

use std::collections::BTreeMap;

use domain::directory::{Directory, Entry, Office};
use domain::id::{GradeId, MessageId, PersonId, SchoolId};
use domain::notice::NoticeKind;
use domain::org::Unit;
use domain::report::{Chase, ReportTimes, Week};
use domain::sweep::{Sweep, is_sweep};
use domain::time::Timestamp;
use storage::{DueReport, ReportMessage, Tx};

use crate::climbing::units;
use crate::{CaseError, Desk};

/// The most schools that one turn takes up; the next turn takes the rest.
const MOST: u32 = 50;
/// Weeks are opened once an hour: a class that is new gets its own within the hour.
const OPENED: &str = "report_weeks";
const OPEN_EVERY: chrono::TimeDelta = chrono::TimeDelta::hours(1);
/// After `Show`, so many steps count as taken.
const SHOWN: u32 = 2;

/// Opens this week, and a sweep that has begun, asks for what is missing, and tells the tier above; gives how many schools something was done for.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn turn_reports(desk: &Desk) -> Result<usize, CaseError> {
    open_weeks(desk).await?;
    let mut turned = 0;
    for school in desk.storage.read().schools_with_due_reports(desk.now(), MOST).await? {
        match turn(desk, school).await {
            Ok(()) => turned += 1,
            Err(err) => tracing::error!(school = %school, error = %err, "the reports of a school could not be turned"),
        }
    }
    Ok(turned)
}

async fn open_weeks(desk: &Desk) -> Result<(), CaseError> {
    let now = desk.now();
    let last = desk.storage.read().last_beat(OPENED).await?;
    if last.is_some_and(|at| now - at < OPEN_EVERY && at <= now) {
        return Ok(());
    }
    let week = Week::of(desk.calendar.date(now));
    let mut tx = desk.storage.begin().await?;
    if let Some(times) = ReportTimes::of(week, &desk.calendar) {
        tx.open_week(week, (times.due, times.shown, times.due), || desk.ids.uuid()).await?;
    }
    // One that is over when the service first hears of it is not asked for any more.
    if let Some(sweep) = Sweep::of(desk.calendar.date(now), &desk.calendar) {
        let (times, first) = (sweep.times(&desk.calendar), sweep.announced(&desk.calendar));
        if now < times.due {
            tx.open_week(sweep, (times.due, times.shown, first), || desk.ids.uuid()).await?;
        }
    }
    tx.beat(OPENED, now).await?;
    Ok(tx.commit().await?)
}

/// Those above, each with how many reports, or how many sweeps, are missing in his grade, and the first of them.
type Above = BTreeMap<(PersonId, GradeId, bool), (Entry, DueReport, u32)>;

async fn turn(desk: &Desk, school: SchoolId) -> Result<(), CaseError> {
    let now = desk.now();
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_reports_of(Unit::School(school)).await?;
    let mut above = Above::new();
    for due in tx.read()?.due_reports(school, now).await? {
        if now < due.due_at {
            announce(desk, &mut tx, &due, now).await?;
            continue;
        }
        let times = ReportTimes { due: due.due_at, shown: due.shown_at };
        let (act, next) = Chase::next(due.stage, times, now, &desk.calendar);
        match act {
            Some(Chase::Ask) => ask(desk, &mut tx, &due, 1, now).await?,
            Some(Chase::Show) => show(desk, &tx, &due, &mut above).await?,
            None => {}
        }
        let stage = match act {
            Some(Chase::Ask) => due.stage.saturating_add(1),
            Some(Chase::Show) => SHOWN,
            None => due.stage,
        };
        tx.step_report(due.id, stage, next).await?;
    }
    for ((person, _, sweep), (entry, first, count)) in above {
        for channel in entry.channels.into_iter().filter(|c| c.writes()) {
            let kind = if sweep { NoticeKind::SweepsMissing } else { NoticeKind::ReportsMissing };
            let turn = first.stage;
            let m = ReportMessage { due: first.id, school, person, channel, kind, count, turn };
            tx.put_report_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// A sweep has begun: whoever has to file is told, with nothing due yet, on a school day and not in the evening.
async fn announce(desk: &Desk, tx: &mut Tx, due: &DueReport, now: Timestamp) -> Result<(), CaseError> {
    let (calendar, hours) = (&desk.calendar, desk.calendar.reports());
    let today = calendar.date(now);
    let next = if calendar.is_school_day(today) && calendar.local(now).time() <= hours.latest {
        ask(desk, tx, due, 0, now).await?;
        due.due_at
    } else {
        calendar.instant(calendar.next_school_day(today), hours.again).min(due.due_at)
    };
    Ok(tx.step_report(due.id, due.stage, Some(next)).await?)
}

async fn ask(desk: &Desk, tx: &mut Tx, due: &DueReport, count: u32, now: Timestamp) -> Result<(), CaseError> {
    let kind = if is_sweep(&due.week) { NoticeKind::SweepDue } else { NoticeKind::ReportDue };
    for entry in directory(desk, tx, due).await?.people(&[Office::ClassTeacher]) {
        for channel in entry.channels.iter().copied().filter(|c| c.writes()) {
            let m = ReportMessage {
                due: due.id,
                school: due.place.school,
                person: entry.person,
                channel,
                kind,
                count,
                turn: due.stage,
            };
            tx.put_report_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
        }
    }
    Ok(())
}

/// The grade lead hears; where a grade has none, whoever stands above him.
async fn show(desk: &Desk, tx: &Tx, due: &DueReport, above: &mut Above) -> Result<(), CaseError> {
    let directory = directory(desk, tx, due).await?;
    let tiers = [Office::GradeLead, Office::VicePrincipal, Office::Principal].map(|o| directory.people(&[o]));
    for entry in tiers.into_iter().find(|people| !people.is_empty()).unwrap_or_default() {
        let key = (entry.person, due.place.grade, is_sweep(&due.week));
        above.entry(key).or_insert_with(|| (entry.clone(), due.clone(), 0)).2 += 1;
    }
    Ok(())
}

async fn directory(desk: &Desk, tx: &Tx, due: &DueReport) -> Result<Directory, CaseError> {
    let now = desk.now();
    let mut sources = tx.read()?.directory_sources(&due.place, now).await?;
    sources.contacts.retain(|c| desk.carried.contains(&c.channel));
    Ok(Directory::of(&sources, &units(&due.place), now))
}
