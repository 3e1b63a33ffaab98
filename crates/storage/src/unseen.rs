//! Children of whom nobody writes, although something was.

use std::collections::BTreeSet;

use domain::id::{AlertId, PersonId, StudentId};
use domain::level::Level;
use domain::policy::UnseenSince;
use domain::task::TaskKind;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::list::STANDS;
use crate::row::{Values, at, get, instant, number};
use crate::{Read, StorageError, Tx};

const ROUND: Uuid = Uuid::from_u128(0x0175_5ee0_0000_8000_8000_0000_0000_0001);

/// A child of whom nobody has written, and what there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnseenRecord {
    /// Who.
    pub student: StudentId,
    /// On a list that everybody may know of who opens the file, or with low mood in weekly reports.
    pub known: bool,
    /// On a list that the counsellor alone knows of.
    pub hidden: bool,
    /// The last orange or red of the school where it is now.
    pub alert: Option<AlertId>,
    /// An orange or a red at a school where it was before, other than one of which the district alone may hear.
    pub sealed: bool,
}

impl Tx {
    /// No other process takes the round up until the transaction is over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alone_with_unseen(&self) -> Result<(), StorageError> {
        self.alone_with(ROUND).await
    }

    /// Notes how far the round has come, and when it goes on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_unseen_round(&mut self, next: Timestamp, after: Option<StudentId>) -> Result<(), StorageError> {
        let sql = "INSERT INTO unseen_round (id, act_at, after_id) VALUES (1, $1, $2) \
                   ON CONFLICT (id) DO UPDATE SET act_at = excluded.act_at, after_id = excluded.after_id";
        self.run(sql, vec![at(next), after.map(StudentId::uuid).into()]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// When the round goes on, and behind whom; nothing before the first one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn unseen_round(&self) -> Result<Option<(Timestamp, Option<StudentId>)>, StorageError> {
        let row = self.one("SELECT act_at, after_id FROM unseen_round WHERE id = 1", vec![]).await?;
        let read =
            |r: QueryResult| Ok((instant(&r, "act_at")?, get::<Option<Uuid>>(&r, "after_id")?.map(StudentId::new)));
        row.map(read).transpose()
    }

    /// The next students behind one, in the order of their ids, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn students_after(&self, after: Option<StudentId>, most: u32) -> Result<Vec<StudentId>, StorageError> {
        let sql = "SELECT id FROM student WHERE id > $1 ORDER BY id LIMIT $2";
        let after = after.map_or(Uuid::nil(), StudentId::uuid);
        let rows = self.all(sql, vec![after.into(), i64::from(most).into()]).await?;
        rows.iter().map(|r| Ok(StudentId::new(get(r, "id")?))).collect()
    }

    /// Whom the sealed alerts of a student leave out: they are not told by a task that there was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn left_out_of_sealed(&self, student: StudentId) -> Result<BTreeSet<PersonId>, StorageError> {
        let sql = "SELECT DISTINCT x.person_id FROM alert a JOIN alert_exclusion x ON x.alert_id = a.id \
                   WHERE a.student_id = $1 AND a.sealed_at IS NOT NULL";
        let rows = self.all(sql, vec![student.uuid().into()]).await?;
        rows.iter().map(|r| Ok(PersonId::new(get(r, "person_id")?))).collect()
    }

    /// Of some students, those of whom nobody has written and somebody should look after: at school, with something that was,
    /// and not asked about since. Each question goes by an index of the student.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn unseen(
        &self,
        students: &[StudentId],
        since: UnseenSince,
        open_lists: &[String],
    ) -> Result<Vec<UnseenRecord>, StorageError> {
        let mut v = Values::default();
        let ids = v.list(students.iter().map(|s| s.uuid()));
        let (silent, alert, low) = (v.push(at(since.silent)), v.push(at(since.alert)), v.push(since.low.to_string()));
        let (orange, kind) = (v.push(i64::from(Level::Orange.number())), v.push(TaskKind::Unseen.key()));
        let codes: Vec<String> = open_lists.iter().map(|code| v.push(code.clone())).collect();
        let codes = if codes.is_empty() { "''".to_owned() } else { codes.join(", ") };
        let member = format!(
            "EXISTS (SELECT 1 FROM list_membership m WHERE m.student_id = s.id AND m.to_on IS NULL AND {STANDS} AND m.list"
        );
        let was = format!(
            "a.student_id = s.id AND a.peak >= {orange} AND a.state <> 'false_alarm' \
             AND (a.closed_at IS NULL OR a.closed_at >= {alert})"
        );
        let sql = format!(
            "SELECT s.id, CAST(CASE WHEN {member} IN ({codes})) \
             OR EXISTS (SELECT 1 FROM low_time w WHERE w.student_id = s.id AND w.last_week >= {low}) \
             THEN 1 ELSE 0 END AS BIGINT) AS known, \
             CAST(CASE WHEN {member} NOT IN ({codes})) THEN 1 ELSE 0 END AS BIGINT) AS hidden, \
             CAST(CASE WHEN EXISTS (SELECT 1 FROM alert a WHERE {was} AND a.sealed_at IS NOT NULL \
             AND a.audience <> 'district_only') THEN 1 ELSE 0 END AS BIGINT) AS sealed, \
             (SELECT a.id FROM alert a WHERE {was} AND a.sealed_at IS NULL ORDER BY CASE WHEN a.audience = 'everyone' THEN 0 ELSE 1 END, a.opened_at DESC, a.id LIMIT 1) AS alert_id \
             FROM student s WHERE s.id IN ({ids}) AND s.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM growth_entry e \
             WHERE e.student_id = s.id AND e.at >= {silent} AND e.by_person IS NOT NULL) \
             AND NOT EXISTS (SELECT 1 FROM task t WHERE t.student_id = s.id AND t.kind = {kind} \
             AND (t.state = 'open' OR t.given_at >= {silent})) \
             AND NOT EXISTS (SELECT 1 FROM school_leave l WHERE l.student_id = s.id AND l.ended_at IS NULL) ORDER BY s.id"
        );
        let all = self.all(&sql, v.into_vec()).await?;
        let found = all.iter().map(unseen).collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().filter(|u| u.known || u.hidden || u.sealed || u.alert.is_some()).collect())
    }
}

fn unseen(r: &QueryResult) -> Result<UnseenRecord, StorageError> {
    Ok(UnseenRecord {
        student: StudentId::new(get(r, "id")?),
        known: number::<u32>(r, "known")? > 0,
        hidden: number::<u32>(r, "hidden")? > 0,
        alert: get::<Option<Uuid>>(r, "alert_id")?.map(AlertId::new),
        sealed: number::<u32>(r, "sealed")? > 0,
    })
}
