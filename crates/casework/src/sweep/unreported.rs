//! Those on a list who are in danger, and of whom nobody has reported that since: a list alarms nobody.

use domain::id::{ClassId, StudentId};
use domain::sweep::{ClassSweep, Concern, Sweep};
use domain::time::Timestamp;
use storage::{Read, ReportVersion, Reported};

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
    let reported = read.reported_since(&named, since, by.person()).await?;
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
