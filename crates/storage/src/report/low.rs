//! Times of low mood, and which tasks were given for them.

use domain::id::{StudentId, TaskId};
use domain::report::{LowTime, Week};
use uuid::Uuid;

use crate::row::get;
use crate::{Read, StorageError, Tx};

/// A time of low mood of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowTimeRecord {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub student: StudentId,
    /// From when, and how far.
    pub time: LowTime,
    /// The class teacher's task, once it was given.
    pub talk: Option<TaskId>,
    /// The counsellor's task, once it was given.
    pub counsellor: Option<TaskId>,
}

impl Tx {
    /// Stores a time of low mood, as it stands now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_low_time(&mut self, t: &LowTimeRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO low_time (id, student_id, began_on, last_week, talk_task, counsellor_task) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET began_on = excluded.began_on, \
                   last_week = excluded.last_week, talk_task = excluded.talk_task, counsellor_task = excluded.counsellor_task";
        let values = vec![
            t.id.into(),
            t.student.uuid().into(),
            t.time.began.to_string().into(),
            t.time.last.to_string().into(),
            t.talk.map(TaskId::uuid).into(),
            t.counsellor.map(TaskId::uuid).into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The last time of low mood of a student, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn last_low_time(&self, student: StudentId) -> Result<Option<LowTimeRecord>, StorageError> {
        let sql = "SELECT * FROM low_time WHERE student_id = $1 ORDER BY last_week DESC LIMIT 1";
        let Some(r) = self.one(sql, vec![student.uuid().into()]).await? else { return Ok(None) };
        let last = Week::read(&get::<String>(&r, "last_week")?).map_err(|_| StorageError::Corrupt("week"))?;
        Ok(Some(LowTimeRecord {
            id: get(&r, "id")?,
            student: StudentId::new(get(&r, "student_id")?),
            time: LowTime { began: crate::list::day(&get::<String>(&r, "began_on")?)?, last },
            talk: get::<Option<Uuid>>(&r, "talk_task")?.map(TaskId::new),
            counsellor: get::<Option<Uuid>>(&r, "counsellor_task")?.map(TaskId::new),
        }))
    }
}
