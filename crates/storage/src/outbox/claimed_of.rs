//! What is claimed that is about no alert: each kind goes out while what it is about still wants it.

use domain::mandatory::Step;
use uuid::Uuid;

use super::Claimed;
use super::address::ADDRESS;
use super::work::claimed;
use crate::row::Values;
use crate::{StorageError, Tx};

impl Tx {
    /// A drill's messages go out while it runs and nothing real goes on in its school; that it is over is told in any case.
    pub(super) async fn claimed_of_drills(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let disturbed = crate::drill::disturbed();
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, d.climb_state, d.epoch AS alert_epoch, \
             CAST(CASE WHEN m.kind IN ('drill_over', 'drill_stopped') THEN 1 \
             WHEN d.ended_at IS NOT NULL OR {disturbed} THEN 0 ELSE 1 END AS BIGINT) AS hears, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN drill d ON d.id = m.alert_id \
             WHERE m.id IN ({list}) AND m.lane = 'drill' ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }

    /// Whoever has to file is asked while nothing has come in; how many are missing goes out as it was counted.
    pub(super) async fn claimed_of_reports(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, 'open' AS climb_state, m.epoch AS alert_epoch, \
             CAST(CASE WHEN d.filed_at IS NULL OR m.kind IN ('reports_missing', 'sweeps_missing') THEN 1 ELSE 0 END AS BIGINT) AS hears, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN report_due d ON d.id = m.alert_id \
             WHERE m.id IN ({list}) AND m.kind IN ('report_due', 'reports_missing', 'sweep_due', 'sweeps_missing') \
             ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }

    /// What tells of a task goes out while the task is open: that it was given, and that it is due, to its owner alone. That it
    /// was taken from somebody he hears whatever has become of it. That a
    /// decision was looked at is told to those who signed it.
    pub(super) async fn claimed_of_tasks(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, t.state AS climb_state, m.epoch AS alert_epoch, \
             CAST(CASE WHEN m.kind = 'task_taken' OR (t.state = 'open' AND (m.kind = 'task_overdue' OR t.owner_id = m.person_id)) \
             OR (m.kind = 'decision_looked_at' AND EXISTS (SELECT 1 FROM decision_draw d WHERE d.id = t.record_id \
             AND m.person_id IN (d.decided_by, d.signed_by))) THEN 1 ELSE 0 END AS BIGINT) AS hears, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN task t ON t.id = m.alert_id \
             WHERE m.id IN ({list}) AND m.kind IN ('task_given', 'task_taken', 'task_due', 'task_overdue', 'decision_looked_at') \
             ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }

    /// That the police were not told is said until they were; nobody who must not hear of it hears.
    pub(super) async fn claimed_by_law(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let rest = v.push(i64::from(Step::Rest.turn()));
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, 'open' AS climb_state, m.epoch AS alert_epoch, \
             CAST(CASE WHEN (k.police_at IS NULL OR m.epoch = {rest}) AND k.settled_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM mandatory_exclusion x WHERE x.report_id = k.report_id \
             AND x.person_id = m.person_id) THEN 1 ELSE 0 END AS BIGINT) AS hears, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN mandatory_clock k ON k.report_id = m.alert_id \
             WHERE m.id IN ({list}) AND m.kind = 'urgent_overdue' ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }

    /// What asks for an answer about students goes out while somebody has to answer; what was answered goes out as it was.
    pub(super) async fn claimed_of_students(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, 'open' AS climb_state, m.epoch AS alert_epoch, \
             CAST(CASE WHEN t.act_at IS NOT NULL OR m.kind = 'student_answered' OR m.repeat_no > 1 THEN 1 ELSE 0 END \
             AS BIGINT) AS hears, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN student_hand_over t ON t.id = m.alert_id \
             WHERE m.id IN ({list}) AND m.kind IN ('student_waits', 'student_overdue', 'student_answered') \
             ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }
}
