//! One entry of a growth file in all its versions, and the life events among them.

use chrono::NaiveDate;
use domain::access::Scope;
use domain::id::{EventId, StudentId};
use domain::time::Timestamp;

use crate::growth::{GrowthEntry, HOLDS, SELECT, audible, entry};
use crate::row::{Values, at, get, instant};
use crate::{Read, StorageError};

const MOST_LIFE_EVENTS: i64 = 200;

impl Read<'_> {
    /// The versions of an entry, oldest first; nothing where the reader may not hear of one of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn growth_versions(
        &self,
        scope: &Scope,
        student: StudentId,
        id: EventId,
    ) -> Result<Vec<GrowthEntry>, StorageError> {
        let mut v = Values::default();
        let (id, student) = (v.push(id.uuid()), v.push(student.uuid()));
        let audible = audible(scope, &mut v);
        let sql = format!(
            "WITH RECURSIVE up (id, corrects_id) AS (SELECT g.id, g.corrects_id FROM growth_entry g WHERE g.id = {id} \
             UNION ALL SELECT g.id, g.corrects_id FROM up JOIN growth_entry g ON g.id = up.corrects_id), \
             version (id) AS (SELECT up.id FROM up UNION SELECT g.id FROM version JOIN growth_entry g \
             ON g.corrects_id = version.id) \
             SELECT x.*, CAST(CASE WHEN x.id IN (SELECT e.id FROM growth_entry e WHERE e.id IN (SELECT id FROM version) \
             AND {audible}) THEN 1 ELSE 0 END AS BIGINT) AS heard FROM ({SELECT} WHERE e.id IN (SELECT id FROM version) \
             AND e.student_id = {student}) x"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        for row in &rows {
            if get::<i64>(row, "heard")? == 0 {
                return Ok(Vec::new());
            }
        }
        Ok(in_order(rows.iter().map(entry).collect::<Result<_, _>>()?))
    }

    /// The life events of a student, as far as the reader may hear of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn life_events(
        &self,
        scope: &Scope,
        student: StudentId,
        restricted: bool,
    ) -> Result<Vec<GrowthEntry>, StorageError> {
        let mut v = Values::default();
        let student = v.push(student.uuid());
        let (audible, restricted) = (audible(scope, &mut v), v.push(restricted));
        let sql = format!(
            "{SELECT} WHERE e.student_id = {student} AND e.kind = 'life_event' AND {audible} AND {HOLDS} \
             AND (e.restricted = FALSE OR {restricted}) ORDER BY e.at DESC, e.id DESC LIMIT {MOST_LIFE_EVENTS}"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(entry).collect()
    }

    /// What rules look at: when life events happened, and what was noted of them. Those that not everybody reads who opens
    /// the file are not among them: a level or a reason would betray that they exist.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_life_events(
        &self,
        student: StudentId,
        since: Timestamp,
    ) -> Result<Vec<(Timestamp, String)>, StorageError> {
        let sql = format!(
            "SELECT e.at, e.body FROM growth_entry e WHERE e.student_id = $1 AND e.kind = 'life_event' AND e.at >= $2 \
             AND e.restricted = FALSE AND e.audience = 'everyone' AND {HOLDS} ORDER BY e.at DESC LIMIT $3"
        );
        let rows = self.all(&sql, vec![student.uuid().into(), at(since), MOST_LIFE_EVENTS.into()]).await?;
        rows.iter().map(|r| Ok((instant(r, "at")?, get::<Option<String>>(r, "body")?.unwrap_or_default()))).collect()
    }

    /// When what an entry tells of happened, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn growth_entry_at(&self, id: EventId) -> Result<Option<Timestamp>, StorageError> {
        let row = self.one("SELECT at FROM growth_entry WHERE id = $1", vec![id.uuid().into()]).await?;
        row.map(|r| instant(&r, "at")).transpose()
    }

    /// When a student was born, where the roster says so. Whoever asks has found the student in a scope of his.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn born(&self, student: StudentId) -> Result<Option<NaiveDate>, StorageError> {
        let row = self.one("SELECT birth_date FROM student WHERE id = $1", vec![student.uuid().into()]).await?;
        let text = row.map(|r| get::<Option<String>>(&r, "birth_date")).transpose()?.flatten();
        Ok(text.and_then(|t| NaiveDate::parse_from_str(&t, "%Y-%m-%d").ok()))
    }
}

/// The first one, then always the one that took its place. One that is missing hides them all.
fn in_order(found: Vec<GrowthEntry>) -> Vec<GrowthEntry> {
    let all = found.len();
    let mut out: Vec<GrowthEntry> = Vec::with_capacity(all);
    let mut rest = found;
    while let Some(next) = rest.iter().position(|e| e.corrects == out.last().map(|l| l.id)) {
        out.push(rest.swap_remove(next));
    }
    if out.len() == all { out } else { Vec::new() }
}
