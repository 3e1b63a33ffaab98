//! Writing alerts.

use std::collections::BTreeSet;

use domain::assessment::Reason;
use domain::directory::Circle;
use domain::escalation::ClimbState;
use domain::id::{AlertId, ObservationId, PersonId};
use domain::time::Timestamp;
use sea_orm::Value;

use super::AlertRecord;
use crate::row::{Values, at, get, instant, json, maybe_at, to_json};
use crate::{Read, StorageError, Tx};

/// Why a level was suggested, and when.
#[derive(Debug, Clone)]
pub struct ReasonRecord {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
}

fn columns(a: &AlertRecord) -> Result<Vec<Value>, StorageError> {
    let c = &a.climb;
    let (deadline, resend, call) = match c.state {
        ClimbState::Open { deadline, resend_at, call_at, held_from: _ } => (Some(deadline), resend_at, call_at),
        ClimbState::Acked { expires_at } => (Some(expires_at), None, None),
        ClimbState::Settled { review_at } => (Some(review_at), None, None),
        ClimbState::Closed => (None, None, None),
    };
    Ok(vec![
        i64::from(c.level.number()).into(),
        i64::from(a.peak.number()).into(),
        a.state.key().into(),
        a.audience.key().into(),
        a.owner.map(PersonId::uuid).into(),
        maybe_at(a.closed_at),
        i64::try_from(a.decision).unwrap_or(i64::MAX).into(),
        c.state.key().into(),
        i64::try_from(c.version).unwrap_or(i64::MAX).into(),
        a.tier.key().into(),
        i64::from(c.rung).into(),
        i64::from(c.epoch).into(),
        i64::from(c.repeat).into(),
        maybe_at(c.state.due_at()),
        maybe_at(deadline),
        maybe_at(resend),
        maybe_at(call),
        at(c.turn_at),
        to_json(&c.declined)?.into(),
        at(c.last_seen),
        c.late.into(),
        c.custody.into(),
        c.assessed.into(),
        to_json(&c.reached)?.into(),
        maybe_at(a.district_at),
        maybe_at(c.state.held_from()),
        a.district_decides.into(),
    ])
}

const COLUMNS: [&str; 27] = [
    "level",
    "peak",
    "state",
    "audience",
    "owner_id",
    "closed_at",
    "decision",
    "climb_state",
    "climb_version",
    "tier",
    "rung",
    "epoch",
    "repeat_no",
    "due_at",
    "deadline_at",
    "resend_at",
    "call_at",
    "turn_at",
    "declined",
    "last_seen",
    "late",
    "custody",
    "assessed",
    "reached",
    "district_at",
    "held_from_at",
    "district_decides",
];

