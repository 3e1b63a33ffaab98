//! Whether those whom an open alert calls can be reached, as the next step would find them.

use std::collections::{BTreeMap, BTreeSet};

use domain::canary;
use domain::directory::{Directory, Entry, Office, Sources};
use domain::id::{ClassId, PolicyId};
use domain::org::Unit;
use domain::policy::Policy;
use storage::{Standing, StorageError};

use super::{Auditor, Subject};

/// With fewer ways, one broken telephone is silence.
const WAYS: usize = 2;

/// An open alert with its policy and everybody whom it can tell.
struct Post {
    alert: Standing,
    policy: Policy,
    directory: Directory,
}

impl Post {
    /// Who can be reached on a rung.
    fn people(&self, rung: u8) -> Vec<&Entry> {
        self.directory.people(&self.offices(rung)).into_iter().filter(|e| !e.channels.is_empty()).collect()
    }

    fn offices(&self, rung: u8) -> Vec<Office> {
        self.policy.ladder(self.alert.level).rung(rung).map(|r| r.who.clone()).unwrap_or_default()
    }

    /// Whether there is nobody on a rung, though there are people: they may not hear of it, and a finding would tell them. That
    /// nobody is on the whole ladder is one all the same.
    fn is_empty(&self, rung: u8) -> bool {
        let staffed = self.offices(rung).into_iter().any(|office| self.directory.is_staffed(office));
        let heard = self.directory.is_on_ladder(&self.policy, self.alert.level);
        self.people(rung).is_empty() && !(staffed && heard)
    }
}

/// Open alerts on whose present rung nobody can be reached.
pub(super) async fn rung_empty(a: &Auditor) -> Result<Vec<Subject>, StorageError> {
    let posts = posts(a).await?;
    Ok(posts.iter().filter(|p| p.is_empty(p.alert.rung)).map(|p| Subject::of_alert(p.alert.alert)).collect())
}

/// Open alerts with a rung still to come on which nobody can be reached.
pub(super) async fn rung_above_empty(a: &Auditor) -> Result<Vec<Subject>, StorageError> {
    let empty_above = |p: &&Post| {
        let top = p.policy.ladder(p.alert.level).top();
        (p.alert.rung.saturating_add(1)..=top).any(|rung| p.is_empty(rung))
    };
    Ok(posts(a).await?.iter().filter(empty_above).map(|p| Subject::of_alert(p.alert.alert)).collect())
}

/// People on a present rung who can be reached in one way only.
pub(super) async fn few_channels(a: &Auditor) -> Result<Vec<Subject>, StorageError> {
    let mut few = BTreeSet::new();
    for post in posts(a).await? {
        let people = post.people(post.alert.rung);
        let thin = people.iter().filter(|e| e.person != canary::PERSON && e.channels.len() < WAYS);
        few.extend(thin.map(|e| e.person.to_string()));
    }
    Ok(few.into_iter().map(Subject::named).collect())
}

/// Every open alert. Those of one class share what is read, so that a thousand alerts are not a thousand readings.
async fn posts(a: &Auditor) -> Result<Vec<Post>, StorageError> {
    let (read, now) = (a.storage.read(), a.school.now());
    let mut excluded = read.standing_exclusions().await?;
    let mut sources: BTreeMap<ClassId, Sources> = BTreeMap::new();
    let mut policies: BTreeMap<PolicyId, Option<Policy>> = BTreeMap::new();
    let mut out = Vec::new();
    for alert in read.standing().await? {
        let place = alert.place;
        let from = match sources.get(&place.class) {
            Some(known) => known.clone(),
            None => {
                let fresh = read.directory_sources(&place, now).await?;
                sources.insert(place.class, fresh.clone());
                fresh
            }
        };
        let policy = match policies.get(&alert.policy) {
            Some(known) => known.clone(),
            None => {
                let fresh = read.policy(alert.policy).await?;
                policies.insert(alert.policy, fresh.clone());
                fresh
            }
        };
        // One without a policy is found by another check.
        let Some(policy) = policy else { continue };
        let from =
            Sources { excluded: excluded.remove(&alert.alert).unwrap_or_default(), audience: alert.audience, ..from };
        let units = [
            Unit::Class(place.class),
            Unit::Grade(place.grade),
            Unit::School(place.school),
            Unit::District(place.district),
        ];
        out.push(Post { directory: Directory::of(&from, &units, now), policy, alert });
    }
    Ok(out)
}
