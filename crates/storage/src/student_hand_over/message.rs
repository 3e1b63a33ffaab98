//! Messages about hand-overs of students. They lie in the outbox under the id of the first one, and say how many there are.

use domain::delivery::Channel;
use domain::id::{MessageId, PersonId, SchoolId, StudentHandOverId};
use domain::level::Level;
use domain::notice::{Lane, NoticeKind};
use domain::time::Timestamp;

use crate::row::at;
use crate::{StorageError, Tx};

/// A message about hand-overs of students.
#[derive(Debug, Clone, Copy)]
pub struct StudentMessage {
    /// The hand-over, or the first of several.
    pub first: StudentHandOverId,
    /// The school.
    pub school: SchoolId,
    /// To whom.
    pub person: PersonId,
    /// By what.
    pub channel: Channel,
    /// Why.
    pub kind: NoticeKind,
    /// About how many.
    pub count: u32,
    /// Which turn of it: the same one twice is one.
    pub turn: u32,
    /// Not before this.
    pub not_before: Timestamp,
}

impl Tx {
    /// Puts a message into the outbox; the same one twice is one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_student_message(
        &mut self,
        id: MessageId,
        m: &StudentMessage,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO outbox (id, alert_id, school_id, person_id, channel, kind, epoch, rung, repeat_no, lane, \
                   priority, level, minutes, not_before, state, attempt, created_at, changed_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 5, $10, 0, $11, 'pending', 0, $12, $12) \
                   ON CONFLICT (alert_id, epoch, rung, repeat_no, person_id, channel, kind) DO NOTHING";
        let values = vec![
            id.uuid().into(),
            m.first.uuid().into(),
            m.school.uuid().into(),
            m.person.uuid().into(),
            m.channel.key().into(),
            m.kind.key().into(),
            i64::from(m.turn).into(),
            i64::from(m.count).into(),
            Lane::Normal.key().into(),
            i64::from(Level::Blue.number()).into(),
            at(m.not_before),
            at(now),
        ];
        self.run(sql, values).await?;
        self.fills_outbox();
        Ok(())
    }
}
