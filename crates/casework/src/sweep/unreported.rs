//! Those on a list who are in danger, and of whom nobody has reported that since: a list alarms nobody.

use chrono::TimeDelta;
use domain::id::{ClassId, PersonId, StudentId};
use domain::sweep::{ClassSweep, Concern, Sweep};
use domain::time::Timestamp;
use serde_json::Value;
use storage::{Read, ReportVersion, Reported};

use super::OLDEST_DAYS;
use crate::{CaseError, Desk, Signed};

/// Of some lists of a sweep, those in danger that nobody has reported. An answer to a line is what came after it was first
/// listed, is about that child, suggests no lower level, and is nothing that this reader must not know of.
pub(super) async fn unreported(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    sweep: Sweep,
    lists: &[(ClassId, &ClassSweep)],
) -> Result<Vec<Concern>, CaseError> {
    let mut open: Vec<(Concern, Timestamp)> = Vec::new();
    for (class, list) in lists {
        let danger: Vec<&Concern> = list.students.iter().filter(|c| c.is_danger(&desk.catalogue)).collect();
        if danger.is_empty() {
            continue;
        }
        let versions: Vec<ReportVersion<ClassSweep>> = read.class_reports(*class, sweep).await?;
        open.extend(danger.into_iter().map(|c| (c.clone(), first_listed(&versions, c).unwrap_or_else(|| desk.now()))));
    }
    let Some(since) = open.iter().map(|(_, listed)| *listed).min() else { return Ok(Vec::new()) };
    let named: Vec<StudentId> = open.iter().map(|(c, _)| c.student).collect();
    let reported = read.reported_since(&named, since, Some(by.person())).await?;
    open.retain(|(c, listed)| !reported.iter().any(|r| answers(desk, r, c, *listed)));
    Ok(open.into_iter().map(|(c, _)| c).collect())
}

/// When a line was first on the list; a later version that says it again moves nothing.
fn first_listed(versions: &[ReportVersion<ClassSweep>], c: &Concern) -> Option<Timestamp> {
    let says = |o: &Concern| o.student == c.student && o.sign == c.sign;
    versions.iter().find(|v| v.report.students.iter().any(says)).map(|v| v.at)
}

fn answers(desk: &Desk, r: &Reported, c: &Concern, listed: Timestamp) -> bool {
    let level = |sign: &str| desk.catalogue.get(sign).and_then(|s| s.level);
    r.student == c.student && r.received_at >= listed && r.signs.iter().any(|s| level(s) >= level(&c.sign))
}

/// How often a student was in danger on a list within a term, and nobody has reported that since, as far as a reader may know; for
/// the service itself, whoever has. A list that was corrected since takes nothing back: what was seen was written down, and stands in the
/// file.
pub(crate) async fn danger_unreported(
    desk: &Desk,
    read: &Read<'_>,
    student: StudentId,
    reader: Option<PersonId>,
) -> Result<usize, CaseError> {
    let term = desk.now() - TimeDelta::days(OLDEST_DAYS);
    let mut open: Vec<(Concern, Timestamp)> = Vec::new();
    for (at, body) in read.said_in_sweeps(student, term).await? {
        let body: Value = serde_json::from_str(&body).unwrap_or_default();
        let sign = body.get("sign").and_then(Value::as_str).unwrap_or_default().to_owned();
        let concern = Concern { student, sign, note: String::new() };
        if concern.is_danger(&desk.catalogue) && !open.iter().any(|(c, _)| c.sign == concern.sign) {
            open.push((concern, at));
        }
    }
    let Some(since) = open.iter().map(|(_, listed)| *listed).min() else { return Ok(0) };
    let reported = read.reported_since(&[student], since, reader).await?;
    open.retain(|(c, listed)| !reported.iter().any(|r| answers(desk, r, c, *listed)));
    Ok(open.len())
}
