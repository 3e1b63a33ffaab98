//! What was reported of a child whose alert is looked at, as far as the reader may hear of it.

use std::collections::BTreeMap;

use domain::access::Scope;
use domain::id::{DistrictId, ObservationId, PersonId, SchoolId};
use domain::staff::Role;
use storage::{AlertRecord, Read, ReasonRecord, ReportRecord};

use crate::{CaseError, Desk};

const MOST: u32 = 50;

/// One observation behind an alert.
#[derive(Debug, Clone)]
pub struct Report {
    /// The observation.
    pub record: ReportRecord,
    /// In which role its reporter works at the school now.
    pub role: Option<Role>,
}

/// The observations of an alert and those that its reasons rest on, newest first.
pub(crate) async fn reports_of(
    desk: &Desk,
    read: &Read<'_>,
    mut scope: Scope,
    alert: &AlertRecord,
    reasons: &[ReasonRecord],
) -> Result<Vec<Report>, CaseError> {
    scope.confidant_schools.retain(|s| *s == alert.place.school);
    scope.district_alone.retain(|d| is_theirs(alert, *d));
    let mut evidence: Vec<ObservationId> = reasons.iter().flat_map(|r| r.reason.evidence.iter().copied()).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let mut roles = BTreeMap::new();
    let mut out = Vec::new();
    for record in read.reports(&scope, alert.student, alert.id, &evidence, MOST).await? {
        let by = record.observation.filed_by;
        let role = match roles.get(&by) {
            Some(known) => *known,
            None => role_of(desk, read, by, alert.place.school).await?,
        };
        roles.insert(by, role);
        out.push(Report { record, role });
    }
    Ok(out)
}

/// Whether an alert is one on which a district decides.
pub(crate) fn is_theirs(alert: &AlertRecord, district: DistrictId) -> bool {
    alert.district_decides && alert.place.district == district
}

/// The role of somebody, the one at a school before others.
pub(crate) async fn role_of(
    desk: &Desk,
    read: &Read<'_>,
    person: PersonId,
    school: SchoolId,
) -> Result<Option<Role>, CaseError> {
    let actor = read.actor(person, desk.now()).await?;
    let here = actor.positions.iter().find(|(_, at)| *at == Some(school));
    Ok(here.or(actor.positions.first()).map(|(position, _)| position.role))
}
