//! What follows when a class reports the same for weeks: the grade lead asks whether anybody looked. Once for each run.

use domain::directory::{Directory, Office};
use domain::id::PersonId;
use domain::report::{Beside, ClassReport, ReportTimes, SameRun, Week, run_of};
use domain::task::TaskKind;
use storage::{ClassRecord, Tx};

use super::view::place_of;
use crate::task::{Wanted, directory_for, give_about_class};
use crate::{CaseError, Desk};

/// Farther away than this a week belongs to no run.
const FARTHEST: u32 = 30;

/// In how many weeks in a row a class says the same with this report, and which weeks those are. Called before it is stored.
pub(super) async fn same_weeks(
    desk: &Desk,
    tx: &Tx,
    class: &ClassRecord,
    week: Week,
    report: &ClassReport,
) -> Result<(SameRun, u32), CaseError> {
    let far = |step: fn(Week) -> Week| (0..FARTHEST).fold(week, |at, _| step(at));
    let filed = tx.read()?.newest_reports(class.id, (far(Week::before), far(Week::after))).await?;
    Ok(run_of(week, FARTHEST, |other| match filed.iter().find(|(w, _)| *w == other) {
        Some((_, said)) if said.says_the_same_as(report) => Beside::Same,
        Some(_) => Beside::Otherwise,
        None if ReportTimes::of(other, &desk.calendar).is_some() => Beside::Otherwise,
        None => Beside::NoSchool,
    }))
}

/// Gives the task that follows from a run that is long enough. One that grew, or was corrected, is asked about no second time.
pub(super) async fn follow_same(
    desk: &Desk,
    tx: &mut Tx,
    class: &ClassRecord,
    (run, weeks): (SameRun, u32),
) -> Result<(), CaseError> {
    let terms = desk.policy_in_force().await?.1.reports.clone();
    if weeks < terms.same_weeks {
        return Ok(());
    }
    if let Some((id, task, known)) = tx.read()?.same_run_like(class.id, run).await? {
        let whole = SameRun { first: known.first.min(run.first), last: known.last.max(run.last) };
        return Ok(tx.put_same_run((id, task), class.id, whole).await?);
    }
    let place = place_of(&tx.read()?, class).await?;
    let directory = directory_for(desk, tx, &place, None, None).await?;
    let Some(owner) = who_asks(&directory) else { return Ok(()) };
    let wanted = Wanted {
        alert: None,
        record: None,
        kind: TaskKind::SameReports,
        text: format!("这个班的周报已连续 {weeks} 周内容相同：请向班主任核实是否逐一看过学生，并写下结果。"),
        restricted: false,
        owner,
        from: None,
        due_at: terms.due.after(desk.now(), &desk.calendar),
    };
    let task = give_about_class(desk, tx, class, wanted).await?;
    Ok(tx.put_same_run((desk.ids.uuid(), task), class.id, run).await?)
}

/// The grade lead; where he has the class himself, or there is none, whoever stands above him.
fn who_asks(directory: &Directory) -> Option<PersonId> {
    let own: Vec<PersonId> = directory.people(&[Office::ClassTeacher]).iter().map(|e| e.person).collect();
    let tiers = [Office::GradeLead, Office::VicePrincipal, Office::Principal].map(|o| directory.people(&[o]));
    tiers.into_iter().flatten().map(|entry| entry.person).find(|person| !own.contains(person))
}
