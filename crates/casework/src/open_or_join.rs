//! One open alert per student: new evidence opens it, or joins it and can raise it. What not everybody may hear of has
//! an alert of its own for each circle of those who may, so that whoever sees another one sees no change.

use chrono::TimeDelta;
use domain::alert::AlertState;
use domain::assessment::{Evidence, Suggestion, assess, independent_repeat};
use domain::directory::{Audience, Circle};
use domain::escalation::{Climb, ClimbState};
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId, ObservationId, PersonId, PolicyId};
use domain::level::Level;
use domain::tier::Tier;
use storage::{AlertRecord, NewGrowthEntry, StudentRecord, Tx};

use crate::climbing::Climbing;
use crate::directory_of::directory_of_circle;
use crate::led_to::{Led, note};
use crate::{CaseError, Desk};

/// What one filing brings to one student.
pub(crate) struct Brought<'a> {
    pub(crate) student: &'a StudentRecord,
    pub(crate) observation: ObservationId,
    pub(crate) circle: &'a Circle,
    pub(crate) evidence: &'a Evidence,
    pub(crate) by: PersonId,
}

/// What has come to be known of a student, and the level that it leads to by itself.
pub(crate) struct Facts<'a> {
    pub(crate) student: &'a StudentRecord,
    pub(crate) circle: &'a Circle,
    pub(crate) by: PersonId,
    pub(crate) suggestion: Suggestion,
    /// Whether it is an independent one beside what others saw.
    pub(crate) repeat: bool,
    /// What the story of an alert says that it joins.
    pub(crate) joined: serde_json::Value,
}

/// Opens or joins the student's alert; `None` when the rules find nothing that anybody has to look at.
pub(crate) async fn open_or_join(desk: &Desk, tx: &mut Tx, b: &Brought<'_>) -> Result<Option<AlertId>, CaseError> {
    let (_, policy) = desk.policy_in_force().await?;
    let Some(suggestion) = assess(&policy, &desk.catalogue, b.evidence) else { return Ok(None) };
    let repeat = independent_repeat(&policy, &desk.catalogue, b.evidence);
    let joined = serde_json::json!({ "observation": b.observation });
    let facts = Facts { student: b.student, circle: b.circle, by: b.by, suggestion, repeat, joined };
    let (climbing, level) = bring(desk, tx, facts).await?;
    let alert = climbing.alert.id;
    let told = climbing.told_offices(tx, Some(climbing.now)).await?;
    let (mut in_hand, mut earlier) = (None, Vec::new());
    // Of a confidential alert nobody learns who heard of it before he spoke.
    if told.is_empty() && !b.circle.is_restricted() {
        in_hand = climbing.office_in_hand();
        earlier = climbing.told_offices(tx, None).await?.into_iter().map(|t| t.office).collect();
    }
    let led = Led { alert, level: Some(level), audience: b.circle.audience, told, in_hand, earlier };
    note(tx, b.observation, &led, climbing.now).await?;
    Ok(Some(alert))
}

/// Opens the student's alert, joins the open one, or opens one again that was closed not long ago. Gives it with the level at
/// which somebody hears of what was brought.
pub(crate) async fn bring(desk: &Desk, tx: &mut Tx, mut b: Facts<'_>) -> Result<(Climbing, Level), CaseError> {
    let (policy_id, policy) = desk.policy_in_force().await?;
    let directory = directory_of_circle(desk, &tx.read()?, &b.student.place(), b.circle).await?;
    b.suggestion = b.suggestion.heard_in(&policy, &directory);
    let climbing = match tx.read()?.open_alert_of(b.student.id, b.circle).await? {
        Some(alert) => join(desk, tx, &b, alert).await?,
        None => {
            let since = desk.now() - TimeDelta::days(i64::from(policy.closing.reopen_within_days));
            let closed = tx.read()?.closed_alert_of(b.student.id, b.circle, since).await?;
            match closed.filter(|a| a.place == b.student.place()) {
                Some(alert) => reopen(desk, tx, &b, alert).await?,
                None => open_new(desk, tx, &b, policy_id).await?,
            }
        }
    };
    Ok((climbing, b.suggestion.level))
}

/// An alert that nobody was told of yet, about a child where it is now.
fn fresh(desk: &Desk, student: &StudentRecord, circle: &Circle, level: Level, policy: PolicyId) -> AlertRecord {
    let now = desk.now();
    AlertRecord {
        id: AlertId::new(desk.ids.uuid()),
        student: student.id,
        place: student.place(),
        peak: level,
        state: AlertState::Untriaged,
        confidential: circle.is_restricted(),
        audience: circle.audience,
        district_decides: false,
        owner: None,
        opened_at: now,
        closed_at: None,
        decision: 1,
        policy,
        tier: Tier::Class,
        district_at: None,
        climb: Climb {
            state: ClimbState::Closed,
            level,
            rung: 0,
            epoch: 0,
            repeat: 0,
            version: 0,
            last_seen: now,
            late: false,
            custody: false,
            assessed: false,
            reached: Vec::new(),
            turn_at: now,
            declined: Vec::new(),
        },
    }
}

