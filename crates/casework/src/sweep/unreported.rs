//! Those on a list who are in danger, and of whom nobody has reported anything since: a list alarms nobody.

use std::collections::BTreeSet;

use domain::id::StudentId;
use domain::sweep::{ClassSweep, Concern, Sweep};
use storage::Read;

use crate::{CaseError, Desk};

/// Of some lists of a sweep, those in danger of whom no observation was filed since it began.
pub(super) async fn unreported(
    desk: &Desk,
    read: &Read<'_>,
    sweep: Sweep,
    lists: &[&ClassSweep],
) -> Result<Vec<Concern>, CaseError> {
    let concerns = lists.iter().flat_map(|l| &l.students);
    let mut danger: Vec<Concern> = concerns.filter(|c| c.is_danger(&desk.catalogue)).cloned().collect();
    let named: Vec<StudentId> = danger.iter().map(|c| c.student).collect();
    let since = desk.calendar.instant(sweep.begins, chrono::NaiveTime::MIN);
    let reported: BTreeSet<StudentId> = read.observed_since(&named, since).await?.into_iter().collect();
    danger.retain(|c| !reported.contains(&c.student));
    Ok(danger)
}
