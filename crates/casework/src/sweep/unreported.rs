//! Those on a list who are in danger, and of whom nobody has reported anything since: a list alarms nobody.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::id::StudentId;
use domain::sweep::{ClassSweep, Concern, Sweep};
use serde_json::Value;
use storage::Read;

use super::OLDEST_DAYS;
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

/// How often a student was in danger on a list within a term, and nobody has filed an observation about him since that sweep began.
/// A list that was corrected since takes nothing back: what was seen was written down, and stands in the file.
pub(crate) async fn danger_unreported(desk: &Desk, read: &Read<'_>, student: StudentId) -> Result<usize, CaseError> {
    let mut count = 0;
    for (at, body) in read.said_in_sweeps(student, desk.now() - TimeDelta::days(OLDEST_DAYS)).await? {
        let body: Value = serde_json::from_str(&body).unwrap_or_default();
        let word = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let concern = Concern { student, sign: word("sign"), note: String::new() };
        if !concern.is_danger(&desk.catalogue) {
            continue;
        }
        let (day, kind) = (desk.calendar.date(at), word("sweep"));
        let sweep = Sweep::all(&desk.calendar).into_iter().rfind(|s| s.kind.key() == kind && s.begins <= day);
        let since = sweep.map_or(at, |s| desk.calendar.instant(s.begins, chrono::NaiveTime::MIN));
        count += usize::from(read.observed_since(&[student], since).await?.is_empty());
    }
    Ok(count)
}
