//! Writing notices to guardians: nothing of one is ever changed.

use domain::id::{NoticeId, PersonId};

use super::{NoticeRecord, NoticeStepRecord};
use crate::row::at;
use crate::{StorageError, Tx};

impl Tx {
    /// Adds a notice.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_notice(&mut self, n: &NoticeRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO guardian_notice (id, student_id, guardian, relation, body, measures, asked, contact, \
                   issued_by, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = vec![
            n.id.uuid().into(),
            n.student.uuid().into(),
            n.notice.guardian.clone().into(),
            n.notice.relation.key().into(),
            n.notice.text.clone().into(),
            n.notice.measures.clone().into(),
            n.notice.asked.clone().into(),
            n.notice.contact.clone().into(),
            n.by.0.uuid().into(),
            at(n.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Adds what became of a notice.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_notice_step(&mut self, notice: NoticeId, s: &NoticeStepRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO guardian_notice_step (id, notice_id, step, said_by, happened_at, witness_id, said, \
                   recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let values = vec![
            s.id.uuid().into(),
            notice.uuid().into(),
            s.taken.step.key().into(),
            s.taken.by.clone().into(),
            at(s.taken.at),
            s.taken.witness.map(PersonId::uuid).into(),
            s.taken.said.clone().into(),
            s.by.0.uuid().into(),
            at(s.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}
