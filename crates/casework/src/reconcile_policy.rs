//! The configured policy comes into force, unless a school's nights would fall silent by it.

use std::collections::BTreeSet;

use domain::coverage::{SchoolFacts, night_rings_nobody};
use domain::delivery::Channel;
use domain::id::{PolicyId, SchoolId};
use domain::policy::{Policy, PolicyDraft};
use storage::{Found, Severity, Tx};

use crate::{CaseError, Desk, SchoolCoverage};

/// A configured policy did not come into force.
const REFUSED: &str = "policy_refused";
/// Under the policy in force a red of a holiday night rings nobody.
const SILENT: &str = "night_rings_nobody";

/// Makes the configured policy the one in force, unless it is already, or takes the last call of a night from a school:
/// then the one in force stays, and the operator is called. A service without any policy takes the one that it is given.
/// A school that nobody is called in under either of them is no reason to keep the old one; it is found, and said.
///
/// Where calls are not carried at this start, the two are held against each other as if they were: they may be at the next.
///
/// # Errors
/// When the database refuses.
pub async fn reconcile_policy(desk: &Desk, draft: &PolicyDraft, policy: &Policy) -> Result<(), CaseError> {
    let schools = schools(desk).await?;
    let silent = silent(desk, &schools, policy);
    let mut tx = desk.storage.begin().await?;
    let in_force = tx.read()?.policy_in_force().await?.map(|(_, _, policy)| policy);
    let silent_now = in_force.as_ref().map(|old| self::silent(desk, &schools, old));
    if silent_now.as_ref().is_some_and(|now| !silent.is_subset(now)) {
        refuse(desk, &mut tx, policy).await?;
        found(desk, &mut tx, &silent_now.unwrap_or_default()).await?;
        return Ok(tx.commit().await?);
    }
    tx.close_findings(REFUSED, &[], desk.real_now()).await?;
    found(desk, &mut tx, &silent).await?;
    if in_force.as_ref() != Some(policy) {
        tx.activate_policy(PolicyId::new(desk.ids.uuid()), &policy.version, draft, desk.now()).await?;
    }
    tx.commit().await?;
    desk.forget_policy_in_force();
    Ok(())
}

/// Every school, as it is reached where calls are carried.
async fn schools(desk: &Desk) -> Result<Vec<(SchoolId, SchoolFacts)>, CaseError> {
    let (read, mut out) = (desk.storage.read(), Vec::new());
    let mut carried = desk.carried.to_vec();
    if !carried.contains(&Channel::Voice) {
        carried.push(Channel::Voice);
    }
    for school in read.schools().await? {
        out.push((school.id, SchoolCoverage::facts(&carried, &read, school.id, desk.now()).await?));
    }
    Ok(out)
}

fn silent(desk: &Desk, schools: &[(SchoolId, SchoolFacts)], policy: &Policy) -> BTreeSet<SchoolId> {
    let silent = schools.iter().filter(|(_, facts)| night_rings_nobody(policy, &desk.calendar, facts));
    silent.map(|(id, _)| *id).collect()
}

async fn refuse(desk: &Desk, tx: &mut Tx, policy: &Policy) -> Result<(), CaseError> {
    tracing::error!(version = policy.version, "this policy is not in force: by night a red would ring nobody any more");
    let now = desk.real_now();
    let found = Found { kind: REFUSED, subject: policy.version.clone(), severity: Severity::Critical };
    tx.open_finding(&found, now, now).await?;
    tx.close_findings(REFUSED, &[&policy.version], now).await?;
    Ok(())
}

/// What stands under the policy in force, until a start at which the school rings. Where no calls are carried at all,
/// something else is said.
async fn found(desk: &Desk, tx: &mut Tx, silent: &BTreeSet<SchoolId>) -> Result<(), CaseError> {
    let (now, calls) = (desk.real_now(), desk.carried.contains(&Channel::Voice));
    let ids: Vec<String> = silent.iter().filter(|_| calls).map(SchoolId::to_string).collect();
    for id in &ids {
        tracing::error!(school = id, "by night a red rings nobody: whoever is called has to verify a telephone");
        let found = Found { kind: SILENT, subject: id.clone(), severity: Severity::Warning };
        tx.open_finding(&found, now, now).await?;
    }
    let stand: Vec<&str> = ids.iter().map(String::as_str).collect();
    tx.close_findings(SILENT, &stand, now).await?;
    Ok(())
}
