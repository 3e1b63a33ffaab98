//! Messages about reports that are missing. They go with the yellows and blues, and never keep one waiting.

use domain::delivery::Channel;
use domain::id::{MessageId, PersonId, SchoolId};
use domain::level::Level;
use domain::notice::{Lane, NoticeKind};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::row::at;
use crate::{StorageError, Tx};

/// Somebody is asked for a report, or told how many are missing.
#[derive(Debug, Clone, Copy)]
pub struct ReportMessage {
    /// The report that is due; of several, the first.
    pub due: Uuid,
    /// Of which school.
    pub school: SchoolId,
    /// To whom.
    pub person: PersonId,
    /// By what.
    pub channel: Channel,
    /// Which of the two.
    pub kind: NoticeKind,
    /// How many are missing.
    pub count: u32,
    /// How many steps had been taken before.
    pub turn: u32,
}

impl Tx {
    /// Puts it into the outbox, once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_report_message(
        &mut self,
        id: MessageId,
        m: &ReportMessage,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO outbox (id, alert_id, school_id, person_id, channel, kind, epoch, rung, repeat_no, lane, \
                   priority, level, minutes, not_before, state, attempt, created_at, changed_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 6, $10, 0, $11, 'pending', 0, $11, $11) \
                   ON CONFLICT (alert_id, epoch, rung, repeat_no, person_id, channel, kind) DO NOTHING";
        let values = vec![
            id.uuid().into(),
            m.due.into(),
            m.school.uuid().into(),
            m.person.uuid().into(),
            m.channel.key().into(),
            m.kind.key().into(),
            i64::from(m.turn).into(),
            i64::from(m.count).into(),
            Lane::Normal.key().into(),
            i64::from(Level::Blue.number()).into(),
            at(now),
        ];
        self.run(sql, values).await?;
        self.fills_outbox();
        Ok(())
    }
}
