//! Writing tasks.

use domain::id::{PersonId, TaskId};
use domain::task::TaskState;
use domain::time::Timestamp;

use super::NewTask;
use crate::row::{at, maybe_at};
use crate::{StorageError, Tx};

impl Tx {
    /// Nobody else works on the tasks of this person until the transaction is over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alone_with_tasks_of(&mut self, owner: PersonId) -> Result<(), StorageError> {
        self.alone_with(owner.uuid()).await
    }

    /// Adds a task.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_task(&mut self, t: &NewTask) -> Result<(), StorageError> {
        let sql = "INSERT INTO task (id, student_id, alert_id, record_id, kind, body, restricted, owner_id, from_person, \
                   given_at, due_at, act_at, told, state, handed_from, class_id) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', $14, $15)";
        let class = t.about.student().is_none().then(|| t.about.class().id);
        let values = vec![
            t.id.uuid().into(),
            t.about.student_id().map(domain::id::StudentId::uuid).into(),
            t.alert.map(domain::id::AlertId::uuid).into(),
            t.record.into(),
            t.kind.key().into(),
            t.text.clone().into(),
            t.restricted.into(),
            t.owner.uuid().into(),
            t.from.map(PersonId::uuid).into(),
            at(t.given_at),
            at(t.due_at),
            at(t.act_at),
            i64::from(t.told).into(),
            t.handed_from.map(TaskId::uuid).into(),
            class.map(domain::id::ClassId::uuid).into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Ends a task that is open. Says whether it was.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_task(
        &mut self,
        id: TaskId,
        how: TaskState,
        by: Option<PersonId>,
        note: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let sql = "UPDATE task SET state = $2, act_at = NULL, ended_at = $3, ended_by = $4, note = $5 \
                   WHERE id = $1 AND state = 'open'";
        let values = vec![
            id.uuid().into(),
            how.key().into(),
            at(now),
            by.map(PersonId::uuid).into(),
            note.map(str::to_owned).into(),
        ];
        Ok(self.run(sql, values).await? > 0)
    }

    /// Notes how far an open task has come, and when it moves next.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn move_task(
        &mut self,
        id: TaskId,
        told: u8,
        chased_at: Option<Timestamp>,
        act_at: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE task SET told = $2, chased_at = $3, act_at = $4 WHERE id = $1 AND state = 'open'";
        let values = vec![id.uuid().into(), i64::from(told).into(), maybe_at(chased_at), at(act_at)];
        self.run(sql, values).await.map(|_| ())
    }
}
