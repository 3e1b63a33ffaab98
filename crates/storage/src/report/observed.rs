//! What somebody has reported of children, and of whom somebody may read it.

use std::collections::BTreeSet;

use domain::access::Scope;
use domain::id::{PersonId, StudentId};
use domain::time::Timestamp;

use crate::row::{Values, at, get, instant};
use crate::student::in_units;
use crate::{Read, StorageError};

/// A report of a child, as far as it matters whether anything was reported.
#[derive(Debug, Clone)]
pub struct Reported {
    /// Of whom: the one whom it is about.
    pub student: StudentId,
    /// When it came, whenever it was seen.
    pub received_at: Timestamp,
    /// By which signs.
    pub signs: Vec<String>,
}

impl Read<'_> {
    /// What was reported of some students since a time, as far as a reader may know of it: what he filed himself, and of what
    /// others filed only what everybody may hear and does not leave him out; for the service itself, everything. Whoever asks has found
    /// the students.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reported_since(
        &self,
        students: &[StudentId],
        since: Timestamp,
        reader: Option<PersonId>,
    ) -> Result<Vec<Reported>, StorageError> {
        let mut v = Values::default();
        let (students, since) = (v.list(students.iter().map(|s| s.uuid())), v.push(at(since)));
        let known = reader.map_or_else(String::new, |reader| {
            let reader = v.push(reader.uuid());
            format!(
                " AND (o.filed_by = {reader} OR (e.audience = 'everyone' AND NOT EXISTS \
                 (SELECT 1 FROM observation_exclusion x WHERE x.observation_id = o.id AND x.person_id = {reader})))"
            )
        });
        let sql = format!(
            "SELECT e.student_id, o.received_at, e.signs FROM growth_entry e JOIN observation o ON o.id = e.observation_id \
             WHERE e.student_id IN ({students}) AND e.kind = 'observation' AND e.part = 'subject' \
             AND o.received_at >= {since}{known}"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                let signs: String = get(r, "signs")?;
                Ok(Reported {
                    student: StudentId::new(get(r, "student_id")?),
                    received_at: instant(r, "received_at")?,
                    signs: signs.split_whitespace().map(str::to_owned).collect(),
                })
            })
            .collect()
    }

    /// What class teachers' lists said of a student since, and when it was written. For the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn said_in_sweeps(
        &self,
        student: StudentId,
        since: Timestamp,
    ) -> Result<Vec<(Timestamp, String)>, StorageError> {
        let sql = "SELECT at, body FROM growth_entry WHERE student_id = $1 AND at >= $2 AND kind = 'mood' \
                   AND body LIKE '%\"what\":\"sweep\"%' ORDER BY at";
        let rows = self.all(sql, vec![student.uuid().into(), at(since)]).await?;
        rows.iter().map(|r| Ok((instant(r, "at")?, get(r, "body")?))).collect()
    }

    /// Of some students, those who lie in a scope now, wherever they were when something was written of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn still_within(&self, scope: &Scope, ids: &[StudentId]) -> Result<BTreeSet<StudentId>, StorageError> {
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut v = Values::default();
        let list = v.list(ids.iter().map(|s| s.uuid()));
        let sql = format!("SELECT s.id FROM student s WHERE s.id IN ({list}) AND {}", in_units(scope, &mut v, "s"));
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok(StudentId::new(get(r, "id")?))).collect()
    }
}
