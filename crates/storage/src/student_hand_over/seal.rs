//! What is sealed of a file, and the signed looks at it.

use std::collections::BTreeSet;

use domain::growth_file::EntryKind;
use domain::id::{PersonId, StudentId};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, word};
use crate::{Read, StorageError, Tx};

/// A signed look at what is sealed.
#[derive(Debug, Clone)]
pub struct NewUnsealing {
    /// Its id.
    pub id: Uuid,
    /// Whose file.
    pub student: StudentId,
    /// Who looks.
    pub person: PersonId,
    /// What for.
    pub purpose: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// When an entry was written down.
pub(crate) const WRITTEN: &str =
    "COALESCE(e.filed_at, (SELECT o.received_at FROM observation o WHERE o.id = e.observation_id), e.at)";

/// The words of SQL that say "this entry is not sealed". What an alert that is not sealed tells, and rests on, is not; nor are
/// plans, and that the file passed on.
pub(crate) fn unsealed(students: &BTreeSet<StudentId>, v: &mut Values) -> String {
    let open = v.list(students.iter().map(|s| s.uuid()));
    let open = if students.is_empty() { String::new() } else { format!("e.student_id IN ({open}) OR ") };
    format!(
        "({open}NOT EXISTS (SELECT 1 FROM file_seal k WHERE k.student_id = e.student_id AND k.sealed_at >= {WRITTEN} \
         AND (e.record_id IS NULL OR e.record_id <> k.hand_over_id)) \
         OR e.kind = 'plan' OR (e.kind = 'hand_over' AND e.restricted = FALSE) \
         OR EXISTS (SELECT 1 FROM alert a WHERE a.id = e.alert_id AND a.sealed_at IS NULL) \
         OR EXISTS (SELECT 1 FROM file_carried c JOIN alert a ON a.id = c.alert_id WHERE c.student_id = e.student_id \
         AND c.observation_id = e.observation_id AND a.sealed_at IS NULL))"
    )
}

impl Tx {
    /// Opens what is sealed of a file, for a time.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn unseal_file(&mut self, u: &NewUnsealing) -> Result<(), StorageError> {
        let sql = "INSERT INTO file_unsealing (id, student_id, person_id, purpose, opened_at, until_at) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            u.id.into(),
            u.student.uuid().into(),
            u.person.uuid().into(),
            u.purpose.clone().into(),
            at(u.from),
            at(u.until),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// When a file was last sealed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sealed_since(&self, student: StudentId) -> Result<Option<Timestamp>, StorageError> {
        let sql = "SELECT sealed_at FROM file_seal WHERE student_id = $1 ORDER BY sealed_at DESC LIMIT 1";
        let row = self.one(sql, vec![student.uuid().into()]).await?;
        row.map(|r| instant(&r, "sealed_at")).transpose()
    }

    /// Until when somebody looks at what is sealed of a file, if he does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn unsealed_until(
        &self,
        student: StudentId,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StorageError> {
        let sql = "SELECT until_at FROM file_unsealing WHERE student_id = $1 AND person_id = $2 AND until_at > $3 \
                   ORDER BY until_at DESC LIMIT 1";
        let row = self.one(sql, vec![student.uuid().into(), person.uuid().into(), at(now)]).await?;
        row.map(|r| instant(&r, "until_at")).transpose()
    }

    /// How many entries of each kind were written about a student since an instant, for the summary that goes to another
    /// school: those of which everybody may hear who reads restricted text.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn entries_by_kind(
        &self,
        student: StudentId,
        since: Timestamp,
    ) -> Result<Vec<(EntryKind, u32)>, StorageError> {
        let sql = "SELECT e.kind, CAST(COUNT(*) AS BIGINT) AS n FROM growth_entry e WHERE e.student_id = $1 AND e.at >= $2 \
                   AND e.audience = 'everyone' AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = e.alert_id \
                   AND (a.audience <> 'everyone' OR EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = a.id))) \
                   AND NOT EXISTS (SELECT 1 FROM observation_exclusion x WHERE x.observation_id = e.observation_id) \
                   GROUP BY e.kind ORDER BY e.kind";
        let rows = self.all(sql, vec![student.uuid().into(), at(since)]).await?;
        let one = |r| Ok((word(r, "kind", EntryKind::from_key)?, crate::row::number(r, "n")?));
        rows.iter().map(one).collect()
    }

    /// The alerts of a student since an instant of which everybody may hear: peak, when opened, when closed and how.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alerts_summed_up(
        &self,
        student: StudentId,
        since: Timestamp,
    ) -> Result<Vec<(domain::level::Level, Timestamp, Option<Timestamp>)>, StorageError> {
        let sql = "SELECT a.peak, a.opened_at, a.closed_at FROM alert a WHERE a.student_id = $1 \
                   AND (a.closed_at IS NULL OR a.closed_at >= $2) AND a.audience = 'everyone' AND a.state <> 'false_alarm' \
                   AND NOT EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = a.id) ORDER BY a.opened_at LIMIT 100";
        let rows = self.all(sql, vec![student.uuid().into(), at(since)]).await?;
        let one = |r| Ok((crate::alert::level(r, "peak")?, instant(r, "opened_at")?, closed(r)?));
        rows.iter().map(one).collect()
    }
}

fn closed(r: &sea_orm::QueryResult) -> Result<Option<Timestamp>, StorageError> {
    let micros: Option<i64> = get(r, "closed_at")?;
    Ok(micros.and_then(domain::time::from_micros))
}
