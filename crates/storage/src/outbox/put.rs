//! Putting notices into the outbox, and keeping in what is not wanted any more.

use domain::id::{AlertId, MessageId};
use domain::notice::{Lane, Notice};
use domain::time::Timestamp;

use super::Recipient;
use crate::row::at;
use crate::{StorageError, Tx};

impl Tx {
    /// Puts a notice into the outbox; the same notice twice is one. Says whether it was new.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_message(
        &mut self,
        id: MessageId,
        to: &Recipient<'_>,
        notice: &Notice,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let a = notice.to();
        let (lane, not_before) = match notice {
            Notice::Red(_) => (Lane::Red, now),
            Notice::Other(other) => (Lane::Normal, other.not_before),
        };
        let sql = "INSERT INTO outbox (id, alert_id, school_id, person_id, channel, kind, epoch, rung, repeat_no, lane, \
                   priority, level, minutes, not_before, state, attempt, taken_by, created_at, changed_at, code_counter) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'pending', 0, $15, $16, $16, $17) \
                   ON CONFLICT (alert_id, epoch, rung, repeat_no, person_id, channel, kind) DO NOTHING";
        let values = vec![
            id.uuid().into(),
            to.alert.uuid().into(),
            to.school.uuid().into(),
            a.person.uuid().into(),
            a.channel.key().into(),
            a.kind.key().into(),
            i64::from(a.epoch).into(),
            i64::from(a.rung).into(),
            i64::from(a.repeat).into(),
            lane.key().into(),
            i64::from(a.priority).into(),
            i64::from(to.level.number()).into(),
            i64::from(to.minutes).into(),
            at(not_before),
            to.taken_by.map(str::to_owned).into(),
            at(now),
            i64::from(to.code_counter).into(),
        ];
        let new = self.run(sql, values).await? > 0;
        self.fills_outbox();
        Ok(new)
    }

    /// Alarms of an alert that have not gone out stay in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cancel_alarms(&mut self, alert: AlertId, now: Timestamp) -> Result<u64, StorageError> {
        let sql = "UPDATE outbox SET state = 'cancelled', changed_at = $2 \
                   WHERE alert_id = $1 AND state = 'pending' AND kind = 'alarm'";
        self.run(sql, vec![alert.uuid().into(), at(now)]).await
    }
}