async fn open_new(desk: &Desk, tx: &mut Tx, b: &Facts<'_>, policy: PolicyId) -> Result<Climbing, CaseError> {
    let level = b.suggestion.level;
    let alert = fresh(desk, b.student, b.circle, level, policy);
    let (id, now) = (alert.id, desk.now());
    let body = serde_json::json!({ "level": level });
    tx.append_event(id.uuid(), "opened", Some(b.by), now, Some(body.to_string())).await?;
    tx.add_reasons(id, &b.suggestion.reasons, now).await?;
    let mut climbing = Climbing::new(desk, tx, alert, b.circle).await?;
    climbing.save(tx).await?;
    let body = serde_json::json!({ "what": "opened", "level": level });
    tx.add_growth_entries(&[entry(desk, (b.student, b.circle.audience), id, &body)]).await?;
    Ok(climbing)
}

/// Another alert at the level of a closed one, where the child is now: that one is of another place, or of long ago.
pub(crate) async fn open_again(
    desk: &Desk,
    tx: &mut Tx,
    student: &StudentRecord,
    closed: &AlertRecord,
    (observation, by): (ObservationId, PersonId),
) -> Result<Climbing, CaseError> {
    let (policy_id, policy) = desk.policy_in_force().await?;
    let circle = Circle { audience: closed.audience, left_out: tx.read()?.excluded_from(closed.id).await? };
    let directory = directory_of_circle(desk, &tx.read()?, &student.place(), &circle).await?;
    let level = directory.heard_at(&policy, closed.climb.level);
    let alert = fresh(desk, student, &circle, level, policy_id);
    let (id, now) = (alert.id, desk.now());
    let body = serde_json::json!({ "level": level });
    tx.append_event(id.uuid(), "opened", Some(by), now, Some(body.to_string())).await?;
    let climbing = Climbing::new(desk, tx, alert, &circle).await?;
    let body = serde_json::json!({ "what": "opened", "level": level });
    tx.add_growth_entries(&[entry(desk, (student, circle.audience), id, &body)]).await?;
    let led = Led {
        alert: id,
        level: Some(level),
        audience: circle.audience,
        told: Vec::new(),
        in_hand: None,
        earlier: Vec::new(),
    };
    note(tx, observation, &led, now).await?;
    Ok(climbing)
}

async fn join(desk: &Desk, tx: &mut Tx, b: &Facts<'_>, alert: AlertRecord) -> Result<Climbing, CaseError> {
    let id = alert.id;
    let mut climbing = Climbing::of(desk, tx, alert).await?;
    tx.add_reasons(id, &b.suggestion.reasons, climbing.now).await?;
    climbing.log(tx, "evidence_joined", Some(b.by), Some(b.joined.clone())).await?;
    climbing.new_facts(tx).await?;
    climbing.join(desk, tx, (b.suggestion.level, b.repeat), b.by).await?;
    climbing.save(tx).await?;
    Ok(climbing)
}

/// New facts about a child whose alert was closed not long ago: it is the same alert, in a new turn.
async fn reopen(desk: &Desk, tx: &mut Tx, b: &Facts<'_>, alert: AlertRecord) -> Result<Climbing, CaseError> {
    let id = alert.id;
    let mut climbing = Climbing::of(desk, tx, alert).await?;
    tx.add_reasons(id, &b.suggestion.reasons, climbing.now).await?;
    climbing.log(tx, "evidence_joined", Some(b.by), Some(b.joined.clone())).await?;
    climbing.reopen(desk, tx, b.suggestion.level).await?;
    climbing.save(tx).await?;
    let body = serde_json::json!({ "what": "case_reopened", "to": b.suggestion.level });
    tx.add_growth_entries(&[entry(desk, (b.student, b.circle.audience), id, &body)]).await?;
    Ok(climbing)
}

fn entry(
    desk: &Desk,
    (student, audience): (&StudentRecord, Audience),
    alert: AlertId,
    body: &serde_json::Value,
) -> NewGrowthEntry {
    NewGrowthEntry {
        alert: Some(alert),
        body: Some(body.to_string()),
        audience,
        ..NewGrowthEntry::new(EntryKind::Alert, student.id, EventId::new(desk.ids.uuid()), desk.now())
    }
}
