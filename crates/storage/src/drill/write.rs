//! Writing drills. What a drill is, is written once; only its climb and its end change.

use domain::escalation::ClimbState;
use domain::id::{ClassId, DrillId, GradeId, PersonId};
use sea_orm::Value;

use super::DrillRecord;
use crate::row::{Values, at, maybe_at, to_json};
use crate::{StorageError, Tx};

const CHANGING: [&str; 18] = [
    "ended_at",
    "ended_how",
    "ended_by",
    "owner_id",
    "climb_state",
    "climb_version",
    "rung",
    "epoch",
    "repeat_no",
    "deadline_at",
    "resend_at",
    "call_at",
    "turn_at",
    "declined",
    "last_seen",
    "late",
    "custody",
    "reached",
];

fn changing(d: &DrillRecord) -> Result<[Value; 18], StorageError> {
    let c = &d.climb;
    let (resend, call) = match c.state {
        ClimbState::Open { resend_at, call_at, .. } => (resend_at, call_at),
        ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => (None, None),
    };
    Ok([
        maybe_at(d.ended.map(|e| e.at)),
        d.ended.map(|e| e.how.key().to_owned()).into(),
        d.ended.and_then(|e| e.by).map(PersonId::uuid).into(),
        d.owner.map(PersonId::uuid).into(),
        c.state.key().into(),
        i64::try_from(c.version).unwrap_or(i64::MAX).into(),
        i64::from(c.rung).into(),
        i64::from(c.epoch).into(),
        i64::from(c.repeat).into(),
        maybe_at(c.state.deadline()),
        maybe_at(resend),
        maybe_at(call),
        at(c.turn_at),
        to_json(&c.declined)?.into(),
        at(c.last_seen),
        c.late.into(),
        c.custody.into(),
        to_json(&c.reached)?.into(),
    ])
}

impl Tx {
    /// Everybody else who works on this drill waits until this transaction is over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alone_with_drill(&mut self, drill: DrillId) -> Result<(), StorageError> {
        self.alone_with(drill.uuid()).await
    }

    /// Stores a new drill.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when one runs in the school.
    pub async fn add_drill(&mut self, d: &DrillRecord) -> Result<(), StorageError> {
        let mut v = Values::default();
        let mut all: Vec<Value> = vec![
            d.id.uuid().into(),
            d.school.uuid().into(),
            d.district.uuid().into(),
            d.around.grade().map(GradeId::uuid).into(),
            d.around.class().map(ClassId::uuid).into(),
            i64::from(d.climb.level.number()).into(),
            d.note.clone().into(),
            d.by_night.into(),
            d.with_district.into(),
            d.started_by.uuid().into(),
            at(d.started_at),
            at(d.ends_at),
            d.policy.uuid().into(),
            d.climb.assessed.into(),
        ];
        all.extend(changing(d)?);
        let marks = v.row(all);
        let sql = format!(
            "INSERT INTO drill (id, school_id, district_id, grade_id, class_id, level, note, by_night, with_district, \
             started_by, started_at, ends_at, policy_id, assessed, {}) VALUES {marks}",
            CHANGING.join(", ")
        );
        self.run(&sql, v.into_vec()).await.map(|_| ())
    }

    /// Stores a drill that has changed. `was` is the drill as it was read. One that has ended changes no more.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when somebody else changed it since.
    pub async fn change_drill(&mut self, was: &DrillRecord, d: &DrillRecord) -> Result<(), StorageError> {
        let mut v = Values::default();
        let sets: Vec<String> =
            CHANGING.iter().zip(changing(d)?).map(|(name, value)| format!("{name} = {}", v.push(value))).collect();
        let (id, version) = (v.push(d.id.uuid()), v.push(i64::try_from(was.climb.version).unwrap_or(i64::MAX)));
        let sql = format!(
            "UPDATE drill SET {} WHERE id = {id} AND climb_version = {version} AND ended_at IS NULL",
            sets.join(", ")
        );
        match self.run(&sql, v.into_vec()).await? {
            0 => Err(StorageError::Stale),
            _ => Ok(()),
        }
    }
}