impl Tx {
    /// Everybody else who decides about this student waits until this transaction is over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alone_with_student(&mut self, student: domain::id::StudentId) -> Result<(), StorageError> {
        self.alone_with(student.uuid()).await
    }

    /// Stores a new alert, of which this circle may hear.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when the student has an open one of that circle.
    pub async fn add_alert(&mut self, a: &AlertRecord, circle: &Circle) -> Result<(), StorageError> {
        self.does(crate::Deed::Open);
        let mut v = Values::default();
        let mut all: Vec<Value> = vec![
            a.id.uuid().into(),
            a.student.uuid().into(),
            a.place.class.uuid().into(),
            a.place.grade.uuid().into(),
            a.place.school.uuid().into(),
            a.place.district.uuid().into(),
            at(a.opened_at),
            a.policy.uuid().into(),
            a.confidential.into(),
            circle.key().into(),
        ];
        all.extend(columns(a)?);
        let marks = v.row(all);
        let sql = format!(
            "INSERT INTO alert (id, student_id, class_id, grade_id, school_id, district_id, opened_at, policy_id, \
             confidential, circle, {}) \
             VALUES {marks}",
            COLUMNS.join(", ")
        );
        self.run(&sql, v.into_vec()).await?;
        self.feed(a.id.uuid(), "alert.opened", a.opened_at).await
    }

    /// Stores an alert that has changed. `was` is the alert as it was read.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when somebody else changed it since.
    pub async fn change_alert(&mut self, was: &AlertRecord, a: &AlertRecord) -> Result<(), StorageError> {
        self.does(crate::Deed::Change);
        let mut v = Values::default();
        let sets: Vec<String> =
            COLUMNS.iter().zip(columns(a)?).map(|(name, value)| format!("{name} = {}", v.push(value))).collect();
        let (id, version, decision) = (
            v.push(a.id.uuid()),
            v.push(i64::try_from(was.climb.version).unwrap_or(i64::MAX)),
            v.push(i64::try_from(was.decision).unwrap_or(i64::MAX)),
        );
        let sql = format!(
            "UPDATE alert SET {} WHERE id = {id} AND climb_version = {version} AND decision = {decision}",
            sets.join(", ")
        );
        if self.run(&sql, v.into_vec()).await? == 0 {
            return Err(StorageError::Stale);
        }
        match (was.closed_at, a.closed_at) {
            (None, Some(closed)) => self.feed(a.id.uuid(), "alert.closed", closed).await,
            _ => Ok(()),
        }
    }

    /// Leaves people out of an alert, for good.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn exclude_from_alert(
        &mut self,
        alert: AlertId,
        people: &BTreeSet<PersonId>,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        if people.is_empty() {
            return Ok(());
        }
        let mut v = Values::default();
        let rows: Vec<String> = people.iter().map(|p| v.row([alert.uuid().into(), p.uuid().into(), at(now)])).collect();
        let sql = format!(
            "INSERT INTO alert_exclusion (alert_id, person_id, since) VALUES {} ON CONFLICT (alert_id, person_id) DO NOTHING",
            rows.join(", ")
        );
        self.run(&sql, v.into_vec()).await.map(|_| ())
    }

    /// Adds reasons to an alert.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_reasons(
        &mut self,
        alert: AlertId,
        reasons: &[Reason],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        for reason in reasons {
            let sql = "INSERT INTO alert_reason (alert_id, seq, at, rule, version, zh, en, evidence) VALUES ($1, \
                       (SELECT COALESCE(MAX(seq), 0) + 1 FROM alert_reason WHERE alert_id = $1), $2, $3, $4, $5, $6, $7)";
            let values = vec![
                alert.uuid().into(),
                at(now),
                reason.rule.clone().into(),
                reason.version.clone().into(),
                reason.zh.clone().into(),
                reason.en.clone().into(),
                to_json(&reason.evidence)?.into(),
            ];
            self.run(sql, values).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// Why an alert has its level, oldest reason first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reasons(&self, alert: AlertId) -> Result<Vec<ReasonRecord>, StorageError> {
        let sql = "SELECT * FROM alert_reason WHERE alert_id = $1 ORDER BY seq LIMIT 500";
        let rows = self.all(sql, vec![alert.uuid().into()]).await?;
        rows.iter()
            .map(|r| {
                let reason = Reason {
                    rule: get(r, "rule")?,
                    version: get(r, "version")?,
                    zh: get(r, "zh")?,
                    en: get(r, "en")?,
                    evidence: json::<Vec<ObservationId>>(r, "evidence")?,
                };
                Ok(ReasonRecord { at: instant(r, "at")?, reason })
            })
            .collect()
    }

    /// Since when somebody is left out of an alert, if he is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn excluded_since(&self, alert: AlertId, person: PersonId) -> Result<Option<Timestamp>, StorageError> {
        let sql = "SELECT since FROM alert_exclusion WHERE alert_id = $1 AND person_id = $2";
        let row = self.one(sql, vec![alert.uuid().into(), person.uuid().into()]).await?;
        row.map(|r| instant(&r, "since")).transpose()
    }

    /// The people left out of an alert.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn excluded_from(&self, alert: AlertId) -> Result<BTreeSet<PersonId>, StorageError> {
        let sql = "SELECT person_id FROM alert_exclusion WHERE alert_id = $1";
        let rows = self.all(sql, vec![alert.uuid().into()]).await?;
        rows.iter().map(|r| Ok(PersonId::new(get(r, "person_id")?))).collect()
    }
}
